"""A counter of time limits that lives one day after the other and is obviously right.

It knows nothing of the rules it checks: plain dates in, a date out. At the end of each day it asks
what has been counted and what is owed by what is known that evening; the limit ends with the first
day on which nothing is owed any more and which may be a last day at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass
class Days:
    """Which days are off beside weekends, and which weekend days are worked."""

    off: set[date] = field(default_factory=set)
    worked: set[date] = field(default_factory=set)

    def working(self, day: date) -> bool:
        if day in self.worked:
            return True
        return day not in self.off and day.weekday() not in (5, 6)


@dataclass
class Period:
    """A limit and everything that happened to it.

    ``rests``: first day that rests, first day that does not (None: unknown yet). ``more``: days
    given, on which day, and on which day taken back (None: never).
    """

    start: date
    length: int
    only_working_days: bool
    may_end_on_a_day_off: bool
    rests: list[tuple[date, date | None]] = field(default_factory=list)
    more: list[tuple[int, date, date | None]] = field(default_factory=list)


def last_day(period: Period, days: Days) -> date | None:
    """The last day; None where the period rests and nobody knows until when."""
    counted = 0
    today = period.start
    while True:
        today = today + timedelta(days=1)
        if any(begin <= today and end is None for begin, end in period.rests):
            return None
        rests = any(end is not None and begin <= today < end for begin, end in period.rests)
        if rests:
            continue
        if days.working(today) or not period.only_working_days:
            counted += 1
        owed = period.length
        for given, on, taken_back in period.more:
            if on <= today and (taken_back is None or today < taken_back):
                owed += given
        can_end = days.working(today) or period.may_end_on_a_day_off
        if counted >= owed and can_end:
            return today
