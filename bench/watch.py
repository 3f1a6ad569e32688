"""Sees tasks appear in one locality's worklist table, as a clerk's screen would.

One query at a time asks for everything that is waited for, so that watching costs the database
little and the same for both kinds of run.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

import asyncpg

from contracts import ids

#: How often the table is looked at while somebody waits, in seconds: the resolution of latencies.
STEP = 0.004

_OPEN = """
SELECT c.home_case_no, t.kind, t.task_id, c.workflow_id, c.case_no
FROM cases c JOIN tasks t ON t.case_no = c.case_no
WHERE c.{key} = ANY($1) AND t.status = 'OPEN'
"""
_UNSENT = "SELECT count(*) FROM notices WHERE sent_at IS NULL"
_CLOSED = "SELECT count(*) FROM cases WHERE {key} = ANY($1) AND closed_at IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Seen:
    """An open task; ``at`` is the moment it was seen (time.perf_counter)."""

    task_id: str
    case_no: str
    home_case_no: str
    workflow_id: str
    at: float


class Watch:
    """One locality's worklist; ``leg`` says whether its cases are legs of home cases elsewhere."""

    def __init__(self, dsn: str, *, leg: bool) -> None:
        self._dsn = dsn
        self._leg = leg
        self._key = "request_letter" if leg else "case_no"
        self._waiting: dict[tuple[str, str], asyncio.Future[Seen]] = {}
        self._needed = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Watch:
        self._connection = await asyncpg.connect(self._dsn)
        self._looking = asyncio.create_task(self._look())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        await self._connection.close()

    def task(self, home_case_no: str, kind: str) -> asyncio.Future[Seen]:
        """The open task of that kind of a case, once the table shows it."""
        found: asyncio.Future[Seen] = asyncio.get_running_loop().create_future()
        self._waiting[home_case_no, kind] = found
        self._needed.set()
        return found

    async def all_closed(self, home_case_numbers: list[str]) -> None:
        """Return once every one of these cases is closed on this side."""
        keys = [self._key_of(number) for number in home_case_numbers]
        await self._until(_CLOSED.format(key=self._key), len(keys), keys)

    async def no_notice_waits(self) -> None:
        """Return once the outbox has sent every notice."""
        await self._until(_UNSENT, 0)

    async def _until(self, question: str, answer: int, *values: object) -> None:
        connection = await asyncpg.connect(self._dsn)
        try:
            # The database has no way to call back: it is asked again.
            while await connection.fetchval(question, *values) != answer:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        finally:
            await connection.close()

    def _key_of(self, home_case_no: str) -> str:
        return ids.letter_no(home_case_no, 1) if self._leg else home_case_no

    async def _look(self) -> None:
        statement = await self._connection.prepare(_OPEN.format(key=self._key))
        while True:
            await self._needed.wait()
            keys = [self._key_of(number) for number, _ in self._waiting]
            rows = await statement.fetch(keys)
            now = time.perf_counter()
            for row in rows:
                found = self._waiting.pop((row["home_case_no"], row["kind"]), None)
                if found is not None and not found.done():
                    found.set_result(
                        Seen(
                            row["task_id"],
                            row["case_no"],
                            row["home_case_no"],
                            row["workflow_id"],
                            now,
                        )
                    )
            if not self._waiting:
                self._needed.clear()
            await asyncio.sleep(STEP)
