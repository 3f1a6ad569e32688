"""先行办理的事后核查: a part that was overtaken on a promise is looked into afterwards.

Last step but one of a joint case. An answer that comes meanwhile is put before the checker. A false
promise costs the result. Basis: 国办发〔2020〕42号; docs/rules.md B3.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.general_reasons import GeneralReason
    from domain.general_tasks import GeneralTask
    from domain.tasks import TaskStatus
    from workflows.clock_desk import PAUSE_VERBS
    from workflows.general_aftercare import revocation
    from workflows.happenings import Decided
    from workflows.home_case import CaseEnds
    from workflows.joint_case import JointCase
    from workflows.returning import RETURN, RETURNED, returned_to


async def check_part_promises(case: JointCase) -> None:
    """One person checks; where the promise was false another one decides what follows."""
    promised = case.promised()
    if not promised:
        return
    desk, terms, due = case.desk, case.terms, ClockKind.AFTER_CHECK
    labels = "；".join(part.pinned.label for part in promised)
    desk.timers.start(due, case.filing.rules.limits["after_check"], desk.today)
    desk.move(
        Stage.AFTER_CHECK, Holder.OURS, office=terms.office("REVIEW"), due=due, allows=PAUSE_VERBS
    )
    again: tuple[str, ...] = ()
    while True:
        checked = await _checked(case, again)
        decided = checked if checked.outcome != "FALSE" else await revocation(case, _findings(case))
        if decided.outcome != RETURN:
            break
        returned_to(desk, decided)
        desk.move(Stage.AFTER_CHECK, Holder.OURS, office=terms.office("REVIEW"), due=due)
        again = (RETURNED,)
    desk.timers.stop(due)
    if decided.outcome != "REVOKE":
        desk.record(ActCode.PROMISE_KEPT, by=decided.command, parts=labels)
        return
    desk.record(ActCode.PROMISE_FALSE, by=checked.command, parts=labels)
    raise CaseEnds(
        Ending.REVOKED,
        ActCode.RESULT_REVOKED,
        by=decided.command,
        reason_code=GeneralReason.PROMISE_FALSE,
    )


async def _checked(case: JointCase, again: tuple[str, ...]) -> Decided:
    """The check, opened again whenever a part has answered in the meantime."""
    desk = case.desk
    while True:
        findings = _findings(case)
        task = desk.open_task(
            GeneralTask.AFTER_CHECK,
            case.terms.office("REVIEW"),
            clock=ClockKind.AFTER_CHECK,
            findings=(*findings, *again),
        )
        while findings == _findings(case):
            happening = await case.step()
            if isinstance(happening, Decided):
                return happening
        desk.close_task(task, TaskStatus.SUPERSEDED, None)


def _findings(case: JointCase) -> tuple[str, ...]:
    return tuple(f"PART_{part.state}:{part.pinned.label}" for part in case.promised())
