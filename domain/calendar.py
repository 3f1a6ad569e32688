"""Working days in law: the State Council's yearly holiday notices as data.

The catalogue loads the data; clocks, attribution and the console ask it. A year whose notice is
not loaded is answered from weekends and the statutory days themselves, and called provisional:
a missing notice must neither stop a case nor pass for a certain date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum

# China has one time zone and no summer time since 1992, so a fixed offset needs no zone database.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    WORKDAY = "WORKDAY"
    WEEKEND = "WEEKEND"
    HOLIDAY = "HOLIDAY"
    MAKE_UP = "MAKE_UP"  # 调休上班
    OFFICE_CLOSED = "OFFICE_CLOSED"  # a working day on which this one office does not receive


@dataclass(frozen=True, slots=True)
class YearPlan:
    """One year's notice (国务院办公厅关于部分节假日安排的通知): days off and make-up workdays."""

    year: int
    notice: str
    published_on: date
    holidays: Mapping[date, str]
    make_up: frozenset[date]


@dataclass(frozen=True, slots=True)
class NewYear:
    """Days of December that the notice of the following year may still move: from ``off_from`` on
    any, for the days off of 元旦 may begin there; from ``make_up_from`` on Saturdays and Sundays,
    which may be worked instead."""

    off_from: int
    make_up_from: int

    def reaches(self, day: date) -> bool:
        """Whether `day` is one of them."""
        weekend = day.weekday() >= 5
        return day.month == 12 and day.day >= (self.make_up_from if weekend else self.off_from)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The published years, the statutory days of later years, and one office's own closures.

    An office's closure is no public holiday: it moves the day of receipt (`received_on`) but never
    stops a statutory clock, because periods in law leave out statutory holidays only
    (行政许可法第八十二条).
    """

    version: str
    years: Mapping[int, YearPlan]
    provisional_holidays: Mapping[date, str]
    closed_days: frozenset[date] = frozenset()
    new_year: NewYear | None = None  # None: as calendars were counted before it was data

    def kind(self, day: date) -> DayKind:
        """What `day` is; a make-up day outranks its weekend, a holiday outranks a weekend."""
        if self._is_make_up(day):
            kind = DayKind.MAKE_UP
        elif self.holiday_name(day) is not None:
            kind = DayKind.HOLIDAY
        elif day.weekday() >= 5:
            kind = DayKind.WEEKEND
        else:
            kind = DayKind.WORKDAY
        open_kinds = (DayKind.WORKDAY, DayKind.MAKE_UP)
        return DayKind.OFFICE_CLOSED if kind in open_kinds and day in self.closed_days else kind

    def holiday_name(self, day: date) -> str | None:
        """The holiday whose block `day` belongs to, if any."""
        for plan in self._plans(day):
            if day in plan.holidays:
                return plan.holidays[day]
        return self.provisional_holidays.get(day) if self.is_provisional(day) else None

    def is_working(self, day: date) -> bool:
        """Whether `day` counts as a working day of a statutory period."""
        return self.kind(day) in (DayKind.WORKDAY, DayKind.MAKE_UP, DayKind.OFFICE_CLOSED)

    def next_working(self, day: date) -> date:
        """`day` itself when it is a working day, otherwise the first one after it."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def is_provisional(self, day: date) -> bool:
        """Whether a notice that is not loaded may say what this day is: that of its year, or at
        the end of December that of the next."""
        if day.year not in self.years:
            return True
        reached = self.new_year is not None and self.new_year.reaches(day)
        return reached and day.year + 1 not in self.years

    def with_closed_days(self, days: Iterable[date]) -> Calendar:
        """The same calendar as one office sees it, with its own closures."""
        return replace(self, closed_days=frozenset(days))

    def _plans(self, day: date) -> tuple[YearPlan, ...]:
        # A New Year block may begin in the old year's December, by the new year's notice.
        years = (day.year, day.year + 1) if day.month == 12 else (day.year,)
        return tuple(self.years[year] for year in years if year in self.years)

    def _is_make_up(self, day: date) -> bool:
        return any(day in plan.make_up for plan in self._plans(day))


@dataclass(frozen=True, slots=True)
class CalendarBook:
    """The calendar in force in one locality, and every one that was, by version.

    ``since``: the day on which it came into force; ``settled``: every open clock has been counted
    on it.
    """

    in_force: Calendar
    versions: Mapping[str, Calendar] = field(default_factory=dict)
    since: date | None = None
    settled: bool = False

    def of(self, version: str) -> Calendar:
        """The calendar of a version; the one in force where that was never kept."""
        return self.versions.get(version, self.in_force)

    def knows(self, version: str) -> bool:
        """Whether what that version gave can still be derived."""
        return version == self.in_force.version or version in self.versions


def received_on(instant: datetime, opens: time, closes: time, calendar: Calendar) -> date:
    """The day on which a filing counts as received by an office.

    A filing before closing time on a day the office works is received that day (before `opens`
    it waits for the doors); at or after `closes`, or on any other day, on the next day the office
    works. This is platform policy, not statute.

    Raises ValueError for an instant without a time zone and for hours that end before they begin.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    if opens >= closes:
        raise ValueError("an office opens before it closes")
    local = instant.astimezone(SHANGHAI)
    day = local.date() if local.time() < closes else local.date() + ONE_DAY
    while calendar.kind(day) not in (DayKind.WORKDAY, DayKind.MAKE_UP):
        day += ONE_DAY
    return day
