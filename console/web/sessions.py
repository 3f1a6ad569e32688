"""Where the session library keeps its sessions: the locality's database."""

from __future__ import annotations

from starsessions.stores import SessionStore

from storage import sessions
from storage.database import Database

#: A morning's or afternoon's work; whoever does nothing for so long signs in again.
LIFETIME_SECONDS = 4 * 3600


class DatabaseSessions(SessionStore):
    """A `starsessions` store over the table console_sessions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, session_id: str, lifetime: int) -> bytes:
        """The session's data; nothing for an unknown or expired one."""
        async with self._database.glance() as connection:
            return await sessions.load(connection, session_id)

    async def write(self, session_id: str, data: bytes, lifetime: int, ttl: int) -> str:
        """Keep it; the library's own number is replaced by a longer one when it is new."""
        seconds = ttl or LIFETIME_SECONDS
        async with self._database.glance() as connection:
            if await sessions.lasts(connection, session_id, data, seconds):
                return session_id
        async with self._database.write() as connection:
            await sessions.save(connection, session_id, data, seconds)
        return session_id

    async def remove(self, session_id: str) -> None:
        """Signed out."""
        async with self._database.write() as connection:
            await sessions.drop(connection, session_id)
            await sessions.sweep(connection)
