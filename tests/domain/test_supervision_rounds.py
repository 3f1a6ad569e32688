"""Rounds of the ladder under anything that can happen to a task between patrols."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from activities.patrol_ladders import Batch, Ladders
from catalog.loader import load_catalog
from domain.calendar import SHANGHAI
from domain.supervision import LADDER, Rung, Step, WatchedTask, answered
from storage.supervision import NewRecord, NewRung, Standing, Watched

CATALOG = load_catalog()
FIRST = date(2026, 3, 2)
#: What happens next, and after how many days.
HAPPENINGS = st.lists(
    st.tuples(
        st.sampled_from(["PATROL", "PATROL", "PATROL", "PAUSE", "RESUME", "EXTEND", "ANSWER"]),
        st.integers(0, 12),
    ),
    max_size=40,
)


class World:
    """One task with its register of supervision, in memory."""

    def __init__(self) -> None:
        self.today = FIRST
        self.due = FIRST + timedelta(days=14)
        self.task = WatchedTask(due_on=self.due, length=10)
        self.standing = Standing()
        self.rungs: list[tuple[NewRung, WatchedTask]] = []
        self.ends: list[NewRecord] = []

    def happen(self, what: str) -> None:
        if what == "PATROL":
            self.patrol()
        elif what == "PAUSE":
            self.task = replace(self.task, due_on=None)
        elif what == "RESUME":
            self.task = replace(self.task, due_on=self.due)
        elif what == "EXTEND" and self.task.due_on is not None:
            self.due += timedelta(days=9)
            self.task = replace(self.task, due_on=self.due)
        elif what == "ANSWER" and self.standing.steps:
            *before, last = self.standing.steps
            self.standing = replace(self.standing, steps=(*before, answered(last)))

    def patrol(self) -> Batch:
        batch = Batch()
        at = datetime.combine(self.today, time(10), SHANGHAI)
        watched = Watched(
            task_id="T",
            case_no="C",
            workflow_id="W",
            office="371002-GA-01",
            leg=False,
            task=self.task,
        )
        if not CATALOG.calendar.is_working(self.today):
            return batch
        Ladders(CATALOG, "371002", at, CATALOG.calendar).decide(watched, self.standing, batch)
        if batch.records:
            self.ends += batch.records
            self.standing = replace(self.standing, ended=True)
        for one in batch.rungs:
            self._issue(one)
        return batch

    def _issue(self, one: NewRung) -> None:
        step = Step(Rung(one.rung), self.today, one.task_due_on, one.due_on)
        if one.round != self.standing.round:
            self.standing = Standing(round=one.round, ended=False)
        self.standing = replace(
            self.standing,
            ended=False,
            numbers=(*self.standing.numbers, f"{one.rung}/{one.round}"),
            steps=(*self.standing.steps, step),
        )
        self.rungs.append((one, self.task))


@given(HAPPENINGS)
def test_in_every_round_the_rungs_stand_in_order_and_once(
    happenings: list[tuple[str, int]],
) -> None:
    world = World()
    for what, days in happenings:
        world.today += timedelta(days=days)
        world.happen(what)
        assert world.patrol().rungs == [] or what != "PATROL"
    for _, found in groupby(world.rungs, key=lambda one: one[0].round):
        names = tuple(Rung(one.rung) for one, _ in found)
        assert names == LADDER[: len(names)]
    rounds = [one.round for one, _ in world.rungs]
    assert rounds == sorted(rounds)
    assert set(rounds) == set(range(1, max(rounds, default=0) + 1))


@given(HAPPENINGS)
def test_nothing_red_is_issued_while_the_task_is_not_late(
    happenings: list[tuple[str, int]],
) -> None:
    world = World()
    for what, days in happenings:
        world.today += timedelta(days=days)
        world.happen(what)
    for one, task in world.rungs:
        assert task.due_on is not None
        assert one.warning == "YELLOW" or one.issued_at.date() > task.due_on


@given(HAPPENINGS, st.integers(0, 30))
def test_once_the_work_is_done_every_rung_is_ended_and_none_is_issued(
    happenings: list[tuple[str, int]], later: int
) -> None:
    world = World()
    for what, days in happenings:
        world.today += timedelta(days=days)
        world.happen(what)
    issued = len(world.rungs)
    world.task = replace(world.task, open=False, closed_on=world.today)
    for _ in range(3):
        world.today += timedelta(days=later + 1)
        world.patrol()
    while not CATALOG.calendar.is_working(world.today):
        world.today += timedelta(days=1)
    world.patrol()
    assert len(world.rungs) == issued
    ended = [one.number for one in world.ends]
    assert sorted(ended) == sorted(f"{one.rung}/{one.round}" for one, _ in world.rungs)
