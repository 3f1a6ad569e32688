"""Brings the register back to what the workflow's history says.

A transition is committed before the workflow records it. When worker and server die in that very
moment, the command may be lost before history knows it, and another event comes first under the
same sequence. History is the truth: what the unconfirmed transition wrote, and every one that the
same lost attempt wrote after it, is undone, visibly.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.transitions import Transition
from storage import clock_log, ledger, scenarios, tidings
from storage.case_tables import Case, Person
from storage.paper_tables import Certificate
from storage.remittances import void_unconfirmed
from storage.step_tables import Act, ClockRow, Event, NoticeRow, TransitionRow
from storage.task_tables import Task

#: How far the clocks of two Temporal servers may lie apart.
_SKEW = timedelta(seconds=1)


class StaleAttempt(Exception):
    """A worker that was given up still writes: a later attempt has written in the meantime."""


async def refuse_stale(connection: AsyncConnection, transition: Transition) -> None:
    """One attempt writes at a time, and never behind a later one. Raises StaleAttempt.

    The instant of a transition is that of its workflow task, so a later attempt has a later one.
    """
    await connection.execute(
        select(func.pg_advisory_xact_lock(func.hashtextextended(transition.workflow_id, 0)))
    )
    newest = (
        await connection.execute(
            select(func.max(TransitionRow.at)).where(
                TransitionRow.workflow_id == transition.workflow_id
            )
        )
    ).scalar_one()
    if newest is not None and transition.at < newest - _SKEW:
        raise StaleAttempt(f"{transition.workflow_id} step {transition.sequence}")


async def written_again(connection: AsyncConnection, transition: Transition) -> None:
    """A later attempt came to the same step: from now on the earlier one is stale."""
    await connection.execute(
        update(TransitionRow)
        .where(
            TransitionRow.workflow_id == transition.workflow_id,
            TransitionRow.sequence == transition.sequence,
            TransitionRow.at < transition.at,
        )
        .values(at=transition.at)
    )


async def undo_unconfirmed(connection: AsyncConnection, transition: Transition, mark: str) -> None:
    """Void what unconfirmed transitions from this sequence on wrote, and say so in the events."""
    this = TransitionRow.workflow_id == transition.workflow_id
    sequences = (
        await connection.execute(
            select(TransitionRow.sequence)
            .where(this, TransitionRow.sequence >= transition.sequence)
            .order_by(TransitionRow.sequence.desc())
        )
    ).scalars()
    steps = list(sequences)
    for sequence in steps:
        await _undo(connection, transition, sequence)
    await clock_log.restore(connection, transition.case_no, transition.sequence, transition.at)
    await _reopen(connection, transition.case_no)
    await connection.execute(
        delete(TransitionRow).where(this, TransitionRow.sequence > transition.sequence)
    )
    await connection.execute(
        update(TransitionRow)
        .where(this, TransitionRow.sequence == transition.sequence)
        .values(fingerprint=mark, causes=list(transition.causes), result={}, at=transition.at)
    )
    # After everything that was noted of these steps, so that the trail ends with what is true.
    await connection.execute(
        insert(Event).values(
            case_no=transition.case_no,
            made_in=steps[0],
            number=await next_number(connection, transition.case_no, steps[0]),
            code="REGISTER_REALIGNED",
            stage=transition.stage,
            holder=transition.holder.value,
            office=transition.office,
            facts={},
            at=transition.at,
        )
    )


async def next_number(connection: AsyncConnection, case_no: str, made_in: int) -> int:
    """The first free number among the events of a step; 0 unless the step was realigned."""
    highest = (
        await connection.execute(
            select(func.max(Event.number)).where(Event.case_no == case_no, Event.made_in == made_in)
        )
    ).scalar_one()
    return 0 if highest is None else highest + 1


async def _undo(connection: AsyncConnection, transition: Transition, sequence: int) -> None:
    case_no, at = transition.case_no, transition.at
    await connection.execute(
        update(Act)
        .where(Act.case_no == case_no, Act.made_in == sequence, Act.voided_at.is_(None))
        .values(voided_at=at)
    )
    await connection.execute(
        update(Certificate)
        .where(Certificate.case_no == case_no, Certificate.made_in == sequence)
        .values(status="VOID", reason="UNCONFIRMED", changed_at=at)
    )
    await connection.execute(
        update(ClockRow)
        .where(ClockRow.case_no == case_no, ClockRow.made_in == sequence)
        .values(stopped_on=ClockRow.started_on)
    )
    await clock_log.note_undone(connection, case_no, sequence, at)
    await connection.execute(
        delete(NoticeRow).where(
            NoticeRow.case_no == case_no,
            NoticeRow.key.endswith(f":{sequence}"),
            NoticeRow.sent_at.is_(None),
        )
    )
    await ledger.undo(connection, case_no, sequence, at)
    await tidings.take_back(connection, case_no, sequence)
    await scenarios.take_back(connection, case_no, sequence)
    await void_unconfirmed(connection, case_no, sequence, at)
    await connection.execute(
        update(Task)
        .where(
            Task.case_no == case_no,
            Task.opened_in == sequence,
            Task.task_id.not_in(transition.open_tasks),
        )
        .values(status="SUPERSEDED", closed_at=at, closed_in=sequence)
    )
    await connection.execute(
        update(Task)
        .where(Task.case_no == case_no, Task.closed_in == sequence, Task.opened_in < sequence)
        .values(
            status="OPEN",
            outcome=None,
            reason_code=None,
            command_id=None,
            decided_by=None,
            closed_at=None,
            closed_in=None,
        )
    )


async def _reopen(connection: AsyncConnection, case_no: str) -> None:
    """A case that only an unconfirmed step had closed goes on, with the persons it ended."""
    closed = await connection.execute(
        update(Case)
        .where(Case.case_no == case_no, Case.closed_at.is_not(None))
        .values(closed_at=None, ending=None, reason_code=None)
        .returning(Case.case_no)
    )
    if closed.first() is None:
        return
    await connection.execute(
        update(Person)
        .where(Person.case_no == case_no, Person.status == "ENDED")
        .values(status="OPEN")
    )
    await connection.execute(
        update(Person)
        .where(Person.case_no == case_no, Person.status.in_(("OPEN", "IN_TRANSIT")))
        .values(open=True)
    )
