"""审查与决定: who reviewed does not decide, and nobody but the competent office does either.

Called by every generic procedure that decides where the case was filed. A definition without a
step leaves it out; a company serves and decides nothing (docs/rules.md A12, B1).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.general_tasks import GeneralTask
    from workflows.general_case import DECIDED, WHILE_OPEN, GeneralCase
    from workflows.general_result import give_fee_back
    from workflows.happenings import Decided
    from workflows.home_case import CaseEnds
    from workflows.returning import RETURNED

#: How paper originals come here; returns what the reviewer shall know of them.
Originals = Callable[[GeneralCase, Decided], Awaitable[tuple[str, ...]]]
#: What must have ended between review and decision; returns what the decider shall know of it.
BeforeDecision = Callable[[GeneralCase], Awaitable[tuple[str, ...]]]


async def decide(
    case: GeneralCase,
    findings: tuple[str, ...] = (),
    originals: Originals | None = None,
    *,
    before_decision: BeforeDecision | None = None,
    again_from: str = "",
    clock: ClockKind = ClockKind.DECISION,
) -> None:
    """Until it is granted; raises CaseEnds where it is refused. The limit runs since acceptance.

    ``again_from``: the step to which a decision that nobody has received yet was sent back. Then
    ``clock`` is the limit that runs meanwhile, and the application can no longer be withdrawn.
    """
    desk, terms = case.desk, case.terms
    again = (RETURNED,) if again_from else ()
    shown = (*findings, *again)
    only_decide = again_from == GeneralTask.DECISION
    while True:
        reviewed = None if only_decide else await _review(case, shown, clock)
        only_decide = False
        if reviewed is not None and reviewed.outcome == "DEMAND_ORIGINALS" and originals:
            shown = (*findings, *await originals(case, reviewed))
            continue
        if reviewed is not None:
            desk.record(ActCode.ITEM_REVIEWED, by=reviewed.command, outcome=reviewed.outcome)
        if before_decision is not None:
            shown = (*await before_decision(case), *again)
        if terms.step("DECISION") is None:
            _conclude(case, reviewed)
            return
        asked = (*shown, f"REVIEW:{reviewed.outcome}") if reviewed else shown
        _stand(case, Stage.APPROVAL, terms.office("DECISION"), clock)
        decided = await case.decision_on(
            GeneralTask.DECISION, terms.office("DECISION"), findings=asked, clock=clock
        )
        if decided.outcome == "RETURN":
            desk.note("RETURNED_TO_EXAMINATION")
            shown = (*findings, RETURNED)
            continue
        _conclude(case, decided)
        return


async def _review(case: GeneralCase, findings: tuple[str, ...], clock: ClockKind) -> Decided | None:
    if case.terms.step("REVIEW") is None:
        return None
    office = case.terms.office("REVIEW")
    _stand(case, Stage.REVIEW, office, clock)
    return await case.decision_on(GeneralTask.REVIEW, office, findings=findings, clock=clock)


def _stand(case: GeneralCase, stage: Stage, office: str, clock: ClockKind) -> None:
    allows = DECIDED if case.decided else WHILE_OPEN
    case.desk.move(stage, Holder.OURS, office=office, due=clock, allows=allows)


def _conclude(case: GeneralCase, decided: Decided | None) -> None:
    """The decision on record: nobody takes it back by withdrawing any more."""
    desk = case.desk
    desk.timers.stop(ClockKind.DECISION)
    case.decided = True
    if decided is not None and decided.outcome == "REFUSE":
        if case.fee_paid:
            # The earlier decision was granted and paid for, and has been taken back undelivered.
            give_fee_back(case, "GENERAL_FEE_BACK")
        raise CaseEnds(
            Ending.ITEM_REFUSED,
            ActCode.ITEM_REFUSED,
            by=decided.command,
            reason_code=decided.command.reason_code,
        )
    granted = ActCode.ITEM_GRANTED if case.terms.authority else ActCode.SERVED
    command = decided.command if decided is not None else None
    desk.record(granted, by=command, office=None if command else case.competent)
