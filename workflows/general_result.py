"""缴费、容缺补齐、制作结果文书: what stands between a decision and the paper in the hand.

The decision does not wait for the fee or for a deferred material; the result document does
(docs/rules.md B3). Its number is given once, and the electronic licence stands in the library.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.transitions import CertificateChanged
    from domain.attribution import Holder
    from domain.casework import (
        ActCode,
        CertificateKind,
        CertificateStatus,
        ClockKind,
        Ending,
        Stage,
    )
    from domain.general_reasons import GeneralReason
    from domain.general_tasks import GeneralTask
    from domain.numbered_papers import FOR_GOOD
    from domain.schemes.proxy_matters import valid_until
    from workflows.business import register_act
    from workflows.general_case import DECIDED, GeneralCase
    from workflows.happenings import Decided, Expired
    from workflows.home_case import CaseEnds
    from workflows.returning import RETURN, RETURNED

LIBRARY = "LICENCE_LIBRARY"


async def take_fee(case: GeneralCase) -> None:
    """Until the fee is paid; raises CaseEnds where it never is."""
    desk, terms = case.desk, case.terms
    if terms.fee_fen == 0:
        return
    desk.timers.start(ClockKind.FEE, case.filing.rules.limits["fee"], desk.today)
    desk.move(
        Stage.PAYMENT, Holder.APPLICANT, office=case.competent, due=ClockKind.FEE, allows=DECIDED
    )
    desk.tell("GENERAL_FEE", amount=f"{terms.fee_fen / 100:.2f}")
    desk.open_task(GeneralTask.PAYMENT, case.competent, clock=ClockKind.FEE)
    while True:
        match await case.next():
            case Decided(command=command):
                desk.timers.stop(ClockKind.FEE)
                desk.record(ActCode.FEE_PAID, by=command, amount_fen=str(terms.fee_fen))
                case.fee_paid = True
                return
            case Expired(clock=ClockKind.FEE):
                raise CaseEnds(
                    Ending.UNPAID, ActCode.TERMINATED, reason_code=GeneralReason.FEE_UNPAID
                )


def give_fee_back(case: GeneralCase, notice: str) -> None:
    """Nothing is handed over for what was paid: it goes back, on file and told to the applicant."""
    fee_fen = case.terms.fee_fen
    case.desk.note("FEE_TO_RETURN", amount_fen=str(fee_fen))
    case.desk.tell(notice, amount=f"{fee_fen / 100:.2f}")


async def take_deferred(case: GeneralCase) -> None:
    """容缺: the certificate waits for the promised material; raises CaseEnds without it."""
    if not case.terms.deferred:
        return
    desk, told = case.desk, False
    while True:
        if case.supplied:
            if await _complete(case):
                return
        elif case.too_late:
            if case.fee_paid:
                give_fee_back(case, "GENERAL_FEE_RETURNED")
            raise CaseEnds(
                Ending.LAPSED, ActCode.LAPSED, reason_code=GeneralReason.DEFERRED_MISSING
            )
        else:
            desk.move(
                Stage.SUPPLEMENTING,
                Holder.APPLICANT,
                office=case.competent,
                due=ClockKind.DEFERRAL,
                allows=DECIDED,
            )
            if not told:
                desk.tell("GENERAL_DEFERRED")
            told = True
            await case.next()


async def _complete(case: GeneralCase) -> bool:
    """Somebody looks at what came; what is still wrong is told in one notice."""
    desk, office = case.desk, case.terms.office("ACCEPTANCE")
    desk.move(
        Stage.SUPPLEMENTING, Holder.OURS, office=office, due=ClockKind.DEFERRAL, allows=DECIDED
    )
    decided = await case.decision_on(GeneralTask.SUPPLEMENT, office, clock=ClockKind.DEFERRAL)
    if decided.outcome == "COMPLETE":
        desk.timers.stop(ClockKind.DEFERRAL)
        desk.record(ActCode.DEFERRED_SUPPLIED, by=decided.command)
        return True
    case.supplied = False
    desk.record(ActCode.SHORTFALL_TOLD, by=decided.command)
    if case.too_late and case.in_time and workflow.patched("deferral-anew"):
        # The limit ran out while the paper lay here; what the notice asks for needs its own days.
        desk.timers.stop(ClockKind.DEFERRAL)
        desk.timers.start(ClockKind.DEFERRAL, case.filing.rules.limits["deferral"], desk.today)
        case.too_late = False
    desk.tell("GENERAL_STILL_MISSING", by=decided.command)
    return False


def running_limit(case: GeneralCase) -> ClockKind:
    """Making's own limit; that of the delivery once the result has come so far and back again."""
    delivering = case.desk.timers.effect(ClockKind.CONFIRMATION) is not None
    return ClockKind.CONFIRMATION if delivering else ClockKind.MAKING


