"""登记核对: the nightly comparison of one locality's register with what Temporal shows.

Started by the locality's Schedule, and by ``starter.py supervision registers``.
"""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.register_checking import RegisterCheckDesk
    from contracts.register_check import RegisterCheckRequest, RegisterCheckResult
    from workflows.policies import OUTSIDE_RETRY

#: Every open case is looked at; a hundred thousand take some minutes.
_RUN_TIMEOUT = timedelta(minutes=30)
_HEARTBEAT = timedelta(minutes=10)


@workflow.defn(name="登记核对")
class RegisterCheck:
    """One run. It decides nothing; what it finds stands in the register until it is gone."""

    @workflow.run
    async def run(self, request: RegisterCheckRequest) -> RegisterCheckResult:
        """Compare as of now; until the database answers."""
        asked = request.model_copy(update={"at": request.at or workflow.now()})
        result: RegisterCheckResult = await workflow.execute_activity_method(
            RegisterCheckDesk.check,
            asked,
            start_to_close_timeout=_RUN_TIMEOUT,
            heartbeat_timeout=_HEARTBEAT,
            retry_policy=OUTSIDE_RETRY,
            summary="核对登记簿与界面所示",
        )
        workflow.set_current_details(
            f"核对 {result.compared} 件，不一致 {result.found} 项（新增 {result.opened}，"
            f"已请重新显示 {result.repaired}），消失 {result.gone} 项\n\n"
            "处置手册：docs/runbook/supervision.md"
        )
        return result
