"""日历检查: looks after a locality's calendar, so that a missing notice is seen in time.

Called by the weekly routine of the same name, by the console on demand and after a re-plan. What it
finds is on record until it is gone, and each finding is a case of the lead office.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection
from temporalio import activity

from activities.calendar_filing import file_finding
from activities.calendars import Calendars
from activities.cross_check import cross_check
from contracts.calendars import CalendarCheckRequest, CalendarCheckResult
from contracts.tidings import Tidings, TidingsKind
from domain.calendar import SHANGHAI, Calendar
from domain.errors import DomainError
from storage import calendar_findings, calendar_log, tidings
from storage.calendar_findings import Finding
from storage.database import Database

#: The month from which next year's notice is looked for; the State Council names no day for it.
NOTICE_MONTH = "calendar.notice_month"
#: A re-plan takes minutes; one that is still going after this long needs somebody.
_LONG = timedelta(hours=6)


class CalendarCheckDesk:
    """The check of one locality's calendar."""

    def __init__(self, database: Database, calendars: Calendars) -> None:
        self._database = database
        self._calendars = calendars

    @activity.defn(name="检查历法")
    async def check(self, request: CalendarCheckRequest) -> CalendarCheckResult:
        """Look, write down what stands, close what is gone; a repeat adds nothing."""
        at = request.at or datetime.now(UTC)
        today = at.astimezone(SHANGHAI).date()
        month = self._calendars.catalog.policy(
            NOTICE_MONTH, self._calendars.locality, on=today
        ).as_number()
        async with self._database.write() as connection:
            calendar = (await self._calendars.in_force(connection)).calendar
            found = [*_notices(calendar, today, month), *_differences(calendar)]
            count, earliest = await calendar_findings.provisional_clocks(connection)
            if count and today.month >= month:
                found.append(
                    Finding(
                        "PROVISIONAL",
                        "PROVISIONAL",
                        f"有 {count} 个在办时限的到期日是暂定的，最早 {earliest}",
                        "放假安排公布后，请牵头机构尽快登记，到期日会自动重排。",
                    )
                )
            for row in await calendar_log.replans(connection):
                if row.finished_at is None and row.started_at < at - _LONG:
                    found.append(
                        Finding(
                            f"REPLAN:{row.entry}",
                            "REPLAN",
                            f"第 {row.entry} 号历法变更尚未重排完，"
                            f"已重排 {row.counted} / {row.total or 0} 个时限",
                            "请系统管理员在 Temporal 界面查看该日历重排流程。",
                        )
                    )
            opened, closed = await calendar_findings.keep(connection, found, today, at)
            await self._put_to_work(connection, at)
        return CalendarCheckResult(
            standing=len(found), opened=opened, closed=closed, keys=tuple(one.key for one in found)
        )

    async def _put_to_work(self, connection: AsyncConnection, at: datetime) -> None:
        """A case for each finding that nobody attends to; cases whose finding is gone are told."""
        catalog, locality = self._calendars.catalog, self._calendars.locality
        for row in await calendar_findings.unattended(connection):
            with contextlib.suppress(DomainError):  # no lead office: it stays on record only
                await file_finding(connection, catalog, locality, row, at)
        news = [
            (
                case_no,
                workflow_id,
                Tidings(key=f"finding:{case_no}", kind=TidingsKind.CALENDAR_FINDING),
            )
            for case_no, workflow_id in await calendar_findings.settled(connection)
        ]
        await tidings.keep_all(connection, news, at)


def _notices(calendar: Calendar, today: date, month: int) -> Iterator[Finding]:
    wanted = [today.year] + ([today.year + 1] if today.month >= month else [])
    for year in wanted:
        if year not in calendar.years:
            yield Finding(
                f"NOTICE:{year}",
                "NOTICE",
                f"没有{year}年的放假安排，跨入该年的到期日都是暂定的",
                "请按国务院办公厅的通知编写数据文件，核对后由牵头机构登记。",
            )


def _differences(calendar: Calendar) -> Iterator[Finding]:
    for year in sorted(calendar.years):
        found = cross_check(calendar, year)
        if found:
            yield Finding(
                f"CROSS_CHECK:{year}",
                "CROSS_CHECK",
                f"{year}年有 {len(found)} 天与 chinesecalendar 不同，如 {found[0].text}",
                "请对照通知原文；数据错了的，请牵头机构更正或者撤回。",
            )
