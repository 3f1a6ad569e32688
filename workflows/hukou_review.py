"""审核与审批: the station's review and the county bureau's approval, by two different people.

Basis: docs/rules.md A1 step 2. Called by HukouMigration after acceptance.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.hukou_tasks import TaskKind
    from workflows.home_case import AT_HOME, CaseEnds
    from workflows.hukou_home import HukouHome


async def review_and_approve(case: HukouHome) -> None:
    """Until the county bureau agrees; raises CaseEnds where it refuses."""
    desk, desks = case.desk, case.filing.desks
    while True:
        desk.move(
            Stage.REVIEW,
            Holder.OURS,
            office=desks.station,
            due=ClockKind.DECISION,
            allows=AT_HOME,
        )
        desk.open_task(TaskKind.REVIEW, desks.station, clock=ClockKind.DECISION)
        reviewed = await case.decision()
        desk.record(ActCode.REVIEWED, by=reviewed.command, outcome=reviewed.outcome)

        desk.move(Stage.APPROVAL, Holder.OURS, office=desks.bureau, due=ClockKind.DECISION)
        desk.open_task(
            TaskKind.APPROVAL,
            desks.bureau,
            clock=ClockKind.DECISION,
            findings=(f"REVIEW:{reviewed.outcome}",),
        )
        approved = await case.decision()
        if approved.outcome == "RETURN":
            desk.note("RETURNED_TO_REVIEW")
            continue
        if approved.outcome == "REFUSE":
            raise CaseEnds(Ending.REFUSED, ActCode.REFUSED, by=approved.command)
        desk.record(ActCode.APPROVED, by=approved.command)
        desk.timers.stop(ClockKind.DECISION)
        return
