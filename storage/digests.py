"""晨报: what each office has before it this morning, read from the worklist and kept for the day.

Called by `activities.bulletin_desk` (making), `counter.digest_round` (sending) and the command line
(showing). Task titles and numbers only; nothing about a person. Digests of earlier versions stay as
they were made: one without ``rungs`` had none written into it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.attribution import Holder
from storage import supervision_list
from storage.bulletin_tables import MorningDigest
from storage.case_tables import Case
from storage.digest_tables import DigestSending
from storage.task_tables import Task

Content = dict[str, Any]
#: Longer lists are on the worklist; a digest that nobody reads to its end warns nobody.
_LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """A digest on its way."""

    day: date
    office: str
    attempts: int
    content: Content


async def contents(
    connection: AsyncConnection, offices: Collection[str], today: date
) -> dict[str, Content]:
    """What each office has before it: tasks due today and late, cases with others, parcels due,
    rungs of the ladder that it has to answer."""
    found: dict[str, Content] = {
        office: {"due_today": [], "late": [], "counts": {}, "waiting": {}, "rungs": []}
        for office in offices
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
    for rung in await supervision_list.awaiting(connection, offices):
        content = found[rung["office"]]
        _count(content["counts"], "rungs")
        if len(content["rungs"]) < _LISTED:
            listed = {key: rung[key] for key in ("number", "rung", "case_no", "title")}
            content["rungs"].append({**listed, "due_on": rung["due_on"].isoformat()})
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
    await connection.execute(
        insert(DigestSending).on_conflict_do_nothing(),
        [{"day": today, "office": office, "next_attempt_at": at} for office in sorted(found)],
    )


async def unsent(
    connection: AsyncConnection, now: datetime, limit: int = 100
) -> tuple[Unsent, ...]:
    """Digests that no receipt is on file for and whose next attempt has come, oldest first."""
    rows = await connection.execute(
        select(
            DigestSending.day, DigestSending.office, DigestSending.attempts, MorningDigest.content
        )
        .join(
            MorningDigest,
            (MorningDigest.day == DigestSending.day)
            & (MorningDigest.office == DigestSending.office),
        )
        .where(DigestSending.sent_at.is_(None), DigestSending.next_attempt_at <= now)
        .order_by(DigestSending.day, DigestSending.office)
        .limit(limit)
    )
    return tuple(Unsent(**row) for row in rows.mappings())


async def settle(connection: AsyncConnection, one: Unsent, receipt: str, at: datetime) -> None:
    """The platform has taken it, or it will not be sent: ``receipt`` tells which."""
    await _change(connection, one, sent_at=at, receipt=receipt)


async def put_off(connection: AsyncConnection, one: Unsent, until: datetime) -> None:
    """The platform did not answer."""
    await _change(connection, one, attempts=one.attempts + 1, next_attempt_at=until)


async def _change(connection: AsyncConnection, one: Unsent, **values: Any) -> None:
    await connection.execute(
        update(DigestSending)
        .where(DigestSending.day == one.day, DigestSending.office == one.office)
        .values(**values)
    )


async def newest(connection: AsyncConnection, offices: Collection[str]) -> list[dict[str, Any]]:
    """The newest digest of each of these offices."""
    last = (
        select(MorningDigest.office, func.max(MorningDigest.day))
        .where(MorningDigest.office.in_(offices))
        .group_by(MorningDigest.office)
    )
    rows = await connection.execute(
        select(*MorningDigest.__table__.columns, DigestSending.sent_at, DigestSending.receipt)
        .outerjoin(
            DigestSending,
            (MorningDigest.day == DigestSending.day)
            & (MorningDigest.office == DigestSending.office),
        )
        .where(tuple_(MorningDigest.office, MorningDigest.day).in_(last))
        .order_by(MorningDigest.office)
    )
    return [dict(row) for row in rows.mappings()]


def _count(counts: dict[str, int], name: str) -> None:
    counts[name] = counts.get(name, 0) + 1
