"""发布通报 and 编制晨报: what a locality tells about itself by the clock, each once per period."""

from __future__ import annotations

from datetime import UTC, datetime

from temporalio import activity

from activities.calendars import Calendars
from bulletins.issuing import BulletinRoom
from contracts.bulletins import BulletinRequest, BulletinResult, DigestRequest, DigestResult
from domain.bulletins import BulletinKind
from domain.calendar import SHANGHAI
from storage import digests
from storage.database import Database


class BulletinDesk:
    """The bulletins and digests of one locality."""

    def __init__(self, database: Database, calendars: Calendars) -> None:
        self._database = database
        self._calendars = calendars
        self._catalog = calendars.catalog
        self._locality = calendars.locality

    @activity.defn(name="发布通报")
    async def issue(self, request: BulletinRequest) -> BulletinResult:
        """Issue what is due; a period that has its bulletin gets no second one."""
        room = BulletinRoom(self._database, self._catalog, self._locality, self._calendars.current)
        kind = BulletinKind(request.kind)
        issued = await room.issue_due(kind, request.at or datetime.now(UTC))
        return BulletinResult(numbers=tuple(one.number for one in issued))

    @activity.defn(name="编制晨报")
    async def digest(self, request: DigestRequest) -> DigestResult:
        """Keep each office's digest of the day; nothing on a day that nobody works."""
        at = request.at or datetime.now(UTC)
        today = at.astimezone(SHANGHAI).date()
        async with self._database.read() as connection:
            calendar = await self._calendars.current(connection)
        if not calendar.is_working(today):
            return DigestResult()
        offices = [office.code for office in self._catalog.locality(self._locality).offices]
        async with self._database.write() as connection:
            found = await digests.contents(connection, offices, today)
            await digests.keep(connection, today, found, at)
        return DigestResult(offices=len(found))
