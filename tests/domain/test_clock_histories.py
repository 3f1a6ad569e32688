"""Any history of a limit gives the date of the slow counter: pauses, extensions, calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.calendar import Calendar, YearPlan
from domain.clocks import (
    Clock,
    Effect,
    Extension,
    Limit,
    Pause,
    PauseReason,
    Unit,
    add_pause,
    close_pause,
    derive,
    extend,
    revoke,
)
from domain.errors import DomainError
from domain.estimates import estimate
from tests.domain.slow_counter import Days, Period, last_day

YEARS = range(2026, 2036)
FIRST = date(2026, 1, 1)
CAP = 30


@st.composite
def years(draw: st.DrawFn) -> Days:
    """Any notices: blocks of days off, and weekend days that are worked for them."""
    days = Days()
    for begin, length in draw(
        st.lists(st.tuples(st.integers(0, 200), st.integers(1, 12)), max_size=6)
    ):
        days.off |= {FIRST + timedelta(days=begin + n) for n in range(length)}
    for offset in draw(st.lists(st.integers(0, 200), max_size=8)):
        day = FIRST + timedelta(days=offset)
        if day.weekday() >= 5 and day not in days.off:
            days.worked.add(day)
    return days


def calendar_of(days: Days) -> Calendar:
    plans = {
        year: YearPlan(
            year=year,
            notice="示例通知",
            published_on=FIRST,
            holidays={day: "示例假日" for day in days.off if day.year == year},
            make_up=frozenset(day for day in days.worked if day.year == year),
        )
        for year in YEARS
    }
    return Calendar("示例", plans, {})


@st.composite
def limits(draw: st.DrawFn) -> tuple[Clock, Period]:
    """The same fresh limit twice: as the domain has it, and as plain dates."""
    unit, rolls = draw(st.sampled_from(Unit)), draw(st.booleans())
    length = draw(st.integers(1, 45))
    start = FIRST + timedelta(days=draw(st.integers(0, 60)))
    clock = Clock(
        kind="TEST",
        limit=Limit(length, unit, "示例"),
        started_on=start,
        effect=Effect.ESCALATE,
        rolls=rolls,
    )
    by_days = unit is Unit.WD
    return clock, Period(start, length, by_days, not by_days and not rolls)


#: What may happen on a day, and how many days after the last time.
HAPPENINGS = st.lists(
    st.tuples(
        st.integers(0, 25),
        st.sampled_from(["pause", "resume", "extend", "revoke", "calendar", "pause", "resume"]),
        st.integers(1, 15),
        years(),
    ),
    max_size=12,
)


def happen(clock: Clock, period: Period, what: str, today: date, size: int) -> Clock:
    """Let it happen to both where the rules allow it; a refusal changes neither."""
    try:
        match what:
            case "pause":
                pause = Pause(PauseReason.FORCE_MAJEURE, today, None, "示例")
                clock = add_pause(clock, pause, today=today)
                period.rests.append((today, None))
            case "resume":
                clock = close_pause(clock, today)
                period.rests = [(begin, end or today) for begin, end in period.rests]
            case "extend":
                clock = extend(clock, Extension(size, "HC0002", today, "示例"), CAP)
                period.more.append((size, today, None))
            case "revoke":
                clock = revoke(clock, today, "HC0002")
                at = next(n for n, (_, _, taken) in enumerate(period.more) if taken is None)
                given, on, _ = period.more[at]
                period.more[at] = (given, on, today)
    except DomainError:
        return clock
    return clock


@given(limits(), years(), HAPPENINGS)
@settings(max_examples=200, deadline=None)
def test_any_history_of_changes_gives_the_date_that_its_intervals_imply(
    limit: tuple[Clock, Period], days: Days, happenings: list[tuple[int, str, int, Days]]
) -> None:
    clock, period = limit
    today = clock.started_on
    for gap, what, size, corrected in happenings:
        today += timedelta(days=gap)
        if what == "calendar":
            days = corrected
        else:
            clock = happen(clock, period, what, today, size)
        # After every single change, and not only at the end.
        assert derive(clock, calendar_of(days)).due_on == last_day(period, days)


@given(limits(), years(), st.integers(1, 30), st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=150, deadline=None)
def test_a_revoked_extension_never_makes_late_what_was_in_time(
    limit: tuple[Clock, Period], days: Days, length: int, after: int, later: int
) -> None:
    clock, calendar = limit[0], calendar_of(days)
    on = clock.started_on + timedelta(days=after)
    revoked_on = on + timedelta(days=later)
    given_days = Extension(length, "HC0002", on, "示例")
    without = derive(clock, calendar).due_on
    extended = derive(replace(clock, extensions=(given_days,)), calendar).due_on
    taken = derive(
        replace(clock, extensions=(replace(given_days, revoked_on=revoked_on),)), calendar
    ).due_on
    assert without is not None and extended is not None and taken is not None
    assert without <= taken <= extended
    if revoked_on <= extended:
        assert taken >= min(revoked_on, extended)
        # The days without it were left on the day of the revocation: back to the former date.
        assert taken == without or without < revoked_on <= taken
    else:
        assert taken == extended, "what has ended is not taken back"


@given(limits(), years(), st.integers(1, 20), st.integers(1, 20), st.integers(0, 30))
@settings(max_examples=200, deadline=None)
def test_an_estimate_is_the_date_that_comes_true_if_the_pause_ends_as_told(
    limit: tuple[Clock, Period], days: Days, after: int, told: int, passed: int
) -> None:
    clock, calendar = limit[0], calendar_of(days)
    begins = clock.started_on + timedelta(days=after)
    due = derive(clock, calendar).due_on
    assume(due is not None and begins <= due)
    expected = Limit(told, Unit.CD, "示例")
    paused = add_pause(
        clock, Pause(PauseReason.INVESTIGATION, begins, None, "示例", None, expected), today=begins
    )
    today = begins + timedelta(days=passed)
    assert derive(paused, calendar).due_on is None
    ends = derive(replace(clock, limit=expected, started_on=begins, rolls=True), calendar).due_on
    assert ends is not None
    resumed = close_pause(paused, max(ends + timedelta(days=1), today))
    assert estimate(paused, calendar, today) == derive(resumed, calendar).due_on
