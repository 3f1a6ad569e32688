"""Tells the running cases what other cases and carriers have said: repeated until it is told.

Runs beside the outbox. News carry a key, so that a repeat after a crash is nothing new; a change of
calendar may have news for a hundred thousand cases, so several cases are told at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from storage import tidings
from storage.database import Database

#: How much is read at a time, and how many cases are told at once: more only queue at the server.
PORTION = 200
AT_ONCE = 16


class TidingsRound:
    """One locality's news between its own cases."""

    def __init__(self, database: Database, client: Client) -> None:
        self._database = database
        self._client = client

    async def step(self) -> int:
        """Tell everything that waits, oldest first; returns how many pieces."""
        count = 0
        while True:
            async with self._database.glance() as connection:
                waiting = await tidings.untold(connection, PORTION)
            told = await self._tell_all(waiting)
            if told:
                async with self._database.write() as connection:
                    await tidings.mark_told(connection, told, datetime.now(UTC))
            count += len(waiting)
            # A full portion that went through may have more behind it.
            if len(waiting) < PORTION or len(told) < len(waiting):
                return count

    async def _tell_all(self, waiting: Sequence[tidings.Untold]) -> list[int]:
        """Several cases at once, the news of each in their order; the numbers of what was taken."""
        by_case: dict[str, list[tidings.Untold]] = {}
        for one in waiting:
            by_case.setdefault(one.to_workflow, []).append(one)
        turn = asyncio.Semaphore(AT_ONCE)

        async def tell(news: list[tidings.Untold]) -> list[int]:
            taken = []
            async with turn:
                for one in news:
                    if one.closed or await self._tell(one):
                        taken.append(one.id)
            return taken

        told = await asyncio.gather(*map(tell, by_case.values()), return_exceptions=True)
        done = [number for taken in told if isinstance(taken, list) for number in taken]
        failed = next((one for one in told if isinstance(one, BaseException)), None)
        if failed is not None and not done:
            raise failed
        return done

    async def _tell(self, one: tidings.Untold) -> bool:
        """Whether the case took it; one that ends in this moment will be found closed."""
        handle = self._client.get_workflow_handle(one.to_workflow)
        try:
            await handle.signal("告知", one.tidings)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            return False
        return True
