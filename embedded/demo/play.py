"""Plays the examples: files them, and acts as the clerks and applicants of their scripts.

Used by `embedded.demo`. It knows of a case only what an office sees of it, and decides through
`console.office.Office`, as people do.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from console.application_form import read_file
from console.errors import OfficeCode, OfficeError
from console.filing import FilingDesk
from console.office import Office, Record
from contracts.commands import RejectionCode, Verb
from contracts.families import ALONE, FAMILY_OF_MODE, SCENARIO
from domain.task_table import TASKS
from embedded.demo.scripts import EXAMPLES, Script, Wish

_LOOK_SECONDS = 0.1
#: A case in which nothing moves for this long has stopped; a step takes well under a second, and
#: the bank is asked every few seconds.
_PATIENCE_SECONDS = 30.0
#: More than a demo has cases and tasks in one locality.
_ALL = 10_000
_FORM_BYTES = 1_000_000
_ALONE = frozenset({*ALONE, FAMILY_OF_MODE["FULLY_ONLINE"], FAMILY_OF_MODE["JOINT"]})


@dataclass(slots=True)
class Play:
    """One example under way, as the offices of both sides see it."""

    script: Script
    form: Record
    home: str
    """The locality it is filed in; the other one is `origin`."""
    origin: str
    case: Record | None = None
    legs: list[Record] = field(default_factory=list)
    children: list[Record] = field(default_factory=list)
    """Further cases at home that belong to it: the items of a 一件事, or a 职业年金 beside its
    pension."""
    items: list[Record] = field(default_factory=list)
    """The items of a 一件事, filed already or not."""
    tasks: list[Record] = field(default_factory=list)
    case_no: str = ""
    trouble: str = ""
    began: float = 0.0
    seconds: float = 0.0
    asked: set[Wish] = field(default_factory=set)
    moved: float = 0.0
    """When the offices last saw something new of it."""

    @property
    def over(self) -> bool:
        """Nothing more will happen: closed on both sides, or given up."""
        if self.trouble:
            return True
        closed = [record["closed_at"] is not None for record in self.records]
        return bool(closed) and all(closed)

    @property
    def records(self) -> list[Record]:
        """The case, its children and its legs, as far as they are on file."""
        return [record for record in (self.case, *self.children, *self.legs) if record]

    @property
    def composite(self) -> bool:
        """Whether it bundles other cases (一件事)."""
        return self.case is not None and self.case.get("family") == SCENARIO.code

    @property
    def alone(self) -> bool:
        """Whether it may end without anything of the other locality: its family has no leg of its
        own, or asks the other place only where a part is performed there."""
        return self.case is not None and self.case.get("family") in _ALONE

    @property
    def stages(self) -> set[str]:
        """Where the case and its legs stand now."""
        return {record["stage"] for record in self.records}

    def sight(self) -> object:
        """Changes when anything of it changes."""
        return (
            [(one["stage"], one["holder"]) for one in self.records],
            [task["task_id"] for task in self.tasks],
        )


class Player:
    """Plays scripts until each is over. `show` is told after every look at the offices."""

    def __init__(
        self,
        offices: Mapping[str, Office],
        show: Callable[[Sequence[Play]], None],
        *,
        pace: float = 0.0,
    ) -> None:
        """`pace`: how many seconds a task is left in sight of a spectator before it is decided."""
        self._offices = offices
        self._show = show
        self._pace = pace
        self._seen: dict[str, float] = {}
        self._under_way: set[asyncio.Task[None]] = set()
        self._handled: set[str] = set()

    async def play(self, scripts: Sequence[Script]) -> list[Play]:
        """The plays as they ended; a case that stops or goes astray carries its `trouble`."""
        plays = [self._open(script) for script in scripts]
        try:
            for play in plays:
                self._do(play, self._file(play))
            while True:
                await self._look(plays)
                self._show(plays)
                if all(play.over for play in plays):
                    return plays
                for play in plays:
                    if not play.over:
                        self._act(play)
                await asyncio.sleep(_LOOK_SECONDS)
        finally:
            for task in self._under_way:
                task.cancel()
            await asyncio.gather(*self._under_way, return_exceptions=True)

    def _open(self, script: Script) -> Play:
        form = read_file(script.file, max_bytes=_FORM_BYTES)
        home, origin = places(form, self._offices)
        return Play(script, form, home, origin, began=time.monotonic())

    async def _look(self, plays: Sequence[Play]) -> None:
        cases: list[Record] = []
        tasks: list[Record] = []
        for office in self._offices.values():
            cases += await office.cases(limit=_ALL)
            tasks += await office.tasks(limit=_ALL)
        now = time.monotonic()
        for play in plays:
            if play.over:
                continue
            before = play.sight()
            numbers = await self._numbers(play)
            mine = [case for case in cases if case["home_case_no"] in numbers]
            homes = [case for case in mine if case["kind"] == "HOME"]
            play.case = next((case for case in homes if case["case_no"] == play.case_no), None)
            play.children = [case for case in homes if case["case_no"] != play.case_no]
            play.legs = [case for case in mine if case["kind"] == "LEG"]
            play.tasks = [task for task in tasks if task["home_case_no"] in numbers]
            if play.sight() != before or not play.moved:
                play.moved = now
            play.seconds = now - play.began
            if now - play.moved > _PATIENCE_SECONDS:
                play.trouble = f"停在原处超过{_PATIENCE_SECONDS:.0f}秒"

    async def _numbers(self, play: Play) -> set[str]:
        """The numbers under which its cases, legs and tasks are kept."""
        if play.composite:
            play.items = (await self._offices[play.home].case(play.case_no))["children"]
        numbers = {play.case_no, *(one["case_no"] for one in play.items)}
        return numbers - {"", None}

    def _act(self, play: Play) -> None:
        now = time.monotonic()
        for wish in play.script.wishes:
            if wish.when in play.stages and wish not in play.asked:
                play.asked.add(wish)
                self._do(play, self._ask(play, wish))
        for task in play.tasks:
            seen = self._seen.setdefault(task["task_id"], now)
            if task["task_id"] in self._handled or now - seen < self._pace:
                continue
            self._handled.add(task["task_id"])
            self._do(play, self._decide(play, task))

    def _do(self, play: Play, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._doing(play, work))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _doing(self, play: Play, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except OfficeError as error:
            # A pending command is on file and takes effect later; the patience watches over it.
            if error.code is not OfficeCode.PENDING:
                play.trouble = error.message

    async def _file(self, play: Play) -> None:
        filed = await FilingDesk(self._offices[play.home]).file(play.script.file)
        play.case_no = filed.case_no

    async def _decide(self, play: Play, task: Record) -> None:
        kind, number = task["kind"], int(task["task_id"].rpartition("/")[2])
        try:
            choice = play.script.choice(kind, number)
        except LookupError:
            play.trouble = f"出现了脚本没有的待办：{task['title']}"
            return
        if choice is None:
            return
        office = self._office_of(task)
        clerks = clerks_of(office, task)
        for last, clerk in enumerate(clerks, 1 - len(clerks)):
            try:
                await office.decide(
                    task["task_id"],
                    choice.outcome,
                    clerk=clerk,
                    reason=choice.reason,
                    reason_code=choice.reason_code,
                    defects=choice.defects,
                    evidence=choice.evidence,
                )
                return
            except OfficeError as error:
                if error.code is OfficeCode.BUSY:
                    # Another decision of the same case is in flight: at the next look again.
                    self._handled.discard(task["task_id"])
                    return
                # Four eyes: a colleague decides where the first has a part in it already.
                if error.code is not RejectionCode.SAME_PERSON_TWICE or not last:
                    raise

    async def _ask(self, play: Play, wish: Wish) -> None:
        office = self._offices[play.home]
        if wish.verb is not Verb.HAND_IN:
            await office.ask(play.case_no, wish.verb, reason=wish.reason)
            return
        parts = [{"type": type_, "file": file} for type_, file in wish.materials]
        await FilingDesk(office).hand_in(play.case_no, parts, folder=EXAMPLES)

    def _office_of(self, task: Record) -> Office:
        return next(o for o in self._offices.values() if task["office"] in o.visible_offices())


def clerks_of(office: Office, task: Record) -> list[str]:
    """The clerks of the task's office whose post it is."""
    role = TASKS[task["kind"]].role
    return [
        clerk.code
        for clerk in office.catalog.locality(office.locality).clerks
        if clerk.office == task["office"] and role in clerk.roles
    ]


def places(form: Record, offices: Mapping[str, Office]) -> tuple[str, str]:
    """(the locality it is filed in, the other one) by what stands on the form."""
    if "peer_locality" in form:
        peer = str(form["peer_locality"])
        return next(code for code in offices if code != peer), peer
    home = next(
        code
        for code, office in offices.items()
        if form["destination_station"] in office.visible_offices()
    )
    return home, form["origin_locality"]
