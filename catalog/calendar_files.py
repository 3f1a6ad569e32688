"""Calendar data: one file per published year, one for the statutory days of later years.

Turned by the loader into the one `domain.calendar.Calendar` that every clock is counted on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from catalog.errors import Problem
from catalog.models import Entry, Text
from domain.calendar import ONE_DAY, Calendar, YearPlan


class Holiday(Entry):
    """A block of days off, both ends included."""

    name: Text
    from_: date = Field(alias="from")
    to: date

    def days(self) -> Iterator[date]:
        day = self.from_
        while day <= self.to:
            yield day
            day += ONE_DAY


class PublishedYear(Entry):
    """A year whose notice is out: its number, days off and make-up workdays (调休上班)."""

    kind: Literal["PUBLISHED"]
    year: int = Field(ge=2000, le=2100)
    notice: Text
    published_on: date
    holidays: list[Holiday] = Field(min_length=1)
    make_up: list[date]


class StatutoryDays(Entry):
    """Statutory days of years without a notice; dates counted on them are provisional."""

    kind: Literal["PROVISIONAL"]
    source: Text
    holidays: list[Holiday]


CalendarFile = PublishedYear | StatutoryDays
CALENDAR_FILE: TypeAdapter[CalendarFile] = TypeAdapter(
    Annotated[CalendarFile, Field(discriminator="kind")]
)


def build_calendar(files: Sequence[tuple[str, CalendarFile]]) -> Calendar:
    """The calendar of all files; expects `calendar_problems` to have found nothing."""
    published = sorted(
        (one for _, one in files if isinstance(one, PublishedYear)), key=lambda one: one.year
    )
    years = {
        one.year: YearPlan(
            one.year,
            one.notice,
            one.published_on,
            dict(_named_days(one.holidays)),
            frozenset(one.make_up),
        )
        for one in published
    }
    later = [one for _, one in files if isinstance(one, StatutoryDays)]
    provisional = {
        day: name
        for one in later
        for day, name in _named_days(one.holidays)
        if day.year not in years
    }
    parts = [one.model_dump_json() for one in (*published, *later)]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]
    version = f"{published[0].year}-{published[-1].year}.{digest}"
    return Calendar(version, years, provisional)


def calendar_problems(files: Sequence[tuple[str, CalendarFile]]) -> Iterator[Problem]:
    """Everything that would make the calendar wrong or leave a hole in it."""
    published: dict[int, str] = {}
    for file, one in files:
        yield from _block_problems(file, one.holidays)
        if isinstance(one, PublishedYear):
            if one.year in published:
                yield Problem(
                    file, "year", f"{one.year}年已由{published[one.year]}公布，请删去一份"
                )
            published.setdefault(one.year, file)
            yield from _year_problems(file, one)
    if not published:
        yield Problem("calendars", "year", "没有任何一年的放假安排，请至少放入当年的通知")
        return
    for year in range(min(published), max(published)):
        if year not in published:
            yield Problem("calendars", "year", f"缺少{year}年的放假安排，各年份必须连续")
    covered = {
        day.year
        for _, one in files
        if isinstance(one, StatutoryDays)
        for day, _name in _named_days(one.holidays)
    } | set(published)
    if max(published) + 1 not in covered:
        text = f"缺少{max(published) + 1}年的法定节日，跨年的时限将无从推算"
        yield Problem("calendars", "holidays", text)


def _named_days(holidays: Iterable[Holiday]) -> Iterator[tuple[date, str]]:
    for holiday in holidays:
        for day in holiday.days():
            yield day, holiday.name


def _block_problems(file: str, holidays: Sequence[Holiday]) -> Iterator[Problem]:
    seen: set[date] = set()
    for position, holiday in enumerate(holidays):
        if holiday.to < holiday.from_:
            yield Problem(file, f"holidays[{position}].to", "结束日期早于开始日期")
        if seen & set(holiday.days()):
            yield Problem(file, f"holidays[{position}]", "与前面的假期重叠")
        seen |= set(holiday.days())


def _year_problems(file: str, one: PublishedYear) -> Iterator[Problem]:
    off = dict(_named_days(one.holidays))
    for day in off:
        # A New Year block may begin in the last days of the year before.
        if day.year != one.year and (day.year, day.month) != (one.year - 1, 12):
            yield Problem(file, "holidays", f"{day}不属于{one.year}年")
    for position, day in enumerate(one.make_up):
        field = f"make_up[{position}]"
        if day in off:
            yield Problem(file, field, f"{day}同时列为放假和上班")
        if day.weekday() < 5:
            yield Problem(file, field, f"{day}不是周末，不会是调休上班日")
        if day.year != one.year and (day.year, day.month) != (one.year - 1, 12):
            yield Problem(file, field, f"{day}不属于{one.year}年")
