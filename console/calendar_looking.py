"""The calendar of a locality as people see it: one year, the log of changes, what is to be seen to.

Called by the command line; changes nothing but the record of findings when asked to check.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from activities.calendar_checking import CalendarCheckDesk
from activities.cross_check import Differs, cross_check
from catalog.calendar_files import PublishedYear, build_calendar
from console.office import Office, Record
from contracts.calendars import CalendarCheckRequest
from domain.calendar import Calendar, DayKind
from storage import calendar_findings, calendar_log, recounting


@dataclass(frozen=True, slots=True)
class YearShown:
    """One year: its notice, days off as blocks, make-up days, closures of an office."""

    year: int
    version: str
    notice: str | None  # None: not published, all is provisional
    published_on: date | None
    blocks: tuple[tuple[str, date, date], ...]
    make_up: tuple[date, ...]
    closed: tuple[date, ...]
    working_days: int


async def show_year(office: Office, year: int, of_office: str | None = None) -> YearShown:
    """A year as it counts now, for the locality or as one of its offices sees it."""
    if of_office is not None:
        office.visible_offices(office=of_office)
        calendar = await office.read(
            lambda connection: office.calendars.of_office(connection, of_office)
        )
    else:
        calendar = (await office.read(office.calendars.in_force)).calendar
    return year_of(calendar, year)


def year_of(calendar: Calendar, year: int) -> YearShown:
    """A year of any calendar."""
    days = [date(year, 1, 1) + timedelta(number) for number in range(366)]
    days = [day for day in days if day.year == year]
    plan = calendar.years.get(year)
    blocks: list[tuple[str, date, date]] = []
    for day in days:
        name = calendar.holiday_name(day)
        if name is None:
            continue
        if blocks and blocks[-1][0] == name and blocks[-1][2] == day - timedelta(1):
            blocks[-1] = (name, blocks[-1][1], day)
        else:
            blocks.append((name, day, day))
    return YearShown(
        year=year,
        version=calendar.version,
        notice=plan.notice if plan else None,
        published_on=plan.published_on if plan else None,
        blocks=tuple(blocks),
        make_up=tuple(day for day in days if calendar.kind(day) is DayKind.MAKE_UP),
        closed=tuple(day for day in days if day in calendar.closed_days),
        working_days=sum(map(calendar.is_working, days)),
    )


async def versions(office: Office) -> Record:
    """Every change of calendar with its re-plan, and every closure, newest first."""

    async def look(connection: Any) -> Record:
        now = await office.calendars.in_force(connection)
        replans = {row.entry: row._asdict() for row in await calendar_log.replans(connection)}
        for entry, replan in replans.items():
            left = recounting.Untold(0, 0)
            if replan["finished_at"] is None:
                left = await recounting.untold(connection, entry)
            replan |= {"urgent_untold": left.urgent, "untold": left.all}
        log = [
            {**row._asdict(), "replan": replans.get(row.id)}
            for row in await calendar_log.entries(connection)
        ]
        return {
            "in_force": now.calendar.version,
            "years": sorted(now.calendar.years),
            "log": log[::-1],
            "closures": [row._asdict() for row in await calendar_log.closures(connection)],
        }

    return await office.read(look)


def compare_file(file: PublishedYear) -> tuple[Differs, ...] | None:
    """A notice's file against the second source; None where that does not know the year."""
    return cross_check(build_calendar([("", file)], file.region), file.year)


async def check_installed(office: Office) -> list[Record]:
    """Look after the locality's calendar now, as the weekly routine does; what stands.

    ``case_no``: the case of the lead office that works on it, None where it was explained.
    """
    desk = CalendarCheckDesk(office.database, office.calendars)
    await desk.check(CalendarCheckRequest(locality=office.locality, at=datetime.now(UTC)))
    rows = await office.read(calendar_findings.standing)
    worked = {
        one.facts["finding"]: one.case_no for one in await office.read(calendar_findings.open_cases)
    }
    return [{**row._asdict(), "case_no": worked.get(row.key)} for row in rows]


def as_record(shown: YearShown) -> Record:
    """For scripts."""
    record = asdict(shown)
    record["blocks"] = [
        {"name": name, "from": first, "to": last} for name, first, last in shown.blocks
    ]
    return record
