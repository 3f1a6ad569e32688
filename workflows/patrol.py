"""督办巡查: looks at the late tasks of one locality and lets their ladders climb.

Started by the locality's Schedule every working hour, and by ``starter.py patrol``.
"""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.patrolling import PatrolDesk
    from contracts.patrolling import PatrolRequest, PatrolResult
    from workflows.policies import OUTSIDE_RETRY

#: The first patrol after an upgrade plans every open task; the others take about a second.
_RUN_TIMEOUT = timedelta(minutes=30)
#: Told after each batch, so that a worker that died is noticed soon.
_HEARTBEAT = timedelta(seconds=30)


@workflow.defn(name="督办巡查")
class SupervisionPatrol:
    """One patrol. It decides no case and does nobody's work; a repeat issues nothing twice."""

    @workflow.run
    async def run(self, request: PatrolRequest) -> PatrolResult:
        """Patrol as of the request's instant, else as of now; until the database answers."""
        asked = request.model_copy(update={"at": request.at or workflow.now()})
        result: PatrolResult = await workflow.execute_activity_method(
            PatrolDesk.patrol,
            asked,
            start_to_close_timeout=_RUN_TIMEOUT,
            heartbeat_timeout=_HEARTBEAT,
            retry_policy=OUTSIDE_RETRY,
            summary="巡查临期和超期待办",
        )
        workflow.set_current_details(_card(result))
        return result


def _card(result: PatrolResult) -> str:
    if result.skipped:
        why = "非工作日" if result.skipped == "REST_DAY" else "不在巡查时段"
        return f"{why}，未巡查"
    return (
        f"查看 {result.looked} 项，发出 {result.issued} 件，"
        f"随办结销号 {result.closed} 件，撤回 {result.withdrawn} 件\n\n"
        "处置手册：docs/runbook/supervision.md"
    )
