"""Counters behind every official number; each number is given once and never again (G2)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.ids import case_number
from domain.casework import CertificateKind
from storage.case_tables import Serial

_PREFIX = {
    CertificateKind.PERMIT: "准迁",
    CertificateKind.MIGRATION: "迁移",
    CertificateKind.NOT_LANDED: "未落",
    CertificateKind.INVOICE: "车票",
    CertificateKind.RED_INVOICE: "红票",
    CertificateKind.PLATE: "号牌",
    CertificateKind.TEMPORARY_PLATE: "临牌",
    CertificateKind.LICENCE: "行驶",
    CertificateKind.OWNERSHIP: "登证",
    CertificateKind.RESULT: "文书",
}


async def take(connection: AsyncConnection, name: str, count: int = 1) -> int:
    """The next value of a counter, from 1, or the last of the next ``count``. The row lock lasts
    until the transaction ends."""
    statement = (
        insert(Serial)
        .values(name=name, value=count)
        .on_conflict_do_update(index_elements=[Serial.name], set_={"value": Serial.value + count})
        .returning(Serial.value)
    )
    return int((await connection.execute(statement)).scalar_one())


async def new_case_number(connection: AsyncConnection, region: str, day: date) -> str:
    """A fresh case number of the region and day."""
    return case_number(region, day, await take(connection, f"case:{region}:{day:%Y%m%d}"))


async def new_certificate_number(
    connection: AsyncConnection, kind: str, region: str, year: int
) -> str:
    """A fresh certificate number: kind, region, year and serial, as 准迁371002202600001."""
    serial = await take(connection, f"certificate:{kind}:{region}:{year}")
    return f"{_PREFIX[CertificateKind(kind)]}{region}{year}{serial:06d}"


async def new_slip_number(connection: AsyncConnection, word: str, region: str, year: int) -> str:
    """A fresh number of a slip, as 受〔2026〕371002-000001; `word` tells the series."""
    serial = await take(connection, f"slip:{word}:{region}:{year}")
    return f"{word}〔{year}〕{region}-{serial:06d}"


async def new_supervision_numbers(
    connection: AsyncConnection, region: str, day: date, count: int
) -> list[str]:
    """So many fresh 监察编号, as JC3710022026112300001."""
    last = await take(connection, f"supervision:{region}:{day:%Y%m%d}", count)
    return [f"JC{region}{day:%Y%m%d}{last - count + place:05d}" for place in range(1, count + 1)]


async def new_rating_number(connection: AsyncConnection, region: str, year: int) -> str:
    """A fresh number of a rating, as 371002-PJ-2026000001; it tells nothing of the case."""
    serial = await take(connection, f"rating:{region}:{year}")
    return f"{region}-PJ-{year}{serial:06d}"
