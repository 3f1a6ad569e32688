"""What the check of the calendar found: kept from the first day until it is gone.

Written by the weekly routine and by ``starter.py calendar check --installed``; a repeat adds
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.calendar_tables import FindingRow
from storage.tables import ClockRow


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a supervisor should see to; ``key`` stays the same while it stands."""

    key: str
    kind: str
    text: str
    remedy: str


async def keep(
    connection: AsyncConnection, found: Iterable[Finding], day: date, at: datetime
) -> tuple[int, int]:
    """Write down what stands and close what is gone; how many are new and how many are gone."""
    await connection.execute(select(func.pg_advisory_xact_lock(func.hashtext("日历检查"))))
    known = {row.key: row for row in await standing(connection)}
    by_key = {one.key: one for one in found}
    for key, one in by_key.items():
        values = {"text": one.text, "remedy": one.remedy, "seen_at": at, "closed_at": None}
        opened_on = known[key].opened_on if key in known else day
        await connection.execute(
            insert(FindingRow)
            .values(key=key, opened_on=opened_on, kind=one.kind, **values)
            .on_conflict_do_update(index_elements=["key", "opened_on"], set_=values)
        )
    gone = [key for key in known if key not in by_key]
    await connection.execute(
        update(FindingRow)
        .where(FindingRow.key.in_(gone), FindingRow.closed_at.is_(None))
        .values(closed_at=at)
    )
    return sum(key not in known for key in by_key), len(gone)


async def standing(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """Every finding that stands, oldest first."""
    return (
        await connection.execute(
            select(*FindingRow.__table__.columns)
            .where(FindingRow.closed_at.is_(None))
            .order_by(FindingRow.opened_on, FindingRow.key)
        )
    ).all()


async def provisional_clocks(connection: AsyncConnection) -> tuple[int, date | None]:
    """How many open clocks have a provisional date, and the earliest of them."""
    row = (
        await connection.execute(
            select(func.count(), func.min(ClockRow.due_on)).where(
                ClockRow.stopped_on.is_(None), ClockRow.provisional
            )
        )
    ).one()
    return int(row[0]), row[1]
