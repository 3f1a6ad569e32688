"""晨报: what each office has before it this morning, read from the worklist and kept for the day.

Called by `activities.bulletin_desk` (making) and the command line (showing). Task titles and
numbers only; nothing about a person.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.attribution import Holder
from storage.bulletin_tables import MorningDigest
from storage.tables import Case, Task

Content = dict[str, Any]
#: Longer lists are on the worklist; a digest that nobody reads to its end warns nobody.
_LISTED = 20


async def contents(
    connection: AsyncConnection, offices: Collection[str], today: date
) -> dict[str, Content]:
    """What each office has before it: tasks due today and late, cases with others, parcels due."""
    found: dict[str, Content] = {
        office: {"due_today": [], "late": [], "counts": {}, "waiting": {}} for office in offices
    }
    rows = await connection.execute(
        select(Task.office, Task.task_id, Task.case_no, Task.title, Task.due_on, Case.kind)
        .join(Case, Case.case_no == Task.case_no)
        .where(Task.office.in_(offices), Task.status == "OPEN", Task.due_on <= today)
        .order_by(Task.due_on, Task.task_id)
    )
    for row in rows:
        content = found[row.office]
        name = "due_today" if row.due_on == today else "late"
        _count(content["counts"], name)
        if row.kind == "PARCEL":
            _count(content["counts"], "parcels")
        if len(content[name]) < _LISTED:
            content[name].append(
                {
                    "task_id": row.task_id,
                    "case_no": row.case_no,
                    "title": row.title,
                    "due_on": row.due_on.isoformat(),
                }
            )
    waiting = await connection.execute(
        select(Case.competent_office, Case.holder, func.count().label("cases"))
        .where(
            Case.competent_office.in_(offices),
            Case.closed_at.is_(None),
            Case.holder != Holder.OURS,
            Case.kind != "PARCEL",
        )
        .group_by(Case.competent_office, Case.holder)
        .order_by(Case.competent_office, Case.holder)
    )
    for office, holder, cases in waiting:
        found[office]["waiting"][holder] = cases
    return found


async def keep(
    connection: AsyncConnection, today: date, found: dict[str, Content], at: datetime
) -> None:
    """Keep the digests of a day; the first one made stands."""
    if not found:
        return
    await connection.execute(
        insert(MorningDigest).on_conflict_do_nothing(),
        [
            {"day": today, "office": office, "content": content, "made_at": at}
            for office, content in sorted(found.items())
        ],
    )


async def newest(connection: AsyncConnection, offices: Collection[str]) -> list[dict[str, Any]]:
    """The newest digest of each of these offices."""
    last = (
        select(MorningDigest.office, func.max(MorningDigest.day))
        .where(MorningDigest.office.in_(offices))
        .group_by(MorningDigest.office)
    )
    rows = await connection.execute(
        select(MorningDigest.__table__)
        .where(tuple_(MorningDigest.office, MorningDigest.day).in_(last))
        .order_by(MorningDigest.office)
    )
    return [dict(row) for row in rows.mappings()]


def _count(counts: dict[str, int], name: str) -> None:
    counts[name] = counts.get(name, 0) + 1
