"""Plays a drill day by day: cases come in, offices work or do not, patrols go, people answer.

Used by `embedded.drill.__main__` and by the tests. Everything goes through the doors that people
use: `FilingDesk`, `Office`, `SupervisionDesk`; the patrol is the one of the Schedule.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import httpx

from console.errors import OfficeCode, OfficeError
from console.filing import FilingDesk
from console.office import Office, Record
from console.supervising import SupervisionDesk, patrol_now
from domain.calendar import SHANGHAI
from domain.supervision import Rung, working_day_after
from embedded.demo.choosing import Example
from embedded.demo.scripts import EXAMPLES
from embedded.demo.transfers import form_of
from embedded.drill import watching
from embedded.drill.cast import SeedRecord, put, recast
from embedded.drill.clerks import Clerks
from embedded.drill.conduct import Temper, conduct, response, tempers
from embedded.drill.facts import Patrolled
from embedded.drill.plan import Plan, PlannedCase
from embedded.drill.virtual_time import Time

#: When a day is looked at: within the patrol's hours and the opening hours of every office.
_MORNING = time(9, 30)
_LOOK_SECONDS = 0.06
#: Nothing has changed for so long, and nothing is under way: the day may go on. Longer than a
#: round of the worker (`round_seconds`).
QUIET_SECONDS = 0.45
_PATIENCE_SECONDS = 60.0
#: A day in which an office decides more often than this goes round in circles.
_TURNS = 30


@dataclass(slots=True)
class Drill:
    """One drill under way. ``told`` hears one line per day."""

    plan: Plan
    examples: Mapping[str, Example]
    seeds: list[SeedRecord]
    time: Time
    simulators: httpx.AsyncClient
    told: Callable[[str], None]
    patrols: list[Patrolled] = field(default_factory=list)
    case_numbers: dict[str, PlannedCase] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    _clerks: Clerks = field(init=False)
    _tempers: dict[str, Temper] = field(init=False)
    _rungs: dict[str, list[Record]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._clerks = Clerks(self.offices)
        codes = [
            one.code
            for office in self.offices.values()
            for one in office.catalog.locality(office.locality).offices
        ]
        self._tempers = tempers(self.plan.seed, codes)

    @property
    def offices(self) -> Mapping[str, Office]:
        """Every locality's offices."""
        return self.time.offices

    @property
    def tempers(self) -> Mapping[str, Temper]:
        """Office -> what it is like in this drill."""
        return self._tempers

    async def play(self) -> None:
        """From the first day to the last."""
        for day in self.plan.days:
            await self._day(day)

    async def _day(self, day: date) -> None:
        await self.time.move_to(datetime.combine(day, _MORNING, SHANGHAI))
        await self._settle()
        calendar = self._office.catalog.calendar
        issued = await self._patrol(day)
        decided = 0
        if calendar.is_working(day):
            filed = await self._file(day)
            answered = await self._answer(day)
            decided = await self._work(day)
            issued += await self._patrol(day)
            self.told(
                f"{day}　收件 {filed}　办理 {decided}　发出督办 {issued}　答复督办 {answered}"
            )

    @property
    def _office(self) -> Office:
        return next(iter(self.offices.values()))

    async def _patrol(self, day: date) -> int:
        """One patrol of every locality, with what it had before it and what it left."""
        total = 0
        for code, office in self.offices.items():
            at = datetime.now(UTC)
            before = await watching.stages(office)
            seen = await watching.open_tasks(office)
            done = await patrol_now(self.time.clients[code], code, at=at)
            total += done.issued
            self.patrols.append(
                Patrolled(
                    locality=code, at=at, day=day, seen=seen, issued=done.issued, stages=before
                )
            )
        if total:
            await self._settle()
            await self._stages_after()
        await self._look_at_rungs()
        return total

    async def _stages_after(self) -> None:
        count = len(self.offices)
        for number, patrol in enumerate(self.patrols[-count:], len(self.patrols) - count):
            after = await watching.stages(self.offices[patrol.locality])
            self.patrols[number] = Patrolled(
                **{
                    name: getattr(patrol, name)
                    for name in ("locality", "at", "day", "seen", "issued", "stages")
                },
                stages_after=after,
            )

    async def _look_at_rungs(self) -> None:
        self._rungs = {}
        for office in self.offices.values():
            for rung in await watching.issued(office):
                self._rungs.setdefault(rung["task_id"], []).append(rung)

    async def _file(self, day: date) -> int:
        today = [one for one in self.plan.cases if one.filed_on == day]
        for case in today:
            example = self.examples[case.example]
            form, records = recast(form_of(example.script.file), self.seeds, case.number)
            await put(self.simulators, records)
            home = self._clerks.home_of(form)
            try:
                filed = await FilingDesk(self.offices[home]).file_data(form, folder=EXAMPLES)
            except OfficeError as error:
                self.notes.append(f"样例 {case.example} 没有收件：{error.message}")
                continue
            self.case_numbers[filed.case_no] = case
        await self._settle()
        return len(today)

    async def _work(self, day: date) -> int:
        """Every office does what its conduct makes it do today; until nothing is left to do."""
        decided, tried = 0, set[str]()
        for _ in range(_TURNS):
            tasks = [
                task
                for office in self.offices.values()
                for task in await office.tasks(limit=watching.ALL)
                if task["task_id"] not in tried and self._acts(task, day)
            ]
            if not tasks:
                return decided
            tried |= {task["task_id"] for task in tasks}
            done = await asyncio.gather(*(self._decide(task) for task in tasks))
            decided += sum(done)
            await self._settle()
        return decided

    def _acts(self, task: Record, day: date) -> bool:
        calendar = self._office.catalog.calendar
        temper = self._tempers[task["office"]]
        return conduct(self.plan.seed, self._key(task), temper).acts(
            opened_on=task["opened_at"].astimezone(SHANGHAI).date(),
            due_on=task["due_on"],
            issued=[
                (Rung(one["rung"]), one["issued_at"].astimezone(SHANGHAI).date())
                for one in self._rungs.get(task["task_id"], ())
            ],
            today=day,
            calendar=calendar,
        )

    async def _decide(self, task: Record) -> bool:
        case = self.case_numbers.get(task["home_case_no"])
        script = self.examples[case.example].script if case is not None else None
        mistaken = conduct(self.plan.seed, self._key(task), self._tempers[task["office"]]).mistaken
        refused = await self._clerks.decide(task, script, mistaken=mistaken)
        if refused:
            self.notes.append(f"{task['title']}（{task['case_no']}）：{refused}")
        return not refused

    def _key(self, task: Record) -> str:
        """A task's name by the plan; numbers of cases depend on the order of filing in a day."""
        case = self.case_numbers.get(task["home_case_no"])
        number = task["task_id"].rpartition("/")[2]
        number_of_case = case.number if case is not None else 0
        return f"{number_of_case}/{task['office']}/{task['kind']}/{number}"

    async def _answer(self, day: date) -> int:
        """Offices answer rungs, supervisors hold interviews and make closing checks."""
        answered = 0
        calendar = self._office.catalog.calendar
        for code, office in self.offices.items():
            desk = SupervisionDesk(office)
            for rung in await watching.issued(office):
                if rung["due_on"] is None or rung["state"] not in ("OPEN", "ANSWERED"):
                    continue
                task = await office.task(rung["task_id"])
                case = await office.case(rung["case_no"])
                key = self._key({**task, "home_case_no": case["home_case_no"]})
                how = response(self.plan.seed, Rung(rung["rung"]), key, rung["round"])
                issued_on = rung["issued_at"].astimezone(SHANGHAI).date()
                if rung["state"] == "ANSWERED":
                    if how.checks:
                        await desk.check(rung["number"], clerk=self._clerks.supervisor(code))
                    continue
                begins = working_day_after(issued_on, how.after, calendar)
                if how.answers and issued_on < day and begins <= day <= rung["due_on"]:
                    await self._clerks.answer(desk, rung)
                    answered += 1
        return answered

    async def _settle(self) -> None:
        """Wait until the registers say the same for a while and nothing is under way."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + _PATIENCE_SECONDS
        last: Any = None
        since = loop.time()
        while loop.time() < deadline:
            sight = await self._sight()
            if sight != last or sight[0]:
                last, since = sight, loop.time()
            elif loop.time() - since >= QUIET_SECONDS:
                return
            await asyncio.sleep(_LOOK_SECONDS)
        self.notes.append(f"{datetime.now(SHANGHAI):%Y-%m-%d} 一日之内没有平静下来")

    async def _sight(self) -> tuple[int, list[Any]]:
        moving, sight = 0, list[Any]()
        for office in self.offices.values():
            moving += await watching.under_way(office)
            sight += [
                (one["case_no"], one["stage"], one["holder"], one["due_on"], one["escalation"])
                for one in await office.cases(limit=watching.ALL)
            ]
            sight += [
                (one["task_id"], one["due_on"]) for one in await office.tasks(limit=watching.ALL)
            ]
        return moving, sight


def ahead(day: date) -> timedelta:
    """How far a day's morning lies ahead of now."""
    return datetime.combine(day, _MORNING, SHANGHAI) - datetime.now(UTC)


__all__ = ["QUIET_SECONDS", "Drill", "OfficeCode", "ahead"]
