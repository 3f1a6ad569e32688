"""告知承诺的事后核查: a promise is looked into after the decision; a false one costs the result.

Last step of a case in which a written promise stood for a proof. Basis: 国办发〔2020〕42号;
docs/rules.md B3.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.general_reasons import GeneralReason
    from domain.general_tasks import GeneralTask
    from workflows.clock_desk import PAUSE_VERBS
    from workflows.general_case import GeneralCase
    from workflows.happenings import Decided
    from workflows.home_case import CaseEnds
    from workflows.returning import RETURN, RETURNED, returned_to


def record_options(case: GeneralCase) -> None:
    """With the acceptance: which promises and deferrals the case rests on, and until when."""
    desk, terms, rules = case.desk, case.terms, case.filing.rules
    if terms.promised:
        desk.record(
            ActCode.PROMISE_ACCEPTED,
            office=terms.office("ACCEPTANCE"),
            materials="、".join(terms.promised),
        )
    if terms.deferred:
        desk.record(
            ActCode.DEFERRAL_ACCEPTED,
            office=terms.office("ACCEPTANCE"),
            materials="、".join(terms.deferred),
        )
        desk.timers.start(ClockKind.DEFERRAL, rules.limits["deferral"], desk.today)


def start_after_check(case: GeneralCase) -> None:
    """With the decision: from now on the promise may be checked."""
    if case.terms.promised:
        limit = case.filing.rules.limits["after_check"]
        case.desk.timers.start(ClockKind.AFTER_CHECK, limit, case.desk.today)


async def revocation(case: GeneralCase, findings: tuple[str, ...]) -> Decided:
    """Another person than the one who checked decides what follows from a false promise."""
    office = case.terms.office("DECISION")
    case.desk.move(Stage.AFTER_CHECK, Holder.OURS, office=office, due=ClockKind.AFTER_CHECK)
    return await case.decision_on(
        GeneralTask.REVOCATION,
        office,
        findings=(*findings, "AFTER_CHECK:FALSE"),
        clock=ClockKind.AFTER_CHECK,
    )


async def check_promises(case: GeneralCase) -> None:
    """One person checks; where the promise was false another one decides what follows."""
    if not case.terms.promised:
        return
    desk, terms = case.desk, case.terms
    materials = "、".join(terms.promised)
    findings = tuple(f"PROMISE:{one}" for one in terms.promised)
    due = ClockKind.AFTER_CHECK
    desk.move(
        Stage.AFTER_CHECK,
        Holder.OURS,
        office=terms.office("REVIEW"),
        due=due,
        allows=PAUSE_VERBS,
    )
    again: tuple[str, ...] = ()
    while True:
        checked = await case.decision_on(
            GeneralTask.AFTER_CHECK, terms.office("REVIEW"), findings=(*findings, *again), clock=due
        )
        decided = checked if checked.outcome != "FALSE" else await revocation(case, findings)
        if decided.outcome != RETURN:
            break
        returned_to(desk, decided)
        desk.move(Stage.AFTER_CHECK, Holder.OURS, office=terms.office("REVIEW"), due=due)
        again = (RETURNED,)
    desk.timers.stop(due)
    if decided.outcome != "REVOKE":
        desk.record(ActCode.PROMISE_KEPT, by=decided.command, materials=materials)
        return
    desk.record(ActCode.PROMISE_FALSE, by=checked.command, materials=materials)
    raise CaseEnds(
        Ending.REVOKED,
        ActCode.RESULT_REVOKED,
        by=decided.command,
        reason_code=GeneralReason.PROMISE_FALSE,
    )
