"""Due dates against a slow counter that is obviously right."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from catalog.loader import load_catalog
from domain.calendar import Calendar
from domain.clocks import Clock, Effect, Extension, Limit, Pause, PauseReason, Unit, derive

CALENDAR = load_catalog().calendar


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    """Clocks with up to three pauses that do not overlap and up to two extensions."""
    started_on = draw(st.dates(date(2025, 1, 1), date(2026, 12, 31)))
    pauses = []
    day = started_on
    for _ in range(draw(st.integers(0, 3))):
        day += timedelta(days=draw(st.integers(0, 12)))
        end = day + timedelta(days=draw(st.integers(0, 15)))
        pauses.append(Pause(PauseReason.CORRECTION, day, end, "示例"))
        day = end
    extensions = tuple(
        Extension(length, "HC0002", started_on + timedelta(days=after), "示例")
        for length, after in draw(
            st.lists(st.tuples(st.integers(1, 15), st.integers(0, 60)), max_size=2)
        )
    )
    return Clock(
        kind="TEST",
        limit=Limit(draw(st.integers(1, 45)), draw(st.sampled_from(Unit)), "示例"),
        started_on=started_on,
        pauses=tuple(pauses),
        extensions=extensions,
        effect=Effect.ESCALATE,
        rolls=draw(st.booleans()),
    )


def slow_end(clock: Clock, length: int, calendar: Calendar) -> date:
    """The last day of a period of fixed length: list the days that count, take the last."""
    days = [clock.started_on + timedelta(days=offset) for offset in range(1, 400)]
    free = [
        day
        for day in days
        if not any(pause.to_day and pause.from_day <= day < pause.to_day for pause in clock.pauses)
    ]
    if clock.limit.unit is Unit.WD:
        return [day for day in free if calendar.is_working(day)][length - 1]
    last = free[length - 1]
    if not clock.rolls:
        return last
    return next(day for day in free if day >= last and calendar.is_working(day))


def slow_due(clock: Clock, calendar: Calendar) -> date:
    """Take extensions one by one in the order of approval, each only if still in time."""
    length = clock.limit.length
    for extension in sorted(clock.extensions, key=lambda one: one.on):
        if extension.on <= slow_end(clock, length, calendar):
            length += extension.length
    return slow_end(clock, length, calendar)


@given(clocks())
def test_the_due_date_agrees_with_the_slow_counter(clock: Clock) -> None:
    assert derive(clock, CALENDAR).due_on == slow_due(clock, CALENDAR)


@given(clocks())
def test_the_counted_days_are_numbered_one_to_the_length_without_a_gap(clock: Clock) -> None:
    derivation = derive(clock, CALENDAR)
    numbers = [one.number for one in derivation.days if one.counted]
    assert numbers == list(range(1, len(numbers) + 1))
    most = clock.limit.length + sum(extension.length for extension in clock.extensions)
    assert clock.limit.length <= len(numbers) <= most


@given(clocks())
def test_every_day_from_start_to_due_is_listed_once(clock: Clock) -> None:
    derivation = derive(clock, CALENDAR)
    assert derivation.due_on is not None
    expected = [
        clock.started_on + timedelta(days=offset)
        for offset in range((derivation.due_on - clock.started_on).days + 1)
    ]
    assert [one.day for one in derivation.days] == expected


@given(clocks())
def test_no_paused_day_is_counted_and_none_is_the_last(clock: Clock) -> None:
    derivation = derive(clock, CALENDAR)
    for pause in clock.pauses:
        assert not any(one.counted for one in derivation.days if pause.covers(one.day))
        assert derivation.due_on is not None
        assert not pause.covers(derivation.due_on)


@given(clocks(), st.integers(1, 20), st.integers(1, 20))
def test_pausing_longer_never_brings_the_due_date_forward(
    clock: Clock, after: int, length: int
) -> None:
    unpaused = Clock(
        kind=clock.kind, limit=clock.limit, started_on=clock.started_on, effect=clock.effect
    )
    start = clock.started_on + timedelta(days=after)
    ends = (start + timedelta(days=length), start + timedelta(days=length + 1))
    dues = [
        derive(
            Clock(
                kind=clock.kind,
                limit=clock.limit,
                started_on=clock.started_on,
                pauses=(Pause(PauseReason.CORRECTION, start, end, "示例"),),
                effect=clock.effect,
            ),
            CALENDAR,
        ).due_on
        for end in ends
    ]
    without = derive(unpaused, CALENDAR).due_on
    assert without is not None and dues[0] is not None and dues[1] is not None
    assert without <= dues[0] <= dues[1]


@given(clocks().filter(lambda clock: clock.limit.unit is Unit.WD or clock.rolls))
def test_a_limit_of_procedure_never_ends_on_a_day_off(clock: Clock) -> None:
    due_on = derive(clock, CALENDAR).due_on
    assert due_on is not None
    assert CALENDAR.is_working(due_on)


@given(clocks())
def test_a_date_is_provisional_exactly_when_a_missing_notice_could_move_it(clock: Clock) -> None:
    derivation = derive(clock, CALENDAR)
    assert derivation.due_on is not None
    movable = clock.limit.unit is Unit.WD or clock.rolls
    # Until the notice of 2027 is loaded: what ends before 30 December 2026 is certain.
    assert derivation.provisional == (movable and derivation.due_on >= date(2026, 12, 30))
