"""Calls under an Idempotency-Key: begun once, answered alike however often they are repeated.

Called by `console.api.once`. A call that changes the register finishes in the same transaction as
its change wherever no running case keeps the key itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.api_tables import ApiCallRow

#: Longer than any call is worked on; what is held longer was left behind by a crash.
_HELD = timedelta(seconds=60)


async def begin(
    connection: AsyncConnection, caller: str, key: str, fingerprint: str, now: datetime
) -> Any | None:
    """Take the call up: None, or the row of an earlier one that is done, other, or under way."""
    row = ApiCallRow
    taken = await connection.execute(
        insert(row)
        .values(
            caller=caller, key=key, fingerprint=fingerprint, begun_at=now, held_until=now + _HELD
        )
        .on_conflict_do_update(
            index_elements=[row.caller, row.key],
            set_={"held_until": now + _HELD},
            where=(row.fingerprint == fingerprint)
            & row.status.is_(None)
            & or_(row.held_until.is_(None), row.held_until < now),
        )
        .returning(row.key)
    )
    if taken.first() is not None:
        return None
    found = await connection.execute(
        select(*row.__table__.columns).where(row.caller == caller, row.key == key)
    )
    return found.one()


async def finish(
    connection: AsyncConnection, caller: str, key: str, status: int, answer: dict[str, Any]
) -> None:
    """Keep what every repeat is told; the first answer stays."""
    await connection.execute(
        update(ApiCallRow)
        .where(ApiCallRow.caller == caller, ApiCallRow.key == key, ApiCallRow.status.is_(None))
        .values(status=status, answer=answer, held_until=None)
    )


async def answered(
    connection: AsyncConnection, caller: str, key: str, status: int, answer: dict[str, Any]
) -> None:
    """Keep the whole answer, also where a part of it was kept with the change itself."""
    await connection.execute(
        update(ApiCallRow)
        .where(ApiCallRow.caller == caller, ApiCallRow.key == key)
        .values(status=status, answer=answer, held_until=None)
    )


async def let_go(connection: AsyncConnection, caller: str, key: str, *, forget: bool) -> None:
    """Nothing came of it yet: the same may be asked again; ``forget``: anything may."""
    mine = (ApiCallRow.caller == caller, ApiCallRow.key == key, ApiCallRow.status.is_(None))
    if forget:
        await connection.execute(delete(ApiCallRow).where(*mine))
    else:
        await connection.execute(update(ApiCallRow).where(*mine).values(held_until=None))


async def sweep(connection: AsyncConnection, before: datetime) -> None:
    """Forget calls of before that day: nobody repeats them any more."""
    await connection.execute(delete(ApiCallRow).where(ApiCallRow.begun_at < before))
