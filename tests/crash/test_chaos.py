"""Fifty mixed cases in flight while every kind of process is killed: all end, none twice."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import Any

from console.check_holdings import read_holdings
from console.checking import check_localities
from console.errors import OfficeError
from domain.invariants.money import check_money
from domain.task_table import TASKS
from tests.crash.plans import PLANS, Plan
from tests.rehearsal.stage import HOME, ORIGIN, Stage
from tests.rehearsal.story import Story

#: Answers after which a clerk simply tries again.
TRY_AGAIN = {"PENDING", "BUSY", "UNAVAILABLE", "TASK_NOT_OPEN"}
PATIENCE = 400.0
CLERKS = 12
SEED = 20261122
VICTIMS = (
    "worker-371002",
    "worker-330902",
    "temporal",
    "postgres",
    "simulators",
    "console-371002",
    "console-330902",
)


class Rehearsal:
    """The cases, the clerks who work on them, and how far they are."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.stories: dict[str, tuple[Plan, Story]] = {}
        self.done = 0  # decisions that were answered
        self.tries: Counter[str] = Counter()
        self.told: Counter[str] = Counter()
        self.killed: list[str] = []
        self.deadline = asyncio.get_running_loop().time() + PATIENCE
        self._busy: set[str] = set()
        self._progress = asyncio.Condition()
        self._desks = asyncio.Semaphore(CLERKS)
        self._open = asyncio.Event()
        self._open.set()

    async def file(self) -> None:
        """Put the whole mix on file."""

        async def one(plan: Plan) -> None:
            async with self._desks:
                story = await plan.file(self.stage)
            self.stories[story.case_no] = (plan, story)

        await asyncio.gather(*(one(plan) for plan in PLANS for _ in range(plan.copies)))

    async def work(self) -> None:
        """Clerks of both localities keep at it until every case and leg is closed."""
        async with asyncio.TaskGroup() as clerks:
            while await self._open_cases():
                assert asyncio.get_running_loop().time() < self.deadline, await self._report()
                for locality in (HOME, ORIGIN):
                    for task in await self._tasks(locality):
                        if task["task_id"] not in self._busy:
                            self._busy.add(task["task_id"])
                            clerks.create_task(self._decide(locality, task))
                await asyncio.sleep(0.1)

    async def _decide(self, locality: str, task: dict[str, Any]) -> None:
        """One decision; a repeat of an unanswered one has the same number."""
        plan, story = self.stories[task["home_case_no"]]
        kind, id_ = task["kind"], task["task_id"]
        try:
            async with self._desks:
                await self._open.wait()
                await self.stage.offices[locality].decide(
                    id_,
                    plan.outcomes[kind],
                    clerk=story.clerk(task["office"], TASKS[kind].role),
                    reason=plan.reason,
                    command_id=f"c-{id_}-{self.tries[id_]}",
                )
            self.done += 1
            async with self._progress:
                self._progress.notify_all()
        except OfficeError as error:
            assert error.code in TRY_AGAIN, error.message
            self.told[error.code] += 1
            if error.code == "TASK_NOT_OPEN":
                self.tries[id_] += 1  # refused for good: whoever asks again asks anew
        finally:
            self._busy.discard(id_)

    async def _tasks(self, locality: str) -> list[dict[str, Any]]:
        try:
            tasks = await self.stage.offices[locality].tasks(limit=1000)
        except OfficeError as error:
            assert error.code in TRY_AGAIN, error.message
            return []
        return [task for task in tasks if task["home_case_no"] in self.stories]

    async def _open_cases(self) -> bool:
        """Whether anything of the mix is still open, in either locality."""
        for office in self.stage.offices.values():
            try:
                cases = await office.cases(limit=5000, open_only=True)
            except OfficeError as error:
                assert error.code in TRY_AGAIN, error.message
                return True
            if any(case["home_case_no"] in self.stories for case in cases):
                return True
        return False

    async def _report(self) -> str:
        """What is still open, by matter and stage, and what the clerks were told."""
        left: Counter[tuple[str, str]] = Counter()
        for office in self.stage.offices.values():
            for case in await office.cases(limit=5000, open_only=True):
                if case["home_case_no"] in self.stories:
                    left[case["matter"], case["stage"]] += 1
        return f"{self.done} decisions, killed {self.killed}, open {left}, told {self.told}"

    async def lose(self, victim: str, seconds: float) -> None:
        """Kill a process amid the work and start it again after that long.

        Whoever was at work meets the loss. Nobody begins anything more until it is back: on a
        slow machine everything would be done before the last has been killed.
        """
        await self.stage.system.kill(victim)
        await asyncio.sleep(seconds)
        self._open.clear()
        await self.stage.system.start(victim)
        self._open.set()
        self.killed.append(victim)

    async def moved_on(self, steps: int) -> None:
        """Wait until the clerks have got so many more answers."""
        goal = self.done + steps
        async with self._progress:
            await self._progress.wait_for(lambda: self.done >= goal)


async def kill_everything(rehearsal: Rehearsal, chance: random.Random) -> None:
    """Every kind of process in a random order, each in the middle of the clerks' work."""
    victims = list(VICTIMS)
    chance.shuffle(victims)
    for victim in victims:
        await rehearsal.moved_on(chance.randint(8, 24))
        await rehearsal.lose(victim, chance.uniform(0.0, 0.5))


async def test_fifty_cases_survive_the_death_of_every_process(stage: Stage) -> None:
    rehearsal = Rehearsal(stage)
    await rehearsal.file()
    assert len(rehearsal.stories) == sum(plan.copies for plan in PLANS) >= 50
    async with asyncio.TaskGroup() as at_once:  # whichever fails ends the other
        at_once.create_task(rehearsal.work())
        at_once.create_task(kill_everything(rehearsal, random.Random(SEED)))

    numbers = set()
    for plan, story in rehearsal.stories.values():
        case = await story.case()
        assert case["ending"] == "COMPLETED", plan.name
        (leg,) = await story.legs()
        assert leg["stage"] == plan.leg
        numbers |= {story.case_no, leg["case_no"]}

    databases = {code: office.database for code, office in stage.offices.items()}
    found = await check_localities(
        databases,
        stage.registers,
        business=stage.business,
        about=set(rehearsal.stories),
        catalog=stage.catalog,
    )
    ours = [
        one for one in found if any(number in f"{one.case_no} {one.text}" for number in numbers)
    ]
    assert ours == []

    money, _ = await read_holdings(databases)
    broken = [one for one in check_money(money) if any(no in one.text for no in rehearsal.stories)]
    assert broken == []
    balances = (await stage.simulators.get("/bank/_balances")).json()
    assert sum(balances.values()) == 0
    acts = Counter(
        (act["system"], act["key"]) for act in (await stage.simulators.get("/_acts")).json()
    )
    assert max(acts.values()) == 1
