"""The worker's child round: files the children of composite cases and tells what became of them.

Runs beside the outbox. How a child is filed and withdrawn is given by whoever builds the worker,
for the room that knows applications lies above this one. Everything is kept under composite and
item, so that a repeat after a crash files nothing twice.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from storage import scenarios
from storage.database import Database

#: False: not now, it is tried again with the next round.
FileChild = Callable[[scenarios.Wanted], Awaitable[bool]]
WithdrawChild = Callable[[scenarios.Unwanted], Awaitable[bool]]


class ChildRound:
    """One locality's composite cases."""

    def __init__(self, database: Database, file: FileChild, withdraw: WithdrawChild) -> None:
        self._database = database
        self._file = file
        self._withdraw = withdraw

    async def step(self) -> int:
        """Returns how many children moved on."""
        async with self._database.read() as connection:
            wanted = await scenarios.wanted(connection)
            unwanted = await scenarios.to_withdraw(connection)
            news = await scenarios.has_news(connection)
        moved = 0
        if news:
            async with self._database.write() as connection:
                now = datetime.now(UTC)
                moved = await scenarios.drop_unfiled(connection, now)
                moved += await scenarios.tell_closed(connection, now)
        for one in wanted:
            moved += await self._file(one)
        for child in unwanted:
            moved += await self._withdraw(child)
        return moved
