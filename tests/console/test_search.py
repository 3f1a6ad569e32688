"""Search finds what somebody has in hand, shows what they may see, and notes who read whom."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import insert, select, update

from storage.case_tables import Case, DataAccess, Person
from storage.database import Database
from storage.paper_tables import LetterRow
from storage.parcel_tables import Parcel
from tests.console.lists import OTHER, case_with_task
from tests.console.test_signing_in import browser, sign_in, token_of
from tests.storage.builders import identity


async def search(client: AsyncClient, words: str, **form: str) -> Response:
    page = await client.get("/search")
    given = {"csrftoken": token_of(page), "words": words, **form}
    return await client.post("/search", data=given)


async def accesses(database: Database, case_no: str) -> list[tuple[str, str, str]]:
    async with database.read() as connection:
        rows = await connection.execute(
            select(DataAccess.actor, DataAccess.what, DataAccess.purpose).where(
                DataAccess.case_no == case_no
            )
        )
        return [(row.actor, row.what, row.purpose) for row in rows]


async def test_an_identity_number_finds_the_case_and_leaves_a_trace(database: Database) -> None:
    number = identity()
    case_no = (await case_with_task(database, number)).partition("/")[0]
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        refused = await search(client, number)
        assert refused.status_code == 422 and "请先选择用途" in refused.text
        assert await accesses(database, case_no) == []
        found = await search(client, number, purpose="ANSWER")
        assert case_no in found.text and "找到 1 件" in found.text
        assert "**********" in found.text
        assert number not in str(found.url)
    assert await accesses(database, case_no) == [("HC0102", "search.identity", "答复当事人咨询")]


async def test_who_may_not_see_a_case_does_not_find_it_by_any_means(database: Database) -> None:
    number = identity()
    task_id = await case_with_task(database, number, office=OTHER)
    case_no = task_id.partition("/")[0]
    async with database.write() as connection:
        await connection.execute(
            update(Person).where(Person.case_no == case_no).values(name="样不见")
        )
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        for words in (number, "样不见", case_no, task_id):
            page = await search(client, words, purpose="HANDLE")
            assert "找到 0 件" in page.text, words
        assert await accesses(database, case_no) == []
        await client.post("/sign-out", data={"csrftoken": token_of(page)})
        await sign_in(client, "HC1102")
        page = await search(client, "样不见", purpose="HANDLE")
        assert "找到 1 件" in page.text and case_no in page.text


@pytest.mark.parametrize("by", ["case", "peer", "task", "waybill", "letter"])
async def test_every_number_on_a_paper_leads_to_the_case(database: Database, by: str) -> None:
    task_id = await case_with_task(database)
    case_no = task_id.partition("/")[0]
    peer, waybill, letter = f"3309{case_no[4:]}", f"EMS{case_no[-9:]}", f"{case_no}-07"
    async with database.write() as connection:
        await connection.execute(
            update(Case).where(Case.case_no == case_no).values(peer_case_no=peer)
        )
        await connection.execute(insert(Parcel).values(**parcel(case_no, waybill)))
        await connection.execute(
            insert(LetterRow).values(
                direction="OUT",
                number=letter,
                case_no=case_no,
                home_case_no=case_no,
                peer="330902",
                verb="MOVE_OUT_REQUEST",
                letter={},
                digest="",
                recorded_at=datetime.now(UTC),
            )
        )
    words = {"case": case_no, "peer": peer, "task": task_id, "waybill": waybill, "letter": letter}
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await search(client, words[by])
        if by in ("case", "task"):
            assert page.headers["location"].endswith(words[by])
        else:
            assert case_no in page.text and "找到 1 件" in page.text


async def test_a_matter_is_found_by_a_part_of_its_name(database: Database) -> None:
    case_no = (await case_with_task(database)).partition("/")[0]
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        page = await search(client, "工作调动户口迁移")
        assert case_no in page.text


async def test_where_nothing_is_found_the_page_says_what_to_try(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        page = await search(client, "没有这人", purpose="HANDLE", by="name")
        assert "请用完整姓名查找" in page.text
        page = await search(client, "37100219991332000X", by="identity")
        assert page.status_code == 422
    assert ("HC0102", "search.name", "办理本机构办件") in await accesses(database, "-")


@pytest.mark.parametrize(
    "words", ["Anna  Maria Example", "ANNA MARIA EXAMPLE", "anna maria example "]
)
@pytest.mark.parametrize("by", ["", "name"])
async def test_a_name_in_latin_letters_is_found_however_it_is_written(
    database: Database, words: str, by: str
) -> None:
    case_no = (await case_with_task(database)).partition("/")[0]
    async with database.write() as connection:
        await connection.execute(
            update(Person).where(Person.case_no == case_no).values(name="Anna Maria Example")
        )
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        page = await search(client, words, purpose="HANDLE", by=by)
        assert case_no in page.text


async def test_a_chinese_name_is_found_with_blanks_in_it(database: Database) -> None:
    case_no = (await case_with_task(database)).partition("/")[0]
    async with database.write() as connection:
        await connection.execute(
            update(Person).where(Person.case_no == case_no).values(name="样某一")
        )
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        page = await search(client, "样 某一", purpose="HANDLE", by="name")
        assert case_no in page.text


def parcel(case_no: str, waybill: str) -> dict[str, object]:
    now = datetime.now(UTC)
    return {
        "parcel_key": f"{case_no}-P1",
        "case_no": case_no,
        "kind": "FILE",
        "service": "EMS",
        "from_locality": "371002",
        "from_office": "371002-GA-01",
        "to_locality": "330902",
        "to_office": "330902-GA-01",
        "items": [],
        "seal_no": "1",
        "waybill": waybill,
        "state": "IN_TRANSIT",
        "custodian": "COURIER",
        "homeward": False,
        "answerable": "371002-GA-01",
        "settled": False,
        "opened_at": now,
        "changed_at": now,
    }
