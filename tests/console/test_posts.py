"""Managers give and end desks; auditors see who read and did what; nobody else does either."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import delete

from storage.console_tables import PostRow
from storage.database import Database
from tests.console.lists import case_with_task, today
from tests.console.test_signing_in import browser, sign_in, token_of
from tests.storage.builders import identity

MANAGER, AUDITOR = "HC0904", "HC0905"
FORM = "c-00000000-0000-4000-8000-0000000001"


@pytest_asyncio.fixture(autouse=True)
async def nothing_given(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(delete(PostRow))


async def give(client: httpx.AsyncClient, form: str, **fields: object) -> httpx.Response:
    token = token_of(await client.get("/posts"))
    data = {"csrftoken": token, "command_id": form, **fields}
    return await client.post("/posts/grant", data=data)


async def test_a_substitute_has_what_the_absent_person_has_until_it_ends(
    database: Database,
) -> None:
    async with (
        browser(database, seeded_accounts=True) as manager,
        browser(database, seeded_accounts=True) as stand_in,
    ):
        await sign_in(manager, MANAGER)
        await sign_in(stand_in, "HC1103")
        until = str(today() + timedelta(days=3))
        fields = {"code": "HC1103", "kind": "SUBSTITUTE", "for_post": "HC0103", "until": until}
        given = await give(manager, f"{FORM}01", **fields)
        assert given.headers["location"] == "/posts"
        page = (await stand_in.get("/worklist")).text
        assert "鲸园派出所" in page and "代理" in page
        listed = await manager.get("/posts")
        assert "HC1103" in listed.text and "代理 HC0103" in listed.text
        number = listed.text.split('name="number" value="')[1].split('"')[0]
        end = {"csrftoken": token_of(listed), "number": number}
        await manager.post("/posts/end", data=end)
        assert "鲸园派出所" not in (await stand_in.get("/worklist")).text
        assert "已结束" in (await manager.get("/posts")).text


async def test_a_form_sent_twice_gives_one_desk(database: Database) -> None:
    fields = {"code": "HC1102", "kind": "SECONDMENT", "office": "371002-GA-01", "roles": "HANDLER"}
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, MANAGER)
        for _ in range(2):
            await give(client, f"{FORM}02", **fields)
        assert (await client.get("/posts")).text.count('scope="row">HC1102') == 1


async def test_what_somebody_has_already_is_not_given_again(database: Database) -> None:
    fields = {"code": "HC1102", "kind": "SECONDMENT", "office": "371002-GA-01", "roles": "HANDLER"}
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, MANAGER)
        await give(client, f"{FORM}05", **fields)
        assert "已有这些岗位" in (await give(client, f"{FORM}06", **fields)).text
        own = {**fields, "office": "371002-RS-01"}
        assert "已有这些岗位" in (await give(client, f"{FORM}07", **own)).text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"code": MANAGER, "kind": "SECONDMENT"}, "不能给自己安排岗位"),
        ({"code": "HC9999", "kind": "SECONDMENT"}, "没有这个工号"),
        ({"code": "HC1102", "kind": "KING"}, "请选择岗位类别"),
        ({"code": "HC1102", "kind": "SECONDMENT", "office": "330902-GA-01"}, "本地区的机构"),
        ({"code": "HC1102", "kind": "SECONDMENT", "office": "371002-GA-01"}, "至少勾选一个岗位"),
        ({"code": "HC1102", "kind": "SUBSTITUTE", "for_post": "HC0103"}, "须写明截止日期"),
        ({"code": "HC1102", "kind": "SECONDMENT", "until": "2020-01-01"}, "截止日期不能早于"),
        ({"code": "HC1102", "kind": "SECONDMENT", "until": "soon"}, "日期格式不对"),
    ],
)
async def test_a_desk_that_cannot_be_is_refused_in_words(
    database: Database, fields: dict[str, str], words: str
) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, MANAGER)
        refused = await give(client, f"{FORM}03", **fields)
        assert refused.status_code == 422 and words in refused.text
        assert "还没有安排过" in refused.text


async def test_who_read_whom_is_listed_by_person_and_by_case_and_as_a_file(
    database: Database,
) -> None:
    number = identity()
    case_no = (await case_with_task(database, number)).partition("/")[0]
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        page = await client.get("/search")
        form = {"csrftoken": token_of(page), "words": number, "purpose": "COMPLAINT"}
        page = await client.post("/search", data=form)
        await client.post("/sign-out", data={"csrftoken": token_of(page)})
        await sign_in(client, AUDITOR)
        for query in (f"case={case_no}", f"actor=HC0102&case={case_no}&first={today()}"):
            page = await client.get(f"/audit?{query}")
            assert case_no in page.text and "处理投诉和工单" in page.text
        page = await client.get(f"/audit?actor=HC0101&case={case_no}")
        assert "没有符合条件" in page.text
        yesterday = today() - timedelta(days=1)
        assert "没有符合条件" in (await client.get(f"/audit?case={case_no}&last={yesterday}")).text
        file = await client.get(f"/audit/export?case={case_no}")
        rows = list(csv.reader(io.StringIO(file.text.removeprefix("\ufeff"))))
        assert [row[1:] for row in rows[1:]] == [
            ["HC0102", case_no, "按身份号码查找", "处理投诉和工单"]
        ]
        taken = (await client.get("/audit?actor=HC0905")).text
        assert "导出查阅记录" in taken


async def test_changes_of_desks_are_part_of_the_audit(database: Database) -> None:
    fields = {"code": "HC1102", "kind": "SECONDMENT", "office": "371002-GA-01", "roles": "HANDLER"}
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, MANAGER)
        await give(client, f"{FORM}04", **fields)
        page = await client.get("/posts")
        await client.post("/sign-out", data={"csrftoken": token_of(page)})
        await sign_in(client, AUDITOR)
        page = await client.get("/audit?trail=posts&actor=HC1102")
        assert "安排岗位" in page.text and MANAGER in page.text and "借调" in page.text
        assert (await client.get("/audit?trail=acts&actor=HC0102")).status_code == 200


async def test_pages_of_the_audit_go_on_without_gap_or_repeat(database: Database) -> None:
    from storage.audit import AuditQuestion, Trail, page
    from storage.people import log_accesses

    case_no = (await case_with_task(database)).partition("/")[0]
    async with database.write() as connection:
        await log_accesses(connection, [case_no] * 7, "HC0102", "test", "样例用途")
    seen: list[str] = []
    after = None
    async with database.read() as connection:
        while True:
            asked = AuditQuestion(Trail.READS, case_no=case_no, after=after, limit=3)
            rows = await page(connection, asked)
            seen += [str(row["row_id"]) for row in rows[:3]]
            if len(rows) <= 3:
                break
            after = (rows[2]["at"], str(rows[2]["row_id"]))
    assert len(seen) == len(set(seen)) == 7 and seen == sorted(seen, key=int, reverse=True)
