"""The figures of one month over many cases: set-based questions against a loop over the cases.

``python -m bench.figures --cases 100000``. Starts a PostgreSQL of its own, fills it with invented
cases of one month, and prints both times and their ratio in the same run. The loop reads each case
with its trail and counts its days by the plain counter; it is timed over a sample.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bulletins.compiling import compiled, reference_of
from catalog.catalog import Catalog
from catalog.loader import load_catalog
from domain.bulletins import BulletinKind, canonical, digest_of, ends_at
from domain.calendar import SHANGHAI
from domain.figures import Period
from domain.responsibility import days_by_share, holdings
from embedded.ports import Ports
from embedded.postgres import Postgres
from embedded.processes import Processes
from embedded.provision import create_database
from storage.case_tables import Case
from storage.database import Database
from storage.migrate import upgrade
from storage.paper_tables import LetterRow
from storage.step_tables import Act, ClockRow, Event

LOCALITY = "371002"
MONTH = Period(date(2026, 11, 1), date(2026, 11, 30))
NOW = datetime(2026, 12, 2, tzinfo=SHANGHAI)
#: Steps of a case: office, holder and stage as they follow each other.
_STEPS = (
    ("SUBMITTED", "OURS", "371002-GA-01"),
    ("REVIEW", "OURS", "371002-GA-01"),
    ("CORRECTION", "APPLICANT", "371002-GA-01"),
    ("REVIEW", "OURS", "371002-GA-01"),
    ("APPROVAL", "OURS", "371002-GA-00"),
    ("ORIGIN_PROCESSING", "THEIRS", "371002-GA-01"),
    ("LANDING", "OURS", "371002-GA-01"),
    ("ARCHIVED", "OURS", "371002-GA-01"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Seconds for all cases; the loop's are extrapolated from its sample."""

    cases: int
    set_based: float
    loop: float
    digest: str

    @property
    def ratio(self) -> float:
        """How many times faster the set-based questions are."""
        return self.loop / self.set_based


async def fill(connection: AsyncConnection, cases: int) -> None:
    """Cases of the month and the weeks before, nine in ten of them ended."""
    given = {"cases": cases, "first": datetime(2026, 10, 12, tzinfo=SHANGHAI)}
    await connection.execute(
        text(
            "INSERT INTO cases (case_no, kind, workflow_id, workflow_name, filing, started, matter,"
            " matter_name, home_case_no, peer, intake_office, competent_office, custodian_office,"
            " stage, holder, ending, filed_at, received_on, closed_at) "
            "SELECT 'B' || n, 'HOME', 'case-B' || n, '', '{\"origin\": \"330902\"}', true,"
            " (ARRAY['HUKOU-SPOUSE', 'HUKOU-PARENTS', 'PENSION-TRANSFER'])[1 + n % 3], '',"
            " 'B' || n,"
            " '330902', '371002-GA-01', '371002-GA-01', '371002-GA-01',"
            " CASE WHEN n % 10 = 0 THEN 'LANDING' ELSE 'ARCHIVED' END, 'OURS',"
            " CASE WHEN n % 10 = 0 THEN NULL ELSE 'COMPLETED' END, at,"
            " timezone(interval '8 hours', at)::date,"
            " CASE WHEN n % 10 = 0 THEN NULL ELSE at + interval '18 days' END "
            "FROM generate_series(1, :cases) n,"
            " LATERAL (SELECT CAST(:first AS timestamptz) + n % 40 * interval '1 day'"
            "  + n % 480 * interval '1 minute' AS at) filed"
        ),
        given,
    )
    for number, (stage, holder, office) in enumerate(_STEPS):
        ended = " AND NOT case_no LIKE '%0'" if stage == "ARCHIVED" else ""
        days = 18 if stage == "ARCHIVED" else 2 * number
        await connection.execute(
            text(
                "INSERT INTO events (case_no, made_in, number, code, stage, holder, office, facts,"
                " at) SELECT case_no, :number, 0, 'STEP', :stage, :holder, :office, '{}',"
                f" filed_at + :days * interval '1 day' FROM cases WHERE true{ended}"
            ),
            {"number": number, "stage": stage, "holder": holder, "office": office, "days": days},
        )
    await connection.execute(
        text(
            "INSERT INTO acts (case_no, key, code, office, actor, basis, person, facts,"
            " effective_on, at, made_in) SELECT case_no, 'ACCEPTED', 'ACCEPTED', '371002-GA-01',"
            " 'HC0101', '', 0, '{}', received_on, filed_at + interval '2 days', 1 FROM cases"
        )
    )
    await connection.execute(
        text(
            "INSERT INTO clocks (case_no, kind, number, length, unit, basis, promised, effect,"
            " rolls, started_on, due_on, promised_on, provisional, calendar_version, stopped_on,"
            " made_in) SELECT case_no, 'DECISION', 1, 20, 'WD', '', 10, 'ESCALATE', true,"
            " received_on + 2, received_on + 30, received_on + 16, false, '',"
            " CASE WHEN closed_at IS NULL THEN NULL ELSE received_on + 10 END, 1 FROM cases"
        )
    )
    await connection.execute(
        text(
            "INSERT INTO letters (direction, number, case_no, home_case_no, peer, verb, letter,"
            " digest, recorded_at) SELECT 'OUT', case_no || '-1', case_no, case_no, '330902',"
            " 'REQUEST', '{}', '', filed_at + interval '10 days' FROM cases"
        )
    )


