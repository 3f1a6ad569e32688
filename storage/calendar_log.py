"""The calendar in force in one locality: its log, its versions, the closures of its offices.

Read by `activities.calendars`, which turns rows into calendars; written by the console when a
notice is published or withdrawn, and at a worker's start.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.calendar_tables import CalendarEntry, CalendarVersion, OfficeClosure, ReplanRow

#: Steps that start or change a clock share this lock, a change of calendar has it alone. So no
#: step writes a date by the old calendar that the re-plan of the new one has already passed by.
_LOCK = func.hashtext("历法")


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of the log: what is in force, since when and why."""

    entry: int
    version: str
    change: str
    at: datetime


async def hold(connection: AsyncConnection) -> None:
    """Until the end of this transaction the calendar stays as it is."""
    await connection.execute(select(func.pg_advisory_xact_lock_shared(_LOCK)))


async def take(connection: AsyncConnection) -> None:
    """Until the end of this transaction nobody counts by the calendar."""
    await connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


async def head(connection: AsyncConnection) -> Head | None:
    """What is in force; None where only the shipped files have ever been."""
    row = (
        await connection.execute(
            select(CalendarEntry.id, CalendarEntry.version, CalendarEntry.change, CalendarEntry.at)
            .order_by(CalendarEntry.id.desc())
            .limit(1)
        )
    ).one_or_none()
    return Head(row.id, row.version, row.change, row.at) if row else None


async def entries(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """The whole log, oldest first."""
    return (
        await connection.execute(
            select(*CalendarEntry.__table__.columns).order_by(CalendarEntry.id)
        )
    ).all()


async def content(connection: AsyncConnection, version: str) -> dict[str, Any] | None:
    """A calendar that was in force here, as it was kept."""
    found = await connection.execute(
        select(CalendarVersion.content).where(CalendarVersion.version == version)
    )
    kept: dict[str, Any] | None = found.scalar_one_or_none()
    return kept


async def contents(connection: AsyncConnection) -> dict[str, dict[str, Any]]:
    """Every calendar that was in force here."""
    rows = await connection.execute(select(CalendarVersion.version, CalendarVersion.content))
    return {row.version: row.content for row in rows}


async def keep_version(
    connection: AsyncConnection, version: str, kept: dict[str, Any], at: datetime
) -> None:
    """Keep a whole calendar, so that what it gave can be explained when it is no longer here."""
    await connection.execute(
        insert(CalendarVersion)
        .values(version=version, content=kept, recorded_at=at)
        .on_conflict_do_nothing()
    )


async def add_entry(connection: AsyncConnection, **values: Any) -> int:
    """Write a change of calendar; its number."""
    written = await connection.execute(
        insert(CalendarEntry).values(**values).returning(CalendarEntry.id)
    )
    return int(written.scalar_one())


async def open_replan(
    connection: AsyncConnection, entry: int, workflow_id: str, at: datetime
) -> None:
    """The re-plan of an entry is to be run."""
    await connection.execute(
        insert(ReplanRow)
        .values(entry=entry, workflow_id=workflow_id, started_at=at)
        .on_conflict_do_nothing()
    )


async def replans(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """Every re-plan with its progress, oldest first."""
    return (
        await connection.execute(select(*ReplanRow.__table__.columns).order_by(ReplanRow.entry))
    ).all()


async def unfinished(connection: AsyncConnection) -> Sequence[str]:
    """The workflow ids of re-plans that have not come to their end."""
    found = await connection.execute(
        select(ReplanRow.workflow_id)
        .where(ReplanRow.finished_at.is_(None))
        .order_by(ReplanRow.entry)
    )
    return found.scalars().all()


async def change_replan(connection: AsyncConnection, entry: int, **values: Any) -> None:
    """Write down how far a re-plan has come."""
    await connection.execute(update(ReplanRow).where(ReplanRow.entry == entry).values(**values))


async def close_days(
    connection: AsyncConnection,
    office: str,
    days: Iterable[date],
    *,
    closed: bool,
    reason: str,
    evidence: str,
    actor: str,
    at: datetime,
) -> None:
    """An office does not receive on these days, or (``closed`` False) does after all."""
    await connection.execute(
        insert(OfficeClosure),
        [
            {
                "office": office,
                "day": day,
                "closed": closed,
                "reason": reason,
                "evidence": evidence,
                "actor": actor,
                "at": at,
            }
            for day in days
        ],
    )


async def closed_days(connection: AsyncConnection, office: str) -> dict[date, bool]:
    """By day what was said last about an office: closed, or open after all."""
    rows = await connection.execute(
        select(OfficeClosure.day, OfficeClosure.closed)
        .where(OfficeClosure.office == office)
        .order_by(OfficeClosure.id)
    )
    return {row.day: row.closed for row in rows}  # what was said last counts


async def closures(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """Everything that was said about offices' days, newest first."""
    return (
        await connection.execute(
            select(*OfficeClosure.__table__.columns).order_by(OfficeClosure.id.desc())
        )
    ).all()
