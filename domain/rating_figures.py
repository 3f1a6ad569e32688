"""What ratings add up to, by office and matter: pure counting for pages and bulletins.

Given and default ratings are counted apart; what an upheld appeal excluded is in no figure.
Sources: docs/rules.md B4.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from domain.calendar import ONE_DAY
from domain.figures import mean
from domain.ratings import STARS, Level

#: The plain counts of a row.
_SUMS = (
    "default",
    "low",
    "called_back",
    "called_back_in_time",
    "to_rectify",
    "rectified",
    "rectified_in_time",
)


class WorkingDays(Protocol):
    """A calendar of today, or the list of days that a bulletin kept."""

    def is_working(self, day: date) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenRating:
    """One rating of the period that counts; the last four tell of its 差评整改, if it has one."""

    office: str
    matter: str
    level: Level
    called_back: bool | None = None
    called_back_in_time: bool | None = None
    rectified: bool | None = None  # None: not asked for
    rectified_in_time: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentCase:
    """A closed case that nobody has rated as a whole."""

    office: str
    matter: str
    closed_on: date


@dataclass(slots=True, kw_only=True)
class RatingFigures:
    """The figures of one office and matter. Rates are None where there is nothing to divide by."""

    office: str
    matter: str
    given: dict[Level, int] = field(default_factory=lambda: dict.fromkeys(Level, 0))
    default: int = 0
    low: int = 0
    called_back: int = 0
    called_back_in_time: int = 0
    to_rectify: int = 0
    rectified: int = 0
    rectified_in_time: int = 0

    @property
    def total_given(self) -> int:
        """Ratings that persons gave."""
        return sum(self.given.values())

    @property
    def average(self) -> str | None:
        """Mean of the given ratings, 5 is best; two places, rounded half up."""
        stars = sum(STARS[level] * count for level, count in self.given.items())
        return mean(stars, self.total_given) if self.total_given else None

    @property
    def low_rate(self) -> float | None:
        """差评率: low ratings of the given ones."""
        return self.low / self.total_given if self.total_given else None

    @property
    def call_back_rate(self) -> float | None:
        """回访率: low ratings whose giver was called."""
        return self.called_back / self.low if self.low else None

    @property
    def on_time_rate(self) -> float | None:
        """按期整改率: of what had to be rectified."""
        return self.rectified_in_time / self.to_rectify if self.to_rectify else None


def together(rows: Iterable[RatingFigures]) -> RatingFigures:
    """All offices and matters as one row, whose office and matter are empty."""
    whole = RatingFigures(office="", matter="")
    for row in rows:
        for level, count in row.given.items():
            whole.given[level] += count
        for name in _SUMS:
            setattr(whole, name, getattr(whole, name) + getattr(row, name))
    return whole


def figures(
    given: Iterable[GivenRating],
    silent: Iterable[SilentCase],
    *,
    today: date,
    default_days: int,
    calendar: WorkingDays,
    since: date | None = None,
) -> tuple[RatingFigures, ...]:
    """By office and matter. ``default_days``: working days of silence that count as 满意; 0: none.

    A default follows from the days that are over when ``today`` begins, so figures of a past day
    can be made again. ``since``: only defaults that fell due then or later count, each in the one
    period that holds its day; None: whenever it was (bulletins up to format 2).
    """
    found: dict[tuple[str, str], RatingFigures] = {}

    def of(office: str, matter: str) -> RatingFigures:
        key = (office, matter)
        return found.setdefault(key, RatingFigures(office=office, matter=matter))

    for one in given:
        sums = of(one.office, one.matter)
        sums.given[one.level] += 1
        sums.low += one.level.low
        sums.called_back += bool(one.called_back)
        sums.called_back_in_time += bool(one.called_back_in_time)
        sums.to_rectify += one.rectified is not None
        sums.rectified += bool(one.rectified)
        sums.rectified_in_time += bool(one.rectified_in_time)
    for case in silent if default_days else ():
        due = falls_due(case.closed_on, default_days, calendar)
        if due < today and (since is None or since <= due):
            of(case.office, case.matter).default += 1
    return tuple(found[key] for key in sorted(found))


def falls_due(closed_on: date, days: int, calendar: WorkingDays) -> date:
    """The last of so many working days after the closing: with it silence has become a rating."""
    day = closed_on
    while days > 0:
        day += ONE_DAY
        days -= calendar.is_working(day)
    return day


def closed_since(first: date, days: int, calendar: WorkingDays) -> date:
    """The first day of closing from which silence falls due on ``first`` or later."""
    day = first
    while days > 0:
        day -= ONE_DAY
        days -= calendar.is_working(day)
    return day
