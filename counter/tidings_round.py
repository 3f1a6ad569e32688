"""Tells the running cases what other cases and carriers have said: repeated until it is told.

Runs beside the outbox. News carry a key, so that a repeat after a crash is nothing new.
"""

from __future__ import annotations

from datetime import UTC, datetime

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from storage import tidings
from storage.database import Database


class TidingsRound:
    """One locality's news between its own cases."""

    def __init__(self, database: Database, client: Client) -> None:
        self._database = database
        self._client = client

    async def step(self) -> int:
        """Tell everything that waits, oldest first; returns how many pieces."""
        async with self._database.read() as connection:
            waiting = await tidings.untold(connection)
        for one in waiting:
            if not one.closed and not await self._tell(one):
                continue
            async with self._database.write() as connection:
                await tidings.mark_told(connection, one.id, datetime.now(UTC))
        return len(waiting)

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
