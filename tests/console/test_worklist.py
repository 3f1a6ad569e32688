"""The lists of the console: right rows, right counts, page by page, as each person wants them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest_asyncio
from sqlalchemy import text, update

from storage import desk_notes, worklists
from storage.database import Database
from storage.saved_views import of_view
from storage.task_tables import Task
from storage.worklist_questions import Due, Question, Sort, View
from tests.console.lists import OTHER, STATION, case_with_task, today
from tests.console.test_signing_in import browser, sign_in, token_of


@pytest_asyncio.fixture(autouse=True)
async def empty(database: Database) -> AsyncIterator[None]:
    """These tests count: no task of another test is left, nor what hangs on it."""
    emptied = text("TRUNCATE tasks CASCADE")
    async with database.write() as connection:
        await connection.execute(emptied)
    yield
    async with database.write() as connection:
        await connection.execute(emptied)


def asked(view: View = View.OFFICE, **changes: object) -> Question:
    facts: dict[str, object] = {
        "view": view,
        "offices": (STATION,),
        "codes": ("HC0102",),
        "today": today(),
        **changes,
    }
    return Question(**facts)  # type: ignore[arg-type]


async def ids_of(database: Database, question: Question) -> list[str]:
    async with database.read() as connection:
        rows, _ = await worklists.page(connection, question)
    return [row["row_id"] for row in rows]


async def test_pages_of_any_size_show_every_task_once_and_in_order(database: Database) -> None:
    days = [3, -2, None, 0, 3, None, 9, -2]
    made = [await case_with_task(database, days=one) for one in days]
    for sort in Sort:
        whole = await ids_of(database, asked(sort=sort))
        assert sorted(whole) == sorted(made)
        seen: list[str] = []
        place: str | None = ""
        async with database.read() as connection:
            while place is not None:
                here = worklists.after(place, sort, View.OFFICE)
                rows, place = await worklists.page(
                    connection, asked(sort=sort, after=here, limit=3)
                )
                seen += [row["row_id"] for row in rows]
        assert seen == whole
    due = [days[made.index(one)] for one in await ids_of(database, asked())]
    assert due == [-2, -2, 0, 3, 3, 9, None, None]


async def test_each_list_counts_exactly_what_it_shows(database: Database) -> None:
    await case_with_task(database, days=-1, assignee="HC0102")
    await case_with_task(database, days=0)
    await case_with_task(database, days=4, number=2)
    await case_with_task(database, office=OTHER, days=-1)
    await case_with_task(database, days=1, case={"holder": "THEIRS"})
    await case_with_task(database, case={"holder": "APPLICANT"})
    await case_with_task(
        database, status="DONE", decided_by="HC0102", closed_at=datetime.now(UTC), outcome="PASS"
    )
    async with database.read() as connection:
        counted = await worklists.counts(connection, asked())
        for view in View:
            rows, _ = await worklists.page(connection, asked(view))
            assert counted[view] == len(rows), view
            assert counted[view] == await worklists.count(connection, asked(view))
    assert counted["mine"] == counted["late"] == counted["again"] == counted["done"] == 1
    assert counted["office"] == 5


async def test_who_is_asked_for_an_opinion_finds_the_task_until_it_is_answered(
    database: Database,
) -> None:
    task_id = await case_with_task(database, kind="INTAKE_CHECK")
    await case_with_task(database)
    asking = {"asked_by": "HC0101", "question": "样例：住址属实吗", "at": datetime.now(UTC)}
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        assert "等我答复" not in (await client.get("/worklist")).text
        async with database.write() as connection:
            for signer, mode in (("HC0103", "ANY"), ("HC0102", "ANY"), ("HC0103", "ALL")):
                facts = {**asking, "signer": signer, "mode": mode}
                await desk_notes.ask_signature(connection, task_id, **facts)  # type: ignore[arg-type]
            rows = await desk_notes.signatures(connection, task_id)
        assert "等我答复" in (await client.get("/worklist")).text
        listed = (await client.get("/worklist?view=asked")).text
        assert listed.count(f'href="/tasks/{task_id}"') == 1
        page = (await client.get(f"/tasks/{task_id}")).text
        own = next(one["id"] for one in rows if one["signer"] == "HC0102")
        assert "HC0101 征求您的意见" in page and f'href="#opinion-{own}"' in page
        assert f'<textarea id="opinion-{own}"' in page
        # Of an 或签 the answer of one colleague is enough.
        async with database.write() as connection:
            await desk_notes.sign(
                connection, rows[0]["id"], "HC0103", answer="AGREE", text="", at=datetime.now(UTC)
            )
        assert "等我答复" not in (await client.get("/worklist")).text
        assert "征求您的意见" not in (await client.get(f"/tasks/{task_id}")).text
    both = asked(View.ASKED, codes=("HC0102", "HC0103"))
    assert await ids_of(database, both) == [task_id]
    assert await ids_of(database, asked(View.ASKED, codes=("HC0103",), offices=(OTHER,))) == []


async def test_a_filter_shows_what_it_says_and_never_another_office(database: Database) -> None:
    late = await case_with_task(database, days=-3)
    soon = await case_with_task(database, days=2, assignee="HC0102")
    intake = await case_with_task(database, kind="INTAKE_CHECK", days=None)
    await case_with_task(database, office=OTHER)
    assert await ids_of(database, asked(due=Due.LATE)) == [late]
    assert await ids_of(database, asked(due=Due.SOON)) == [soon]
    assert await ids_of(database, asked(due=Due.NONE)) == [intake]
    assert await ids_of(database, asked(role="INTAKE")) == [intake]
    assert await ids_of(database, asked(assignee="HC0102")) == [soon]
    assert await ids_of(database, asked(assignee="nobody")) == [late, intake]
    assert len(await ids_of(database, asked(matters=("HUKOU-JOB-TRANSFER",)))) == 3
    assert await ids_of(database, asked(matters=())) == []
    assert await ids_of(database, asked(office=OTHER)) == []


async def test_a_page_says_why_a_date_has_its_colour(database: Database) -> None:
    await case_with_task(database, days=-4, provisional=True)
    await case_with_task(database, clock="DECISION", days=None)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        page = (await client.get("/worklist")).text
    assert "已超期 4 天" in page and "审核审批时限" in page and "暂定" in page
    assert 'class="due-late"' in page


async def test_columns_and_filters_are_kept_for_the_person_alone(database: Database) -> None:
    await case_with_task(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        page = await client.get("/worklist?role=HANDLER")
        form = {"csrftoken": token_of(page), "view": "office", "columns": ["peer", "nonsense"]}
        await client.post("/worklist/columns", data=form)
        form = {"csrftoken": token_of(page), "view": "office", "name": "我审的", "role": "HANDLER"}
        kept = await client.post("/worklist/filters", data=form)
        assert kept.headers["location"] == "/worklist?view=office&role=HANDLER"
        page = await client.get("/worklist")
        headings = re.findall(r'scope="col">([^<]+)</th>', page.text)
        assert headings == ["到期", "待办", "对方地区"]
        assert "我审的" in page.text and "view=office&amp;role=HANDLER" in page.text
        await client.post("/worklist/filters", data={**form, "drop": "yes"})
        assert "我审的" not in (await client.get("/worklist")).text
    async with database.read() as connection:
        assert await of_view(connection, "seeded:HC0103", "office") == {}


async def test_counts_are_sent_again_only_when_they_changed(database: Database) -> None:
    task_id = await case_with_task(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        first = await client.get("/worklist/counts?view=office")
        mark = {"If-None-Match": first.headers["etag"]}
        assert (await client.get("/worklist/counts", headers=mark)).status_code == 304
        htmx = {**mark, "HX-Request": "true"}
        assert (await client.get("/worklist/counts", headers=htmx)).status_code == 204
        async with database.write() as connection:
            await connection.execute(
                update(Task).where(Task.task_id == task_id).values(assignee="HC0102")
            )
        seen = first.headers["etag"].strip('"')
        again = await client.get(f"/worklist/counts?seen={seen}", headers=htmx)
        assert again.status_code == 200 and "列表有变化" in again.text
        assert first.headers["etag"] != again.headers["etag"]


async def test_an_address_that_means_nothing_still_opens_a_list(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        for query in (
            "view=none&due=never",
            "after=x|y",
            "after=2026-01-01|",
            "sort=%00&role=KING",
        ):
            assert (await client.get(f"/worklist?{query}")).status_code == 200
