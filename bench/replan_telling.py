"""Running cases told of another calendar: those first whose dates lie earlier; by the benchmark."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection
from temporalio.client import Client

from bench.measure import cpu_seconds
from bench.people import People
from bench.replan_rows import EARLIER, LATER, notice
from catalog.catalog import Catalog
from catalog.loader import load_catalog
from connection import connect
from console.calendar_desk import CalendarDesk
from console.office import Office
from counter.outbox import start_case
from embedded.ports import HOST, Ports
from embedded.system import Options, System
from storage.calendar_tables import ReplanRow
from storage.database import Database
from storage.task_tables import Task

HOME, ORIGIN = "371002", "330902"
_DONE = ReplanRow.finished_at.is_not(None)


@dataclass(frozen=True, slots=True)
class Telling:
    """Seconds from the end of the count until the urgent news, and all, have been told.

    ``cpu``: CPU milliseconds per told case of server and worker.
    """

    urgent: int
    cases: int
    armed: float
    finished: float
    cpu: dict[str, float]


@asynccontextmanager
async def open_system(catalog: Catalog, options: Options) -> AsyncIterator[System]:
    """Durable PostgreSQL and the server as `make up` runs them."""
    with tempfile.TemporaryDirectory(prefix="tongban-bench-") as directory:
        async with System(Path(directory), Ports.free(), catalog, options) as system:
            yield system


async def telling_part(cases: int, cached: int, durable: bool = True) -> Telling:
    """A correction that brings a quarter of the dates forward and puts the others off.

    ``cached``: how many cases the worker keeps in memory.
    """
    catalog = load_catalog()
    # A case that waits for weeks is seldom in a worker's memory: it is replayed for its news.
    os.environ[f"TONGBAN_LOCALITIES__{HOME}__MAX_CACHED_WORKFLOWS"] = str(cached)
    async with open_system(catalog, Options(durable=durable, round_seconds=0.5)) as system:
        own = system.settings.locality(HOME)
        client, database = await connect(own), Database(own.database_url.get_secret_value())

        async def connected() -> Client:
            return client

        desk = CalendarDesk(Office(database, connected, catalog, HOME))
        await desk.publish(notice(), clerk="HC0902")
        await _wait(database, select(ReplanRow.entry).where(_DONE), 2)
        async with httpx.AsyncClient(
            base_url=f"http://{HOST}:{system.ports.simulators}", timeout=10
        ) as simulators:
            people = People(catalog, database, simulators, HOME, ORIGIN)
            for number in range(cases):
                filing = await people.put_on_file(await people.newcomer())
                # The urgent ones are filed last: in the order of filing they would be told last.
                day = LATER if number < cases * 3 // 4 else EARLIER
                days = {"filed_on": day, "received_on": day}
                await start_case(client, filing.model_copy(update=days))
        await _wait(database, select(Task.case_no).where(Task.clock == "INTAKE"), cases)
        before = _cpu(system)
        done = await desk.publish(notice(corrected=True), clerk="HC0902")
        await _wait(database, select(ReplanRow.entry).where(_DONE), 3)
        after = _cpu(system)
        async with database.read() as connection:
            row = (
                await connection.execute(
                    select(ReplanRow.__table__).where(ReplanRow.entry == done.entry)
                )
            ).one()
        await database.close()
    return Telling(
        urgent=row.urgent,
        cases=row.tidings,
        armed=(row.armed_at - row.counted_at).total_seconds(),
        finished=(row.finished_at - row.counted_at).total_seconds(),
        cpu={name: (after[name] - before[name]) * 1000 / row.tidings for name in before},
    )


def _cpu(system: System) -> dict[str, float]:
    """CPU seconds so far of the Temporal server, the home locality's worker and PostgreSQL."""
    children = system.processes.children.items()
    pids = {name: child.process.pid for name, child in children}
    return cpu_seconds(
        {
            "server": [pid for name, pid in pids.items() if name.startswith("temporal")],
            "worker": [pids[f"worker-{HOME}"]],
            "database": [pid for name, pid in pids.items() if name.startswith("postgres")],
        }
    )


async def _wait(database: Database, question: Select[Any], wanted: int) -> None:
    async def look(connection: AsyncConnection) -> int:
        return len((await connection.execute(question)).all())

    while True:
        async with database.read() as connection:
            if await look(connection) >= wanted:
                return
        await asyncio.sleep(0.1)
