"""日历检查: looks after a locality's calendar, so that a missing notice is seen in time.

Called by the weekly routine of the same name and by the console on demand. What it finds is on
record until it is gone, for supervisors to see.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from temporalio import activity

from activities.calendars import Calendars
from activities.cross_check import cross_check
from contracts.calendars import CalendarCheckRequest, CalendarCheckResult
from domain.calendar import SHANGHAI, Calendar
from storage import calendar_findings, calendar_log
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
                        "放假安排公布后请尽快用 calendar publish 登记，到期日会自动重排。",
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
        return CalendarCheckResult(standing=len(found), opened=opened, closed=closed)


def _notices(calendar: Calendar, today: date, month: int) -> Iterator[Finding]:
    wanted = [today.year] + ([today.year + 1] if today.month >= month else [])
    for year in wanted:
        if year not in calendar.years:
            yield Finding(
                f"NOTICE:{year}",
                "NOTICE",
                f"没有{year}年的放假安排，跨入该年的到期日都是暂定的",
                "请按国务院办公厅的通知编写数据文件，核对后用 calendar publish 登记。",
            )


def _differences(calendar: Calendar) -> Iterator[Finding]:
    for year in sorted(calendar.years):
        found = cross_check(calendar, year)
        if found:
            yield Finding(
                f"CROSS_CHECK:{year}",
                "CROSS_CHECK",
                f"{year}年有 {len(found)} 天与 chinesecalendar 不同，如 {found[0].text}",
                "请对照通知原文；数据错了的，请用 calendar publish 更正或 calendar withdraw 撤回。",
            )
