"""Tasks about ratings and hotline tickets: what was said stands on the page, for whom it may."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB

from domain.ratings import Level
from storage.case_tables import Case, DataAccess
from storage.database import Database
from storage.hotline_tables import TicketRow
from storage.rating_tables import RatingRow
from tests.console.test_signing_in import browser, sign_in, token_of
from tests.console.test_task_pages import command_of, opened
from tests.storage.builders import NOW, open_case

LEAD, SUPERVISOR = "371002-ZW-01", "HC0902"


async def of_family(database: Database, kind: str, family: str, **more: Any) -> Any:
    """A task of a case of that family."""
    one = await opened(database, kind, **more)
    async with database.write() as connection:
        await connection.execute(
            update(Case)
            .where(Case.case_no == one.case_no)
            .values(filing=Case.filing.op("||")(literal({"family": family}, JSONB)))
        )
    return one


async def page_of(database: Database, number: str, task_id: str) -> str:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, number)
        return (await client.get(f"/tasks/{task_id}")).text


async def test_who_dispatches_a_ticket_reads_what_was_said_and_decides_it(
    database: Database,
) -> None:
    one = await of_family(database, "HOTLINE_DISPATCH", "HOTLINE", role="SUPERVISOR", office=LEAD)
    async with database.write() as connection:
        await connection.execute(
            insert(TicketRow).values(
                ticket_no=f"T{one.case_no}",
                case_no=one.case_no,
                category="CONSULTATION",
                caller_name="样例来电人",
                caller_phone="12000000033",
                words="样例：户口迁移要等多久",
                called_at=NOW,
                taken_at=NOW,
            )
        )
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, SUPERVISOR)
        address = f"/tasks/{one.task_id}"
        page = (await client.get(address)).text
        for words in ("样例：户口迁移要等多久", "样例来电人", "12000000033", "371002-GA-01"):
            assert words in page
        form = {
            "csrftoken": token_of(await client.get(address)),
            "command_id": command_of(page),
            "outcome": "DISPATCH",
            "evidence": "371002-GA-01",
        }
        assert (await client.post(f"{address}/decide", data=form)).status_code == 202


async def test_of_whom_a_rating_is_only_the_lead_offices_supervisor_reads(
    database: Database,
) -> None:
    rated = (await open_case(database)).case_no
    for kind, role, office, number, named in (
        ("RATING_CALL_BACK", "SUPERVISOR", LEAD, SUPERVISOR, True),
        ("RATING_RECTIFICATION", "HANDLER", "371002-GA-01", "HC0102", False),
    ):
        one = await of_family(database, kind, "RATING", role=role, office=office)
        async with database.write() as connection:
            await connection.execute(
                insert(RatingRow).values(
                    rating_no=f"999400-PJ-{one.case_no[-7:]}",
                    case_no=rated,
                    occasion="CASE" if named else "FILING",
                    channel="WEB",
                    level=Level.VERY_DISSATISFIED.value,
                    source="APPLICANT",
                    office="371002-GA-01",
                    matter="HUKOU-JOB-TRANSFER",
                    words="样例：排队太久",
                    consent=False,
                    rectification=one.case_no,
                    digest="",
                    given_at=NOW,
                )
            )
        page = await page_of(database, number, one.task_id)
        assert "非常不满意" in page
        assert ("样例：排队太久" in page) is named
        assert (f"<dd>{rated}" in page) is named
        async with database.read() as connection:
            read = await connection.execute(
                select(DataAccess.actor).where(
                    DataAccess.case_no == rated, DataAccess.what == "rating"
                )
            )
        assert set(read.scalars()) == {SUPERVISOR}
