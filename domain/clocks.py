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
from domain.clock_changes import add_pause, close_pause, extend, revoke
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
    "revoke",
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


@dataclass(frozen=True, slots=True)
class _Step:
    """One day as it was lived: how far the count had come and how many days were needed then."""

    day: date
    pause: Pause | None
    counts: bool
    number: int
    needed: int


def derive(clock: Clock, calendar: Calendar, today: date | None = None) -> Derivation:
    """Count the clock out, day by day.

    The start day is not counted (民法典第二百零一条). A limit ends with the first day at whose end,
    by what is on file that day, all its days have been counted. So an extension approved, or a
    pause begun, after the last day changes nothing: what has expired stays expired; and an
    extension revoked when the days without it are used up ends the limit with the day of the
    revocation (or the next day that can be a last one), never earlier. `today` only says how far
    to list the days of a pause that has no end yet.

    A date is provisional when the missing notice of a year could still move it; the last day of a
    calendar-day limit that does not roll never moves.
    """
    steps, due_on = _live(clock, calendar, today)
    first = CountedDay(clock.started_on, calendar.kind(clock.started_on), False, None, "起算日不计")
    days = (first, *_explained(clock, steps, due_on, calendar))
    movable = clock.limit.unit is Unit.WD or clock.rolls
    provisional = movable and any(calendar.is_provisional(one.day) for one in days[1:])
    return Derivation(due_on, days, provisional, calendar.version)


def due_instant(due_on: date) -> datetime:
    """The first instant after the last day: the start of the next one in Asia/Shanghai."""
    return datetime.combine(due_on + ONE_DAY, time(), SHANGHAI)


def _live(clock: Clock, calendar: Calendar, today: date | None) -> tuple[list[_Step], date | None]:
    """The days after the start up to the last one; no last one while a pause has no end."""
    by_working_days = clock.limit.unit is Unit.WD
    steps: list[_Step] = []
    day, number = clock.started_on, 0
    while True:
        day += ONE_DAY
        needed = clock.limit.length + sum(one.gives(day) for one in clock.extensions)
        pause = next((one for one in clock.pauses if one.covers(day)), None)
        if pause is not None:
            if pause.to_day is None and (today is None or day > today):
                return steps, None
            steps.append(_Step(day, pause, False, number, needed))
            continue
        working = calendar.is_working(day)
        counts = working or not by_working_days
        number += counts
        steps.append(_Step(day, None, counts, number, needed))
        may_end = working or not (by_working_days or clock.rolls)
        if number >= needed and may_end:
            return steps, day


def _explained(
    clock: Clock, steps: list[_Step], due_on: date | None, calendar: Calendar
) -> list[CountedDay]:
    """A line per day. A day that a later extension took in is counted, not rolled over."""
    lines: list[CountedDay] = []
    most = 0
    for step in reversed(steps):
        most = max(most, step.needed)
        kind = calendar.kind(step.day)
        counted = step.counts and step.number <= most
        if step.pause is not None:
            why = _paused(step.pause)
        elif counted:
            why = _counted(step.number, kind, clock.limit.unit)
        else:
            rolled = clock.limit.unit is Unit.CD and step.number > most
            why = _skipped(step.day, kind, rolled, calendar)
        number = step.number if counted else None
        lines.append(CountedDay(step.day, kind, counted, number, why + _news(clock, step.day)))
    return lines[::-1]


def _paused(pause: Pause) -> str:
    named = f"（{pause.procedure.label}）" if pause.procedure else ""
    return f"暂停：{pause.reason.label}{named}"


def _counted(number: int, kind: DayKind, unit: Unit) -> str:
    if kind is DayKind.MAKE_UP and unit is Unit.WD:
        return f"调休上班，计入，第{number}日"
    if kind is DayKind.OFFICE_CLOSED and unit is Unit.WD:
        return f"本机构不办公，依法仍计入，第{number}日"
    return f"第{number}日"


def _skipped(day: date, kind: DayKind, rolled: bool, calendar: Calendar) -> str:
    if kind is DayKind.HOLIDAY:
        why = f"法定节假日：{calendar.holiday_name(day)}"
    elif kind is DayKind.WEEKEND:
        why = "周末"
    else:
        return "顺延至此日" if rolled else "原期限已满，至此日止"
    return f"{why}，顺延" if rolled else why


def _news(clock: Clock, day: date) -> str:
    """What was decided on that day about the length itself."""
    unit = clock.limit.unit.label
    given = [f"，当日批准延长{one.length}{unit}" for one in clock.extensions if one.on == day]
    taken = [
        f"，当日撤销延长{one.length}{unit}" for one in clock.extensions if one.revoked_on == day
    ]
    return "".join((*given, *taken))
