"""The supervision ladder: in order, once each, whatever the patrols' times, and never too far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.catalog import Catalog
from catalog.loader import load_catalog
from catalog.supervision_policies import ladder_policy, supervision_desk
from domain.limits import Unit
from domain.supervision import (
    LADDER,
    NEVER,
    Ended,
    Rung,
    Step,
    WatchedTask,
    answered,
    climb,
    days_late,
    looks_on,
    next_rung,
    settle,
    working_day_after,
)

CATALOG = load_catalog()
CALENDAR = CATALOG.calendar
DUE = date(2026, 3, 11)  # a Wednesday
POLICY = ladder_policy(CATALOG, "371002", DUE)
TASK = WatchedTask(due_on=DUE, length=15)
SPRING = date(2026, 2, 1)
LONG = 150


def day(number: int) -> date:
    """The ``number``-th working day after the due date."""
    return working_day_after(DUE, number, CALENDAR)


def patrol(
    task: WatchedTask, days: Iterable[date], answers: frozenset[Rung] = frozenset()
) -> tuple[Step, ...]:
    """The ladder after patrols on these days; these rungs are answered on their day of issue."""
    ladder: tuple[Step, ...] = ()
    for today in days:
        if CALENDAR.is_working(today):
            new = climb(task, ladder, POLICY, today, CALENDAR)
            ladder += tuple(answered(step) if step.rung in answers else step for step in new)
    return ladder


def rungs(ladder: Iterable[Step]) -> tuple[Rung, ...]:
    return tuple(step.rung for step in ladder)


def every_day(first: date, number: int) -> list[date]:
    return [first + timedelta(days=offset) for offset in range(number)]


due_dates = st.integers(0, 200).map(lambda days: SPRING + timedelta(days=days))
offsets = st.lists(st.integers(-40, LONG), max_size=60)
answer_sets = st.frozensets(st.sampled_from(LADDER))
tasks = st.builds(
    WatchedTask,
    due_on=due_dates,
    length=st.integers(1, 60),
    unit=st.sampled_from(list(Unit)),
)


@given(tasks, answer_sets, st.lists(st.integers(1, 10), min_size=LONG, max_size=LONG))
def test_hourly_patrols_issue_what_one_patrol_a_day_issues(
    task: WatchedTask, answers: frozenset[Rung], hours: list[int]
) -> None:
    assert task.due_on is not None
    days = every_day(task.due_on - timedelta(days=40), LONG)
    hourly = [one for one, times in zip(days, hours, strict=True) for _ in range(times)]
    assert patrol(task, hourly, answers) == patrol(task, days, answers)


@given(tasks, offsets, answer_sets)
def test_patrols_at_any_times_skip_no_rung_and_issue_none_twice_or_early(
    task: WatchedTask, times: list[int], answers: frozenset[Rung]
) -> None:
    assert task.due_on is not None
    days = sorted(task.due_on + timedelta(days=offset) for offset in times)
    found = patrol(task, days, answers)
    assert rungs(found) == LADDER[: len(found)]
    regular = patrol(task, every_day(task.due_on - timedelta(days=40), 200), answers)
    for late, punctual in zip(found, regular, strict=False):
        assert late.issued_on >= punctual.issued_on


@given(tasks, offsets, answer_sets)
def test_after_any_outage_the_same_rungs_are_issued_in_the_end(
    task: WatchedTask, times: list[int], answers: frozenset[Rung]
) -> None:
    assert task.due_on is not None
    days = sorted(task.due_on + timedelta(days=offset) for offset in times)
    again = every_day(task.due_on + timedelta(days=LONG), 60)
    regular = every_day(task.due_on - timedelta(days=40), 260)
    assert rungs(patrol(task, [*days, *again], answers)) == rungs(patrol(task, regular, answers))


@given(tasks, offsets, answer_sets)
def test_an_office_has_its_time_to_answer_before_the_next_rung(
    task: WatchedTask, times: list[int], answers: frozenset[Rung]
) -> None:
    assert task.due_on is not None
    days = sorted(task.due_on + timedelta(days=offset) for offset in times)
    found = patrol(task, days, answers)
    for step, after in pairwise(found):
        assert step.reply_due is None or after.issued_on > step.reply_due


@given(tasks, offsets, st.integers(-40, LONG))
def test_the_day_to_look_again_is_the_first_on_which_there_is_something_to_say(
    task: WatchedTask, times: list[int], last: int
) -> None:
    assert task.due_on is not None
    days = sorted(task.due_on + timedelta(days=offset) for offset in times)
    ladder = patrol(task, days)
    looks = looks_on(task, ladder, POLICY, CALENDAR)
    today = max([*days, task.due_on + timedelta(days=last)])
    assert (next_rung(task, ladder, POLICY, today, CALENDAR) is not None) == (looks <= today)


def test_silence_climbs_as_soon_as_the_time_to_answer_is_over() -> None:
    found = patrol(TASK, every_day(date(2026, 2, 1), 120))
    assert [(step.rung, step.issued_on) for step in found[1:]] == [
        (Rung.OVERDUE, day(1)),
        (Rung.URGE, day(2)),
        (Rung.SUPERVISION_ORDER, day(4)),
        (Rung.RECTIFY_BY, day(7)),
        (Rung.INTERVIEW, day(11)),
        (Rung.CIRCULAR, day(15)),
    ]


def test_an_office_that_answers_climbs_by_the_distance_only() -> None:
    found = patrol(TASK, every_day(date(2026, 2, 1), 120), frozenset(LADDER))
    assert [step.issued_on for step in found[1:]] == [day(n) for n in (1, 2, 5, 10, 15, 20)]


def test_patrols_that_were_down_for_weeks_issue_notices_at_once_and_then_one_by_one() -> None:
    back = day(30)
    found = patrol(TASK, every_day(back, 60))
    assert [step.rung for step in found if step.issued_on == back] == list(LADDER[:3])
    assert rungs(found) == LADDER
    assert len({step.issued_on for step in found}) == 5


@pytest.mark.parametrize(
    ("length", "unit", "warned_on"),
    [
        (15, Unit.WD, date(2026, 3, 6)),  # 20 % is 3 working days
        (45, Unit.WD, date(2026, 2, 27)),  # 9 working days; 28 February is a make-up day
        (5, Unit.WD, date(2026, 3, 9)),  # 2 working days are more than 20 %
        (1, Unit.WD, DUE),
        (60, Unit.CD, date(2026, 2, 27)),
        (None, Unit.WD, date(2026, 3, 9)),
    ],
)
def test_the_warning_comes_with_a_fifth_or_two_working_days_left(
    length: int | None, unit: Unit, warned_on: date
) -> None:
    task = WatchedTask(due_on=DUE, length=length, unit=unit)
    assert looks_on(task, (), POLICY, CALENDAR) == warned_on


def test_work_done_ends_the_ladder_and_nothing_is_issued_any_more() -> None:
    ladder = patrol(TASK, every_day(DUE, 7))
    done = replace(TASK, open=False, closed_on=day(5))
    assert settle(done, ladder, POLICY, day(5), CALENDAR) is Ended.DONE
    assert climb(done, ladder, POLICY, day(40), CALENDAR) == ()
    assert looks_on(done, ladder, POLICY, CALENDAR) == NEVER
    gone = replace(done, superseded=True)
    assert settle(gone, ladder, POLICY, day(5), CALENDAR) is Ended.SUPERSEDED


def test_a_clock_that_stands_still_lets_the_ladder_stand_still() -> None:
    ladder = patrol(TASK, every_day(DUE, 7))
    paused = replace(TASK, due_on=None)
    assert settle(paused, ladder, POLICY, day(30), CALENDAR) is None
    assert climb(paused, ladder, POLICY, day(30), CALENDAR) == ()


def test_a_date_that_moves_behind_today_withdraws_the_ladder() -> None:
    ladder = patrol(TASK, every_day(DUE, 5))
    later = replace(TASK, due_on=day(20))
    assert settle(later, ladder, POLICY, day(4), CALENDAR) is Ended.DUE_MOVED


def test_a_date_that_moves_and_is_still_late_keeps_what_was_issued() -> None:
    ladder = patrol(TASK, every_day(DUE, 7))
    later = replace(TASK, due_on=day(3))
    assert settle(later, ladder, POLICY, day(4), CALENDAR) is None


def test_a_rehearsal_in_the_future_withdraws_nothing_today() -> None:
    ladder = patrol(TASK, every_day(DUE, 60))
    assert settle(TASK, ladder, POLICY, DUE, CALENDAR) is None


def test_days_late_are_working_days_after_the_due_date() -> None:
    assert days_late(DUE, DUE, CALENDAR) == 0
    assert days_late(DUE, day(7), CALENDAR) == 7
    assert days_late(None, day(7), CALENDAR) == 0
    assert days_late(date(2026, 2, 13), date(2026, 2, 24), CALENDAR) == 2  # over the new year


def test_a_locality_without_a_desk_of_its_own_is_led_by_its_service_hall() -> None:
    bare = CATALOG.localities["371002"].model_copy(update={"supervision": None})
    catalog = Catalog(localities=[bare], matters=(), policies=(), calendar=CALENDAR)
    assert supervision_desk(catalog, "371002").lead == "371002-ZW-01"
