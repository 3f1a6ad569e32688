"""The board: supervisors see the late work of their locality, answer and close, and nobody else."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, time, timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio
from openpyxl import load_workbook
from sqlalchemy import select, update

from activities.patrolling import Patrol
from domain.calendar import SHANGHAI
from storage.database import Database
from storage.task_tables import Task
from tests.console.test_signing_in import browser, sign_in, token_of
from tests.storage.builders import CATALOG
from tests.storage.test_supervision import Story, after

HANDLER, SUPERVISOR, STRANGER = "HC0102", "HC0902", "HC0202"
PATHS = (
    *("/board", "/board/tasks", "/board/charts/offices.svg", "/board/export.csv"),
    *("/board/bulletins", "/board/bulletins/preview?kind=DAILY"),
)


@pytest_asyncio.fixture
async def order(database: Database) -> dict[str, Any]:
    """A rung that asks for an answer, for a task that is late today."""
    story = Story(database)
    await story.begin()
    at = datetime.combine(after(2), time(10), SHANGHAI).astimezone(UTC)
    await Patrol(database, CATALOG, "371002", at).run(lambda: None)
    async with database.write() as connection:
        late = datetime.now(SHANGHAI).date() - timedelta(days=3)
        await connection.execute(update(Task).values(due_on=late))
    return (await story.rungs())[-1]


async def form(client: httpx.AsyncClient, path: str) -> dict[str, str]:
    """The hidden fields of the first form of a page."""
    page = await client.get(path)
    command = page.text.split('name="command_id" value="')[1].split('"')[0]
    return {"csrftoken": token_of(page), "command_id": command}


async def late_tasks(database: Database) -> int:
    """Counted apart: other tests leave work behind."""
    async with database.read() as connection:
        rows = await connection.execute(
            select(Task.due_on).where(Task.office == "371002-GA-01", Task.status == "OPEN")
        )
        today = datetime.now(SHANGHAI).date()
        return sum(one.due_on is not None and one.due_on < today for one in rows)


async def test_the_board_is_the_supervisors(database: Database, order: dict[str, Any]) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, HANDLER)
        for path in PATHS:
            assert (await client.get(path)).status_code == 403, path
        assert "督办看板" not in (await client.get("/worklist")).text
        await sign_in(client, SUPERVISOR)
        for path in PATHS:
            assert (await client.get(path)).status_code == 200, path


async def test_a_late_task_is_counted_and_found_behind_its_number(
    database: Database, order: dict[str, Any]
) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, SUPERVISOR)
        board = await client.get("/board")
        link = "/board/tasks?state=late&amp;office=371002-GA-01"
        assert f'<a href="{link}">{await late_tasks(database)}</a>' in board.text
        assert order["number"] in board.text
        behind = await client.get(link.replace("&amp;", "&"))
        assert order["case_no"] in behind.text and "已超期 3 天" in behind.text
        none = await client.get("/board/tasks?state=today&office=371002-GA-01")
        assert order["case_no"] not in none.text
        chart = await client.get("/board/charts/offices.svg")
        assert chart.headers["content-type"].startswith("image/svg+xml")
        assert "鲸园派出所" in chart.text and "<script" not in chart.text


async def test_what_is_exported_is_what_is_shown(database: Database, order: dict[str, Any]) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, SUPERVISOR)
        text = (await client.get("/board/export.csv")).content.decode("utf-8-sig")
        book = load_workbook(io.BytesIO((await client.get("/board/export.xlsx")).content))
    header, first = list(csv.reader(io.StringIO(text)))[:2]
    late = str(await late_tasks(database))
    assert (header[2], first[0], first[2]) == ("已超期", "鲸园派出所", late)
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {"鲸园派出所", int(late)} <= cells


async def test_the_office_answers_once_and_the_issuer_closes(
    database: Database, order: dict[str, Any]
) -> None:
    path = f"/board/rungs/{order['number']}"
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, HANDLER)
        given = {**await form(client, path), "text": "样例说明"}
        for _ in range(2):
            assert (await client.post(f"{path}/reply", data=given)).status_code == 303
        page = await client.get(path)
        assert page.text.count("样例说明") == 1 and "销号" not in page.text
        refused = await client.post(f"{path}/close", data=given)
        assert refused.status_code == 403
        await sign_in(client, SUPERVISOR)
        given = {**await form(client, path), "text": "同意"}
        assert (await client.post(f"{path}/close", data=given)).status_code == 303
        checked = (await client.get(path)).text
        assert "答复已核验，待办结" in checked and "销号" not in checked
        listed = await client.get(f"/board/rungs?case_no={order['case_no']}")
        assert order["number"] in listed.text, "the task is undone: the rung stays open"


async def test_a_rung_of_another_office_is_not_there(
    database: Database, order: dict[str, Any]
) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, STRANGER)
        page = await client.get(f"/board/rungs/{order['number']}")
        assert page.status_code == 404 and order["case_no"] not in page.text


async def test_a_bulletin_is_looked_at_then_issued_once(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, SUPERVISOR)
        seen = await client.get("/board/bulletins/preview?kind=DAILY&period=2026-01-05")
        assert "预览，尚未发布" in seen.text
        given = {"csrftoken": token_of(seen), "kind": "DAILY", "period": "2026-01-05"}
        for _ in range(2):
            assert (await client.post("/board/bulletins", data=given)).status_code == 303
        listed = await client.get("/board/bulletins")
        assert listed.text.count("2026-01-05 — 2026-01-05") == 1
        again = await client.get("/board/bulletins/preview?kind=DAILY&period=2026-01-05")
        assert "预览，尚未发布" not in again.text


@pytest.mark.parametrize(
    "path",
    [
        *("/board/tasks?state=none", "/board/charts/none.svg", "/board/export.doc"),
        *("/board/bulletins/preview?kind=DAILY&period=x", "/board/bulletins/none.pdf"),
    ],
)
async def test_what_is_not_offered_is_refused_in_a_sentence(database: Database, path: str) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, SUPERVISOR)
        answer = await client.get(path)
        assert answer.status_code in (404, 409) and 'role="alert"' in answer.text
