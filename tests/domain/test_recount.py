"""Another calendar: what moves, what had passed, and what may not be moved into the past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from catalog.loader import load_catalog
from domain.calendar import Calendar, YearPlan
from domain.clocks import Clock, Effect, Extension, Limit, Pause, PauseReason, Unit, derive
from domain.recount import Change, Dates, Outcome, counter, recount

SHIPPED = load_catalog().calendar
PUBLISHED = replace(
    SHIPPED,
    version="样例",
    years={
        **SHIPPED.years,
        2027: YearPlan(
            2027,
            "样例通知",
            date(2026, 11, 20),
            {date(2027, 1, day): "元旦" for day in range(1, 6)},
            frozenset({date(2027, 2, 14)}),
        ),
    },
)
JAN_6, JAN_8 = date(2027, 1, 6), date(2027, 1, 8)


def dates(due_on: date | None, *, provisional: bool = False) -> Dates:
    return Dates(due_on, None, provisional)


def clock(started_on: date = date(2026, 12, 29), length: int = 5, **more: object) -> Clock:
    limit = Limit(length, Unit.WD, "样例依据")
    return Clock(kind="X", limit=limit, started_on=started_on, effect=Effect.ESCALATE, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "new", "on", "change", "outcome", "holds"),
    [
        (JAN_6, JAN_8, date(2026, 12, 30), Change.PUBLISHED, Outcome.MOVED, JAN_8),
        # the last day itself still lies ahead until it is over
        (JAN_6, JAN_8, JAN_6, Change.PUBLISHED, Outcome.MOVED, JAN_8),
        (JAN_6, JAN_8, date(2027, 1, 7), Change.PUBLISHED, Outcome.EXPIRED, JAN_6),
        (JAN_6, JAN_8, date(2027, 1, 7), Change.CORRECTED, Outcome.EXPIRED, JAN_6),
        # the earlier calendar was wrong: it had not run out
        (JAN_6, JAN_8, date(2027, 1, 7), Change.WITHDRAWN, Outcome.MOVED, JAN_8),
        (JAN_6, JAN_8, date(2027, 1, 9), Change.WITHDRAWN, Outcome.EXPIRED, JAN_6),
        # nobody can keep a day that was not known before it was over
        (JAN_8, JAN_6, date(2027, 1, 7), Change.WITHDRAWN, Outcome.KEPT, JAN_8),
        (JAN_8, JAN_6, JAN_6, Change.WITHDRAWN, Outcome.MOVED, JAN_6),
        (None, None, JAN_6, Change.PUBLISHED, Outcome.SAME, None),
    ],
)
def test_a_date_moves_only_between_days_that_lie_ahead(
    told: date | None,
    new: date | None,
    on: date,
    change: Change,
    outcome: Outcome,
    holds: date | None,
) -> None:
    found, kept = recount(dates(told), dates(new), on=on, change=change)
    assert (found, kept.due_on) == (outcome, holds)


def test_a_date_that_stays_becomes_definite() -> None:
    found, kept = recount(
        dates(JAN_6, provisional=True), dates(JAN_6), on=JAN_6, change=Change.PUBLISHED
    )
    assert (found, kept.provisional) == (Outcome.CONFIRMED, False)


def test_counting_again_twice_changes_nothing_more() -> None:
    told = counter(SHIPPED)(clock(), 3)
    new = counter(PUBLISHED)(clock(), 3)
    _, once = recount(told, new, on=date(2026, 12, 1), change=Change.PUBLISHED)
    found, twice = recount(once, new, on=date(2026, 12, 1), change=Change.PUBLISHED)
    assert (found, twice) == (Outcome.SAME, once)


@pytest.mark.parametrize("calendar", [SHIPPED, PUBLISHED])
def test_the_counter_says_what_the_derivation_says(calendar: Calendar) -> None:
    count = counter(calendar)
    paused = Pause(PauseReason.INVESTIGATION, date(2026, 12, 30), date(2027, 1, 4), "样例文书")
    for start in range(60):
        day = date(2026, 12, 1) + timedelta(start)
        for given in (
            clock(day),
            clock(day, 20),
            clock(day, 20, pauses=(paused,) if day <= paused.from_day else ()),
            clock(day, 10, extensions=(Extension(5, "样例", day, "样例"),)),
        ):
            derived = derive(given, calendar)
            shorter = derive(replace(given, limit=replace(given.limit, length=3)), calendar)
            assert count(given, 3) == Dates(derived.due_on, shorter.due_on, derived.provisional)
            assert count(replace(given, kind="Y"), None).due_on == derived.due_on


def test_a_pause_without_an_end_has_no_date_on_any_calendar() -> None:
    endless = Pause(PauseReason.INVESTIGATION, date(2026, 12, 30), None, "样例文书")
    assert counter(PUBLISHED)(clock(pauses=(endless,)), None).due_on is None