async def make_result(case: GeneralCase, *, by_system: bool = False) -> Decided | None:
    """One number for one result; a library that says no opens the task again.

    The decision that sends it back to an earlier step, where somebody does. A limit that runs since
    an earlier making or delivery runs on.
    """
    desk, terms = case.desk, case.terms
    office, attempt = terms.office("MAKING"), 1
    due = running_limit(case)
    findings: tuple[str, ...] = (RETURNED,) if due is ClockKind.CONFIRMATION else ()
    if desk.timers.effect(due) is None:
        desk.timers.start(due, case.filing.rules.limits["making"], desk.today)
    if not case.certificate:
        case.certificate = desk.issue(
            CertificateKind.RESULT,
            validity_days=_days(case),
            office=office,
            person=1,
            prepared=True,
        )
    while True:
        desk.move(Stage.MAKING, Holder.OURS, office=office, due=due, allows=DECIDED)
        made: Decided | None = None
        if terms.step("MAKING") is not None and not by_system:
            made = await case.decision_on(GeneralTask.MAKING, office, findings=findings, clock=due)
            if made.outcome == RETURN:
                return made
        code = await _put_in_library(case, attempt)
        if not code:
            break
        desk.note("REGISTER_REFUSED", code=code)
        findings, attempt, by_system = (f"REGISTER:{code}",), attempt + 1, False
    desk.timers.stop(ClockKind.MAKING)
    number = desk.certificates[case.certificate].number
    desk.draft.certificates_changed.append(
        CertificateChanged(number=number, status=CertificateStatus.VALID)
    )
    desk.record(
        ActCode.RESULT_MADE, by=made.command if made else None, office=office, number=number
    )
    case.made = True
    return None


async def _put_in_library(case: GeneralCase, attempt: int) -> str:
    """The electronic licence; the code of a refusal, or nothing."""
    desk, terms = case.desk, case.terms
    await desk.flush_unanswered()  # the number is given with the write
    if not terms.result_electronic:
        return ""
    number = desk.certificates[case.certificate]
    outcome = await register_act(
        desk,
        LIBRARY,
        "ISSUE",
        locality=case.filing.locality,
        key=f"ISSUE:{number.number}:{attempt}",
        summary="电子证照入库",
        facts={
            "item": terms.item,
            "number": number.number,
            "valid_to": number.valid_until.isoformat(),
        },
    )
    return "" if outcome.done or outcome.code == "ALREADY_MADE" else outcome.code


def _days(case: GeneralCase) -> int:
    today, months = case.desk.today, case.terms.validity_months
    last = FOR_GOOD if months is None else valid_until(today, months)
    return (last - today).days


async def void_result(case: GeneralCase, reason: str) -> None:
    """The number is void, here and in the library where it stands there already.

    ``reason``: REVOKED with a decision that was in force, TAKEN_BACK before it reached anybody.
    """
    desk = case.desk
    if case.certificate not in desk.certificates:
        return
    number, in_library = desk.certificates[case.certificate].number, case.made
    desk.draft.certificates_changed.append(
        CertificateChanged(number=number, status=CertificateStatus.VOID, reason=reason)
    )
    case.certificate, case.made = "", False
    if not in_library or not case.terms.result_electronic:
        return
    outcome = await register_act(
        desk,
        LIBRARY,
        "REVOKE",
        locality=case.filing.locality,
        key=f"REVOKE:{number}",
        summary="电子证照作废",
        facts={"number": number},
    )
    if not outcome.done:
        desk.note("REGISTER_REFUSED", code=outcome.code)
