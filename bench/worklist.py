"""`python -m bench.worklist`: what a clerk of one office waits for with a million open tasks.

Two registers on one PostgreSQL, one full and one empty. The same pages are asked of both in turn,
each through the console's application as a clerk who has signed in. Printed are the median and the
95th percentile of each page, and the ratio full : empty.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import NoReturn

import httpx

from bench.worklist_rows import case_number, fill, identity, name
from catalog.catalog import Catalog
from catalog.loader import load_catalog
from console.desk_app import build_desk
from console.errors import OfficeCode, OfficeError
from console.office import Office
from domain.calendar import SHANGHAI
from embedded.ports import Ports
from embedded.postgres import Postgres
from embedded.processes import Processes
from embedded.provision import create_database
from settings import LocalitySettings
from storage.database import Database
from storage.migrate import upgrade

LOCALITY, CLERK = "371002", "HC0102"
_BASE = "https://console.bench"
#: The goal of a page's 95th percentile, in milliseconds.
GOAL = 100
_LISTS = {
    "本机构待办": "view=office",
    "我的待办": "view=mine",
    "超期": "view=late",
    "退回": "view=again",
    "等我答复": "view=asked",
    "等补正": "view=correction",
    "等待对方": "view=waiting",
    "在途寄递": "view=parcels",
    "已办": "view=done",
    "筛选：岗位和事项": "view=office&role=APPROVER&matter=HUKOU-SPOUSE",
    "筛选：未认领、七天内": "view=office&assignee=nobody&due=week",
    "筛选：无此事项": "view=office&matter=PENSION-ANNUITY",
    "按到达排序": "view=office&sort=newest",
}


@dataclass(slots=True)
class Console:
    """One register's console with a signed-in clerk; ``times`` by page, in milliseconds."""

    open: int
    database: Database
    client: httpx.AsyncClient
    token: str = ""
    next: str = "/worklist?view=office"
    times: dict[str, list[float]] = field(default_factory=dict)

    async def sign_in(self) -> None:
        """As a clerk restricted to one office."""
        page = await self.client.get("/sign-in")
        form = {"number": CLERK, "csrftoken": _token(page)}
        await self.client.post("/sign-in/seeded", data=form)
        self.token = _token(await self.client.get("/search"))

    async def ask(self, round_: int) -> None:
        """Every page once."""
        for title, query in _LISTS.items():
            await self._timed(title, "GET", f"/worklist?{query}")
        page = await self._timed("翻页", "GET", self.next)
        found = re.search(r'rel="next" href="([^"]+)"', page.text)
        self.next = found[1].replace("&amp;", "&") if found else "/worklist?view=office"
        await self._timed("计数", "GET", "/worklist/counts?view=office")
        number = round_ * 7919 % max(self.open, 1) // 100 * 100
        for title, words, by in (
            ("查找：办件编号", case_number(number), "case"),
            ("查找：身份号码", identity(number), "identity"),
            ("查找：姓名", name(number, self.open), "name"),
            ("查找：事项", "HUKOU-SPOUSE", "matter"),
            ("查找：运单号", f"W{case_number(number)}", "number"),
        ):
            form = {"csrftoken": self.token, "words": words, "by": by, "purpose": "HANDLE"}
            await self._timed(title, "POST", "/search", form)

    async def _timed(
        self, title: str, method: str, url: str, form: dict[str, str] | None = None
    ) -> httpx.Response:
        begun = perf_counter()
        answer = await self.client.request(method, url, data=form)
        self.times.setdefault(title, []).append((perf_counter() - begun) * 1000)
        assert answer.status_code in (200, 303), (title, answer.status_code)
        return answer


def _token(page: httpx.Response) -> str:
    found = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
    assert found is not None
    return found[1]


