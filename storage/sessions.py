"""Sessions of signed-in browsers, kept so that a restart of the console signs nobody out.

Called by `console.web.sessions`. The cookie itself is never stored, only its digest.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.console_tables import SessionRow

#: Who looks at ten pages in a minute prolongs the session once.
_ABOUT = timedelta(minutes=2)


def key(cookie: str) -> str:
    """Under which a session is kept."""
    return hashlib.sha256(cookie.encode()).hexdigest()


async def load(connection: AsyncConnection, cookie: str) -> bytes:
    """The data of a session that has not expired; nothing for an unknown one."""
    found = await connection.execute(
        select(SessionRow.data).where(
            SessionRow.id == key(cookie), SessionRow.expires_at > datetime.now(UTC)
        )
    )
    return found.scalar_one_or_none() or b""


async def lasts(connection: AsyncConnection, cookie: str, data: bytes, seconds: int) -> bool:
    """Whether this very session is kept for about so long anyway; then nothing need be written."""
    until = datetime.now(UTC) + timedelta(seconds=seconds) - _ABOUT
    found = await connection.execute(
        select(SessionRow.id).where(
            SessionRow.id == key(cookie), SessionRow.data == data, SessionRow.expires_at > until
        )
    )
    return found.first() is not None


async def save(connection: AsyncConnection, cookie: str, data: bytes, seconds: int) -> None:
    """Keep it for so long from now."""
    values = {"data": data, "expires_at": datetime.now(UTC) + timedelta(seconds=seconds)}
    await connection.execute(
        insert(SessionRow)
        .values(id=key(cookie), **values)
        .on_conflict_do_update(index_elements=[SessionRow.id], set_=values)
    )


async def drop(connection: AsyncConnection, cookie: str) -> None:
    """Signed out: the cookie opens nothing any more."""
    await connection.execute(delete(SessionRow).where(SessionRow.id == key(cookie)))


async def sweep(connection: AsyncConnection) -> int:
    """Remove what has expired; how many."""
    done = await connection.execute(
        delete(SessionRow).where(SessionRow.expires_at <= datetime.now(UTC))
    )
    return done.rowcount
