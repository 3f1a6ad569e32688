"""谁可以转: the destination's review, in the decision order of the law.

Called by the pension procedure after acceptance. The rules choose which task the reviewer gets;
whatever does not lead to a request ends the case here, with the origin untouched.
Basis: 国办发〔2009〕66号 arts 2 and 5; docs/rules.md A2.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.commands import Command
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.pension_tasks import PensionTask
    from workflows.business import DESTINATION, examine, register_act
    from workflows.home_case import AT_HOME, CaseEnds, HomeCase

_TASKS = {"TAKE": PensionTask.REVIEW, "TAKE_TEMPORARY": PensionTask.TEMPORARY}
_KIND = "PENSION"


async def review_who(case: HomeCase) -> None:
    """Returns where the relation is to be taken over; raises CaseEnds where it is not."""
    desk, station = case.desk, case.filing.desks.station
    while True:
        found = await examine(desk, _KIND, DESTINATION, _KIND, facts=case.filing.facts)
        desk.move(Stage.REVIEW, Holder.OURS, office=station, due=ClockKind.DECISION, allows=AT_HOME)
        desk.open_task(
            _TASKS.get(found.facts.get("who", ""), PensionTask.NOT_TAKEN),
            station,
            clock=ClockKind.DECISION,
            findings=found.codes,
        )
        decided = await case.decision()
        command = decided.command
        if decided.outcome == "REFUSE":
            raise CaseEnds(
                Ending.REFUSED, ActCode.NOT_PASSED, by=command, reason_code=command.reason_code
            )
        if decided.outcome == "OPEN_TEMPORARY":
            await _open_temporary(case, found, command)
        if decided.outcome == "PASS" and await _relation_stands(case, found, command):
            desk.timers.stop(ClockKind.DECISION)
            desk.record(ActCode.PASSED, by=command)
            return
        desk.note("EXAMINED_AGAIN")


async def _open_temporary(case: HomeCase, found: Examined, command: Command) -> None:
    """The origin keeps the relation; here everything paid stands on a temporary account (P8)."""
    if found.facts.get("temporary_here") != "yes":
        outcome = await register_act(
            case.desk,
            _KIND,
            "OPEN_TEMPORARY",
            locality=case.filing.locality,
            summary="业务系统建立临时缴费账户",
            facts={"in_place_of": "ACTIVE"},
        )
        if not outcome.done:
            case.desk.note("REGISTER_REFUSED", code=outcome.code)
            return
    raise CaseEnds(Ending.TEMPORARY_ACCOUNT, ActCode.TEMPORARY_OPENED, by=command)


async def _relation_stands(case: HomeCase, found: Examined, command: Command) -> bool:
    """A benefit place that collects registers the person first, if need be (66号 art 6)."""
    if found.facts.get("open") != "yes":
        return True
    outcome = await register_act(
        case.desk,
        _KIND,
        "OPEN",
        locality=case.filing.locality,
        summary="业务系统登记参保",
        facts={"region": case.filing.locality, "status": "BROKEN", "months": 0, "balance_fen": 0},
    )
    if outcome.done:
        case.desk.record(ActCode.RELATION_OPENED, by=command, receipt=outcome.receipt_no)
    else:
        case.desk.note("REGISTER_REFUSED", code=outcome.code)
    return outcome.done
