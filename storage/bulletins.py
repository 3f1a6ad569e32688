"""The register of issued bulletins, and the cut that makes one computable again.

Called by `bulletins.issuing` (issuing, verifying), board and `console.bulletin_pages` (showing).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.bulletin_tables import BulletinRow
from storage.serials import take

_SERIES = {"DAILY": "日报", "MONTHLY": "月报"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A bulletin on file; ``digest`` is the sha256 digest of ``content``."""

    number: str
    kind: str
    first_day: date
    last_day: date
    as_of: datetime
    cut: int
    digest: str
    content: str
    issued_at: datetime


async def take_cut(connection: AsyncConnection) -> int:
    """The number of the newest event, with no smaller one still to come.

    A step dated before now may be written after now. The lock waits, for the blink of one
    transaction, until every step under way is on file; the caller ends its transaction at once.
    """
    await connection.execute(text("LOCK TABLE events IN SHARE MODE"))
    found = await connection.execute(text("SELECT coalesce(max(id), 0) FROM events"))
    return int(found.scalar_one())


async def new_number(connection: AsyncConnection, kind: str, region: str, year: int) -> str:
    """A fresh number: 日报〔2026〕371002-0001."""
    serial = await take(connection, f"bulletin:{kind}:{region}:{year}")
    return f"{_SERIES[kind]}〔{year}〕{region}-{serial:04d}"


async def keep(connection: AsyncConnection, issued: Issued) -> None:
    """Put a bulletin on file; there is one of each kind and period."""
    await connection.execute(insert(BulletinRow).values(**asdict(issued)))


async def lock(connection: AsyncConnection) -> None:
    """One issue at a time, until the transaction ends."""
    await connection.execute(select(func.pg_advisory_xact_lock(func.hashtext("bulletins"))))


async def of_period(connection: AsyncConnection, kind: str, first_day: date) -> Issued | None:
    """The bulletin of a period."""
    return await _one(connection, (BulletinRow.kind == kind) & (BulletinRow.first_day == first_day))


async def by_number(connection: AsyncConnection, number: str) -> Issued | None:
    """The bulletin with this number."""
    return await _one(connection, BulletinRow.number == number)


async def newest(connection: AsyncConnection, kind: str) -> date | None:
    """The first day of the newest bulletin of a kind."""
    found = await connection.execute(
        select(func.max(BulletinRow.first_day)).where(BulletinRow.kind == kind)
    )
    return found.scalar_one()


async def all_issued(connection: AsyncConnection, limit: int = 100) -> list[Issued]:
    """Every bulletin on file, newest first."""
    rows = await connection.execute(
        select(BulletinRow.__table__)
        .order_by(BulletinRow.issued_at.desc(), BulletinRow.number.desc())
        .limit(limit)
    )
    return [Issued(**row) for row in rows.mappings()]


async def _one(connection: AsyncConnection, which: ColumnElement[bool]) -> Issued | None:
    rows = await connection.execute(select(BulletinRow.__table__).where(which))
    found = rows.mappings().one_or_none()
    return Issued(**found) if found else None
