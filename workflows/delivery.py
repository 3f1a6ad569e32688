"""送达: the last duty of every home procedure; the way of delivery is on record.

Basis: docs/rules.md B3. Called once the substance of the case is done.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Stage
    from domain.common_tasks import CommonTask
    from workflows.clock_desk import PAUSE_VERBS
    from workflows.home_case import HomeCase


async def deliver(case: HomeCase, notice: str) -> None:
    """Tell the applicant that it is done (``notice``) and hand the result over."""
    desk, filing = case.desk, case.filing
    desk.timers.start(ClockKind.CONFIRMATION, filing.rules.delivery, desk.today)
    desk.move(
        Stage.DELIVERY,
        Holder.OURS,
        office=filing.desks.intake,
        due=ClockKind.CONFIRMATION,
        allows=PAUSE_VERBS,
    )
    desk.open_task(CommonTask.DELIVERY, filing.desks.intake, clock=ClockKind.CONFIRMATION)
    desk.tell(notice)
    decided = await case.decision()
    desk.record(ActCode.DELIVERED, by=decided.command, way=decided.outcome)
