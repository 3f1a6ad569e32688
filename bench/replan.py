"""`python -m bench.replan`: another calendar for many open clocks, next to a bare update of them.

The register's part is measured on one database, for a notice, its correction and its withdrawal:
pages as the re-plan counts them, and plain UPDATE statements over the same clocks, tasks and cases.
Then running cases are told, which the Temporal server bounds: those first whose dates lie earlier.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select, text

from activities.calendars import Calendars
from activities.replanning import PAGE, target_of
from bench.replan_rows import fill, notice
from bench.replan_telling import HOME, open_system, telling_part
from catalog.calendar_files import build_calendar
from catalog.loader import load_catalog
from domain.recount import Change
from embedded.system import Options
from storage.database import Database
from storage.recounting import recount_page
from storage.tidings_tables import TidingsRow

#: As of which day "within thirty days" is meant: the notice is corrected shortly before New Year.
_CORRECTED_ON = date(2026, 12, 20)
_CHANGES = (Change.PUBLISHED, Change.CORRECTED, Change.WITHDRAWN)
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
    changes: list[Change]
    moved: list[int]
    urgent: list[tuple[int, int]]  # news of an earlier date, and those needed within thirty days
    replan: list[float]
    bare: list[float]


async def register_part(clocks: int, rounds: int, durable: bool = True) -> Register:
    """2027 is published, corrected and withdrawn in turn, each after a bare update."""
    catalog = load_catalog()
    options = Options(workers=False, consoles=False, simulators=False, durable=durable)
    async with open_system(catalog, options) as system:
        url = system.settings.locality(HOME).database_url.get_secret_value()
        database, calendars = Database(url), Calendars(catalog, HOME)
        async with database.write() as connection:
            await fill(connection, calendars.shipped, clocks)
        result = Register(0, [], [], [], [], [])
        counted = 0
        for number in range(rounds):
            await _vacuum(database)
            result.bare.append(await _timed(_bare(database)))
            await _vacuum(database)
            change = _CHANGES[number % len(_CHANGES)]
            entry = await _publish(database, calendars, change)
            start = time.perf_counter()
            counted, moved = await _replan(database, calendars)
            result.replan.append(time.perf_counter() - start)
            result.changes.append(change)
            result.moved.append(moved)
            result.urgent.append(await _urgent(database, entry))
        await database.close()
    return replace(result, counted=counted)


async def _urgent(database: Database, entry: int) -> tuple[int, int]:
    soon = _CORRECTED_ON + timedelta(days=30)
    async with database.read() as connection:
        row = (
            await connection.execute(
                select(
                    func.count().filter(TidingsRow.needed_by < date.max),
                    func.count().filter(TidingsRow.needed_by <= soon),
                ).where(TidingsRow.key.like(f"calendar:{entry}:%"))
            )
        ).one()
    return row[0], row[1]


async def _publish(database: Database, calendars: Calendars, change: Change) -> int:
    files = list(calendars.files)
    if change is not Change.WITHDRAWN:
        files.append(("2027", notice(corrected=change is Change.CORRECTED)))
    async with database.write() as connection:
        return await calendars.put_in_force(
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


async def _timed(work: Awaitable[object]) -> float:
    start = time.perf_counter()
    await work
    return time.perf_counter() - start


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="日历重排性能基准：逐批重排对裸更新")
    parser.add_argument("--clocks", type=int, default=100_000, help="在办时限数")
    parser.add_argument("--cases", type=int, default=200, help="要告知的在办办件数，0 不测")
    parser.add_argument("--rounds", type=int, default=3, help="轮数（依次公布、更正、撤回）")
    parser.add_argument("--cached", type=int, default=100, help="工作进程在内存中保留的办件数")
    given = parser.parse_args()
    found = asyncio.run(register_part(given.clocks, given.rounds))
    for change, moved, (urgent, soon), replan, bare in zip(
        found.changes, found.moved, found.urgent, found.replan, found.bare, strict=True
    ):
        print(
            f"{change.label}：重排 {found.counted} 个在办时限，变动 {moved}，其中提前 {urgent}，"
            f"30 日内须告知 {soon}；{replan:.1f} 秒，裸更新同样的行 {bare:.1f} 秒，"
            f"比 {replan / bare:.2f}"
        )
    if given.cases:
        told = asyncio.run(telling_part(given.cases, given.cached))
        rate = told.cases / told.finished
        print(
            f"告知 {told.cases} 件（提前 {told.urgent}）：提前的 {told.armed:.1f} 秒，"
            f"全部 {told.finished:.1f} 秒，比 {told.armed / told.finished:.2f}；{rate:.0f} 件/秒，"
            f"每件 CPU：服务 {told.cpu['server']:.0f}、工作进程 {told.cpu['worker']:.0f}、"
            f"数据库 {told.cpu['database']:.0f} 毫秒"
        )
        for change, moved, (urgent, soon) in zip(
            found.changes, found.moved, found.urgent, strict=True
        ):
            minutes = [number / rate / 60 for number in (soon, urgent, moved)]
            print(
                f"{change.label}，照此速度：30 日内的 {minutes[0]:.0f} 分钟，"
                f"提前的 {minutes[1]:.0f} 分钟，全部 {minutes[2]:.0f} 分钟"
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
