"""The scripted clerks of the hukou benchmark: they file cases and decide every task, many at once.

The same clerks work on the real procedure and on the skeleton, with the same stored commands and
the same updates, so that the driver costs both alike.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from temporalio.client import Client

from bench.people import People
from bench.watch import Seen, Watch
from contracts.cases import HukouFiling
from contracts.commands import Command, RejectionCode, Verb
from counter.outbox import CommandPending, CommandRejected, send_command
from domain.common_tasks import CommonTask
from domain.hukou_tasks import TaskKind
from storage import commands
from storage.database import Database

Start = Callable[[Client, HukouFiling], Awaitable[None]]

#: The regular path: what is decided, how, and on which side.
PATH: tuple[tuple[str, str, bool], ...] = (
    (CommonTask.INTAKE_CHECK, "ACCEPT", False),
    (TaskKind.REVIEW, "PASS", False),
    (TaskKind.APPROVAL, "APPROVE", False),
    (TaskKind.PHONE_CONFIRMATION, "CONFIRMED", True),
    (TaskKind.CANCELLATION, "CANCEL", True),
    (TaskKind.LANDING, "LAND", False),
    (CommonTask.DELIVERY, "PICKED_UP", False),
)

#: How soon a clerk tries again what was refused as not open, in seconds.
_AGAIN = 0.05


@dataclass(frozen=True, slots=True)
class Side:
    """One locality as the clerks reach it."""

    client: Client
    database: Database
    watch: Watch
    clerks: dict[str, tuple[str, str, tuple[str, ...]]]  # task kind -> staff number, office, roles


@dataclass(slots=True)
class Played:
    """What a round of cases took; times in seconds."""

    cases: int
    seconds: float
    latencies: list[float] = field(default_factory=list)
    refused: int = 0  # decisions on a task that the table showed and the case did not know
    unanswered: int = 0  # decisions that got no answer within the console's ten seconds
    filings: list[HukouFiling] = field(default_factory=list)


class Clerks:
    """``at_once`` clerks who take the oldest task first, so that all cases stay open together."""

    def __init__(self, home: Side, origin: Side, people: People, start: Start) -> None:
        self._home, self._origin = home, origin
        self._people = people
        self._start = start

    async def play(self, cases: int, at_once: int) -> Played:
        """File that many cases, decide everything, wait until both sides are closed."""
        newcomers = [await self._people.newcomer() for _ in range(cases)]
        played = Played(cases, 0.0)
        began = time.perf_counter()
        queue: asyncio.Queue[tuple[int, Seen]] = asyncio.Queue()
        waiting = iter(newcomers)

        async def file() -> None:
            for newcomer in waiting:
                filing = await self._people.put_on_file(newcomer)
                first = self._home.watch.task(filing.case_no, PATH[0][0])
                await self._start(self._home.client, filing)
                played.filings.append(filing)
                queue.put_nowait((0, await first))

        await asyncio.gather(*(file() for _ in range(at_once)))
        left = cases * len(PATH)

        async def decide() -> None:
            nonlocal left
            while left > 0:
                left -= 1
                number, task = await queue.get()
                following = await self._decide(number, task, played)
                if following is not None:
                    queue.put_nowait((number + 1, following))

        await asyncio.gather(*(decide() for _ in range(at_once)))
        numbers = [filing.case_no for filing in played.filings]
        await asyncio.gather(
            *(side.watch.all_closed(numbers) for side in (self._home, self._origin))
        )
        played.seconds = time.perf_counter() - began
        return played

    async def _decide(self, number: int, task: Seen, played: Played) -> Seen | None:
        kind, outcome, at_origin = PATH[number]
        side = self._origin if at_origin else self._home
        last = number + 1 == len(PATH)
        appears = None
        if not last:
            next_kind, _, next_at_origin = PATH[number + 1]
            watch = (self._origin if next_at_origin else self._home).watch
            appears = watch.task(task.home_case_no, next_kind)
        sent, taken = await self._send(side, task, kind, outcome, played)
        while not taken:
            played.refused += 1
            await asyncio.sleep(_AGAIN)
            _, taken = await self._send(side, task, kind, outcome, played)
        if appears is None:
            return None
        following = await appears
        played.latencies.append(following.at - sent)
        return following

    async def _send(
        self, side: Side, task: Seen, kind: str, outcome: str, played: Played
    ) -> tuple[float, bool]:
        """One command, stored and sent: when, and False where the case knows no such task."""
        actor, office, roles = side.clerks[kind]
        command = Command(
            command_id=f"c-{uuid.uuid4()}",
            verb=Verb.DECIDE,
            actor=actor,
            office=office,
            roles=roles,
            task_id=task.task_id,
            outcome=outcome,
        )
        async with side.database.write() as connection:
            await commands.put(
                connection, task.workflow_id, task.case_no, command, {}, datetime.now(UTC)
            )
        sent = time.perf_counter()
        while True:
            try:
                await send_command(side.client, side.database, task.workflow_id, command)
            except CommandPending:
                played.unanswered += 1
            except CommandRejected as refusal:
                if refusal.code != RejectionCode.TASK_NOT_OPEN:
                    raise
                return sent, False
            else:
                return sent, True
