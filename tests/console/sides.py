"""One locality and its file of a case, written without any workflow; for `tests.console.migration`.

The stand-in for the running case accepts every letter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from temporalio.client import Client

from activities.letter_papers import LetterPapers
from activities.notice_texts import word_notice
from adapters.outside import OutsideSystems
from contracts.cases import PinnedLimit
from contracts.commands import Command, Verb
from contracts.letters import ReceiptStatus, Verdict
from contracts.transitions import (
    ActRecorded,
    ClockChanged,
    ClockStarted,
    EventNoted,
    TaskClosed,
    TaskOpened,
    Transition,
    TransitionResult,
)
from counter.desk import Counter
from domain.clocks import Effect, Unit
from domain.task_table import TASKS
from storage import commands
from storage.database import Database
from storage.transitions import write
from tests.storage.builders import CATALOG, NOW, TODAY

LIMIT = PinnedLimit(length=20, unit=Unit.WD, basis="样例依据", effect=Effect.ESCALATE)


class _Accepting:
    """Stands in for Temporal: cases start at once and take every letter."""

    async def start_workflow(self, *_: object, **__: object) -> None:
        return None

    def get_workflow_handle(self, _: str) -> _Accepting:
        return self

    async def execute_update(self, *_: object, **__: object) -> Verdict:
        return Verdict(status=ReceiptStatus.ACCEPTED)


@dataclass
class Place:
    """One locality: its database, its counter and its population register."""

    code: str
    database: Database
    outside: OutsideSystems
    counter: Counter = field(init=False)

    def __post_init__(self) -> None:
        client = cast(Client, _Accepting())
        self.counter = Counter(self.database, client, CATALOG, self.code)


@dataclass
class File:
    """One side's file of the migration: writes step after step."""

    place: Place
    case_no: str
    workflow_id: str
    side: str
    state: dict[str, Any]
    sequence: int = 0
    clocks: list[str] = field(default_factory=list)

    async def step(self, *causes: str, **effects: Any) -> TransitionResult:
        """One transition; stage, holder and office stay until they are changed."""
        self.sequence += 1
        for name in ("stage", "holder", "office"):
            self.state[name] = effects.pop(name, self.state[name])
        stops = tuple(effects.pop("stop", ()))
        starts = tuple(effects.pop("start", ()))
        noted = tuple(EventNoted(code="CLOCK_STOPPED", facts={"clock": kind}) for kind in stops)
        transition = Transition.model_validate(
            {
                "workflow_id": self.workflow_id,
                "case_no": self.case_no,
                "sequence": self.sequence,
                "at": NOW,
                "causes": causes,
                "custodian": self.place_station,
                "clocks_changed": tuple(
                    ClockChanged(kind=kind, change="STOP", on=TODAY) for kind in stops
                ),
                "events": noted,
                "clocks_started": tuple(
                    ClockStarted(kind=kind, limit=LIMIT, started_on=TODAY) for kind in starts
                ),
                **self.state,
                **effects,
            }
        )
        papers = LetterPapers(b"only-for-tests")
        async with self.place.database.write() as connection:
            return await write(
                connection, transition, CATALOG.calendar, papers.draw_up, word_notice
            )

    @property
    def place_station(self) -> str:
        return f"{self.place.code}-GA-01"

    def opened(self, kind: str, office: str | None = None) -> TaskOpened:
        """A new task of that kind."""
        return TaskOpened(
            task_id=f"{self.case_no}/{kind}/1",
            kind=kind,
            title=TASKS[kind].title,
            office=office or self.place_station,
            role=TASKS[kind].role.value,
        )

    async def decided(self, kind: str, outcome: str, actor: str, **effects: Any) -> str:
        """A clerk's decision with the step that it leads to; returns the command's id."""
        office = CATALOG.clerk(actor).office
        command = Command(
            command_id=f"c-{self.case_no}-{kind}",
            verb=Verb.DECIDE,
            actor=actor,
            office=office,
            roles=(TASKS[kind].role.value,),
            task_id=f"{self.case_no}/{kind}/1",
            outcome=outcome,
        )
        async with self.place.database.write() as connection:
            await commands.put(connection, self.workflow_id, self.case_no, command, {}, NOW)
        closed = TaskClosed(
            task_id=command.task_id or "",
            status="DONE",
            outcome=outcome,
            command_id=command.command_id,
        )
        await self.step(command.command_id, tasks_closed=(closed,), **effects)
        async with self.place.database.write() as connection:
            await commands.settle(connection, command.command_id, "DONE", {}, NOW)
        return command.command_id

    def act(self, code: str, actor: str = "SYSTEM", **more: Any) -> ActRecorded:
        """A legal act of the coming step, by the clerk's office."""
        office = CATALOG.clerk(actor).office if actor != "SYSTEM" else self.place_station
        person = more.get("person", 0)
        return ActRecorded(
            **{
                "key": f"{code}:{person}:{self.sequence + 1}",
                "code": code,
                "office": office,
                "actor": actor,
                "basis": "样例依据",
                **more,
            }
        )
