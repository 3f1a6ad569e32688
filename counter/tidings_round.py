"""Tells the running cases what other cases and carriers have said: repeated until it is told.

Runs by itself beside the outbox: a change of calendar may have news for a hundred thousand cases,
and nobody else's work waits for them. News carry a key, so that a repeat after a crash is nothing
new.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from contracts.tidings import Tidings, TidingsKind
from storage import tidings
from storage.database import Database

log = logging.getLogger("tongban.tidings")

#: So many cases are read at a time: what is urgent and comes later waits for no more than these.
PORTION = 64
#: How many cases are told at once: more only queue at the server, before the clerks' commands.
AT_ONCE = 16


class TidingsRound:
    """One locality's news between its own cases."""

    def __init__(self, database: Database, client: Client) -> None:
        self._database = database
        self._client = client

    async def run(self, rest_seconds: float = 2.0) -> None:
        """Until cancelled. A round that fails is logged by kind and tried again."""
        while True:
            try:
                await self.step()
            except Exception as error:
                log.warning("tidings round failed: %s", type(error).__name__)
            await asyncio.sleep(rest_seconds)

    async def step(self) -> int:
        """Tell everything that waits, by the day until which it is needed; how many pieces.

        Before each portion it is looked again at what is needed first. A case that does not take
        its news is left for the next round, and holds up nobody.
        """
        count, left = 0, set[str]()
        while True:
            async with self._database.glance() as connection:
                waiting = await tidings.untold(connection, PORTION, but=sorted(left))
            if not waiting:
                return count
            told = await self._tell_all(waiting)
            if told:
                async with self._database.write() as connection:
                    await tidings.mark_told(connection, told, datetime.now(UTC))
            count += len(told)
            taken = set(told)
            left |= {one.to_workflow for one in waiting if one.id not in taken}

    async def _tell_all(self, waiting: Sequence[tidings.Untold]) -> list[int]:
        """Several cases at once, the news of each in their order; the numbers of what was taken."""
        by_case: dict[str, list[tidings.Untold]] = {}
        for one in waiting:
            by_case.setdefault(one.to_workflow, []).append(one)
        turn = asyncio.Semaphore(AT_ONCE)

        async def tell(news: list[tidings.Untold]) -> list[int]:
            async with turn:
                taken = []
                for numbers, said in signals(news):
                    if news[0].closed or await self._tell(news[0].to_workflow, said):
                        taken += numbers
                return taken

        told = await asyncio.gather(*map(tell, by_case.values()), return_exceptions=True)
        done = [number for taken in told if isinstance(taken, list) for number in taken]
        failed = next((one for one in told if isinstance(one, BaseException)), None)
        if failed is not None and not done:
            raise failed
        return done

    async def _tell(self, workflow_id: str, said: Tidings) -> bool:
        """Whether the case took it; one that ends in this moment will be found closed."""
        handle = self._client.get_workflow_handle(workflow_id)
        try:
            await handle.signal("告知", said)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            return False
        return True


def signals(news: Sequence[tidings.Untold]) -> list[tuple[list[int], Tidings]]:
    """What is sent to one case: a change of calendar is told once for all of its limits.

    A signal costs the server and the case one step each, however much it says.
    """
    found: list[tuple[list[int], Tidings]] = []
    calendar = [one for one in news if one.tidings.kind is TidingsKind.CALENDAR]
    for one in news:
        if one.tidings.kind is not TidingsKind.CALENDAR:
            found.append(([one.id], one.tidings))
        elif one is calendar[0]:
            more = tuple(other.tidings for other in calendar[1:])
            said = one.tidings.model_copy(update={"more": more})
            found.append(([other.id for other in calendar], said))
    return found
