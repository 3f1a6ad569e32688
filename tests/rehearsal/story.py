"""One citizen's case as a test tells it: people, application, decisions, days that pass.

A story waits for what shall appear on a worklist and acts as a clerk of that office would; days
pass by moving the clocks of its own workflows, so stories never disturb each other.
"""

from __future__ import annotations

import asyncio
import re
import uuid
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from console.checking import check_localities
from console.errors import OfficeCode, OfficeError
from console.intake_desk import Filed
from console.office import Office
from console.wording.findings import known_words
from contracts.commands import CommandReceipt, Verb
from domain.calendar import SHANGHAI
from domain.task_table import TASKS
from storage.case_tables import PersonVersion
from tests.rehearsal.household import Household
from tests.rehearsal.quiet import at_rest

#: What a case that meets no trouble needs from its clerks, in any order it comes.
REGULAR = {
    "INTAKE_CHECK": "ACCEPT",
    "REVIEW": "PASS",
    "APPROVAL": "APPROVE",
    "PHONE_CONFIRMATION": "CONFIRMED",
    "CANCELLATION": "CANCEL",
    "LANDING": "LAND",
    "DELIVERY": "PICKED_UP",
}
ORIGIN_TASKS = frozenset(
    {"DISCREPANCY", "PHONE_CONFIRMATION", "CANCELLATION", "REISSUE", "RESTORATION"}
)
PATIENCE = 45.0
#: Answers after which a clerk sends the same command again under its id.
TRY_AGAIN = frozenset({OfficeCode.PENDING, OfficeCode.BUSY})
#: A word of a program, which nobody reads; numbers of letters, seals and waybills are none.
CODE = re.compile(r"\b[A-Z]{3,}(?:_[A-Z]+)+\b|\b[A-Z]{4,}\b")


