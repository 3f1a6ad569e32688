"""The register of webhooks: who is told, what is still to be told, and how far the trail was read.

Called by the worker's webhook round and by the desk where webhooks are made.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, literal_column, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from storage.api_tables import ApiKeyRow, WebhookCursorRow, WebhookMessageRow, WebhookRow
from storage.case_tables import Case
from storage.step_tables import Act, Event
from storage.task_tables import Task
from storage.views import seen_by

Record = dict[str, Any]
_ROW, _MESSAGE, _CURSOR = WebhookRow, WebhookMessageRow, WebhookCursorRow
_EVENT = aliased(Event, name="told")
_OPEN = _ROW.ended_at.is_(None)
_OF_EVENT = ("id", "case_no", "made_in", "number", "code", "stage", "at")
_XMIN: Any = literal_column("pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
_XMAX: Any = literal_column("pg_snapshot_xmax(pg_current_snapshot())::text::bigint")


async def create(connection: AsyncConnection, **values: Any) -> Record:
    """A new webhook. The first one is told what happens from now on, not what went before."""
    others = await connection.scalar(select(func.count()).select_from(_ROW).where(_OPEN))
    if not others:
        newest = select(func.coalesce(func.max(Event.id), 0)).scalar_subquery()
        await connection.execute(
            update(_CURSOR).values(event_id=newest, seen_id=newest, seen_xid=0)
        )
    row = await connection.execute(insert(_ROW).values(**values).returning(*_ROW.__table__.columns))
    return dict(row.mappings().one())


async def listed(connection: AsyncConnection, key_id: int | None = None) -> list[Record]:
    """Webhooks that have not ended, with how much waits for each; of one key where it is named."""
    waiting = (
        select(func.count())
        .select_from(_MESSAGE)
        .where(_MESSAGE.webhook_id == _ROW.id, _MESSAGE.status == text("'WAITING'"))
        .scalar_subquery()
    )
    statement = (
        select(*_ROW.__table__.columns, waiting.label("waiting"), ApiKeyRow.name.label("key_name"))
        .join(ApiKeyRow, ApiKeyRow.id == _ROW.key_id)
        .where(_OPEN)
        .order_by(_ROW.id)
    )
    if key_id is not None:
        statement = statement.where(_ROW.key_id == key_id)
    return [dict(row) for row in (await connection.execute(statement)).mappings()]


async def keys_of(connection: AsyncConnection, ids: Collection[int]) -> dict[int, Record]:
    """The keys under which webhooks are told, by number."""
    shown = [one for one in ApiKeyRow.__table__.columns if one.name != "digest"]
    rows = await connection.execute(select(*shown).where(ApiKeyRow.id.in_(ids)))
    return {row["id"]: dict(row) for row in rows.mappings()}


async def pause(connection: AsyncConnection, number: int, why: str, now: datetime) -> None:
    """Send nothing until somebody sets it going again."""
    await connection.execute(
        update(_ROW)
        .where(_ROW.id == number, _ROW.paused_at.is_(None))
        .values(paused_at=now, paused_why=why)
    )


async def resume(connection: AsyncConnection, number: int, now: datetime) -> None:
    """Send again, what waits first and at once."""
    await connection.execute(
        update(_ROW).where(_ROW.id == number).values(paused_at=None, paused_why=None)
    )
    await connection.execute(
        update(_MESSAGE)
        .where(_MESSAGE.webhook_id == number, _MESSAGE.status == text("'WAITING'"))
        .values(attempts=0, next_at=now)
    )


async def end(connection: AsyncConnection, number: int, now: datetime) -> None:
    """End it; what waits is not told any more."""
    await connection.execute(update(_ROW).where(_ROW.id == number, _OPEN).values(ended_at=now))
    await connection.execute(
        delete(_MESSAGE).where(_MESSAGE.webhook_id == number, _MESSAGE.status == text("'WAITING'"))
    )


async def settled_events(connection: AsyncConnection, limit: int) -> list[Record] | None:
    """The next events of the trail, none of which can still be followed by a smaller number.

    Numbers are given before their transactions are committed, so that a bound is first noted and
    only trusted once every transaction of that moment is over. Moves the cursor; None where another
    process reads the trail.
    """
    held = await connection.execute(
        select(*_CURSOR.__table__.columns).with_for_update(skip_locked=True)
    )
    cursor = held.one_or_none()
    if cursor is None:
        return None
    oldest, newest = (await connection.execute(select(_XMIN, _XMAX))).one()
    found: list[Record] = []
    reached = cursor.event_id
    if cursor.seen_id > cursor.event_id and oldest >= cursor.seen_xid:
        before = (
            select(Event.stage)
            .where(Event.case_no == _EVENT.case_no, Event.id < _EVENT.id)
            .order_by(Event.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        rows = await connection.execute(
            select(
                *(getattr(_EVENT, name) for name in _OF_EVENT),
                before.label("stage_before"),
                Case.kind,
            )
            .join(Case, Case.case_no == _EVENT.case_no)
            .where(_EVENT.id > cursor.event_id, _EVENT.id <= cursor.seen_id)
            .order_by(_EVENT.id)
            .limit(limit)
        )
        found = [dict(row) for row in rows.mappings()]
        reached = found[-1]["id"] if len(found) == limit else cursor.seen_id
    values: Record = {"event_id": reached}
    if reached >= cursor.seen_id:
        last = await connection.scalar(select(func.coalesce(func.max(Event.id), 0)))
        values |= {"seen_id": max(last or 0, reached), "seen_xid": newest}
    await connection.execute(update(_CURSOR).values(**values))
    return found


async def steps_of(
    connection: AsyncConnection, case_nos: Collection[str]
) -> tuple[list[Any], list[Any], list[Any]]:
    """Of these cases: acts (case, step, code), opened and decided tasks (case, step, task)."""
    acts = await connection.execute(
        select(Act.case_no, Act.made_in, Act.code).where(
            Act.case_no.in_(case_nos), Act.voided_at.is_(None)
        )
    )
    opened = await connection.execute(
        select(Task.case_no, Task.opened_in, Task.task_id).where(Task.case_no.in_(case_nos))
    )
    decided = await connection.execute(
        select(Task.case_no, Task.closed_in, Task.task_id).where(
            Task.case_no.in_(case_nos), Task.status == "DONE"
        )
    )
    return list(acts), list(opened), list(decided)


async def visible(
    connection: AsyncConnection, case_nos: Collection[str], offices: Sequence[str]
) -> set[str]:
    """Which of these cases those offices may see."""
    rows = await connection.execute(
        select(Case.case_no).where(Case.case_no.in_(case_nos), seen_by(offices))
    )
    return set(rows.scalars())


async def put(connection: AsyncConnection, messages: Sequence[Record]) -> None:
    """Put on file what is to be told; a repeat changes nothing."""
    if messages:
        await connection.execute(
            upsert(_MESSAGE).on_conflict_do_nothing(), [dict(one) for one in messages]
        )


async def due(
    connection: AsyncConnection, now: datetime, until: datetime, limit: int
) -> list[Record]:
    """What is to be sent now: of each case the oldest first; held ``until`` for this process."""
    first = (
        select(func.min(_MESSAGE.number))
        .join(_ROW, _ROW.id == _MESSAGE.webhook_id)
        .where(_MESSAGE.status == text("'WAITING'"), _OPEN, _ROW.paused_at.is_(None))
        .group_by(_MESSAGE.webhook_id, _MESSAGE.case_no)
    )
    chosen = (
        select(_MESSAGE.id)
        .where(_MESSAGE.number.in_(first), _MESSAGE.next_at <= now)
        .order_by(_MESSAGE.next_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = list((await connection.execute(chosen)).scalars())
    if not ids:
        return []
    await connection.execute(update(_MESSAGE).where(_MESSAGE.id.in_(ids)).values(next_at=until))
    rows = await connection.execute(
        select(*_MESSAGE.__table__.columns, _ROW.url, _ROW.salt)
        .join(_ROW, _ROW.id == _MESSAGE.webhook_id)
        .where(_MESSAGE.id.in_(ids))
        .order_by(_MESSAGE.number)
    )
    return [dict(row) for row in rows.mappings()]


async def taken(connection: AsyncConnection, message: Record, said: str, now: datetime) -> None:
    """It was taken."""
    await connection.execute(
        update(_MESSAGE)
        .where(_MESSAGE.id == message["id"])
        .values(status="TAKEN", said=said, settled_at=now, attempts=_MESSAGE.attempts + 1)
    )
    await connection.execute(
        update(_ROW).where(_ROW.id == message["webhook_id"]).values(delivered_at=now)
    )


async def put_off(
    connection: AsyncConnection, message: Record, said: str, next_at: datetime
) -> None:
    """It was not taken; once more then."""
    await connection.execute(
        update(_MESSAGE)
        .where(_MESSAGE.id == message["id"])
        .values(said=said, next_at=next_at, attempts=_MESSAGE.attempts + 1)
    )


async def sweep(connection: AsyncConnection, before: datetime) -> None:
    """Forget what was taken before that day."""
    await connection.execute(delete(_MESSAGE).where(_MESSAGE.settled_at < before))


async def latest(connection: AsyncConnection, number: int, limit: int) -> list[Record]:
    """What a webhook was told or is to be told, newest first."""
    rows = await connection.execute(
        select(*_MESSAGE.__table__.columns)
        .where(_MESSAGE.webhook_id == number)
        .order_by(_MESSAGE.number.desc())
        .limit(limit)
    )
    return [dict(row) for row in rows.mappings()]