@asynccontextmanager
async def _consoles(counts: tuple[int, ...]) -> AsyncIterator[list[Console]]:
    catalog = load_catalog()
    with tempfile.TemporaryDirectory(prefix="tongban-bench-") as directory:
        processes, ports = Processes(Path(directory)), Ports.free()
        postgres = Postgres(Path(directory) / "postgres", ports.postgres, processes, durable=True)
        await postgres.start()
        consoles: list[Console] = []
        try:
            for count in counts:
                name_ = f"bench_{count}"
                await create_database(postgres.admin_dsn(), name_, "bench")
                url = f"postgresql+asyncpg://{name_}:bench@127.0.0.1:{ports.postgres}/{name_}"
                await asyncio.to_thread(upgrade, url)
                consoles.append(await _console(count, url, catalog))
            yield consoles
        finally:
            for one in consoles:
                await one.client.aclose()
                await one.database.close()
            await processes.stop("postgres")


async def _console(count: int, url: str, catalog: Catalog) -> Console:
    database = Database(url)
    begun = perf_counter()
    await fill(database, count, datetime.now(SHANGHAI).date())
    print(f"{count:>9,} 项在办：造数 {perf_counter() - begun:.0f} 秒", flush=True)

    async def nobody() -> NoReturn:
        raise OfficeError(OfficeCode.UNAVAILABLE, "基准不连 Temporal")

    own = _settings(url)
    office = Office(database, nobody, catalog, LOCALITY)
    app = build_desk(office, own, ui_url=None)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=_BASE)
    console = Console(count, database, client)
    await console.sign_in()
    return console


def _settings(url: str) -> LocalitySettings:
    nowhere = "http://127.0.0.1:1"
    outside = ("population", "marriage", "education", "notices", "registers", "bank", "courier")
    secret = "only-for-the-benchmark"
    return LocalitySettings.model_validate(
        {
            "code": LOCALITY,
            "temporal_address": "127.0.0.1:1",
            "database_url": url,
            "console_url": _BASE,
            "console_port": 1,
            "adapters": dict.fromkeys(outside, nowhere),
            "payload_encryption": False,
            "grant_secret": secret,
            "slip_secret": secret,
            "session_secret": secret,
            "seeded_accounts": True,
        }
    )


async def run(many: int, rounds: int) -> None:
    """Fill, ask both in turn, print."""
    async with _consoles((0, many)) as (empty, full):
        for number in range(-3, rounds):
            for one in (empty, full) if number % 2 else (full, empty):
                await one.ask(abs(number))
            if number < 0:  # what is read and compiled for the first time
                empty.times.clear()
                full.times.clear()
        _show(empty, full, rounds)


def _show(empty: Console, full: Console, rounds: int) -> None:
    print(f"{CLERK} 所在机构有十分之一；每页 {rounds} 次，毫秒")
    heads = ("p50", "p95", "空库 p50", "空库 p95", "p50 倍数", "p95 倍数")
    print(f"{'页面':　<12}" + "".join(f"{one:>8}" for one in heads))

    for title, times in full.times.items():
        base = empty.times[title]
        p50, p95, b50, b95 = median(times), _p95(times), median(base), _p95(base)
        print(
            f"{title:　<12}{p50:>9.1f}{p95:>8.1f}{b50:>10.1f}{b95:>10.1f}"
            f"{p50 / b50:>10.2f}{p95 / b95:>10.2f}"
        )
    every = [one for times in full.times.values() for one in times]
    none = [one for times in empty.times.values() for one in times]
    print(
        f"全部页面：p50 {median(every):.1f}，p95 {_p95(every):.1f}（目标 {GOAL}）；"
        f"为空库的 {median(every) / median(none):.2f} 倍和 {_p95(every) / _p95(none):.2f} 倍"
    )


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="待办列表、计数和查找的用时：满库对空库")
    parser.add_argument("--many", type=int, default=1_000_000, help="满库的在办待办数")
    parser.add_argument("--rounds", type=int, default=40, help="每页各问几次")
    given = parser.parse_args()
    asyncio.run(run(given.many, given.rounds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
