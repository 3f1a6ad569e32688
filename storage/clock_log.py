"""The log of every clock: one line for each thing that gave it a date, never changed.

Written wherever `storage.clock_register` and the re-plan write a clock; read by the explanation,
which repeats what was said at any earlier time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.calendar_tables import ClockLine
from storage.step_tables import ClockRow


async def note(
    connection: AsyncConnection,
    row: Any,
    cause: str,
    at: datetime,
    *,
    made_in: int | None,
    calendar_from: str | None = None,
    due_from: date | None = None,
) -> None:
    """Write down what a step did to a clock; ``row`` is the clock as it stands now."""
    await connection.execute(
        insert(ClockLine).values(
            case_no=row.case_no,
            kind=row.kind,
            number=row.number,
            cause=cause,
            calendar_from=calendar_from,
            calendar_to=row.calendar_version,
            due_from=due_from,
            due_to=row.due_on,
            promised_to=row.promised_on,
            provisional=row.provisional,
            pauses=row.pauses,
            extensions=row.extensions,
            made_in=made_in,
            at=at,
        )
    )


async def note_undone(
    connection: AsyncConnection, case_no: str, made_in: int, at: datetime
) -> None:
    """The clocks of a step that history never confirmed have not run."""
    rows = await connection.execute(
        select(*ClockRow.__table__.columns).where(
            ClockRow.case_no == case_no, ClockRow.made_in == made_in
        )
    )
    for row in rows:
        await note(connection, row, "UNDONE", at, made_in=made_in)


async def restore(connection: AsyncConnection, case_no: str, made_in: int, at: datetime) -> None:
    """Clocks that steps from ``made_in`` on stopped or changed stand again as they did before."""
    changed = await connection.execute(
        select(ClockLine.kind, ClockLine.number, func.min(ClockLine.id).label("first"))
        .join(
            ClockRow,
            (ClockRow.case_no == ClockLine.case_no)
            & (ClockRow.kind == ClockLine.kind)
            & (ClockRow.number == ClockLine.number),
        )
        .where(
            ClockLine.case_no == case_no,
            ClockLine.made_in >= made_in,
            ClockRow.made_in < made_in,
        )
        .group_by(ClockLine.kind, ClockLine.number)
    )
    for one in changed.all():
        here = (
            ClockRow.case_no == case_no,
            ClockRow.kind == one.kind,
            ClockRow.number == one.number,
        )
        before = (
            await connection.execute(
                select(*ClockLine.__table__.columns)
                .where(
                    ClockLine.case_no == case_no,
                    ClockLine.kind == one.kind,
                    ClockLine.number == one.number,
                    ClockLine.id < one.first,
                )
                .order_by(ClockLine.id.desc())
                .limit(1)
            )
        ).one()
        restored = await connection.execute(
            update(ClockRow)
            .where(*here)
            .values(
                stopped_on=None,
                pauses=before.pauses,
                extensions=before.extensions,
                due_on=before.due_to,
                promised_on=before.promised_to,
                provisional=before.provisional,
                calendar_version=before.calendar_to,
            )
            .returning(*ClockRow.__table__.columns)
        )
        await note(connection, restored.one(), "UNDONE", at, made_in=made_in)


async def lines(connection: AsyncConnection, case_no: str) -> Sequence[Row[Any]]:
    """Everything on the log of a case's clocks, oldest first."""
    return (
        await connection.execute(
            select(*ClockLine.__table__.columns)
            .where(ClockLine.case_no == case_no)
            .order_by(ClockLine.id)
        )
    ).all()


async def line(connection: AsyncConnection, number: int) -> Row[Any] | None:
    """One line with the case it is about."""
    return (
        await connection.execute(select(*ClockLine.__table__.columns).where(ClockLine.id == number))
    ).one_or_none()
