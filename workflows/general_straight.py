"""秒批秒办: accepted, decided and issued in one go where every register says yes.

First attempt of the online procedure. Each act names the rule and the evidence that it rests on;
on any doubt nothing has happened yet and a person takes the case up, with the answers before them.
"""

from __future__ import annotations

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.shared_checks import SharedChecks
    from contracts.acts import CheckAnswers, ChecksAsked
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Stage
    from domain.straight_through import CheckAnswer, Doubt, as_findings, doubts
    from workflows.general_case import GeneralCase
    from workflows.policies import OUTSIDE_TIMEOUT, QUESTION_RETRY


async def go_straight_through(case: GeneralCase) -> tuple[bool, tuple[str, ...]]:
    """Whether the case was granted without a person; else what the registers answered."""
    desk, terms, filing = case.desk, case.terms, case.filing
    if not terms.straight_through:
        return False, ()
    against = doubts(
        switched_on=filing.rules.numbers.get("straight_through", 0) > 0,
        checks=terms.checks,
        findings=filing.findings,
        papers=filing.facts.get("papers") == "yes",
        promised=terms.promised,
        deferred=terms.deferred,
        fee_fen=terms.fee_fen,
        received_elsewhere=filing.desks.intake != terms.competent,
    )
    if against:
        desk.note("STRAIGHT_THROUGH_NOT", doubts="、".join(against))
        return False, ()
    answers = await _ask(case)
    said = as_findings((one.source, one.answer) for one in answers.answers)
    if not answers.answers or any(one.answer != CheckAnswer.YES for one in answers.answers):
        desk.note("STRAIGHT_THROUGH_NOT", doubts=Doubt.NOT_CONFIRMED)
        return False, said
    rule = {"rule": terms.rule, "record": str(answers.version)}
    on_evidence = {**rule, **{one.source: one.evidence for one in answers.answers}}
    office = terms.office("ACCEPTANCE")
    desk.record(ActCode.AUTO_CHECKED, office=office, told=on_evidence)
    desk.record(ActCode.ACCEPTED, office=office, told=rule)
    desk.timers.start(ClockKind.DECISION, filing.rules.review, max(desk.today, filing.received_on))
    desk.move(Stage.APPROVAL, Holder.OURS, office=terms.competent, due=ClockKind.DECISION)
    await desk.flush()
    desk.timers.stop(ClockKind.DECISION)
    granted = ActCode.ITEM_GRANTED if terms.authority else ActCode.SERVED
    desk.record(granted, office=terms.competent, told=on_evidence, way="STRAIGHT_THROUGH")
    case.decided = True
    return True, said


async def _ask(case: GeneralCase) -> CheckAnswers:
    try:
        answers: CheckAnswers = await workflow.execute_activity_method(
            SharedChecks.ask,
            ChecksAsked(case_no=case.desk.case_no, sources=case.terms.checks),
            start_to_close_timeout=OUTSIDE_TIMEOUT,
            retry_policy=QUESTION_RETRY,
            summary="共享数据核验",
        )
    except ActivityError:
        return CheckAnswers(answers=())
    return answers
