"""Calendar data: one file per published year and region, one for the statutory days of later years.

Turned by the loader into the `domain.calendar.Calendar` that is shipped; what is published later,
at run time, has the same form and is laid over it (`activities.calendars`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from catalog.errors import Problem
from catalog.models import Entry, Text
from domain.calendar import ONE_DAY, Calendar, NewYear, YearPlan


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


#: The whole country; anything else is the first digits of the localities that a notice binds.
NATIONAL = "CN"


class PublishedYear(Entry):
    """A year whose notice is out: its number, days off and make-up workdays (调休上班).

    A regional notice (such as the holidays of an autonomous region, 全国年节及纪念日放假办法第四条)
    adds days to the national one of its year; `region` is then a prefix of region codes.
    """

    kind: Literal["PUBLISHED"]
    region: str = Field(default=NATIONAL, pattern=r"^(CN|[0-9]{2,6})$")
    year: int = Field(ge=2000, le=2100)
    notice: Text
    published_on: date
    holidays: list[Holiday] = Field(min_length=1)
    make_up: list[date]


class NewYearReach(Entry):
    """How far back into December the following year's notice reaches; see `NewYear`."""

    off_from: int = Field(ge=1, le=31)
    make_up_from: int = Field(ge=1, le=31)


class StatutoryDays(Entry):
    """Statutory days of years without a notice; dates counted on them are provisional."""

    kind: Literal["PROVISIONAL"]
    source: Text
    holidays: list[Holiday]
    new_year: NewYearReach | None = None


CalendarFile = PublishedYear | StatutoryDays
CALENDAR_FILE: TypeAdapter[CalendarFile] = TypeAdapter(
    Annotated[CalendarFile, Field(discriminator="kind")]
)


def build_calendar(files: Sequence[tuple[str, CalendarFile]], locality: str = "") -> Calendar:
    """The calendar of all files that bind a locality (without one: the national ones).

    Expects `calendar_problems` to have found nothing. The version is made of the years and a digest
    of the content: equal content has an equal version, wherever it comes from.
    """
    published = sorted(
        (one for _, one in files if isinstance(one, PublishedYear) and binds(one.region, locality)),
        key=lambda one: (one.year, one.region != NATIONAL, one.region),
    )
    years: dict[int, YearPlan] = {}
    for one in published:
        years[one.year] = _plan(one, years.get(one.year))
    later = [one for _, one in files if isinstance(one, StatutoryDays)]
    provisional = {
        day: name
        for one in later
        for day, name in _named_days(one.holidays)
        if day.year not in years
    }
    # A field with its default value is left out, so that a new one changes no version.
    parts = [one.model_dump_json(exclude_defaults=True) for one in (*published, *later)]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]
    version = f"{published[0].year}-{published[-1].year}.{digest}"
    reach = next((one.new_year for one in later if one.new_year), None)
    new_year = NewYear(reach.off_from, reach.make_up_from) if reach else None
    return Calendar(version, years, provisional, new_year=new_year)


def binds(region: str, locality: str) -> bool:
    """Whether a notice of that region counts in the locality."""
    return region == NATIONAL or (bool(locality) and locality.startswith(region))


def file_digest(one: CalendarFile) -> str:
    """The SHA-256 of a file's content, in hex; comments and order of keys do not matter."""
    return hashlib.sha256(one.model_dump_json(exclude_defaults=True).encode()).hexdigest()


def calendar_content(calendar: Calendar) -> dict[str, Any]:
    """A calendar as JSON, so that a date can be explained long after; see `calendar_of`."""
    reach = calendar.new_year
    return {
        **({"new_year": [reach.off_from, reach.make_up_from]} if reach else {}),
        "years": [
            {
                "year": plan.year,
                "notice": plan.notice,
                "published_on": plan.published_on.isoformat(),
                "holidays": {day.isoformat(): name for day, name in sorted(plan.holidays.items())},
                "make_up": [day.isoformat() for day in sorted(plan.make_up)],
            }
            for _, plan in sorted(calendar.years.items())
        ],
        "provisional": {
            day.isoformat(): name for day, name in sorted(calendar.provisional_holidays.items())
        },
    }


def calendar_of(version: str, content: Mapping[str, Any]) -> Calendar:
    """The inverse of `calendar_content`."""
    return Calendar(
        version,
        {
            one["year"]: YearPlan(
                one["year"],
                one["notice"],
                date.fromisoformat(one["published_on"]),
                {date.fromisoformat(day): name for day, name in one["holidays"].items()},
                frozenset(date.fromisoformat(day) for day in one["make_up"]),
            )
            for one in content["years"]
        },
        {date.fromisoformat(day): name for day, name in content["provisional"].items()},
        new_year=NewYear(*content["new_year"]) if "new_year" in content else None,
    )


def calendar_problems(files: Sequence[tuple[str, CalendarFile]]) -> Iterator[Problem]:
    """Everything that would make the calendar wrong or leave a hole in it."""
    yield from published_problems(files)
    years = {one.year for _, one in files if isinstance(one, PublishedYear)}
    if not years:
        return
    covered = years | {
        day.year
        for _, one in files
        if isinstance(one, StatutoryDays)
        for day, _name in _named_days(one.holidays)
    }
    if max(years) + 1 not in covered:
        text = f"缺少{max(years) + 1}年的法定节日，跨年的时限将无从推算"
        yield Problem("calendars", "holidays", text)


def published_problems(files: Sequence[tuple[str, CalendarFile]]) -> Iterator[Problem]:
    """What may be wrong with notices, one by one and together."""
    published: dict[tuple[int, str], str] = {}
    for file, one in files:
        yield from _block_problems(file, one.holidays)
        if isinstance(one, PublishedYear):
            key = one.year, one.region
            if key in published:
                yield Problem(file, "year", f"{one.year}年已由{published[key]}公布，请删去一份")
            published.setdefault(key, file)
            yield from _year_problems(file, one)
    national = {year for year, region in published if region == NATIONAL}
    if not national:
        yield Problem("calendars", "year", "没有任何一年的放假安排，请至少放入当年的通知")
        return
    for year in range(min(national), max(national)):
        if year not in national:
            yield Problem("calendars", "year", f"缺少{year}年的放假安排，各年份必须连续")
    for year, region in sorted(published):
        if year not in national:
            file = published[year, region]
            yield Problem(file, "year", f"{year}年只有地区{region}的安排，请先放入全国的通知")


def _plan(one: PublishedYear, national: YearPlan | None) -> YearPlan:
    holidays, make_up = dict(_named_days(one.holidays)), frozenset(one.make_up)
    if national is None:
        return YearPlan(one.year, one.notice, one.published_on, holidays, make_up)
    return YearPlan(
        one.year,
        f"{national.notice}、{one.notice}",
        max(national.published_on, one.published_on),
        {**holidays, **national.holidays},
        national.make_up - set(holidays) | make_up,
    )


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
