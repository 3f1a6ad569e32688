"""Brings the register back to what the workflow's history says.

A transition is committed before the workflow records it. When worker and server die in that very
moment, the command may be lost before history knows it, and another event comes first under the
same sequence. History is the truth: what the unconfirmed transition wrote is undone, visibly.
"""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.transitions import Transition
from storage import clock_log, ledger, scenarios, tidings
from storage.remittances import void_unconfirmed
from storage.tables import Act, Certificate, ClockRow, Event, Task, TransitionRow

#: Event numbers of the audit trail that belong to a realignment, far above a step's own.
_NOTE = 1000


async def undo_unconfirmed(connection: AsyncConnection, transition: Transition, mark: str) -> None:
    """Void what an unconfirmed transition of the same sequence wrote, and say so in the events."""
    case_no, sequence = transition.case_no, transition.sequence
    await connection.execute(
        update(Act)
        .where(Act.case_no == case_no, Act.made_in == sequence, Act.voided_at.is_(None))
        .values(voided_at=transition.at)
    )
    await connection.execute(
        update(Certificate)
        .where(Certificate.case_no == case_no, Certificate.made_in == sequence)
        .values(status="VOID", reason="UNCONFIRMED", changed_at=transition.at)
    )
    await connection.execute(
        update(ClockRow)
        .where(ClockRow.case_no == case_no, ClockRow.made_in == sequence)
        .values(stopped_on=ClockRow.started_on)
    )
    await clock_log.note_undone(connection, case_no, sequence, transition.at)
    await ledger.undo(connection, case_no, sequence, transition.at)
    await tidings.take_back(connection, case_no, sequence)
    await scenarios.take_back(connection, case_no, sequence)
    await void_unconfirmed(connection, case_no, sequence, transition.at)
    await connection.execute(
        update(Task)
        .where(
            Task.case_no == case_no,
            Task.opened_in == sequence,
            Task.task_id.not_in(transition.open_tasks),
        )
        .values(status="SUPERSEDED", closed_at=transition.at, closed_in=sequence)
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
    await connection.execute(
        update(TransitionRow)
        .where(
            TransitionRow.workflow_id == transition.workflow_id,
            TransitionRow.sequence == sequence,
        )
        .values(fingerprint=mark, causes=list(transition.causes), result={}, at=transition.at)
    )
    await connection.execute(
        insert(Event)
        .values(
            case_no=case_no,
            made_in=sequence,
            number=_NOTE,
            code="REGISTER_REALIGNED",
            stage=transition.stage,
            holder=transition.holder.value,
            office=transition.office,
            facts={},
            at=transition.at,
        )
        .on_conflict_do_nothing()
    )
