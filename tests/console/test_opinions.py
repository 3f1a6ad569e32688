"""Opinions that were asked on a task stand before its decision, whoever sends it and from where."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import select

from connection import connect
from console.errors import OfficeCode, OfficeError
from console.office import Office
from domain.signing import SigningMode
from storage import desk_notes
from storage.database import Database
from storage.task_tables import CommandRow
from tests.console.api_clients import V1, integrator, is_problem
from tests.console.lists import case_with_task
from tests.console.test_signing_in import CATALOG, settings

NOW = datetime.now(UTC)
COMMAND = "c-00000000-0000-4000-8000-0000000000{}"


def office_of(database: Database) -> Office:
    own = settings()
    return Office(database, partial(connect, own), CATALOG, own.code)


async def ask(database: Database, task_id: str, signer: str, mode: SigningMode) -> int:
    async with database.write() as connection:
        await desk_notes.ask_signature(
            connection,
            task_id,
            mode=mode.value,
            signer=signer,
            asked_by="HC0101",
            question="住址属实吗",
            at=NOW,
        )
        return int((await desk_notes.signatures(connection, task_id))[-1]["id"])


async def answer(database: Database, number: int, signer: str) -> None:
    async with database.write() as connection:
        assert await desk_notes.sign(connection, number, signer, answer="AGREE", text="", at=NOW)


async def decide(database: Database, task_id: str, command_id: str | None = None) -> str:
    """How a decision ends that nobody but the register judges: no case runs here."""
    try:
        await office_of(database).decide(task_id, "ACCEPT", clerk="HC0101", command_id=command_id)
    except OfficeError as error:
        if error.code == OfficeCode.OPINIONS_AWAITED:
            assert error.message.endswith("。")
        return str(error.code)
    raise AssertionError("a case answered that does not run")


async def sent(database: Database, task_id: str) -> int:
    asked = select(CommandRow.command_id).where(CommandRow.command["task_id"].astext == task_id)
    async with database.read() as connection:
        return len((await connection.execute(asked)).all())


async def test_every_one_of_a_joint_signing_is_waited_for(database: Database) -> None:
    task_id = await case_with_task(database, kind="INTAKE_CHECK")
    first = await ask(database, task_id, "HC0102", SigningMode.ALL)
    second = await ask(database, task_id, "HC0103", SigningMode.ALL)
    assert await decide(database, task_id) == "OPINIONS_AWAITED"
    await answer(database, first, "HC0102")
    assert await decide(database, task_id) == "OPINIONS_AWAITED"
    assert await sent(database, task_id) == 0
    await answer(database, second, "HC0103")
    assert await decide(database, task_id) == "PENDING"
    assert await sent(database, task_id) == 1


async def test_of_an_alternative_signing_one_is_enough(database: Database) -> None:
    task_id = await case_with_task(database, kind="INTAKE_CHECK")
    await ask(database, task_id, "HC0102", SigningMode.ANY)
    second = await ask(database, task_id, "HC0103", SigningMode.ANY)
    assert await decide(database, task_id) == "OPINIONS_AWAITED"
    await answer(database, second, "HC0103")
    assert await decide(database, task_id) == "PENDING"


async def test_a_question_that_was_taken_back_is_not_waited_for(database: Database) -> None:
    task_id = await case_with_task(database, kind="INTAKE_CHECK")
    number = await ask(database, task_id, "HC0102", SigningMode.DELEGATE)
    assert await decide(database, task_id) == "OPINIONS_AWAITED"
    async with database.write() as connection:
        assert await desk_notes.withdraw_signature(connection, number, "HC0101", NOW)
    assert await decide(database, task_id) == "PENDING"


async def test_a_decision_on_file_is_not_stopped_by_what_was_asked_since(
    database: Database,
) -> None:
    task_id = await case_with_task(database, kind="INTAKE_CHECK")
    kept, new = COMMAND.format("41"), COMMAND.format("42")
    assert await decide(database, task_id, kept) == "PENDING"
    await ask(database, task_id, "HC0102", SigningMode.ALL)
    assert await decide(database, task_id, kept) == "PENDING"
    assert await decide(database, task_id, new) == "OPINIONS_AWAITED"
    assert await sent(database, task_id) == 1


@pytest.mark.parametrize("mode", SigningMode)
async def test_the_interface_names_the_refusal_and_whose_answer_is_awaited(
    database: Database, mode: SigningMode
) -> None:
    task_id = await case_with_task(database, kind="INTAKE_CHECK")
    number = await ask(database, task_id, "HC0102", mode)
    async with integrator(database) as client:
        path = f"{V1}/tasks/{task_id}/decide"
        told = is_problem(
            await client.post(path, json={"outcome": "ACCEPT"}), 409, "OPINIONS_AWAITED"
        )
        assert "HC0102" in told["detail"] and "撤回征求" in told["detail"]
        await answer(database, number, "HC0102")
        assert (await client.post(path, json={"outcome": "ACCEPT"})).status_code == 202
