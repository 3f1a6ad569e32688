"""迁入审核与激活: review once the hukou has landed, activation, re-assessment before it.

Steps of 残疾人证迁入 (docs/rules.md A10, D C1-C3).
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.commands import Command
    from contracts.letters import LetterVerb
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.disability_tasks import CardTask
    from domain.limits import PauseReason
    from workflows.business import DESTINATION, examine, register_act
    from workflows.clock_desk import CLOCK_VERBS
    from workflows.home_case import AT_HOME, CaseEnds, HomeCase
    from workflows.hukou_condition import LANDED, hukou_condition
    from workflows.pausing import pause, resume
    from workflows.review import review

CARD = "DISABILITY_CARD"


async def review_when_landed(case: HomeCase) -> None:
    """A reviewer may pass the case only when the hukou is here (C3); otherwise it is asked anew."""
    while True:
        hukou = await hukou_condition(case)
        landed = LANDED in hukou
        facts = {"case": case.filing.case_no, "landed": "yes" if landed else "no"}
        found = await examine(case.desk, CARD, DESTINATION, CARD, facts=facts)
        decided = await review(case, CardTask.REVIEW, findings=found.codes, act=ActCode.EXAMINED)
        if landed:
            case.desk.record(ActCode.PASSED, by=decided.command, hukou=LANDED)
            return
        case.desk.note("HUKOU_NOT_LANDED")
        case.desk.timers.start(ClockKind.DECISION, case.filing.rules.review, case.desk.today)


async def activate(case: HomeCase) -> None:
    """The card becomes active here, its number unchanged; the origin is told."""
    desk, station = case.desk, case.filing.desks.station
    desk.timers.start(ClockKind.BOOKING, case.filing.rules.limits["booking"], desk.today)
    findings: tuple[str, ...] = ()
    while True:
        desk.move(
            Stage.ACTIVATION,
            Holder.OURS,
            office=station,
            due=ClockKind.BOOKING,
            allows=AT_HOME,
        )
        desk.open_task(CardTask.ACTIVATION, station, clock=ClockKind.BOOKING, findings=findings)
        decided = await case.decision()
        if decided.outcome == "REFUSE":
            raise CaseEnds(Ending.REFUSED, ActCode.NOT_PASSED, by=decided.command)
        if decided.outcome == "REASSESS":
            findings = (await _reassess(case, decided.command),)
            continue
        code = await _activate(case, decided.command)
        if not code:
            break
        findings = (f"REGISTER:{code}",)
    desk.timers.stop(ClockKind.BOOKING)
    await case.mail.send(case.to_leg(LetterVerb.CONFIRM))


async def _activate(case: HomeCase, command: Command) -> str:
    """The register's refusal, or "" where the card is active here."""
    outcome = await register_act(
        case.desk,
        CARD,
        "ACTIVATE",
        locality=case.filing.locality,
        record="CARD_FILE",
        summary="残疾人证登记库激活",
        facts={"case": case.filing.case_no},
    )
    if not outcome.done:
        case.desk.note("REGISTER_REFUSED", code=outcome.code)
        return outcome.code
    case.desk.record(ActCode.CARD_ACTIVATED, by=command, receipt=outcome.receipt_no)
    return ""


async def _reassess(case: HomeCase, command: Command) -> str:
    """重新评定: its days are not counted (行政许可法 art 45 by analogy); the reason is kept."""
    desk, station = case.desk, case.filing.desks.station
    desk.tell("REASSESSMENT", by=command)
    expected = case.filing.rules.limits.get("reassessment")
    pause(desk, ClockKind.BOOKING, PauseReason.SPECIAL_PROCEDURE, command, expected=expected)
    desk.move(
        Stage.REASSESSMENT,
        Holder.OURS,
        office=station,
        due=ClockKind.BOOKING,
        allows=AT_HOME - CLOCK_VERBS,
    )
    desk.open_task(CardTask.REASSESSMENT, station, clock=ClockKind.BOOKING)
    decided = await case.decision()
    resume(desk, ClockKind.BOOKING, PauseReason.SPECIAL_PROCEDURE, decided.command)
    desk.record(ActCode.REASSESSED, by=decided.command, outcome=decided.outcome)
    return f"REASSESSED:{decided.outcome}"
