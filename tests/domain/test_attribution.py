"""Whose days were used: every working day has exactly one holder."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.loader import load_catalog
from domain.attribution import AttributionCode, BallInterval, Holder, days_used
from domain.calendar import SHANGHAI
from domain.clocks import Clock, Effect, Limit, derive
from domain.errors import DomainError

CALENDAR = load_catalog().calendar


def at(day: int, hour: int = 10, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def ball(holder: Holder, start: datetime, end: datetime | None) -> BallInterval:
    return BallInterval(holder, start, end)


def used(intervals: list[BallInterval], now: datetime) -> dict[Holder, int]:
    """Only the holders who used a day, to keep the expectations short."""
    return {holder: n for holder, n in days_used(intervals, CALENDAR, now).items() if n}


def test_the_day_of_filing_and_the_day_of_taking_over_are_not_counted_for_the_new_holder() -> None:
    intervals = [
        ball(Holder.OURS, at(23), at(25)),
        ball(Holder.THEIRS, at(25), at(27)),
        ball(Holder.OURS, at(27), None),
    ]
    # Ours: Tuesday, Wednesday and Monday; theirs: Thursday and Friday.
    assert used(intervals, at(30)) == {Holder.OURS: 3, Holder.THEIRS: 2}


def test_the_days_attributed_to_an_office_are_the_days_its_own_clock_counts() -> None:
    clock = Clock(
        kind="ORIGIN",
        limit=Limit.parse("5wd", "示例依据"),
        started_on=date(2026, 9, 24),
        effect=Effect.ESCALATE,
    )
    due_on = derive(clock, CALENDAR).due_on
    assert due_on is not None
    answered = datetime(due_on.year, due_on.month, due_on.day, 16, tzinfo=SHANGHAI)
    intervals = [ball(Holder.THEIRS, at(24, 9, month=9), answered)]
    assert used(intervals, answered) == {Holder.THEIRS: 5}


def test_days_off_belong_to_nobody() -> None:
    intervals = [ball(Holder.OURS, at(27), at(29)), ball(Holder.THEIRS, at(29), None)]
    assert used(intervals, at(29, 23)) == {}


def test_a_handover_in_the_night_counts_by_the_clock_of_shanghai() -> None:
    # 17:00 UTC on the 24th is 01:00 on the 25th in Shanghai: the 25th had begun with us.
    night = datetime.fromisoformat("2026-11-24T17:00:00+00:00")
    intervals = [ball(Holder.OURS, at(23), night), ball(Holder.THEIRS, night, None)]
    assert used(intervals, at(26)) == {Holder.OURS: 2, Holder.THEIRS: 1}


def test_at_midnight_sharp_the_new_day_begins_with_the_new_holder() -> None:
    midnight = at(25, 0)
    handed_over = [ball(Holder.OURS, at(23), midnight), ball(Holder.THEIRS, midnight, None)]
    assert used(handed_over, at(25)) == {Holder.OURS: 1, Holder.THEIRS: 1}
    dropped = [ball(Holder.OURS, at(23), midnight), ball(Holder.THEIRS, at(25), None)]
    assert used(dropped, at(25)) == {Holder.OURS: 1, Holder.UNCOUNTED: 1}


def test_a_day_that_began_in_a_gap_is_uncounted() -> None:
    intervals = [ball(Holder.OURS, at(23), at(24, 18)), ball(Holder.OURS, at(26), None)]
    assert used(intervals, at(27)) == {Holder.OURS: 2, Holder.UNCOUNTED: 2}


def test_a_finished_case_uses_no_further_days() -> None:
    intervals = [ball(Holder.OURS, at(23), at(24))]
    assert used(intervals, at(30)) == {Holder.OURS: 1}


def test_no_interval_means_no_days_and_every_holder_is_listed() -> None:
    assert days_used([], CALENDAR, at(30)) == dict.fromkeys(Holder, 0)
    assert days_used([ball(Holder.OURS, at(30), None)], CALENDAR, at(27)) == dict.fromkeys(
        Holder, 0
    )


@pytest.mark.parametrize(
    ("intervals", "code"),
    [
        (
            [ball(Holder.OURS, at(23), None), ball(Holder.THEIRS, at(24), None)],
            AttributionCode.INTERVALS_OVERLAP,
        ),
        (
            [ball(Holder.OURS, at(23), at(26)), ball(Holder.THEIRS, at(25), None)],
            AttributionCode.INTERVALS_OVERLAP,
        ),
        ([ball(Holder.OURS, at(25), at(24))], AttributionCode.INTERVAL_BACKWARDS),
    ],
)
def test_two_holders_at_once_or_time_running_backwards_is_refused(
    intervals: list[BallInterval], code: AttributionCode
) -> None:
    with pytest.raises(DomainError) as caught:
        days_used(intervals, CALENDAR, at(30))
    assert caught.value.code is code


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[BallInterval], datetime]:
    """A case from filing to now, handed over (with or without gaps) a few times."""
    moment = draw(
        st.datetimes(datetime(2025, 1, 1), datetime(2026, 11, 1)).map(
            lambda naive: naive.replace(tzinfo=SHANGHAI)
        )
    )
    intervals = []
    for _ in range(draw(st.integers(1, 6))):
        end = moment + timedelta(hours=draw(st.integers(0, 200)))
        intervals.append(BallInterval(draw(st.sampled_from(Holder)), moment, end))
        moment = end + timedelta(hours=draw(st.sampled_from([0, 0, 0, 30])))
    if draw(st.booleans()):
        intervals[-1] = BallInterval(intervals[-1].holder, intervals[-1].from_, None)
    return intervals, intervals[0].from_ + timedelta(hours=draw(st.integers(0, 1500)))


@given(histories())
def test_the_days_of_all_holders_add_up_to_the_working_days_of_the_whole_span(
    history: tuple[list[BallInterval], datetime],
) -> None:
    intervals, now = history
    begun = [one for one in intervals if one.from_ <= now]
    last = begun[-1].to
    first_day = begun[0].from_.date()
    last_day = (now if last is None else min(last, now)).date()
    span = [
        first_day + timedelta(days=offset) for offset in range(1, (last_day - first_day).days + 1)
    ]
    working = sum(CALENDAR.is_working(day) for day in span)
    assert sum(days_used(intervals, CALENDAR, now).values()) == working


@given(histories())
def test_the_order_in_which_intervals_are_given_does_not_matter(
    history: tuple[list[BallInterval], datetime],
) -> None:
    intervals, now = history
    again = days_used(list(reversed(intervals)), CALENDAR, now)
    assert again == days_used(intervals, CALENDAR, now)
