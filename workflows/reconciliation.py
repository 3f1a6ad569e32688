"""对账: the daily comparison of ledger, letters, orders and bank statements of one locality.

Started by the locality's Schedule early each morning, and by ``starter.py reconcile``.
"""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.reconciling import ReconciliationDesk
    from contracts.reconciling import ReconcileRequest, ReconcileResult
    from workflows.policies import OUTSIDE_RETRY

#: A year's books are read in seconds; a run that takes longer hangs and is tried again.
_RUN_TIMEOUT = timedelta(minutes=10)


@workflow.defn(name="对账")
class Reconciliation:
    """One run. What it finds becomes cases of their own; a repeat opens nothing twice (P1, P6)."""

    @workflow.run
    async def run(self, request: ReconcileRequest) -> ReconcileResult:
        """Compare until the database answers."""
        result: ReconcileResult = await workflow.execute_activity_method(
            ReconciliationDesk.compare,
            request,
            start_to_close_timeout=_RUN_TIMEOUT,
            retry_policy=OUTSIDE_RETRY,
            summary="核对账、函、银行流水",
        )
        workflow.set_current_details(
            f"差异 {result.found} 项，新增 {result.opened} 项，消失 {result.closed} 项"
        )
        return result
