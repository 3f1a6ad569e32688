"""Holds a calendar against the package `chinesecalendar`, day by day.

A second opinion for whoever copies a notice into a data file: it shows slips of the pen. The notice
itself is the authority; beyond the years that the package knows it has nothing to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from domain.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Differs:
    """A day on which the two disagree; both say whether it is a working day."""

    day: date
    ours: bool
    theirs: bool

    @property
    def text(self) -> str:
        """The difference in Chinese."""
        return f"{self.day}：数据为{_word(self.ours)}，chinesecalendar 为{_word(self.theirs)}"


def cross_check(calendar: Calendar, year: int) -> tuple[Differs, ...] | None:
    """The days of a year on which they differ; None where the package does not know the year."""
    day, found = date(year, 1, 1), []
    try:
        while day.year == year:
            theirs = bool(chinese_calendar.is_workday(day))
            if theirs != calendar.is_working(day):
                found.append(Differs(day, not theirs, theirs))
            day += timedelta(days=1)
    except NotImplementedError:
        return None
    return tuple(found)


def _word(working: bool) -> str:
    return "工作日" if working else "休息日"