class Story(Household):
    """One case from ``origin`` to ``home``, with its invented people."""

    async def file(
        self, matter: str = "HUKOU-JOB-TRANSFER", *, followers: int = 0, **changes: Any
    ) -> Filed:
        """File a complete application."""
        application = await self.application(matter, followers=followers, **changes)
        return await self.file_this(application)

    async def file_this(self, application: dict[str, Any]) -> Filed:
        """File an application as it stands."""
        filed = await self.stage.filing_desk(self.home).file_data(application, folder=Path("."))
        self.case_no = filed.case_no
        return filed

    # ------------------------------------------------------------------ looking

    async def case(self) -> dict[str, Any]:
        """The home case at rest, with everything on file."""
        await at_rest(self.stage, self.case_no)
        return await self.case_now()

    async def case_now(self) -> dict[str, Any]:
        """The home case as it stands, which a step may be about to change."""
        return await self.stage.offices[self.home].case(self.case_no)

    async def leg(self, *, at: str | None = None) -> dict[str, Any]:
        """The origin's leg (the newest) at rest, waited for."""
        await self.leg_now(at=at)
        await at_rest(self.stage, self.case_no)
        return await self.leg_now(at=at)

    async def leg_now(self, *, at: str | None = None) -> dict[str, Any]:
        """The origin's leg as it stands, waited for."""
        office = self.stage.offices[at or self.origin]

        async def find() -> dict[str, Any] | None:
            cases = await office.cases(home_case_no=self.case_no)
            legs = [case for case in cases if case["kind"] == "LEG"]
            return await office.case(legs[0]["case_no"]) if legs else None

        found: dict[str, Any] = await self.until(find, "a leg at the origin")
        return found

    async def until(
        self, look: Callable[[], Awaitable[Any]], what: str, patience: float = PATIENCE
    ) -> Any:
        """Look again until there is something; fails with what was waited for."""
        loop = asyncio.get_running_loop()
        deadline, pause = loop.time() + patience, 0.03
        while True:
            found = await look()
            if found:
                return found
            if loop.time() > deadline:
                raise AssertionError(f"waited in vain for {what} of case {self.case_no}")
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, 0.25)  # looking costs more than waiting

    async def task(self, kind: str, *, at: str | None = None) -> dict[str, Any]:
        """The open task of that kind on this story's worklists, waited for."""
        locality = at or (self.origin if kind in ORIGIN_TASKS else self.home)
        office = self.stage.offices[locality]

        async def find() -> dict[str, Any] | None:
            for task in await office.tasks(home_case_no=self.case_no):
                if task["kind"] == kind:
                    return task
            return None

        found: dict[str, Any] = await self.until(find, f"task {kind} in {locality}")
        self.readable(found)
        return found

    async def another_task(self, kind: str, former: dict[str, Any]) -> dict[str, Any]:
        """The open task of that kind which is not the former one, waited for."""

        async def find() -> dict[str, Any] | None:
            for office in self.stage.offices.values():
                for task in await office.tasks(home_case_no=self.case_no):
                    if task["kind"] == kind and task["task_id"] != former["task_id"]:
                        return task
            return None

        found: dict[str, Any] = await self.until(find, f"another task {kind}")
        return found

    def readable(self, task: dict[str, Any]) -> None:
        """What the clerk of a task reads is words: none of its findings stays a code."""
        told = {
            code: known_words(code, self.stage.catalog, task["family"]) for code in task["findings"]
        }
        assert not [code for code, words in told.items() if words is None], (task["kind"], told)
        shown = " ".join(str(words) for words in told.values())
        assert not CODE.search(shown), (task["kind"], told)

    async def no_task(self, kind: str) -> bool:
        """Whether no task of that kind is open for this story now."""
        for office in self.stage.offices.values():
            for task in await office.tasks(home_case_no=self.case_no):
                if task["kind"] == kind:
                    return False
        return True

    async def stage_is(self, *wanted: str) -> dict[str, Any]:
        """Wait until the home case is, or was, in one of these stages; the case at rest."""

        async def find() -> bool:
            return (await self.case_now())["stage"] in wanted

        await self.until(find, f"stage {wanted}")
        return await self.case()

    async def leg_stage_is(self, *wanted: str) -> dict[str, Any]:
        """Wait until the newest leg is, or was, in one of these stages; the leg at rest."""

        async def find() -> bool:
            return (await self.leg_now())["stage"] in wanted

        await self.until(find, f"leg stage {wanted}")
        return await self.leg()

    async def event(self, code: str, *, leg: bool = False) -> dict[str, Any]:
        """Wait for an event in the trail."""

        async def find() -> dict[str, Any] | None:
            record = await (self.leg_now() if leg else self.case_now())
            return next((e for e in record["events"] if e["code"] == code), None)

        found: dict[str, Any] = await self.until(find, f"event {code}")
        return found

    async def registration(self, person: int = 1, *, at: str | None = None) -> Any:
        """What the population register of a locality says of one of the people."""
        await at_rest(self.stage, self.case_no)
        return await self.stage.registers[at or self.origin].look_up(
            self.people[person - 1]["id_no"], case_no=self.case_no, purpose="测试核对"
        )

    # ------------------------------------------------------------------ acting

    def clerk(self, office: str, role: str, *, number: int = -1) -> str:
        """A clerk of the office with that role."""
        locality = self.stage.catalog.home(office)
        found = [
            clerk.code
            for clerk in self.stage.catalog.locality(locality).clerks
            if clerk.office == office and role in clerk.roles
        ]
        return found[number]

    async def decide(self, kind: str, outcome: str, **more: Any) -> CommandReceipt:
        """Decide the task of that kind as a clerk of its office."""
        task = await self.task(kind, at=more.pop("at", None))
        clerk = more.pop("clerk", None) or self.clerk(task["office"], TASKS[kind].role)
        decide = self.office_of(task).decide
        return await self.answered(decide, task["task_id"], outcome, clerk=clerk, **more)

    def office_of(self, task: dict[str, Any]) -> Office:
        """The locality in whose system a task's office works."""
        return self.stage.offices[self.stage.catalog.home(task["office"])]

    async def answered(
        self, send: Callable[..., Awaitable[CommandReceipt]], *what: Any, **more: Any
    ) -> CommandReceipt:
        """Send a command under one id, again while the case has not answered in time."""
        command_id = more.pop("command_id", None) or f"c-{uuid.uuid4()}"
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while True:
            try:
                return await send(*what, command_id=command_id, **more)
            except OfficeError as error:
                late = asyncio.get_running_loop().time() > deadline
                if error.code not in TRY_AGAIN or late:
                    raise
            await asyncio.sleep(0.2)

    async def play(self, *until_before: str, plan: dict[str, str] | None = None) -> None:
        """Regular decisions in their order, up to (not including) the first of these tasks."""
        for kind, outcome in {**REGULAR, **(plan or {})}.items():
            if kind in until_before:
                return
            await self.decide(kind, outcome)

    async def play_from(self, *kinds: str) -> None:
        """The regular decisions on these tasks, one after the other."""
        for kind in kinds:
            await self.decide(kind, REGULAR[kind])

    async def ask(self, verb: Verb, **more: Any) -> CommandReceipt:
        """Ask something of the home case as a whole."""
        ask = self.stage.offices[self.home].ask
        return await self.answered(ask, self.case_no, verb, **more)

    async def advance(
        self, days: float = 0, *, hours: float = 0, home: bool = True, leg: bool = True
    ) -> None:
        """Let days pass for this story's running workflows only, once they only wait."""
        await at_rest(self.stage, self.case_no)
        distance = timedelta(days=days, hours=hours)
        moves = []
        if home:
            case = await self.case_now()
            if not case["closed_at"]:
                handle = self.stage.clients[self.home].get_workflow_handle(case["workflow_id"])
                moves.append(self.stage.skippers[self.home].fast_forward(handle, distance))
        if leg:
            for code, office in self.stage.offices.items():
                for case in await office.cases(home_case_no=self.case_no, open_only=True):
                    if case["kind"] != "HOME":
                        handle = self.stage.clients[code].get_workflow_handle(case["workflow_id"])
                        moves.append(self.stage.skippers[code].fast_forward(handle, distance))
        await asyncio.wait_for(asyncio.gather(*moves), PATIENCE)

    async def advance_past(self, due_on: date, *, home: bool = True, leg: bool = True) -> None:
        """Let time pass until just after a due date, on the clocks that are asked for."""
        case = await self.case()
        which = case if home else await self.leg()
        client = self.stage.clients[self.home if home else which["case_no"][:6]]
        now = await self.stage.skippers[client.namespace.removeprefix("tongban-")].get_current_time(
            client.get_workflow_handle(which["workflow_id"])
        )
        end = datetime.combine(due_on + timedelta(days=1), datetime.min.time(), SHANGHAI)
        hours = (end - now).total_seconds() / 3600 + 0.1
        await self.advance(hours=max(hours, 0.1), home=home, leg=leg)

    async def clock(self, kind: str, *, leg: bool = False) -> dict[str, Any]:
        """The newest clock of that kind, waited for."""

        async def find() -> dict[str, Any] | None:
            record = await (self.leg_now() if leg else self.case_now())
            clocks = [clock for clock in record["clocks"] if clock["kind"] == kind]
            return clocks[-1] if clocks else None

        found: dict[str, Any] = await self.until(find, f"clock {kind}")
        return found

    async def now(self, *, leg: bool = False) -> datetime:
        """The time on this story's own clock."""
        record = await (self.leg_now() if leg else self.case_now())
        locality = record["case_no"][:6]
        handle = self.stage.clients[locality].get_workflow_handle(record["workflow_id"])
        return await self.stage.skippers[locality].get_current_time(handle)

    async def hand_in(self, *types: str) -> CommandReceipt:
        """Hand in documents of these types, today on this story's clock."""
        return await self.stage.filing_desk(self.home).hand_in(
            self.case_no,
            [
                {"type": type_, "text": f"样例补正 {type_} {self.people[0]['household_no']}"}
                for type_ in types
            ],
            folder=Path("."),
            now=await self.now(),
        )

    async def register_says(self, person: int = 1, *, at: str | None = None, **facts: Any) -> None:
        """Change what the population register keeps of one of the people."""
        locality = at or self.origin
        self.people[person - 1] |= facts
        await self.stage.put(f"/population/{locality}/_person", self.people[person - 1])

    async def refused(self, deed: Awaitable[Any], code: str) -> None:
        """The deed is refused with that code."""
        with pytest.raises(OfficeError) as refusal:
            await deed
        assert refusal.value.code == code, refusal.value.message

    async def notices(self) -> dict[str, str]:
        """Texts of the notices to the applicant, by template; a template once only."""
        return {notice["template"]: notice["wording"] for notice in (await self.case())["notices"]}

    async def certificates(self, kind: str, *, leg: bool = False) -> list[str]:
        """The life of the numbered papers of a kind, oldest first."""
        record = await (self.leg() if leg else self.case())
        return [item["status"] for item in record["certificates"] if item["kind"] == kind]

    async def statuses(self, *, leg: bool = False) -> list[str]:
        """Each person's own record."""
        record = await (self.leg() if leg else self.case())
        return [person["status"] for person in record["persons"]]

    async def ends(self, stage: str, ending: str) -> dict[str, Any]:
        """Wait until the home case is closed like this, with nothing left open behind it."""
        case = await self.stage_is(stage)
        assert case["ending"] == ending
        assert case["closed_at"] and not [t for t in case["tasks"] if t["status"] == "OPEN"]
        assert not [clock for clock in case["clocks"] if clock["stopped_on"] is None]
        live = [c for c in case["certificates"] if c["status"] in ("VALID", "PREPARED")]
        assert not [c for c in live if c["kind"] != "NOT_LANDED"]
        return case

    async def consistent(self) -> None:
        """No invariant of docs/rules.md D is broken in this story's cases.

        A letter may still be on its way when the story ends: what heals in a while is none.
        """
        databases = {code: office.database for code, office in self.stage.offices.items()}
        deadline = asyncio.get_running_loop().time() + 30
        while True:
            numbers = [self.case_no]
            for code in databases:
                numbers += await self.joined(at=code)
            found = await check_localities(
                databases,
                self.stage.registers,
                business=self.stage.business,
                about={self.case_no},
                catalog=self.stage.catalog,
            )
            ours = [one for one in found if any(n in f"{one.case_no} {one.text}" for n in numbers)]
            if not ours or asyncio.get_running_loop().time() > deadline:
                break
            await asyncio.sleep(0.2)
        assert not ours, ours
        self.stage.lawful.update(numbers)

    async def joined(self, *, at: str) -> list[str]:
        """Legs and parcels of this story in a locality."""
        cases = await self.stage.offices[at].cases(home_case_no=self.case_no)
        return [one["case_no"] for one in cases]

    async def legs(self, *, at: str | None = None) -> list[dict[str, Any]]:
        """All legs of this story at the origin, newest first, with nothing on its way."""
        await at_rest(self.stage, self.case_no)
        office = self.stage.offices[at or self.origin]
        return [
            case for case in await office.cases(home_case_no=self.case_no) if case["kind"] == "LEG"
        ]

    async def two_legs(self) -> bool:
        """Whether the origin was asked a second time and its new leg shows a task."""
        return len(await self.legs()) == 2 and not await self.no_task("PHONE_CONFIRMATION")

    async def former_names(self, *, leg: bool = False) -> list[str]:
        """Names that the case's persons had before they were corrected."""
        record = await (self.leg() if leg else self.case())
        async with self.stage.offices[record["case_no"][:6]].database.read() as connection:
            rows = await connection.execute(
                select(PersonVersion.name)
                .where(PersonVersion.case_no == record["case_no"])
                .order_by(PersonVersion.id)
            )
            return [row.name for row in rows]

    async def nobody_cancels_twice(self) -> bool:
        """Whether the approver's decision is taken: its task is no longer on the worklist."""
        return await self.no_task("CANCELLATION")
