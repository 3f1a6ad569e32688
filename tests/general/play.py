"""Files and concludes any startable item on the real system, many at a time.

The clerks of both localities take whatever stands on their worklists and decide each task as its
first outcome, which is the one that lets a matter go on. Asserts who decided, where and on which
clock.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from typing import Any

from catalog.catalog import Catalog
from catalog.definitions import Definition
from catalog.general_pinning import decision_limit
from catalog.listing_models import Audience, Mode
from catalog.powers import branches
from catalog.routes import NoRoute, Route
from catalog.scope import modes_of, route
from console.errors import OfficeError
from domain.calendar import SHANGHAI
from domain.task_table import TASKS
from tests.general.story import ItemStory
from tests.general.table import clock_columns
from tests.rehearsal.stage import HOME, ORIGIN, Stage

#: How many cases are filed, and tasks decided, at the same time.
AT_ONCE = 5
PATIENCE = 900.0
#: What decides: at home, or of a proxied item in the leg of the place that has the power.
_DECIDING = frozenset({"ITEM_GRANTED", "SERVED", "GRANTED"})
_REVIEWING = frozenset({"ITEM_REVIEWED", "EXAMINED"})
_LATER = frozenset({"TASK_NOT_OPEN", "NOT_FOUND", "PENDING", "BUSY"})
#: Acts of law that a collecting window never does (X1).
_NEVER = frozenset({"ACCEPTED", "DEEMED_ACCEPTED", "ITEM_GRANTED", "GRANTED", "MADE"})


@dataclass(slots=True)
class Play:
    """One item in one mode; ``decides`` is the locality that has the power."""

    item: str
    mode: Mode
    decides: str
    filed_at: str
    way: Route
    definition: Definition
    chosen: dict[str, str] = field(default_factory=dict)
    audience: Audience = Audience.PERSON
    case_no: str = ""
    record: dict[str, Any] = field(default_factory=dict)
    #: The case in which it was decided: of a proxied item the leg.
    deciding: dict[str, Any] = field(default_factory=dict)
    failure: str = ""

    @property
    def name(self) -> str:
        """For a test's id and its messages."""
        return "-".join((self.decides, self.item, self.mode, *self.chosen.values()))


def startable(catalog: Catalog, *, localities: tuple[str, str] = (HOME, ORIGIN)) -> list[Play]:
    """Every item and mode that may be applied for across these two places, and runs by a generic
    procedure; items with one of their own have stories of their own.

    What a window elsewhere collects is also applied for at home, by who lives where it is decided.
    """
    plays: list[Play] = []
    today = datetime.now(SHANGHAI).date()
    for decides, other in (localities, localities[::-1]):
        for item in catalog.items.values():
            if item.template is None:
                continue
            generic = [one for one in modes_of(item) if not catalog.own_procedures(item, one)]
            for mode, when in product(generic, branches(item, decides, today)):
                chosen = {when.field: when.value} if when else {}
                way = route(
                    catalog,
                    item.id,
                    mode=mode,
                    locality=decides,
                    applicant_locality=other,
                    on=today,
                    chosen=chosen,
                )
                if isinstance(way, NoRoute):
                    continue
                filed_at = other if mode is Mode.PROXY_INTAKE else decides
                definition = catalog.definition(item.id)
                # In turn, so that half of what is open to both is applied for by enterprises.
                audience = item.audience[len(plays) % len(item.audience)]
                plays.append(
                    Play(item.id, mode, decides, filed_at, way, definition, chosen, audience)
                )
    return plays


