"""What the check of the calendar found: kept from the first day until it is gone.

Written by the weekly routine and by ``starter.py calendar check --installed``; a repeat adds
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.families import CALENDAR
from domain.casework import ActCode
from storage.calendar_tables import FindingRow
from storage.case_tables import Case
from storage.cases import family_of_case
from storage.step_tables import Act, ClockRow


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


async def unattended(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """The findings that stand and that no case works on or has explained."""
    explained = (
        exists()
        .where(Act.case_no == Case.case_no, Act.code == ActCode.CALENDAR_EXPLAINED.value)
        .correlate(Case)
    )
    facts = await connection.execute(
        select(Case.filing["facts"]).where(
            family_of_case() == CALENDAR.code, or_(Case.closed_at.is_(None), explained)
        )
    )
    attended = {_mark(one["finding"], one["opened_on"]) for one in facts.scalars()}
    return [
        row
        for row in await standing(connection)
        if _mark(row.key, row.opened_on.isoformat()) not in attended
    ]


async def open_cases(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """The open cases of findings: number, workflow, facts."""
    return (
        await connection.execute(
            select(Case.case_no, Case.workflow_id, Case.filing["facts"].label("facts"))
            .where(family_of_case() == CALENDAR.code, Case.closed_at.is_(None))
            .order_by(Case.case_no)
        )
    ).all()


async def settled(connection: AsyncConnection) -> tuple[tuple[str, str], ...]:
    """(case number, workflow id) of the open cases whose finding is gone."""
    left = {_mark(row.key, row.opened_on.isoformat()) for row in await standing(connection)}
    return tuple(
        (row.case_no, row.workflow_id)
        for row in await open_cases(connection)
        if _mark(row.facts["finding"], row.facts["opened_on"]) not in left
    )


def _mark(key: str, opened_on: str) -> tuple[str, str]:
    """What tells a finding from the same one of another time."""
    return key, opened_on


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
