"""通报: which periods there are, which are due, and the form in which two of them are the same.

Used by the compiling and issuing of bulletins and by the command line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from domain.calendar import ONE_DAY, SHANGHAI, Calendar
from domain.errors import DomainError
from domain.figures import Period

#: What a locality that was away makes up by itself, at most; older periods are asked for by hand.
MAKE_UP = 31


class BulletinKind(StrEnum):
    """日通报 and 月通报."""

    DAILY = "DAILY"
    MONTHLY = "MONTHLY"

    @property
    def label(self) -> str:
        """The kind's Chinese name."""
        return {"DAILY": "日通报", "MONTHLY": "月通报"}[self.value]


class BulletinCode(StrEnum):
    """Why a bulletin was not shown or issued."""

    WRONG_PERIOD = "WRONG_PERIOD"
    PERIOD_NOT_OVER = "PERIOD_NOT_OVER"
    UNKNOWN_BULLETIN = "UNKNOWN_BULLETIN"


@dataclass(frozen=True, slots=True)
class DayList:
    """The working days of then, as a bulletin keeps them: days off and days worked out of turn."""

    version: str
    off: frozenset[date]  # Monday to Friday, not worked
    on: frozenset[date]  # Saturday or Sunday, worked

    @classmethod
    def of(cls, calendar: Calendar, first: date, last: date) -> DayList:
        """What `calendar` says of the days from `first` to `last`."""
        days = [first + ONE_DAY * number for number in range((last - first).days + 1)]
        odd = [day for day in days if calendar.is_working(day) != (day.weekday() < 5)]
        return cls(
            calendar.version,
            frozenset(day for day in odd if day.weekday() < 5),
            frozenset(day for day in odd if day.weekday() >= 5),
        )

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> DayList:
        """From its kept form."""
        off, on = (frozenset(map(date.fromisoformat, kept[name])) for name in ("off", "on"))
        return cls(kept["version"], off, on)

    def kept(self) -> dict[str, Any]:
        """For the bulletin's content."""
        off, on = ([day.isoformat() for day in sorted(days)] for days in (self.off, self.on))
        return {"version": self.version, "off": off, "on": on}

    def is_working(self, day: date) -> bool:
        """Whether `day` was a working day."""
        return day in self.on or (day.weekday() < 5 and day not in self.off)


def period_of(kind: BulletinKind, day: date) -> Period:
    """The period that holds `day`."""
    if kind is BulletinKind.DAILY:
        return Period(day, day)
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=31)).replace(day=1) - ONE_DAY)


def before(kind: BulletinKind, period: Period) -> Period:
    """The period before this one."""
    return period_of(kind, period.first - ONE_DAY)


def read_period(kind: BulletinKind, words: str) -> Period:
    """2026-11 for a month, 2026-11-20 for a day. DomainError WRONG_PERIOD."""
    try:
        monthly = kind is BulletinKind.MONTHLY
        day = date.fromisoformat(f"{words}-01" if monthly else words)
    except ValueError:
        form = "2026-11" if kind is BulletinKind.MONTHLY else "2026-11-20"
        raise DomainError(
            BulletinCode.WRONG_PERIOD, f"{kind.label}的期间请写成 {form} 的形式。"
        ) from None
    return period_of(kind, day)


def written(kind: BulletinKind, period: Period) -> str:
    """The period as `read_period` reads it."""
    return f"{period.first:%Y-%m}" if kind is BulletinKind.MONTHLY else period.first.isoformat()


def due_periods(kind: BulletinKind, newest: date | None, today: date) -> list[Period]:
    """Periods that are over and have no bulletin, oldest first.

    `newest` is the first day of the newest bulletin on file; a locality without any begins with
    the last period that is over.
    """
    found: list[Period] = []
    period = before(kind, period_of(kind, today))
    while len(found) < MAKE_UP and (newest is None or period.first > newest):
        found.append(period)
        if newest is None:
            break
        period = before(kind, period)
    return found[::-1]


def ends_at(period: Period) -> datetime:
    """The last instant of the period in Asia/Shanghai."""
    opening = datetime.combine(period.last + ONE_DAY, time(), SHANGHAI)
    return opening - timedelta(microseconds=1)


def canonical(content: Mapping[str, Any]) -> str:
    """The content as one line of JSON: keys sorted, no spaces."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """The sha256 digest of a canonical content."""
    return hashlib.sha256(text.encode()).hexdigest()
