"""One drill from the empty system to its verdict; the command and the tests both call this.

`rehearse` starts the whole system in virtual time, plays the plan, looks at the registers of all
localities and judges what was executed.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

import httpx
from temporalio.client import Client

from catalog.catalog import Catalog
from connection import connect
from console.checking import Violation
from console.office import Office
from counter.schedules import ROUTINES, schedule_id
from domain.calendar import SHANGHAI, Calendar
from embedded.demo.checks import check_registers
from embedded.demo.choosing import Example, every_example
from embedded.drill import watching
from embedded.drill.cast import seed_records
from embedded.drill.conduct import Temper
from embedded.drill.configured import configuration
from embedded.drill.facts import CaseFact, Facts, TaskFact
from embedded.drill.plan import Plan, draw, first_working_day
from embedded.drill.play import ROUND_SECONDS, Drill
from embedded.drill.shared_clock import ClockFile, MovedClock
from embedded.drill.starts import at_virtual_time
from embedded.drill.verdict import Difference, judge
from embedded.drill.virtual_time import Time
from embedded.ports import HOST, Ports
from embedded.system import Options, System
from settings import PROJECT_ROOT
from storage.database import Database

_CLOCK = "clock"
#: Endings besides the example's own that follow from somebody's slowness by law alone.
_BY_LAW = ("LAPSED", "RESTORED")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What came of a drill; ``seconds`` of real time, without the start of the system."""

    plan: Plan
    facts: Facts
    differences: list[Difference]
    violations: list[Violation]
    tempers: Mapping[str, Temper]
    notes: list[str]
    seconds: float

    @property
    def good(self) -> bool:
        """The escalations were executed as configured, and no invariant is broken."""
        return not self.differences and not self.violations


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants to rehearse; ``first`` None: from the next working day on."""

    seed: int
    days: int
    cases: int
    first: date | None = None
    only: tuple[str, ...] = ()
    """Names of examples; empty: every one that needs no wishes of its applicant."""


def plan_of(asked: Asked, catalog: Catalog) -> Plan:
    """The plan that the seed gives."""
    today = datetime.now(SHANGHAI).date()
    first = asked.first or first_working_day(today, catalog.calendar)
    names = asked.only or tuple(_playable(catalog))
    return draw(
        asked.seed,
        first=first,
        days=asked.days,
        cases=asked.cases,
        examples=names,
        calendar=catalog.calendar,
    )


@asynccontextmanager
async def rehearse(
    plan: Plan,
    catalog: Catalog,
    directory: Path,
    say: Callable[[str], None],
    catalog_dirs: Sequence[Path] = (),
) -> AsyncIterator[tuple[System, Rehearsal]]:
    """Play a plan; the system stands on the last day for as long as the context is open."""
    file = ClockFile(directory / _CLOCK)
    file.prepare()
    options = Options(
        durable=False,
        time_skipping=True,
        ui_codec=True,
        round_seconds=ROUND_SECONDS,
        catalog_dirs=catalog_dirs,
        launcher=("-m", "embedded.drill.moved", str((directory / _CLOCK).resolve())),
    )
    async with System(directory, Ports.free(), catalog, options, say) as system:
        with MovedClock() as clock:
            async with AsyncExitStack() as stack:
                drill = await _prepare(stack, system, catalog, plan, Moved(clock, file), say)
                began = time.monotonic()
                await drill.play()
                seconds = time.monotonic() - began
                yield system, await _judged(system, drill, catalog, seconds)


@dataclass(frozen=True, slots=True)
class Moved:
    """The two halves of a moved clock: this process's own and the others' file."""

    clock: MovedClock
    file: ClockFile


async def _prepare(
    stack: AsyncExitStack,
    system: System,
    catalog: Catalog,
    plan: Plan,
    moved: Moved,
    say: Callable[[str], None],
) -> Drill:
    clients: dict[str, Client] = {}
    offices: dict[str, Office] = {}
    for code in catalog.localities:
        own = system.settings.locality(code)
        clients[code] = await connect(own)
        # The Schedules keep real time: what they start belongs to another day than the drill's.
        for routine in ROUTINES:
            handle = clients[code].get_schedule_handle(schedule_id(routine.workflow, code))
            await handle.pause(note="演练期间由演练按虚拟日期启动")
        database = Database(own.database_url.get_secret_value(), pool_size=4)
        stack.push_async_callback(database.close)
        offices[code] = Office(
            database, partial(_connected, clients[code], moved.clock), catalog, code
        )
    simulators = await stack.enter_async_context(
        httpx.AsyncClient(base_url=f"http://{HOST}:{system.ports.simulators}", timeout=30)
    )
    return Drill(
        plan=plan,
        examples=every_example(catalog),
        seeds=seed_records(PROJECT_ROOT / "examples" / "registers"),
        time=Time(moved.clock, moved.file, clients, offices),
        simulators=simulators,
        told=say,
    )


async def _connected(client: Client, clock: MovedClock) -> Client:
    return at_virtual_time(client, lambda: clock.offset)


async def _judged(system: System, drill: Drill, catalog: Catalog, seconds: float) -> Rehearsal:
    tasks: list[TaskFact] = []
    cases: list[CaseFact] = []
    for office in drill.offices.values():
        tasks += await watching.task_facts(office)
        cases += await _case_facts(drill, office)
    facts = Facts(
        patrols=tuple(drill.patrols),
        tasks=tuple(tasks),
        rungs=await watching.rung_facts(drill.offices),
        cases=tuple(cases),
    )
    calendar: Calendar = catalog.calendar
    return Rehearsal(
        plan=drill.plan,
        facts=facts,
        differences=judge(facts, partial(configuration, catalog), calendar),
        violations=await check_registers(system.settings, drill.offices),
        tempers=drill.tempers,
        notes=drill.notes,
        seconds=seconds,
    )


async def _case_facts(drill: Drill, office: Office) -> list[CaseFact]:
    found: list[CaseFact] = []
    for case in await office.cases(limit=watching.ALL):
        planned = drill.case_numbers.get(case["home_case_no"])
        script = drill.examples[planned.example].script if planned else None
        wanted: tuple[str, ...] = ()
        if script is not None and case["kind"] in ("HOME", "LEG"):
            wanted = (script.home if case["kind"] == "HOME" else script.origin, *_BY_LAW)
        found.append(
            CaseFact(
                case_no=case["case_no"],
                home_case_no=case["home_case_no"],
                locality=office.locality,
                kind=case["kind"],
                matter=case["matter_name"],
                example=planned.example if planned else "",
                stage=case["stage"],
                ending=case["ending"] or "",
                escalation=case["escalation"],
                closed=case["closed_at"] is not None,
                wanted=wanted,
            )
        )
    return found


def _playable(catalog: Catalog) -> list[str]:
    """Examples that go on by themselves: no applicant has to withdraw or hand something in.

    Of the procedures of their own alone: a bundle is many cases, and enterprises are not copied.
    """
    examples: dict[str, Example] = every_example(catalog)
    own = {*catalog.matters, *catalog.transfers}
    return [
        name
        for name, one in examples.items()
        if one.matter in own and not one.obstacle and not one.script.wishes
    ]
