"""Several tasks at once: each has its own answer, and a form sent twice is done once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import httpx
import pytest
from sqlalchemy import select
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from console.desk_app import build_desk
from console.office import Office
from contracts.commands import Command, CommandReceipt, Verb
from storage.database import Database
from storage.task_tables import CommandRow
from tests.console.lists import OTHER, case_with_task
from tests.console.test_signing_in import BASE, CATALOG, settings, sign_in, token_of

FORM = "c-00000000-0000-4000-8000-0000000000"


class RunningCases:
    """Stands in for Temporal: keeps what it was asked, and refuses what is held by somebody."""

    def __init__(self) -> None:
        self.asked: list[Command] = []
        self.refuse: dict[str, str] = {}

    def get_workflow_handle(self, workflow_id: str) -> RunningCases:
        return self

    async def execute_update(self, name: str, command: Command, **_: Any) -> CommandReceipt:
        self.asked.append(command)
        code = self.refuse.get(command.task_id or "")
        if code:
            raise WorkflowUpdateFailedError(ApplicationError("refused", type=code))
        return CommandReceipt(
            command_id=command.command_id, case_no="1", stage="REVIEW", transition=1
        )


@pytest.fixture
def running() -> RunningCases:
    return RunningCases()


@asynccontextmanager
async def at_work(
    database: Database, running: RunningCases, number: str
) -> AsyncIterator[httpx.AsyncClient]:
    own = settings(seeded_accounts=True)

    async def connect() -> Client:
        return cast(Client, running)

    office = Office(database, connect, CATALOG, own.code)
    transport = httpx.ASGITransport(app=build_desk(office, own, ui_url=None))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        await sign_in(client, number)
        yield client


async def send(client: httpx.AsyncClient, form: str, do: str, *tasks: str, **more: str) -> str:
    token = token_of(await client.get("/search" if do else "/worklist"))
    data = {"csrftoken": token, "command_id": form, "do": do, "task": list(tasks), **more}
    return (await client.post("/worklist/bulk", data=data)).text


async def test_each_task_has_its_own_answer(database: Database, running: RunningCases) -> None:
    mine, taken = await case_with_task(database), await case_with_task(database)
    foreign = await case_with_task(database, office=OTHER)
    intake = await case_with_task(database, kind="INTAKE_CHECK")
    running.refuse[taken] = "CLAIMED_BY_OTHER"
    async with at_work(database, running, "HC0102") as client:
        page = await send(client, f"{FORM}01", "CLAIM", mine, taken, foreign, intake)
    assert "共 4 项，成功 1 项，未成功 3 项" in page
    for words in ("已认领", "已由其他同事认领", "无权查看", "您的岗位不能这样处理"):
        assert words in page
    assert {command.task_id for command in running.asked} == {mine, taken}


async def test_a_form_sent_twice_is_done_once_and_answered_alike(
    database: Database, running: RunningCases
) -> None:
    one, two = await case_with_task(database), await case_with_task(database)
    running.refuse[two] = "CLAIMED_BY_OTHER"
    async with at_work(database, running, "HC0102") as client:
        first = await send(client, f"{FORM}02", "CLAIM", one, two, one)
        again = await send(client, f"{FORM}02", "CLAIM", one, two)
    assert "成功 1 项，未成功 1 项" in first and "成功 1 项，未成功 1 项" in again
    assert len(running.asked) == 2


async def test_work_is_handed_out_with_a_reason_and_only_within_the_office(
    database: Database, running: RunningCases
) -> None:
    task = await case_with_task(database)
    async with at_work(database, running, "HC0103") as client:
        nothing = await send(client, f"{FORM}03", "ASSIGN", task, assignee="HC0102")
        assert "写明理由" in nothing and not running.asked
        why = {"reason": "样例：两人值班", "assignee": "HC1102"}
        outside = await send(client, f"{FORM}04", "ASSIGN", task, **why)
        assert "不属于该待办的机构" in outside and not running.asked
        inside = await send(client, f"{FORM}05", "ASSIGN", task, **{**why, "assignee": "HC0102"})
        assert "已分派" in inside
    (command,) = running.asked
    assert (command.verb, command.actor, command.assignee) == (Verb.ASSIGN, "HC0103", "HC0102")
    async with database.read() as connection:
        body = await connection.execute(
            select(CommandRow.body).where(CommandRow.command_id == command.command_id)
        )
        assert body.scalar_one() == {"reason": "样例：两人值班"}


async def test_a_handler_hands_nothing_out(database: Database, running: RunningCases) -> None:
    task = await case_with_task(database)
    async with at_work(database, running, "HC0102") as client:
        more = {"reason": "样例", "assignee": "HC0102"}
        assert "您的岗位不能这样处理" in await send(client, f"{FORM}06", "ASSIGN", task, **more)
    assert not running.asked


async def test_a_form_of_another_house_changes_nothing(
    database: Database, running: RunningCases
) -> None:
    task = await case_with_task(database)
    async with at_work(database, running, "HC0102") as client:
        assert "表单不完整" in await send(client, "c-1", "CLAIM", task)
        assert "没有选中" in await send(client, f"{FORM}07", "CLAIM")
        assert "没有选中" in await send(client, f"{FORM}08", "SEIZE", task)
    assert not running.asked
