"""Counting a clock out: its due date derived day by day, with the reason for every day.

Workflows derive due dates from a stored clock and the pinned calendar, the console shows the days
as the explanation. Nothing stores a due date that could go stale: pauses and extensions are kept
as intervals and every date follows from them. This module is the front door of clocks: it also
offers the values of `domain.limits` and the functions of `domain.clock_changes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from domain.calendar import ONE_DAY, SHANGHAI, Calendar, DayKind
from domain.clock_changes import add_pause, close_pause, extend
from domain.limits import (
    Clock,
    ClockCode,
    Effect,
    Extension,
    Limit,
    Pause,
    PauseReason,
    Unit,
)

__all__ = [
    "Clock",
    "ClockCode",
    "CountedDay",
    "Derivation",
    "Effect",
    "Extension",
    "Limit",
    "Pause",
    "PauseReason",
    "Unit",
    "add_pause",
    "close_pause",
    "derive",
    "due_instant",
    "extend",
]


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One line of the explanation; `number` is set on the days that count."""

    day: date
    kind: DayKind
    counted: bool
    number: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """A due date with its reasons; `due_on` is None while a pause without an end is running."""

    due_on: date | None
    days: tuple[CountedDay, ...]
    provisional: bool
    calendar_version: str


def derive(clock: Clock, calendar: Calendar, today: date | None = None) -> Derivation:
    """Count the clock out, day by day.

    The start day is not counted (民法典第二百零一条). An extension approved, or a pause begun,
    after the last day has passed changes nothing: what has expired stays expired. `today` only
    says how far to list the days of a pause that has no end yet.

    A date is provisional when the missing notice of a year could still move it; the last day of a
    calendar-day limit that does not roll never moves.
    """
    length = clock.limit.length
    due_on, days = _count_out(clock, length, calendar, today)
    for extension in sorted(clock.extensions, key=lambda one: one.on):
        if due_on is not None and extension.on > due_on:
            break
        length += extension.length
        due_on, days = _count_out(clock, length, calendar, today)
    movable = clock.limit.unit is Unit.WD or clock.rolls
    provisional = movable and any(calendar.is_provisional(one.day) for one in days[1:])
    return Derivation(due_on, days, provisional, calendar.version)


def due_instant(due_on: date) -> datetime:
    """The first instant after the last day: the start of the next one in Asia/Shanghai."""
    return datetime.combine(due_on + ONE_DAY, time(), SHANGHAI)


def _count_out(
    clock: Clock, length: int, calendar: Calendar, today: date | None
) -> tuple[date | None, tuple[CountedDay, ...]]:
    day = clock.started_on
    days = [CountedDay(day, calendar.kind(day), False, None, "起算日不计")]
    may_roll = clock.limit.unit is Unit.CD and clock.rolls
    number = 0
    while True:
        day += ONE_DAY
        pause = next((one for one in clock.pauses if one.covers(day)), None)
        if pause is not None:
            if pause.to_day is None and (today is None or day > today):
                return None, tuple(days)
            why = f"暂停：{pause.reason.label}"
            days.append(CountedDay(day, calendar.kind(day), False, None, why))
            continue
        if number < length and (clock.limit.unit is Unit.CD or calendar.is_working(day)):
            number += 1
            days.append(_counted(day, number, clock.limit.unit, calendar))
        else:
            days.append(_skipped(day, number == length, calendar))
        if number == length and (not may_roll or calendar.is_working(day)):
            return day, tuple(days)


def _counted(day: date, number: int, unit: Unit, calendar: Calendar) -> CountedDay:
    kind = calendar.kind(day)
    why = f"第{number}日"
    if kind is DayKind.MAKE_UP and unit is Unit.WD:
        why = f"调休上班，计入，第{number}日"
    elif kind is DayKind.OFFICE_CLOSED and unit is Unit.WD:
        why = f"本机构不办公，依法仍计入，第{number}日"
    return CountedDay(day, kind, True, number, why)


def _skipped(day: date, rolled: bool, calendar: Calendar) -> CountedDay:
    kind = calendar.kind(day)
    if kind is DayKind.HOLIDAY:
        why = f"法定节假日：{calendar.holiday_name(day)}"
    elif kind is DayKind.WEEKEND:
        why = "周末"
    else:
        why = "顺延至此日"
    if rolled and not calendar.is_working(day):
        why = f"{why}，顺延"
    return CountedDay(day, kind, False, None, why)
