"""Sessions of signed-in browsers, kept so that a restart of the console signs nobody out.

Called by `console.web.sessions`. The cookie itself is never stored, only its digest.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.console_tables import SessionRow


@dataclass(frozen=True, slots=True)
class Kept:
    """A session as it is on file."""

    data: bytes
    expires_at: datetime


def key(cookie: str) -> str:
    """Under which a session is kept."""
    return hashlib.sha256(cookie.encode()).hexdigest()


async def load(connection: AsyncConnection, cookie: str) -> Kept | None:
    """A session that has not expired; None for an unknown one."""
    found = await connection.execute(
        select(SessionRow.data, SessionRow.expires_at).where(
            SessionRow.id == key(cookie), SessionRow.expires_at > datetime.now(UTC)
        )
    )
    row = found.one_or_none()
    return Kept(row.data, row.expires_at) if row else None


async def begin(connection: AsyncConnection, cookie: str, data: bytes, seconds: int) -> None:
    """A new session, kept for so long from now."""
    await connection.execute(
        insert(SessionRow).values(id=key(cookie), data=data, expires_at=_in(seconds))
    )


async def renew(connection: AsyncConnection, cookie: str, data: bytes, seconds: int) -> bool:
    """Keep what was loaded for so long from now.

    False: it has been dropped meanwhile, and a request that was still under way does not bring it
    back.
    """
    done = await connection.execute(
        update(SessionRow)
        .where(SessionRow.id == key(cookie))
        .values(data=data, expires_at=_in(seconds))
    )
    return bool(done.rowcount)


async def drop(connection: AsyncConnection, session: str) -> None:
    """Signed out, or replaced: the cookie whose :func:`key` this is opens nothing any more."""
    await connection.execute(delete(SessionRow).where(SessionRow.id == session))


async def sweep(connection: AsyncConnection) -> int:
    """Remove what has expired; how many."""
    done = await connection.execute(
        delete(SessionRow).where(SessionRow.expires_at <= datetime.now(UTC))
    )
    return done.rowcount


def _in(seconds: int) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)
