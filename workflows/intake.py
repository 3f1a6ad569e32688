"""收件与受理: form check, one-time correction notice, acceptance, deemed acceptance.

Basis: 行政许可法 art 32 by analogy (docs/rules.md A1 step 1, B1, B3). First steps of every home
procedure whose own office accepts.
"""

from __future__ import annotations

from datetime import date

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.verification import Verification
    from contracts.acts import Findings, VerifyRequest
    from contracts.commands import Verb
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.common_tasks import CommonTask
    from workflows.happenings import Decided, Expired, Happening, Instructed
    from workflows.home_case import AT_HOME, CaseEnds, HomeCase
    from workflows.policies import OUTSIDE_TIMEOUT, QUESTION_RETRY

#: Force majeure stops these limits too; nothing is extended before the acceptance.
_AT_INTAKE = AT_HOME - {Verb.EXTEND, Verb.REVOKE_EXTENSION}


async def receive_and_accept(
    case: HomeCase,
    *,
    task: str = CommonTask.INTAKE_CHECK,
    office: str | None = None,
    findings: tuple[str, ...] = (),
) -> None:
    """From the papers' receipt to acceptance; raises CaseEnds where there is none.

    ``office`` accepts, the intake office unless given; ``findings`` are shown beside those of the
    form check.
    """
    desk, received_on = case.desk, case.filing.received_on
    desk.record(
        ActCode.RECEIVED,
        actor=case.filing.received_by,
        office=case.filing.desks.intake,
        effective_on=received_on,
    )
    desk.tell("RECEIVED")
    await accept_received(case, task=task, office=office, findings=findings)


async def accept_received(
    case: HomeCase,
    *,
    task: str = CommonTask.INTAKE_CHECK,
    office: str | None = None,
    findings: tuple[str, ...] = (),
) -> None:
    """The same once the receipt is on file."""
    desk, received_on = case.desk, case.filing.received_on
    while True:
        checked = await _check_form(case, received_on, task, office, findings)
        match checked:
            case Expired():
                _accept_by_silence(case, received_on)
                return
            case Decided(outcome="ACCEPT", command=command):
                # Accepted before the day of receipt (after hours, weekend): the day counts.
                start = max(desk.today, received_on)
                desk.timers.stop(ClockKind.INTAKE)
                desk.record(ActCode.ACCEPTED, by=command, effective_on=start)
                desk.tell("ACCEPTED")
                desk.timers.start(ClockKind.DECISION, case.filing.rules.review, start)
                return
            case Decided(outcome="NOT_ACCEPT", command=command):
                raise CaseEnds(Ending.NOT_ACCEPTED, ActCode.NOT_ACCEPTED, by=command)
            case Decided(command=command):
                desk.timers.stop(ClockKind.INTAKE)
                desk.record(ActCode.CORRECTION_NOTICE, by=command)
                desk.tell("CORRECTION", by=command)
                received_on = await _await_correction(case)


async def _check_form(
    case: HomeCase, received_on: date, task: str, office: str | None, more: tuple[str, ...]
) -> Happening:
    """The clerk has five working days; what registers can prove is not asked of the applicant."""
    desk = case.desk
    office = office or case.filing.desks.intake
    findings = (*case.filing.findings, *more)
    # Where 秒批秒办 was tried the registers have answered already.
    if case.filing.verifications and not more:
        # Whoever takes the application back need not wait for the registers.
        desk.allows |= {Verb.WITHDRAW}
        findings = findings + await _ask_registers(case)
    desk.timers.start(ClockKind.INTAKE, case.filing.rules.intake, received_on)
    desk.move(
        Stage.SUBMITTED,
        Holder.OURS,
        office=office,
        due=ClockKind.INTAKE,
        allows=_AT_INTAKE,
    )
    desk.open_task(task, office, clock=ClockKind.INTAKE, findings=findings)
    return await case.next()


async def _ask_registers(case: HomeCase) -> tuple[str, ...]:
    kinds = case.filing.verifications
    try:
        proven: Findings = await workflow.execute_activity_method(
            Verification.verify,
            VerifyRequest(case_no=case.desk.case_no, kinds=kinds),
            start_to_close_timeout=OUTSIDE_TIMEOUT,
            retry_policy=QUESTION_RETRY,
            summary="数据共享核验（免提交）",
        )
    except ActivityError:
        # Whatever failed, the clerk can look at paper: an intake never ends over a question.
        return tuple(f"{kind}:UNAVAILABLE" for kind in kinds)
    return proven.codes


def _accept_by_silence(case: HomeCase, received_on: date) -> None:
    """Five silent working days: accepted from the day of receipt, and the clock runs from there."""
    desk = case.desk
    desk.supersede_tasks()
    desk.timers.stop(ClockKind.INTAKE)
    desk.record(ActCode.DEEMED_ACCEPTED, effective_on=received_on)
    desk.tell("DEEMED_ACCEPTED")
    desk.timers.start(ClockKind.DECISION, case.filing.rules.review, received_on)


async def _await_correction(case: HomeCase) -> date:
    """Wait for the missing items; silence ends the case (补交不来). Returns the new receipt day."""
    desk = case.desk
    desk.timers.start(ClockKind.CORRECTION, case.filing.rules.correction, desk.today)
    desk.move(
        Stage.CORRECTION,
        Holder.APPLICANT,
        due=ClockKind.CORRECTION,
        allows=_AT_INTAKE | {Verb.HAND_IN},
    )
    while True:
        happening = await case.next()
        if isinstance(happening, Expired):
            raise CaseEnds(Ending.LAPSED, ActCode.LAPSED)
        if isinstance(happening, Instructed) and happening.command.verb is Verb.HAND_IN:
            desk.timers.stop(ClockKind.CORRECTION)
            desk.note("CORRECTION_HANDED_IN")
            return happening.command.on or desk.today
