"""A task is handed only to somebody who may decide it: today, at its office, in its case."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import delete, update

from domain.offices import Role
from domain.permissions import PostKind
from storage import posts
from storage.console_tables import PostRow
from storage.database import Database
from storage.task_tables import Task
from tests.console.lists import STATION, case_with_task, today
from tests.console.test_bulk import FORM, RunningCases, at_work, send
from tests.console.test_task_pages import done

WHY = {"reason": "样例：值班"}


@pytest_asyncio.fixture(autouse=True)
async def nothing_given(database: Database) -> AsyncIterator[None]:
    async with database.write() as connection:
        await connection.execute(delete(PostRow))
    yield
    async with database.write() as connection:
        await connection.execute(delete(PostRow))


async def lend(database: Database, code: str, role: Role, since: int, until: int) -> None:
    """A desk at the station from so many days on, until so many days on."""
    async with database.write() as connection:
        await posts.grant(
            connection,
            account=posts.of_number(code),
            code=code,
            office=STATION,
            roles=[role],
            kind=PostKind.SECONDMENT,
            since=today() + timedelta(days=since),
            until=today() + timedelta(days=until),
            for_post=None,
            by="HC0904",
            at=datetime.now(UTC),
        )


def offered(page: str) -> str:
    """The colleagues to whom the page would hand the task."""
    return page.split('id="assignee"')[1].split("</select>")[0]


async def test_who_has_no_post_of_the_task_s_role_is_not_given_it(database: Database) -> None:
    running, task = RunningCases(), await case_with_task(database)
    async with at_work(database, running, "HC0103") as client:
        page = (await client.get(f"/tasks/{task}")).text
        assert '"HC0102"' in offered(page) and '"HC0101"' not in offered(page)
        refused = await send(client, f"{FORM}21", "ASSIGN", task, assignee="HC0101", **WHY)
    assert "HC0101 在该机构没有经办人岗位" in refused and not running.asked


@pytest.mark.parametrize(("since", "until", "there"), [(-1, 1, True), (1, 9, False)])
async def test_who_is_lent_to_the_office_is_given_work_only_while_there(
    database: Database, since: int, until: int, there: bool
) -> None:
    running, task = RunningCases(), await case_with_task(database)
    await lend(database, "HC1102", Role.HANDLER, since, until)
    async with at_work(database, running, "HC0103") as client:
        page = (await client.get(f"/tasks/{task}")).text
        assert ('"HC1102"' in offered(page)) is there
        assert ('"HC1102"' in page) is there
        await send(client, f"{FORM}22", "ASSIGN", task, assignee="HC1102", **WHY)
    assert [one.assignee for one in running.asked] == ["HC1102"] * there


async def test_who_decided_the_step_before_is_not_given_its_check(database: Database) -> None:
    running, task = RunningCases(), await case_with_task(database, kind="APPROVAL")
    case_no = task.split("/")[0]
    await lend(database, "HC0102", Role.APPROVER, -1, 1)
    async with database.write() as connection:
        await done(connection, case_no, "REVIEW")
        await connection.execute(
            update(Task).where(Task.task_id == f"{case_no}/REVIEW/1").values(decided_by="HC0102")
        )
    async with at_work(database, running, "HC0103") as client:
        assert '"HC0102"' not in offered((await client.get(f"/tasks/{task}")).text)
        refused = await send(client, f"{FORM}23", "ASSIGN", task, assignee="HC0102", **WHY)
    assert "前一环节由 HC0102 办理" in refused and not running.asked
