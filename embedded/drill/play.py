"""Plays a drill day by day: cases come in, offices work or do not, patrols go, people answer.

Used by `embedded.drill.__main__` and by the tests. Everything goes through the doors that people
use: `FilingDesk`, `Office`, `SupervisionDesk`; the patrol is the one of the Schedule.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

import httpx

from console.errors import OfficeError
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
from embedded.drill.conduct import Response, Temper, conduct, response, tempers
from embedded.drill.facts import Patrolled
from embedded.drill.plan import Plan, PlannedCase
from embedded.drill.virtual_time import Time

#: When a day is looked at: within the patrol's hours and the opening hours of every office.
_MORNING = time(9, 30)
_LOOK_SECONDS = 0.1
#: The registers have stood still for so long: the day may go on.
_QUIET_SECONDS = 0.15
#: The same while a bank or a carrier is asked by the workers' rounds (`ROUND_SECONDS`).
ROUND_SECONDS = 0.25
_POLLED_SECONDS = 2.5 * ROUND_SECONDS
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
        if calendar.is_working(day):
            filed = await self._file(day)
            await self._look_at_rungs()
            answered = await self._answer(day)
            decided = await self._work(day)
            await self._settle()
            issued += await self._patrol(day)
            self.told(
                f"{day}　收件 {filed}　办理 {decided}　发出督办 {issued}　答复督办 {answered}"
            )

    @property
    def _office(self) -> Office:
        return next(iter(self.offices.values()))

    async def _patrol(self, day: date) -> int:
        """One patrol of every locality, with what it had before it and what it left."""
        found = await asyncio.gather(*(self._patrol_in(code, day) for code in self.offices))
        issued = sum(one.issued for one in found)
        if issued:
            await self._settle()
            found = [
                replace(one, stages_after=await watching.stages(self.offices[one.locality]))
                for one in found
            ]
            await self._look_at_rungs()
        self.patrols += found
        return issued

    async def _patrol_in(self, code: str, day: date) -> Patrolled:
        office, at = self.offices[code], datetime.now(UTC)
        stages = await watching.stages(office)
        seen = await watching.open_tasks(office)
        done = await patrol_now(self.time.clients[code], code, at=at)
        return Patrolled(
            locality=code, at=at, day=day, seen=seen, issued=done.issued, stages=stages
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
            await self._settle(steps=False)
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
        for code, office in self.offices.items():
            desk = SupervisionDesk(office)
            tasks = {one["task_id"]: one for one in await office.tasks(limit=watching.ALL)}
            for task_id, rungs in self._rungs.items():
                for rung in rungs if task_id in tasks else ():
                    key = self._key(tasks[task_id])
                    how = response(self.plan.seed, Rung(rung["rung"]), key, rung["round"])
                    if rung["state"] == "ANSWERED" and how.checks:
                        await desk.check(rung["number"], clerk=self._clerks.supervisor(code))
                    if rung["state"] == "OPEN" and self._answers(rung, how, day):
                        await self._clerks.answer(desk, rung)
                        answered += 1
        return answered

    def _answers(self, rung: Record, how: Response, day: date) -> bool:
        """Whether it is answered today: never on the day it was issued, never too late."""
        if rung["due_on"] is None or not how.answers:
            return False
        issued_on = rung["issued_at"].astimezone(SHANGHAI).date()
        begins = working_day_after(issued_on, how.after, self._office.catalog.calendar)
        return bool(issued_on < day and begins <= day <= rung["due_on"])

    async def _settle(self, *, steps: bool = True) -> None:
        """Wait until nothing is under way and the registers stand still; with ``steps``, until no
        case is in the middle of one."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + _PATIENCE_SECONDS
        last: Any = None
        since = loop.time()
        while loop.time() < deadline:
            sight = await self._sight()
            if sight != last or sight.moving:
                last, since = sight, loop.time()
            elif loop.time() - since >= (_POLLED_SECONDS if sight.polled else _QUIET_SECONDS):
                rests = not steps or await self.time.at_rest()
                if rests and (not steps or await self._sight() == sight):
                    return
                since = loop.time()
            await asyncio.sleep(_LOOK_SECONDS)
        self.notes.append(f"{datetime.now(SHANGHAI):%Y-%m-%d} 一日之内没有平静下来")

    async def _sight(self) -> watching.Sight:
        return watching.together([await watching.sight(one) for one in self.offices.values()])
