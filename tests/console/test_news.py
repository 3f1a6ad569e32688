"""Pages that stay open are told what others did: the list, the task, and the urge to hurry."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import delete, func, insert, select, update

from storage.case_tables import Case
from storage.database import Database
from storage.desk_tables import CaseNoteRow, FollowRow
from storage.task_tables import Task
from tests.console.lists import OTHER, case_with_task, today
from tests.console.test_signing_in import browser, sign_in, token_of
from tests.console.test_task_pages import command_of
from tests.storage.builders import NOW

HTMX = {"HX-Request": "true"}


@pytest_asyncio.fixture(autouse=True)
async def nothing_open(database: Database) -> AsyncIterator[None]:
    emptied = update(Task).where(Task.status == "OPEN").values(status="CANCELLED")
    async with database.write() as connection:
        await connection.execute(emptied)
        await connection.execute(delete(FollowRow))
    yield


async def change(database: Database, task_id: str, **values: object) -> None:
    async with database.write() as connection:
        await connection.execute(update(Task).where(Task.task_id == task_id).values(**values))


def list_mark(page: httpx.Response) -> tuple[str, dict[str, str]]:
    """Where an open list asks for news, and with which mark."""
    address = re.search(r'hx-get="(/worklist/counts[^"]+)"', page.text)
    mark = re.search(r'If-None-Match": "\\"([0-9a-f]+)', page.text)
    assert address is not None and mark is not None
    return address.group(1).replace("&amp;", "&"), {**HTMX, "If-None-Match": f'"{mark.group(1)}"'}


@pytest.mark.parametrize(
    "values", [{"assignee": "HC0102"}, {"due_on": today() + timedelta(days=9)}]
)
async def test_a_list_says_that_its_rows_have_changed_although_its_counts_have_not(
    database: Database, values: dict[str, object]
) -> None:
    task = await case_with_task(database, assignee="HC0103")
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        address, mark = list_mark(await client.get("/worklist?view=office"))
        assert (await client.get(address, headers=mark)).status_code == 204
        await change(database, task, **values)
        told = await client.get(address, headers=mark)
    assert told.status_code == 200 and "列表有变化" in told.text


async def test_an_urge_stands_in_the_list_until_the_task_is_another_one(
    database: Database,
) -> None:
    task = await case_with_task(database)
    await case_with_task(database)
    case_no = task.partition("/")[0]
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        acts = await client.get(f"/cases/{case_no}/acts")
        notes = acts.text[acts.text.index('id="notes"') :]
        form = {"csrftoken": token_of(acts), "command_id": command_of(notes), "kind": "URGE"}
        for _ in range(2):
            sent = await client.post(f"/cases/{case_no}/notes", data=form)
            assert sent.headers["location"].endswith("done=URGE")
        page = (await client.get("/worklist?view=office")).text
        assert page.count('class="tag hot">催办') == 1
        later = datetime.now(UTC) + timedelta(minutes=5)
        await change(database, task, opened_at=later)
        assert 'class="tag hot">催办' not in (await client.get("/worklist?view=office")).text
    async with database.read() as connection:
        written = select(func.count()).where(CaseNoteRow.case_no == case_no)
        assert (await connection.execute(written)).scalar_one() == 1


async def test_followed_cases_are_a_list_of_their_own_with_closed_ones(database: Database) -> None:
    mine = (await case_with_task(database)).partition("/")[0]
    closed = (await case_with_task(database)).partition("/")[0]
    foreign = (await case_with_task(database, office=OTHER)).partition("/")[0]
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        token = token_of(await client.get("/search"))
        assert "view=followed" not in (await client.get("/worklist")).text
        for case_no in (mine, closed):
            form = {"csrftoken": token, "follow": "yes"}
            await client.post(f"/cases/{case_no}/follow", data=form)
        async with database.write() as connection:
            await connection.execute(
                update(Case)
                .where(Case.case_no == closed)
                .values(closed_at=NOW, ending="COMPLETED", stage="ARCHIVED")
            )
            account = (await connection.execute(select(FollowRow.account).limit(1))).scalar_one()
            await connection.execute(
                insert(FollowRow).values(account=account, case_no=foreign, since=NOW)
            )
        page = (await client.get("/worklist?view=followed")).text
        assert mine in page and closed in page and foreign not in page
        tab = page.split('id="tab-followed"')[1].split("</a>")[0]
        assert ">2<" in tab
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        assert mine not in (await client.get("/worklist?view=followed")).text


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"assignee": "HC0103"}, "已由 HC0103 认领"),
        ({"status": "DONE", "decided_by": "HC0103", "closed_at": NOW}, "已由 HC0103 办结"),
        ({"status": "CANCELLED", "closed_at": NOW}, "已不需要办理"),
    ],
)
async def test_an_open_task_page_is_told_who_took_or_decided_it(
    database: Database, values: dict[str, object], says: str
) -> None:
    task = await case_with_task(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        page = await client.get(f"/tasks/{task}")
        pulse = re.search(r'data-pulse="([^"]+)"', page.text)
        assert pulse is not None
        mark = {**HTMX, "If-None-Match": f'"{pulse.group(1)}"'}
        assert (await client.get(f"/tasks/{task}/pulse", headers=mark)).status_code == 204
        await change(database, task, **values)
        told = await client.get(f"/tasks/{task}/pulse", headers=mark)
        assert told.status_code == 200 and says in told.text and "<html" not in told.text
        again = {**HTMX, "If-None-Match": told.headers["etag"]}
        assert (await client.get(f"/tasks/{task}/pulse", headers=again)).status_code == 204


async def test_news_of_a_task_are_for_who_may_read_it(database: Database) -> None:
    task = await case_with_task(database, office=OTHER)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        assert (await client.get(f"/tasks/{task}/pulse", headers=HTMX)).status_code == 404
