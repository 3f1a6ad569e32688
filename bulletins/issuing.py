"""Issuing a bulletin once per period, and computing an issued one again.

Called by `activities.bulletin_desk`, the board (`console.web.board_bulletins`) and the command
`bulletin`.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bulletins.compiling import Content, compiled, reference_of
from catalog.catalog import Catalog
from domain.bulletins import (
    BulletinCode,
    BulletinKind,
    canonical,
    digest_of,
    due_periods,
    ends_at,
    written,
)
from domain.calendar import SHANGHAI, Calendar
from domain.errors import DomainError
from domain.figures import Period
from storage import bulletins
from storage.bulletins import Issued
from storage.database import Database

#: The calendar by which the locality counts now.
InForce = Callable[[AsyncConnection], Awaitable[Calendar]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`kept`: the content on file has the digest on file; `same`: computed again it has it too."""

    number: str
    digest: str
    kept: bool
    same: bool


class BulletinRoom:
    """The bulletins of one locality."""

    def __init__(
        self, database: Database, catalog: Catalog, locality: str, in_force: InForce
    ) -> None:
        self._database = database
        self._catalog = catalog
        self._locality = locality
        self._in_force = in_force

    async def preview(self, kind: BulletinKind, period: Period, as_of: datetime) -> Content:
        """The content as known at `as_of`, not on file.

        With the instant of the period's own bulletin it is that bulletin, computed again.
        """
        issued = await self.of_period(kind, period)
        if issued is not None and issued.as_of == as_of:
            return await self._again(issued)
        async with self._database.write() as connection:
            cut = await bulletins.take_cut(connection)
        async with self._database.read() as connection:
            calendar = await self._in_force(connection)
            reference = await reference_of(
                connection, self._catalog, calendar, self._locality, period, as_of
            )
            return await compiled(connection, reference, kind, period, as_of=as_of, cut=cut)

    async def issue(self, kind: BulletinKind, period: Period, now: datetime) -> Issued:
        """The bulletin of a period that is over, issued if it is not yet.

        DomainError PERIOD_NOT_OVER.
        """
        if now <= ends_at(period):
            raise DomainError(
                BulletinCode.PERIOD_NOT_OVER,
                f"{written(kind, period)} 尚未结束，不能发布{kind.label}；可以先预览。",
            )
        known = await self.of_period(kind, period)
        if known is not None:
            return known
        content = await self.preview(kind, period, now)
        text = canonical(content)
        async with self._database.write() as connection:
            await bulletins.lock(connection)
            known = await bulletins.of_period(connection, kind, period.first)
            if known is not None:
                return known
            issued = Issued(
                number=await bulletins.new_number(
                    connection, kind, self._locality, now.astimezone(SHANGHAI).year
                ),
                kind=kind,
                first_day=period.first,
                last_day=period.last,
                as_of=now,
                cut=content["cut"],
                digest=digest_of(text),
                content=text,
                issued_at=now,
            )
            await bulletins.keep(connection, issued)
        return issued

    async def issue_due(self, kind: BulletinKind, now: datetime) -> list[Issued]:
        """Every period that is over and has no bulletin, oldest first: a missed day is made up."""
        async with self._database.read() as connection:
            newest = await bulletins.newest(connection, kind)
        periods = due_periods(kind, newest, now.astimezone(SHANGHAI).date())
        return [await self.issue(kind, period, now) for period in periods]

    async def of_period(self, kind: BulletinKind, period: Period) -> Issued | None:
        """The bulletin on file for a period."""
        async with self._database.read() as connection:
            return await bulletins.of_period(connection, kind, period.first)

    async def by_number(self, number: str) -> Issued:
        """DomainError UNKNOWN_BULLETIN."""
        async with self._database.read() as connection:
            found = await bulletins.by_number(connection, number)
        if found is None:
            raise DomainError(
                BulletinCode.UNKNOWN_BULLETIN,
                f"没有编号为 {number} 的通报；请查看已发布通报的列表。",
            )
        return found

    async def all_issued(self) -> list[Issued]:
        """Every bulletin on file, newest first."""
        async with self._database.read() as connection:
            return await bulletins.all_issued(connection)

    async def verify(self, number: str) -> Verdict:
        """Compute an issued bulletin again from the trail and compare."""
        issued = await self.by_number(number)
        again = await self._again(issued)
        return Verdict(
            number,
            issued.digest,
            digest_of(issued.content) == issued.digest,
            digest_of(canonical(again)) == issued.digest,
        )

    async def _again(self, issued: Issued) -> Content:
        """From the trail, by what the bulletin kept."""
        kept = json.loads(issued.content)
        async with self._database.read() as connection:
            return await compiled(
                connection,
                kept["reference"],
                BulletinKind(issued.kind),
                Period(issued.first_day, issued.last_day),
                as_of=issued.as_of,
                cut=issued.cut,
                form=kept["format"],
            )