class Company:
    """Two applicants and all clerks: plays any number of items to their ends."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._busy = asyncio.Semaphore(AT_ONCE)
        self._applicants: dict[tuple[str, Audience], ItemStory] = {}

    async def perform(self, plays: Iterable[Play]) -> list[Play]:
        """File all, work all worklists empty, and look at every case; returns the plays.

        What goes wrong with one is kept in its ``failure``, and the others go on.
        """
        performed = list(plays)
        await self._applicants_of({one.filed_at for one in performed})
        await asyncio.gather(*(self._tried(one, self._file) for one in performed))
        await self._work_until_closed([one for one in performed if not one.failure])
        for one in performed:
            if not one.failure:
                await self._tried(one, self._check)
        return performed

    async def _tried(self, play: Play, step: Callable[[Play], Awaitable[None]]) -> None:
        try:
            await step(play)
        except (AssertionError, OfficeError, ValueError) as wrong:
            play.failure = f"{play.name}: {wrong}"

    async def _applicants_of(self, places: set[str]) -> None:
        for place in sorted(places):
            other = ORIGIN if place == HOME else HOME
            for audience in Audience:
                story = ItemStory(self.stage, home=place, origin=other)
                self._applicants[place, audience] = await self._known(story, audience)

    async def _known(self, story: ItemStory, audience: Audience) -> ItemStory:
        """An applicant of whom every register says the same."""
        await story.somebody()
        if audience is Audience.ENTERPRISE:
            await story.company()
        for at in (story.home, story.origin):
            await story.shared(at=at, **self._everything_agrees(story))
        return story

    def _everything_agrees(self, story: ItemStory) -> dict[str, Any]:
        catalog = self.stage.catalog
        sources = {check.source for one in catalog.lists.templates.values() for check in one.checks}
        for item in catalog.items.values():
            sources |= {one.source for one in (item.overrides and item.overrides.checks) or ()}
        said = {"agrees": True, "evidence": "样例核验", "name": story.applicant["name"]}
        return dict.fromkeys(sorted(sources), said)

    async def _file(self, play: Play) -> None:
        audience = play.audience
        applicant = self._applicants[play.filed_at, audience]
        async with self._busy:
            # A story of its own for each case, with the same applicant.
            story = ItemStory(self.stage, home=applicant.home, origin=applicant.origin)
            story.applicant, story.people = applicant.applicant, applicant.people
            story.enterprise = applicant.enterprise
            if play.chosen or play.mode is Mode.WINDOW:  # nobody has two open cases of one item
                await self._known(story, audience)
            details = {**story.item_application(play.item)["details"], **play.chosen}
            there = {"peer_locality": None} if play.mode is Mode.WINDOW else {}
            await story.file_item(play.item, mode=play.mode.value, details=details, **there)
            play.case_no = story.case_no

    async def _work_until_closed(self, plays: list[Play]) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PATIENCE
        waiting = {one.case_no: one for one in plays}
        while waiting:
            if loop.time() > deadline:
                for one in waiting.values():
                    one.failure = f"{one.name}: still open, {one.case_no}"
                return
            done = await self._round(set(waiting))
            for office in self.stage.offices.values():
                for case in await office.cases(limit=5000):
                    if case["case_no"] in waiting and case["closed_at"]:
                        waiting.pop(case["case_no"])
            if not done:
                await asyncio.sleep(0.1)

    async def _round(self, ours: set[str]) -> int:
        """Every open task of these cases once."""
        found = []
        for office in self.stage.offices.values():
            for task in await office.tasks(limit=5000):
                if task["home_case_no"] in ours:
                    found.append((office, task))
        await asyncio.gather(*(self._decide(office, task) for office, task in found))
        return len(found)

    async def _decide(self, office: Any, task: dict[str, Any]) -> None:
        spec = TASKS[task["kind"]]
        outcome = spec.outcomes[0]
        clerks = [
            clerk.code
            for clerk in self.stage.catalog.clerks.values()
            if clerk.office == task["office"] and spec.role in clerk.roles
        ]
        assert clerks, f"nobody works {task['kind']} at {task['office']}"
        texts: dict[str, Any] = {}
        if outcome.needs_reason:
            texts["reason"] = "样例理由"
        if outcome.needs_evidence:
            texts["evidence"] = "样例依据"
        if outcome.reason_codes:
            texts["reason_code"] = min(outcome.reason_codes)
        async with self._busy:
            try:
                await office.decide(task["task_id"], outcome.code, clerk=clerks[-1], **texts)
            except OfficeError as refusal:
                # Decided in the last round and moved on since the list was read, or kept and sent
                # again by the outbox where the house was too busy to answer.
                assert refusal.code in _LATER, (task, refusal.message)

    async def _check(self, play: Play) -> None:
        office = self.stage.offices[play.filed_at]
        play.record = await office.case(play.case_no)
        assert play.record["ending"] == "COMPLETED", (play.name, play.record["ending"])
        play.deciding = play.record
        if play.mode is Mode.PROXY_INTAKE:
            codes = {act["code"] for act in play.record["acts"]}
            assert not _NEVER & codes, (play.name, codes)
            play.deciding = await self._leg(play)
        who_decided(play, play.deciding)
        on_which_clock(play, play.deciding)

    async def _leg(self, play: Play) -> dict[str, Any]:
        office = self.stage.offices[play.decides]
        (leg,) = [
            one
            for one in await office.cases(limit=5000)
            if one["home_case_no"] == play.case_no and one["kind"] == "LEG"
        ]
        return await office.case(leg["case_no"])


def who_decided(play: Play, record: dict[str, Any]) -> None:
    """The competent office of the place that has the power, by another person than reviewed."""
    assert record["case_no"].startswith(play.decides), play.name
    (decided,) = [act for act in record["acts"] if act["code"] in _DECIDING]
    assert decided["office"] == play.way.competent, (play.name, decided["office"])
    assert (decided["code"] == "SERVED") is play.way.service, play.name
    reviewed = [act for act in record["acts"] if act["code"] in _REVIEWING]
    if decided["actor"] == "SYSTEM":
        steps = {step.kind for step in play.definition.steps}
        assert play.definition.straight_through or not steps & {"REVIEW", "DECISION"}, play.name
    elif reviewed and any(step.kind == "DECISION" for step in play.definition.steps):
        assert reviewed[-1]["actor"] != decided["actor"], play.name


def on_which_clock(play: Play, record: dict[str, Any]) -> None:
    """The limit of the definition, with its promise, met by the decision."""
    clocks = [one for one in record["clocks"] if one["kind"] == "DECISION"]
    wanted = decision_limit(play.definition.limit)
    assert clocks, play.name
    told = [(one["length"], one["unit"], one["promised"]) for one in clocks]
    assert told == [(wanted.length, wanted.unit.value, wanted.promised)], (play.name, told)
    assert clocks[0]["stopped_on"] is not None, play.name


def line_of(play: Play) -> dict[str, Any]:
    """The play as a line of the table."""
    acts = play.deciding.get("acts", [])
    decided = [act["office"] for act in acts if act["code"] in _DECIDING]
    return {
        "item": play.item,
        "name": play.definition.name,
        "mode": play.mode.value,
        "choice": "".join(play.chosen.values()),
        "applicant": play.audience.value,
        "place": play.decides,
        "decided_by": "".join(decided),
        **(clock_columns(play.deciding) if play.deciding else {}),
        "ending": play.failure or play.record["ending"],
    }
