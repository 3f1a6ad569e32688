"""`python -m bench.replan`: another calendar for many open clocks, next to a bare update of them.

The register's part is measured there and back on one database: pages as the re-plan counts them,
and plain UPDATE statements over the same clocks, tasks and cases. Then running cases are told,
which the Temporal server bounds; that rate is printed as it is.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import httpx
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from activities.calendars import Calendars
from activities.replanning import PAGE, target_of
from bench.people import People
from bench.replan_rows import FILED, fill, notice
from catalog.calendar_files import build_calendar
from catalog.catalog import Catalog
from catalog.loader import load_catalog
from connection import connect
from console.calendar_desk import CalendarDesk
from console.office import Office
from counter.outbox import start_case
from domain.recount import Change
from embedded.ports import HOST, Ports
from embedded.system import Options, System
from storage.database import Database
from storage.recounting import recount_page
from storage.tables import Event, Task

HOME, ORIGIN = "371002", "330902"
_BARE = (
    "UPDATE clocks SET due_on = due_on, calendar_version = calendar_version "
    "WHERE stopped_on IS NULL",
    "UPDATE tasks SET due_on = due_on WHERE status = 'OPEN'",
    "UPDATE cases SET due_on = due_on",
)


@dataclass(frozen=True, slots=True)
class Register:
    """Seconds of each round: pages of the re-plan, and the bare update of the same rows."""

    counted: int
    moved: int
    replan: list[float]
    bare: list[float]


@asynccontextmanager
async def open_system(catalog: Catalog, options: Options) -> AsyncIterator[System]:
    """Durable PostgreSQL and the server as `make up` runs them."""
    with tempfile.TemporaryDirectory(prefix="tongban-bench-") as directory:
        async with System(Path(directory), Ports.free(), catalog, options) as system:
            yield system


async def register_part(clocks: int, rounds: int, durable: bool = True) -> Register:
    """There (2027 is published) and back (it is withdrawn), each after a bare update."""
    catalog = load_catalog()
    options = Options(workers=False, consoles=False, simulators=False, durable=durable)
    async with open_system(catalog, options) as system:
        url = system.settings.locality(HOME).database_url.get_secret_value()
        database, calendars = Database(url), Calendars(catalog, HOME)
        async with database.write() as connection:
            await fill(connection, calendars.shipped, clocks)
        result = Register(0, 0, [], [])
        counted = moved = 0
        for number in range(rounds):
            await _vacuum(database)
            result.bare.append(await _timed(_bare(database)))
            await _vacuum(database)
            change = Change.WITHDRAWN if number % 2 else Change.PUBLISHED
            await _publish(database, calendars, change)
            start = time.perf_counter()
            counted, moved = await _replan(database, calendars)
            result.replan.append(time.perf_counter() - start)
        await database.close()
    return Register(counted, moved, result.replan, result.bare)


async def telling_part(cases: int, durable: bool = True) -> float:
    """Cases per second that have armed their timers anew, from the publication to the last."""
    catalog = load_catalog()
    async with open_system(catalog, Options(durable=durable, round_seconds=0.5)) as system:
        own = system.settings.locality(HOME)
        client, database = await connect(own), Database(own.database_url.get_secret_value())

        async def connected() -> object:
            return client

        async with httpx.AsyncClient(
            base_url=f"http://{HOST}:{system.ports.simulators}", timeout=10
        ) as simulators:
            people = People(catalog, database, simulators, HOME, ORIGIN)
            for _ in range(cases):
                filing = await people.put_on_file(await people.newcomer())
                day = {"filed_on": FILED, "received_on": FILED}
                await start_case(client, filing.model_copy(update=day))
        await _wait(database, select(Task.case_no).where(Task.due_on.is_not(None)), cases)
        office = Office(database, connected, catalog, HOME)  # type: ignore[arg-type]
        start = time.perf_counter()
        await CalendarDesk(office).publish(notice(), clerk="HC0902")
        moved = select(Event.case_no).where(Event.code == "DUE_DATE_MOVED")
        await _wait(database, moved, cases)
        seconds = time.perf_counter() - start
        await database.close()
    return cases / seconds


async def _publish(database: Database, calendars: Calendars, change: Change) -> None:
    files = list(calendars.files)
    if change is Change.PUBLISHED:
        files.append(("2027", notice()))
    async with database.write() as connection:
        await calendars.put_in_force(
            connection,
            build_calendar(files, HOME),
            change,
            actor="HC0902",
            at=datetime.now(UTC),
        )


async def _replan(database: Database, calendars: Calendars) -> tuple[int, int]:
    after, counted, moved, target = ("", "", 0), 0, 0, None
    while True:
        async with database.write() as connection:
            target = target or target_of(await calendars.in_force(connection))
            page = await recount_page(connection, target, after, PAGE)
        if page.last is None:
            return counted, moved
        after = page.last
        counted += page.outcomes.total()
        moved += sum(n for outcome, n in page.outcomes.items() if outcome == "MOVED")


async def _bare(database: Database) -> None:
    async with database.write() as connection:
        for statement in _BARE:
            await connection.execute(text(statement))


async def _vacuum(database: Database) -> None:
    """Each measurement finds tables without the dead rows of the one before."""
    async with database.engine.connect() as connection:
        own = await connection.execution_options(isolation_level="AUTOCOMMIT")
        for table in ("clocks", "tasks", "cases", "clock_log", "tidings"):
            await own.execute(text(f"VACUUM ANALYZE {table}"))


async def _timed(work: object) -> float:
    start = time.perf_counter()
    await work  # type: ignore[misc]
    return time.perf_counter() - start


async def _wait(database: Database, question: object, wanted: int) -> None:
    async def look(connection: AsyncConnection) -> int:
        return len((await connection.execute(question)).all())  # type: ignore[call-overload]

    while True:
        async with database.read() as connection:
            if await look(connection) >= wanted:
                return
        await asyncio.sleep(0.1)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="日历重排性能基准：逐批重排对裸更新")
    parser.add_argument("--clocks", type=int, default=100_000, help="在办时限数")
    parser.add_argument("--cases", type=int, default=200, help="要告知的在办办件数，0 不测")
    parser.add_argument("--rounds", type=int, default=2, help="轮数（一轮公布，一轮撤回）")
    given = parser.parse_args()
    found = asyncio.run(register_part(given.clocks, given.rounds))
    replan, bare = median(found.replan), median(found.bare)
    print(
        f"重排 {found.counted} 个在办时限（变动 {found.moved}）：{replan:.1f} 秒，"
        f"{found.counted / replan:.0f} 个/秒；裸更新同样的行 {bare:.1f} 秒；比 {replan / bare:.2f}"
    )
    if given.cases:
        rate = asyncio.run(telling_part(given.cases))
        print(
            f"告知 {given.cases} 件在办办件并重设计时器：{rate:.0f} 件/秒；"
            f"10 万件约 {100_000 / rate / 60:.0f} 分钟"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
