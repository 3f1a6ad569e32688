"""One round of the hukou benchmark: fresh workers of one kind, cases played, costs taken.

The system around them (PostgreSQL, Temporal, simulators, consoles) stays up through all rounds.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bench import measure
from bench.clerks import Clerks, Played, Side, Start
from bench.people import People
from contracts import ids
from embedded import installation
from embedded.processes import Command
from embedded.readiness import WorkerReadiness
from embedded.system import System
from settings import FILE_VARIABLE, PROJECT_ROOT

HOME, ORIGIN = "371002", "330902"
_WORKERS_STAGE = 3
_WARM_UP = 8  # cases before the measured ones


@dataclass(frozen=True, slots=True)
class Kind:
    """What is measured: the real procedure, or the skeleton."""

    name: str
    program: tuple[str, ...]  # arguments of its worker
    start: Start


@dataclass(frozen=True, slots=True)
class Load:
    """How much of it. ``cached``: workflows that a worker keeps in memory."""

    name: str
    cases: int
    at_once: int
    cached: int
    quiet: int  # cases that one clerk plays alone, for latencies without a queue


@dataclass(frozen=True, slots=True)
class Round:
    """What one round gave. CPU in seconds, events and rows: sums per case are divided already."""

    kind: str
    load: Load
    played: Played
    quiet: Played
    cpu: dict[str, float]  # per case, seconds
    history: dict[str, float]  # per case, events by kind
    rows: dict[str, float]  # per case, by table


class Rounds:
    """Plays rounds on one system."""

    def __init__(self, system: System, home: Side, origin: Side, people: People) -> None:
        self._system = system
        self._home, self._origin = home, origin
        self._people = people

    async def play(self, kind: Kind, load: Load) -> Round:
        """Fresh workers, a few cases to warm up, then the measured ones."""
        clerks = Clerks(self._home, self._origin, self._people, kind.start)
        async with self._workers(kind, load.cached):
            await clerks.play(min(_WARM_UP, load.cases), load.at_once)
            await self._notices_sent()
            cpu, rows = self._cpu(), await self._rows()
            played = await clerks.play(load.cases, load.at_once)
            await self._notices_sent()
            spent, written = self._cpu(), await self._rows()
            quiet = await clerks.play(load.quiet, 1)
        return Round(
            kind.name,
            load,
            played,
            quiet,
            {name: (spent[name] - cpu[name]) / load.cases for name in cpu},
            await self._histories(played),
            {table: (written[table] - rows[table]) / load.cases for table in rows},
        )

    async def _notices_sent(self) -> None:
        """The outbox works behind the cases; its share belongs to them as well."""
        for side in (self._home, self._origin):
            await side.watch.no_notice_waits()

    async def _histories(self, played: Played) -> dict[str, float]:
        numbers = [filing.case_no for filing in played.filings]
        counted = await measure.histories(
            [(self._home.client, ids.case_workflow_id(number)) for number in numbers]
            + [
                (self._origin.client, ids.leg_workflow_id(ids.letter_no(number, 1)))
                for number in numbers
            ]
        )
        return {name: count / len(numbers) for name, count in counted.items()}

    def _cpu(self) -> dict[str, float]:
        pids = {n: child.process.pid for n, child in self._system.processes.children.items()}

        def of(*prefixes: str) -> list[int]:
            return [pid for name, pid in pids.items() if name.startswith(prefixes)]

        return measure.cpu_seconds(
            {
                "worker": of("worker-"),
                "server": of("temporal"),
                "database": of("postgres"),
                "others": of("console-", "simulators"),
            }
        )

    async def _rows(self) -> Counter[str]:
        return await measure.rows(self._system.database_dsn(code) for code in (HOME, ORIGIN))

    @asynccontextmanager
    async def _workers(self, kind: Kind, cached: int) -> AsyncIterator[None]:
        started: list[str] = []
        try:
            for code in (HOME, ORIGIN):
                started.append(f"worker-{code}")
                await self._worker(kind, code, cached)
            yield
        finally:
            for name in started:
                await self._system.stop(name)

    async def _worker(self, kind: Kind, code: str, cached: int) -> None:
        processes = self._system.processes
        child = processes.start(
            Command(
                f"worker-{code}",
                (sys.executable, *kind.program, "--locality", code),
                stage=_WORKERS_STAGE,
                cwd=PROJECT_ROOT,
                env={
                    **os.environ,
                    FILE_VARIABLE: str(self._system.state_dir / installation.SETTINGS_FILE),
                    f"TONGBAN_LOCALITIES__{code}__MAX_CACHED_WORKFLOWS": str(cached),
                    "PYTHONUNBUFFERED": "1",
                },
            )
        )
        ready = WorkerReadiness(self._system.settings.locality(code), child.started_at)
        await processes.wait_ready(child, ready)
