"""A call that changes something is done once, however often and however badly it is repeated."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from domain.identity import with_check_digit
from storage import api_calls
from storage.api_tables import ApiCallRow
from storage.case_tables import Person
from storage.database import Database
from storage.desk_tables import CaseNoteRow
from storage.task_tables import CommandRow
from tests.console.api_clients import V1, integrator, is_problem
from tests.console.lists import case_with_task

_PDF = "JVBERi0xLjQKJSDmoLfkvosK"


def application(id_no: str) -> dict[str, Any]:
    return {
        "matter": "HUKOU-JOB-TRANSFER",
        "origin_locality": "330902",
        "origin_address": "样例路1号",
        "destination_station": "371002-GA-01",
        "destination_address": "样例街2号",
        "applicant": {"name": "样例甲", "id_no": id_no, "phone": "12000000001"},
        "migrants": [{"relation": "本人", "name": "样例甲", "id_no": id_no}],
        "documents": [{"type": "TRANSFER_ORDER", "content": _PDF}],
    }


async def cases_of(database: Database, id_no: str) -> int:
    async with database.read() as connection:
        asked = select(func.count()).select_from(Person).where(Person.id_no == id_no)
        return int((await connection.execute(asked)).scalar_one())


async def test_an_application_sent_again_is_one_case_with_one_receipt(database: Database) -> None:
    id_no = with_check_digit("37999919710101101")
    async with integrator(database) as client:
        headers = {"Idempotency-Key": "filing-1"}
        first = await client.post(f"{V1}/applications", json=application(id_no), headers=headers)
        assert first.status_code == 201, first.text
        assert first.headers["idempotency-key"] == "filing-1"
        again = await client.post(f"{V1}/applications", json=application(id_no), headers=headers)
        assert (again.status_code, again.json()) == (201, first.json())
        assert again.headers["idempotent-replayed"] == "true"
        case = await client.get(f"{V1}/cases/{first.json()['case_no']}")
        assert case.json()["stage"] == "SUBMITTED" and id_no not in case.text
    assert await cases_of(database, id_no) == 1


async def test_a_receipt_that_was_lost_with_the_process_is_found_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_no = with_check_digit("37999919710101102")

    async def died(*_: object) -> None:
        raise ConnectionAbortedError

    async with integrator(database) as client:
        headers = {"Idempotency-Key": "filing-lost"}
        with monkeypatch.context() as patch:
            patch.setattr(api_calls, "answered", died)
            lost = await client.post(f"{V1}/applications", json=application(id_no), headers=headers)
            assert lost.status_code == 503
        found = await client.post(f"{V1}/applications", json=application(id_no), headers=headers)
        assert found.status_code == 201
        seen = await client.get(f"{V1}/cases/{found.json()['case_no']}")
        assert seen.status_code == 200
    assert await cases_of(database, id_no) == 1


async def test_the_same_number_for_something_else_is_refused(database: Database) -> None:
    case_no = (await case_with_task(database)).partition("/")[0]
    async with integrator(database) as client:
        headers = {"Idempotency-Key": "one-number"}
        path = f"{V1}/cases/{case_no}/notes"
        assert (
            await client.post(path, json={"text": "第一条"}, headers=headers)
        ).status_code == 201
        other = await client.post(path, json={"text": "另一条"}, headers=headers)
        is_problem(other, 422, "ID_REUSED")
    async with integrator(database) as another:
        told = await another.post(path, json={"text": "别人的"}, headers=headers)
        assert told.status_code == 201
    async with database.read() as connection:
        notes = await connection.scalar(
            select(func.count()).select_from(CaseNoteRow).where(CaseNoteRow.case_no == case_no)
        )
        assert notes == 2


async def test_two_at_the_same_moment_are_one(database: Database) -> None:
    case_no = (await case_with_task(database)).partition("/")[0]
    async with integrator(database) as client:
        path, headers = f"{V1}/cases/{case_no}/notes", {"Idempotency-Key": "at-once"}
        answers = await asyncio.gather(
            *(client.post(path, json={"text": "一条"}, headers=headers) for _ in range(5))
        )
        assert {answer.status_code for answer in answers} <= {201, 409}
        assert any(answer.status_code == 201 for answer in answers)
        for answer in answers:
            if answer.status_code == 409:
                is_problem(answer, 409, "BUSY")
                assert int(answer.headers["retry-after"]) >= 1
    async with database.read() as connection:
        notes = await connection.scalar(
            select(func.count()).select_from(CaseNoteRow).where(CaseNoteRow.case_no == case_no)
        )
        assert notes == 1


async def test_what_was_refused_may_be_put_right_under_its_number(database: Database) -> None:
    case_no = (await case_with_task(database)).partition("/")[0]
    async with integrator(database) as client:
        path, headers = f"{V1}/cases/{case_no}/notes", {"Idempotency-Key": "mended"}
        empty = await client.post(path, json={"text": " "}, headers=headers)
        assert is_problem(empty, 422, "WRONG_FIELD")["errors"][0]["pointer"] == "/text"
        assert (await client.post(path, json={"text": "补上"}, headers=headers)).status_code == 201


async def test_a_decision_without_an_answer_waits_under_one_command(database: Database) -> None:
    task_id = await case_with_task(database, kind="INTAKE_CHECK")
    async with integrator(database) as client:
        path = f"{V1}/tasks/{task_id}/decide"
        headers = {"Idempotency-Key": "decided-once"}
        first = await client.post(path, json={"outcome": "ACCEPT"}, headers=headers)
        assert first.status_code == 202 and "已保存" in first.json()["detail"]
        again = await client.post(path, json={"outcome": "ACCEPT"}, headers=headers)
        assert again.json()["command_id"] == first.json()["command_id"]
        other = await client.post(
            path, json={"outcome": "NOT_ACCEPT", "reason": "样例"}, headers=headers
        )
        is_problem(other, 422, "ID_REUSED")
        async with database.write() as connection:
            found = await connection.execute(
                select(CommandRow.command_id).where(CommandRow.command["task_id"].astext == task_id)
            )
            assert list(found.scalars()) == [first.json()["command_id"]]
            receipt = {
                "command_id": first.json()["command_id"],
                "case_no": task_id.partition("/")[0],
                "stage": "REVIEW",
                "transition": 2,
            }
            await connection.execute(
                update(CommandRow)
                .where(CommandRow.command_id == receipt["command_id"])
                .values(status="DONE", receipt=receipt, settled_at=datetime.now(UTC))
            )
        done = await client.post(path, json={"outcome": "ACCEPT"}, headers=headers)
        assert done.status_code == 200 and done.json() == {**receipt, "open_tasks": []}


async def test_a_call_left_behind_by_a_crash_is_taken_up_after_a_minute(
    database: Database,
) -> None:
    case_no = (await case_with_task(database)).partition("/")[0]
    async with integrator(database) as client:
        path, headers = f"{V1}/cases/{case_no}/notes", {"Idempotency-Key": "left-behind"}
        assert (await client.post(path, json={"text": "一"}, headers=headers)).status_code == 201
        held = {"status": None, "answer": None}
        now = datetime.now(UTC)
        for until, expected in ((now + timedelta(seconds=30), 409), (now, 201)):
            async with database.write() as connection:
                await connection.execute(
                    update(ApiCallRow)
                    .where(ApiCallRow.key == "left-behind")
                    .values(held_until=until, **held)
                )
            answer = await client.post(path, json={"text": "一"}, headers=headers)
            assert answer.status_code == expected


async def test_who_gives_no_number_is_told_one(database: Database) -> None:
    case_no = (await case_with_task(database)).partition("/")[0]
    async with integrator(database) as client:
        path = f"{V1}/cases/{case_no}/follow"
        first = await client.post(path, json={})
        again = await client.post(path, json={})
        numbers = {answer.headers["idempotency-key"] for answer in (first, again)}
        assert len(numbers) == 2 and first.json() == {"done": True}


async def test_no_path_of_the_server_is_read_for_an_application(database: Database) -> None:
    id_no = with_check_digit("37999919710101103")
    async with integrator(database) as client:
        body = application(id_no)
        body["documents"] = [{"type": "TRANSFER_ORDER", "file": "/etc/hostname"}]
        refused = await client.post(f"{V1}/applications", json=body)
        found = is_problem(refused, 422, "WRONG_INPUT")
        assert {one["pointer"] for one in found["errors"]} >= {"/documents/0/file"}
