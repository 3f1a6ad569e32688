"""No button of a case leads to a refusal: who may not print or hand in sees neither."""

from __future__ import annotations

from sqlalchemy import insert, update

from domain.casework import ClockKind
from storage.case_tables import Case
from storage.database import Database
from storage.step_tables import ClockRow
from storage.task_tables import Task
from tests.console.test_case_page import case
from tests.console.test_signing_in import browser, sign_in
from tests.storage.builders import NOW, TODAY

INTAKE, SUPERVISOR = "HC0101", "HC0902"


async def seen(database: Database, number: str, *addresses: str) -> str:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, number)
        return "".join([(await client.get(one)).text for one in addresses])


async def test_who_only_reads_is_offered_no_slips_and_no_papers(database: Database) -> None:
    filing = await case(database)
    address = f"/cases/{filing.case_no}"
    async with database.write() as connection:
        await connection.execute(
            update(Case).where(Case.case_no == filing.case_no).values(stage="CORRECTION")
        )
        await connection.execute(
            update(Task)
            .where(Task.case_no == filing.case_no)
            .values(status="DONE", outcome="PASS", decided_by="HC0102", closed_at=NOW)
        )
    every = (address, f"{address}/acts", f"/tasks/{filing.case_no}/REVIEW/1")
    shown = await seen(database, SUPERVISOR, *every)
    assert f"{address}/acts" in shown
    assert f"{address}/slips" not in shown and f"{address}/hand-in" not in shown
    shown = await seen(database, INTAKE, *every)
    assert shown.count(f'"{address}/slips"') == 3 and shown.count(f'"{address}/hand-in"') == 2


async def test_papers_are_asked_for_while_what_was_let_in_without_them_runs(
    database: Database,
) -> None:
    filing = await case(database)
    address = f"/cases/{filing.case_no}"
    assert f"{address}/hand-in" not in await seen(database, INTAKE, address, f"{address}/acts")
    async with database.write() as connection:
        await connection.execute(
            insert(ClockRow).values(
                case_no=filing.case_no,
                kind=ClockKind.DEFERRAL.value,
                number=1,
                length=5,
                unit="wd",
                basis="样例依据",
                effect="ESCALATE",
                started_on=TODAY,
                rolls=False,
                provisional=False,
                calendar_version="1",
                made_in=1,
            )
        )
    shown = await seen(database, INTAKE, address, f"{address}/acts")
    assert shown.count(f'"{address}/hand-in"') == 2
