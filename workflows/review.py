"""转入审核: the own office's check before anything is asked of the other locality.

Called by the home procedures of transfers after acceptance. A refusal is written, with its reason
(docs/rules.md A0 rule 4).
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from workflows.happenings import Decided
    from workflows.home_case import AT_HOME, CaseEnds, HomeCase


async def review(
    case: HomeCase, task: str, *, findings: tuple[str, ...] = (), act: ActCode = ActCode.PASSED
) -> Decided:
    """One person decides on what the registers say; raises CaseEnds where it is refused."""
    desk, station = case.desk, case.filing.desks.station
    desk.move(Stage.REVIEW, Holder.OURS, office=station, due=ClockKind.DECISION, allows=AT_HOME)
    desk.open_task(task, station, clock=ClockKind.DECISION, findings=findings)
    decided = await case.decision()
    desk.timers.stop(ClockKind.DECISION)
    if decided.outcome == "REFUSE":
        raise CaseEnds(Ending.REFUSED, ActCode.NOT_PASSED, by=decided.command)
    desk.record(act, by=decided.command)
    return decided
