"""When a limit will probably end: the third date beside the statutory and the promised one.

A running pause has no end in law, so the statutory date is open; what the applicant was told of its
length gives an estimate. It has no effect. Called by the register and the screens.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.calendar import ONE_DAY, Calendar
from domain.clocks import derive
from domain.limits import Clock, Effect, Pause

_KIND = "EXPECTED"


def pause_start(started_on: date, today: date) -> date:
    """The day from which a pause that is begun today counts, and the limit that watches it.

    A limit of a filing on a rest day starts on the next working day: nothing stands still before.
    """
    return max(started_on, today)


def expected_end(pause: Pause, calendar: Calendar) -> date | None:
    """The last day of the pause as it was told; None where no length was told."""
    if pause.expected is None:
        return None
    told = Clock(
        kind=_KIND, limit=pause.expected, started_on=pause.from_day, effect=Effect.ESCALATE
    )
    return derive(told, calendar).due_on


def estimate(clock: Clock, calendar: Calendar, today: date) -> date | None:
    """The due date, or while paused the date that follows if the pause ends as it was told.

    A pause that has outlasted its length is taken to end today. None: nobody can tell yet.
    """
    opened = next((one for one in clock.pauses if one.to_day is None), None)
    if opened is None:
        return derive(clock, calendar).due_on
    ends = expected_end(opened, calendar)
    if ends is None:
        return derive(clock, calendar).due_on
    closed = replace(opened, to_day=max(ends + ONE_DAY, today))
    pauses = tuple(closed if one is opened else one for one in clock.pauses)
    return derive(replace(clock, pauses=pauses), calendar).due_on
