"""`python -m bench.patrol`: what a patrol of the supervision ladder costs.

Two registers on one PostgreSQL, with many and with few open tasks and the same number of late ones.
Both are patrolled in turn on days on which every late task climbs a rung, and in hours in which
nothing is due. Printed are seconds, the ratio many : few, and the ratio to reading every open task.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import text

from activities.patrolling import Patrol
from catalog.catalog import Catalog
from catalog.loader import load_catalog
from contracts.patrolling import PatrolResult
from domain.calendar import SHANGHAI
from domain.supervision import working_day_after
from embedded.ports import Ports
from embedded.postgres import Postgres
from embedded.processes import Processes
from embedded.provision import create_database
from storage.database import Database
from storage.migrate import upgrade

LOCALITY = "371002"
DUE = date(2026, 3, 11)
_FILL = """
INSERT INTO cases (case_no, kind, workflow_id, workflow_name, filing, started, matter, matter_name,
    home_case_no, peer, intake_office, competent_office, custodian_office, stage, holder, filed_at,
    received_on)
SELECT 'B' || n, 'HOME', 'bench-' || n, 'bench', '{}', true, 'BENCH', 'bench', 'B' || n, '330902',
    '371002-RS-01', '371002-RS-01', '371002-RS-01', 'REVIEW', 'OURS', now(), :due
FROM generate_series(1, :open) n;
INSERT INTO clocks (case_no, kind, number, length, unit, basis, effect, rolls, started_on, due_on,
    provisional, calendar_version, made_in)
SELECT 'B' || n, 'REVIEW', 1, 15, 'wd', 'bench', 'ESCALATE', true, :due,
    CASE WHEN n <= :late THEN :due ELSE :far + (n % 60)::int END, false, 'bench', 1
FROM generate_series(1, :open) n;
INSERT INTO tasks (task_id, case_no, workflow_id, kind, title, office, role, clock, due_on,
    opened_at, opened_in)
SELECT case_no || '/REVIEW/1', case_no, 'bench', 'REVIEW', 'bench', '371002-RS-01', 'HANDLER',
    'REVIEW', due_on, now(), 1 FROM clocks;
"""
_EVERY = """
SELECT count(*) FROM (SELECT task_id, case_no, office, due_on FROM tasks
    WHERE status || '' = 'OPEN' AND due_on + 0 <= :today OFFSET 0) late
"""


@dataclass(slots=True)
class Register:
    """One locality's register with so many open tasks."""

    open: int
    database: Database
    catalog: Catalog

    async def patrol(self, day: date, hour: int = 9) -> tuple[float, PatrolResult]:
        """Seconds of one patrol and what it did."""
        at = datetime.combine(day, time(hour), SHANGHAI)
        patrol = Patrol(self.database, self.catalog, LOCALITY, at)
        begun = perf_counter()
        done = await patrol.run(lambda: None)
        return perf_counter() - begun, done

    async def read_all(self, today: date) -> float:
        """Seconds of the question that a patrol without a plan would ask."""
        begun = perf_counter()
        async with self.database.read() as connection:
            await connection.execute(text(_EVERY), {"today": today})
        return perf_counter() - begun


@asynccontextmanager
async def _registers(counts: tuple[int, ...], late: int) -> AsyncIterator[list[Register]]:
    catalog = load_catalog()
    with tempfile.TemporaryDirectory(prefix="tongban-bench-") as directory:
        processes, ports = Processes(Path(directory)), Ports.free()
        postgres = Postgres(Path(directory) / "postgres", ports.postgres, processes, durable=True)
        await postgres.start()
        registers = []
        try:
            for count in counts:
                name = f"bench_{count}"
                await create_database(postgres.admin_dsn(), name, "bench")
                url = f"postgresql+asyncpg://{name}:bench@127.0.0.1:{ports.postgres}/{name}"
                await asyncio.to_thread(upgrade, url)
                database = Database(url)
                registers.append(Register(count, database, catalog))
                await _fill(database, count, late)
            yield registers
        finally:
            for one in registers:
                await one.database.close()
            await processes.stop("postgres")


async def _fill(database: Database, count: int, late: int) -> None:
    given: dict[str, object] = {
        "open": count,
        "late": late,
        "due": DUE,
        "far": DUE + timedelta(days=90),
    }
    for statement in _FILL.strip().rstrip(";").split(";\n"):
        await _at_length(database, _literal(statement, given))


async def _at_length(database: Database, statement: str) -> None:
    """A million rows take longer than a clerk's question may."""
    async with database.engine.connect() as connection:
        raw = await connection.get_raw_connection()
        driver = raw.driver_connection
        assert driver is not None
        await driver.execute(statement, timeout=600)


def _literal(statement: str, given: dict[str, object]) -> str:
    for name, value in given.items():
        shown = f"date '{value}'" if isinstance(value, date) else str(value)
        statement = statement.replace(f":{name}", shown)
    return statement


async def run(many: int, few: int, late: int) -> None:
    """Fill, patrol in turn, print."""
    async with _registers((few, many), late) as registers:
        calendar = registers[0].catalog.calendar
        for one in registers:
            seconds, done = await one.patrol(working_day_after(DUE, 1, calendar))
            print(f"{one.open:>9,} 项在办：首次巡查排期 {done.planned:,} 项 {seconds:.1f} 秒")
            await _at_length(one.database, "VACUUM ANALYZE")  # as the server does by itself
        climbing: dict[int, list[float]] = {one.open: [] for one in registers}
        idle: dict[int, list[float]] = {one.open: [] for one in registers}
        for number in (2, 4, 7, 11, 15):
            for one in registers if number % 2 else registers[::-1]:
                day = working_day_after(DUE, number, calendar)
                seconds, done = await one.patrol(day)
                assert done.issued == late, done
                climbing[one.open].append(seconds)
                seconds, done = await one.patrol(day, hour=15)
                assert done.looked == 0, done
                idle[one.open].append(seconds)
        scan = [await registers[-1].read_all(working_day_after(DUE, 15, calendar)) for _ in "123"]
        _show(registers, climbing, idle, median(scan), late)


def _show(
    registers: list[Register],
    climbing: dict[int, list[float]],
    idle: dict[int, list[float]],
    scan: float,
    late: int,
) -> None:
    for one in registers:
        print(
            f"{one.open:>9,} 项在办，{late:,} 项超期："
            f"全部升一级 {median(climbing[one.open]):.3f} 秒，"
            f"无事可做 {median(idle[one.open]) * 1000:.1f} 毫秒"
        )
    few, many = registers[0].open, registers[-1].open
    print(
        f"在办 {many / few:.0f} 倍：升级用时 "
        f"{median(climbing[many]) / median(climbing[few]):.2f} 倍，"
        f"无事可做 {median(idle[many]) / median(idle[few]):.2f} 倍；"
        f"通读全部在办待办 {scan:.3f} 秒，为无事可做的巡查的 {scan / median(idle[many]):.0f} 倍"
    )


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="督办巡查的用时：随超期数，不随在办数")
    parser.add_argument("--many", type=int, default=1_000_000, help="多的一方在办待办数")
    parser.add_argument("--few", type=int, default=10_000, help="少的一方在办待办数")
    parser.add_argument("--late", type=int, default=1_000, help="超期待办数")
    given = parser.parse_args()
    asyncio.run(run(given.many, given.few, given.late))
    return 0


if __name__ == "__main__":
    sys.exit(main())
