"""Where the session library keeps its sessions: the locality's database.

Used by `console.desk_app`. A session that was loaded carries, in the library's own metadata, under
which key and with which content; so a save knows a new session from a changed, an unchanged and a
replaced one.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from starsessions.stores import SessionStore

from storage import sessions
from storage.database import Database

#: A morning's or afternoon's work; whoever does nothing for so long signs in again.
LIFETIME_SECONDS = 4 * 3600
#: Who looks at ten pages in a minute prolongs the session once.
_EVERY = timedelta(minutes=5)
_METADATA = "__metadata__"
_LOADED = "loaded"


class DatabaseSessions(SessionStore):
    """A `starsessions` store over the table console_sessions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, session_id: str, lifetime: int) -> bytes:
        """The session's data; nothing for an unknown or expired one."""
        async with self._database.glance() as connection:
            kept = await sessions.load(connection, session_id)
        if kept is None:
            return b""
        session = json.loads(kept.data)
        session.setdefault(_METADATA, {})[_LOADED] = {
            "key": sessions.key(session_id),
            "digest": _digest(kept.data),
            "until": kept.expires_at.isoformat(),
        }
        return json.dumps(session).encode()

    async def write(self, session_id: str, data: bytes, lifetime: int, ttl: int) -> str:
        """Keep it, where there is anything to keep; the number under which it is kept.

        A new session, and one that is given another number, gets a number of this house: what a
        browser brought along and nobody knows is never adopted. The number before opens nothing.
        """
        seconds = ttl or LIFETIME_SECONDS
        session: dict[str, Any] = json.loads(data)
        metadata = session[_METADATA]
        metadata.pop("last_access", None)
        loaded = metadata.pop(_LOADED, None)
        data = json.dumps(session).encode()
        if loaded is not None and loaded["key"] == sessions.key(session_id):
            if loaded["digest"] != _digest(data) or _runs_out(loaded["until"], seconds):
                async with self._database.write() as connection:
                    await sessions.renew(connection, session_id, data, seconds)
            return session_id
        number = secrets.token_urlsafe(32)
        async with self._database.write() as connection:
            if loaded is not None:
                await sessions.drop(connection, loaded["key"])
            await sessions.begin(connection, number, data, seconds)
        return number

    async def remove(self, session_id: str) -> None:
        """Signed out."""
        async with self._database.write() as connection:
            await sessions.drop(connection, sessions.key(session_id))
            await sessions.sweep(connection)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _runs_out(until: str, seconds: int) -> bool:
    """Whether it would end noticeably sooner than if it began now."""
    return datetime.fromisoformat(until) < datetime.now(UTC) + timedelta(seconds=seconds) - _EVERY
