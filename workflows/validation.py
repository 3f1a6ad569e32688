"""Says no to a command before it reaches history: stale, foreign, unauthorised or malformed.

Called by the update validators of every procedure; pure, so that tests need no server. Which
decisions exist at all is data in `domain.task_table.TASKS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.commands import Command, RejectionCode, Verb
from domain.clock_rules import MAY_EXTEND, pause_reasons
from domain.clocks import PauseReason, Unit
from domain.licensing import Approver
from domain.offices import Role
from domain.special_procedures import SpecialProcedure
from domain.tasks import OutcomeSpec, TaskSpec, earlier_steps


@dataclass(slots=True)
class OpenTask:
    """A task as the running case knows it."""

    task_id: str
    spec: TaskSpec
    office: str
    assignee: str | None = None
    decided: bool = False  # a decision was taken and is being written


def check_task_command(
    command: Command, open_tasks: Mapping[str, OpenTask], deciders: Mapping[str, str]
) -> RejectionCode | None:
    """Why a decision, claim, release or assignment is refused, or None."""
    task = open_tasks.get(command.task_id or "")
    if task is None or task.decided:
        return RejectionCode.TASK_NOT_OPEN
    supervising = Role.SUPERVISOR.value in command.roles
    if command.office != task.office and not (supervising and command.verb is not Verb.DECIDE):
        return RejectionCode.FOREIGN_OFFICE
    if command.verb is Verb.DECIDE:
        return _check_decision(command, task, deciders)
    if command.verb is Verb.CLAIM:
        if task.spec.role.value not in command.roles:
            return RejectionCode.MISSING_ROLE
        if task.assignee not in (None, command.actor):
            return RejectionCode.CLAIMED_BY_OTHER
    elif command.verb is Verb.RELEASE:
        if task.assignee != command.actor and not supervising:
            return RejectionCode.CLAIMED_BY_OTHER
    elif command.verb is Verb.ASSIGN:
        if command.assignee is None:
            return RejectionCode.MALFORMED
        if not (supervising or Role.APPROVER.value in command.roles):
            return RejectionCode.MISSING_ROLE
    else:
        return RejectionCode.MALFORMED
    return None


def _check_decision(
    command: Command, task: OpenTask, deciders: Mapping[str, str]
) -> RejectionCode | None:
    if task.spec.role.value not in command.roles:
        return RejectionCode.MISSING_ROLE
    if task.assignee not in (None, command.actor):
        return RejectionCode.CLAIMED_BY_OTHER
    outcome = task.spec.outcome(command.outcome or "")
    if outcome is None:
        return RejectionCode.UNKNOWN_OUTCOME
    if any(deciders.get(kind) == command.actor for kind in task.spec.not_by_deciders_of):
        return RejectionCode.SAME_PERSON_TWICE
    if outcome.reason_codes and command.reason_code not in outcome.reason_codes:
        return RejectionCode.UNKNOWN_REASON
    if (outcome.needs_reason or outcome.needs_defects or outcome.needs_evidence) and (
        not command.digest
    ):
        return RejectionCode.MISSING_REASON
    if outcome.needs_count is not bool(command.counted):
        return RejectionCode.MALFORMED
    if command.persons and not outcome.per_person:
        return RejectionCode.UNKNOWN_PERSON
    return _check_return(command, outcome, deciders)


def _check_return(
    command: Command, outcome: OutcomeSpec, deciders: Mapping[str, str]
) -> RejectionCode | None:
    """Nobody sends a case back to a step that it has not passed."""
    if not outcome.returns_to:
        return RejectionCode.MALFORMED if command.return_to else None
    passed = earlier_steps(outcome, deciders)
    if not passed or command.return_to not in (None, *passed):
        return RejectionCode.NO_EARLIER_STEP
    return None


def check_instruction(command: Command) -> RejectionCode | None:
    """Why a report about persons is refused: it must name them, and say what is new."""
    if command.verb is Verb.REPORT_DEATH and not command.persons:
        return RejectionCode.UNKNOWN_PERSON
    if command.verb is Verb.CORRECT_IDENTITY:
        if len(command.persons) != 1:
            return RejectionCode.UNKNOWN_PERSON
        return None if command.digest else RejectionCode.MALFORMED
    return None


def check_question(command: Command) -> RejectionCode | None:
    """Why a question to the other locality is refused: it is a handler's, and in writing."""
    if Role.HANDLER.value not in command.roles:
        return RejectionCode.MISSING_ROLE
    return None if command.digest else RejectionCode.MISSING_REASON


def check_clock_command(
    command: Command,
    *,
    kind: str,
    paused: bool,
    extended: bool,
    revoked: bool,
    overdue: bool,
    cap: int,
) -> RejectionCode | None:
    """Why a change of the limit ``kind`` is refused, or None. ``cap`` is in the limit's unit.

    What has run out stays so: neither a pause nor an extension moves it any more.
    """
    if Role.APPROVER.value not in command.roles:
        return RejectionCode.MISSING_ROLE
    if command.verb is Verb.SUSPEND:
        if command.reason_code not in pause_reasons(kind) or not command.digest:
            return RejectionCode.NOT_A_LAWFUL_PAUSE
        return RejectionCode.NOT_NOW if paused or overdue else None
    if command.verb is Verb.RESUME:
        return None if paused else RejectionCode.NOT_NOW
    if overdue or kind not in MAY_EXTEND:
        return RejectionCode.NOT_NOW
    if command.verb is Verb.REVOKE_EXTENSION:
        if not extended or revoked:
            return RejectionCode.NOT_EXTENDED
    elif extended or not 0 < (command.days or 0) <= cap:
        return RejectionCode.OVER_CAP
    return None if command.digest else RejectionCode.MISSING_REASON


def check_clock_form(command: Command, *, approver: str) -> RejectionCode | None:
    """Why a change of a limit is refused by what it says, whatever the case's state.

    A special procedure is named and its length told (行政许可法 art 45); an extension is approved
    by whom the matter's period of law names (art 42).
    """
    if command.verb is Verb.SUSPEND:
        special = command.reason_code == PauseReason.SPECIAL_PROCEDURE
        told = command.days is not None and command.days > 0
        if special and (command.procedure not in set(SpecialProcedure) or not told):
            return RejectionCode.LENGTH_NOT_TOLD
        wrong_unit = command.unit not in (None, *Unit)
        if wrong_unit or (command.days is not None and not told):
            return RejectionCode.MALFORMED
        return RejectionCode.MALFORMED if command.procedure and not special else None
    if command.verb is Verb.EXTEND and (command.approver or Approver.HEAD) != approver:
        return RejectionCode.WRONG_APPROVER
    return None
