"""The register of integrators' keys: given, looked up by digest, revoked.

Called by `console.api` for every call with a key, and by the managers' page.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.api_tables import ApiKeyRow

Record = dict[str, Any]
#: How exact the moment of the last use is: not every reading shall cost a write.
_USED_EVERY = timedelta(minutes=1)
_SHOWN = [column for column in ApiKeyRow.__table__.columns if column.name != "digest"]


def digest_of(key: str) -> str:
    """What the register keeps of a key; a key is random, so that a plain digest is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


async def issue(
    connection: AsyncConnection,
    key: str,
    *,
    name: str,
    code: str,
    office: str,
    by: str,
    at: datetime,
    expires_at: datetime,
    command_id: str | None = None,
) -> Record | None:
    """A new key, as it is shown in lists; None where this command has one already."""
    row = await connection.execute(
        insert(ApiKeyRow)
        .values(
            digest=digest_of(key),
            name=name,
            code=code,
            office=office,
            issued_by=by,
            issued_at=at,
            expires_at=expires_at,
            command_id=command_id,
        )
        .on_conflict_do_nothing(index_elements=[ApiKeyRow.command_id])
        .returning(*_SHOWN)
    )
    made = row.mappings().one_or_none()
    return dict(made) if made else None


async def holding(connection: AsyncConnection, key: str, now: datetime) -> Record | None:
    """The key, where it is known and holds now."""
    rows = await connection.execute(
        select(*_SHOWN).where(
            ApiKeyRow.digest == digest_of(key),
            ApiKeyRow.revoked_at.is_(None),
            ApiKeyRow.expires_at > now,
        )
    )
    found = rows.mappings().one_or_none()
    return dict(found) if found else None


def is_stale(key: Record, now: datetime) -> bool:
    """Whether the moment of its last use has to be written down again."""
    return key["last_used_at"] is None or key["last_used_at"] < now - _USED_EVERY


async def used(connection: AsyncConnection, number: int, now: datetime) -> None:
    """Write down when it was used last."""
    await connection.execute(
        update(ApiKeyRow).where(ApiKeyRow.id == number).values(last_used_at=now)
    )


async def listed(connection: AsyncConnection, limit: int = 200) -> list[Record]:
    """Every key, those that hold first, then the newest."""
    rows = await connection.execute(
        select(*_SHOWN)
        .order_by(ApiKeyRow.revoked_at.is_not(None), ApiKeyRow.id.desc())
        .limit(limit)
    )
    return [dict(row) for row in rows.mappings()]


async def find(connection: AsyncConnection, number: int) -> Record | None:
    """One key by its number."""
    rows = await connection.execute(select(*_SHOWN).where(ApiKeyRow.id == number))
    found = rows.mappings().one_or_none()
    return dict(found) if found else None


async def revoke(connection: AsyncConnection, number: int, *, by: str, at: datetime) -> bool:
    """End a key now; False where it is over already or unknown."""
    done = await connection.execute(
        update(ApiKeyRow)
        .where(ApiKeyRow.id == number, ApiKeyRow.revoked_at.is_(None))
        .values(revoked_by=by, revoked_at=at)
    )
    return bool(done.rowcount)
