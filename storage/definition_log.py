"""The definitions in force in one locality: the log of changes, and every version that was kept.

Read by `activities.definitions`, which turns rows into definitions; written by the console when a
definition is drafted, published or withdrawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.definition_versions import DefinitionChange, Line
from storage.definition_tables import DefinitionEntry, DefinitionVersion

#: One writer at a time: lines then become visible in the order of their numbers, and whoever has
#: seen the newest has seen all.
_LOCK = func.hashtext("事项定义")


async def take(connection: AsyncConnection) -> None:
    """Until the end of this transaction nobody else changes a definition."""
    await connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


async def entries(connection: AsyncConnection, item: str | None = None) -> Sequence[Row[Any]]:
    """The log, oldest first; of one item or of all."""
    query = select(*DefinitionEntry.__table__.columns).order_by(DefinitionEntry.id)
    if item is not None:
        query = query.where(DefinitionEntry.item == item)
    return (await connection.execute(query)).all()


async def lines(connection: AsyncConnection) -> dict[str, list[Line]]:
    """By item what its force depends on."""
    columns = DefinitionEntry
    rows = await connection.execute(
        select(
            columns.item,
            columns.id,
            columns.change,
            columns.version,
            columns.first_day,
            columns.withdraws,
        )
        .where(columns.change != DefinitionChange.DRAFTED.value)
        .order_by(columns.id)
    )
    found: dict[str, list[Line]] = {}
    for row in rows:
        line = Line(row.id, DefinitionChange(row.change), row.version, row.first_day, row.withdraws)
        found.setdefault(row.item, []).append(line)
    return found


async def head(connection: AsyncConnection) -> int:
    """The number of the newest line; 0 where nothing was ever changed."""
    found = await connection.execute(select(func.max(DefinitionEntry.id)))
    return int(found.scalar_one() or 0)


async def content(connection: AsyncConnection, version: str) -> dict[str, Any] | None:
    """A definition as it was kept; None where this locality never had it."""
    found = await connection.execute(
        select(DefinitionVersion.content).where(DefinitionVersion.version == version)
    )
    kept: dict[str, Any] | None = found.scalar_one_or_none()
    return kept


async def keep_version(
    connection: AsyncConnection, item: str, version: str, kept: dict[str, Any], at: datetime
) -> None:
    """Keep a whole definition."""
    await connection.execute(
        insert(DefinitionVersion)
        .values(version=version, item=item, content=kept, recorded_at=at)
        .on_conflict_do_nothing()
    )


async def add_entry(connection: AsyncConnection, **values: Any) -> int:
    """Write a change; its number."""
    written = await connection.execute(
        insert(DefinitionEntry).values(**values).returning(DefinitionEntry.id)
    )
    return int(written.scalar_one())