async def set_based(database: Database, catalog: Catalog) -> tuple[float, str]:
    """Seconds for the whole content of a bulletin, and its digest."""
    began = time.perf_counter()
    async with database.read() as connection:
        reference = await reference_of(connection, catalog, catalog.calendar, LOCALITY, MONTH, NOW)
        content = await compiled(
            connection, reference, BulletinKind.MONTHLY, MONTH, as_of=NOW, cut=2**62
        )
    digest = digest_of(canonical(content))
    return time.perf_counter() - began, digest


async def loop(database: Database, catalog: Catalog, sample: int) -> float:
    """Seconds per case: read it with its trail, count its days one by one."""
    began = time.perf_counter()
    async with database.read() as connection:
        for number in range(1, sample + 1):
            await _one(connection, catalog, f"B{number}")
    return (time.perf_counter() - began) / sample


async def _one(connection: AsyncConnection, catalog: Catalog, case_no: str) -> None:
    case = (await connection.execute(select(Case.__table__).where(Case.case_no == case_no))).one()
    found = {}
    for table in (Event, Act, ClockRow, LetterRow):
        columns = table.__table__
        rows = await connection.execute(select(columns).where(columns.c.case_no == case_no))
        found[table] = rows.all()
    events = [SimpleNamespace(**row._mapping) for row in found[Event]]
    letters = [(row.recorded_at, row.peer) for row in found[LetterRow]]
    held = holdings(case.filed_at, case.intake_office, events, letters, case.peer)
    days_by_share(held, case.closed_at, catalog.calendar, ends_at(MONTH))


async def measured(cases: int, sample: int) -> Outcome:
    """One run on a PostgreSQL of its own."""
    catalog = load_catalog()
    with tempfile.TemporaryDirectory() as folder:
        processes, ports = Processes(Path(folder)), Ports.free()
        postgres = Postgres(Path(folder) / "postgres", ports.postgres, processes, durable=False)
        await postgres.start()
        try:
            await create_database(postgres.admin_dsn(), "bench", "only-for-bench")
            url = f"postgresql+asyncpg://bench:only-for-bench@127.0.0.1:{ports.postgres}/bench"
            await asyncio.to_thread(upgrade, url)
            database = Database(url)
            try:
                await _fill(database, cases)
                seconds, digest = await set_based(database, catalog)
                each = await loop(database, catalog, min(sample, cases))
            finally:
                await database.close()
        finally:
            await processes.stop("postgres")
    return Outcome(cases, seconds, each * cases, digest)


async def _fill(database: Database, cases: int) -> None:
    # Filling takes longer than any question may: no time limit on this connection.
    async with database.engine.connect() as connection:
        raw = await connection.get_raw_connection()
        driver = raw.driver_connection
        assert driver is not None
        driver._config = driver._config._replace(command_timeout=None)
        async with connection.begin():
            await fill(connection, cases)
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("ANALYZE"))


def main() -> int:
    """Print the outcome as JSON."""
    parser = argparse.ArgumentParser(description="一个月的指标：集合查询对逐件计算")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--sample", type=int, default=300)
    arguments = parser.parse_args()
    outcome = asyncio.run(measured(arguments.cases, arguments.sample))
    print(
        json.dumps(
            {
                "cases": outcome.cases,
                "set_based_seconds": round(outcome.set_based, 2),
                "loop_seconds": round(outcome.loop, 2),
                "ratio": round(outcome.ratio, 1),
            }
        )
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
