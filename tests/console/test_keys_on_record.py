"""What a key does is on record with the key, and an approver's decision is never a key's."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy import select

from console.staff import Person
from domain.offices import Role
from domain.permissions import Permission, Post
from storage.case_tables import DataAccess
from storage.database import Database
from storage.task_tables import CommandRow
from tests.console.api_clients import V1, is_problem, new_key, signed_in
from tests.console.lists import STATION, case_with_task
from tests.console.test_signing_in import browser, sign_in, token_of
from tests.console.test_task_pages import command_of

HANDLER, APPROVER, AUDITOR, MANAGER = "HC0102", "HC0103", "HC0905", "HC0904"
DECISION = {"outcome": "APPROVE", "reason": "样例：符合条件"}


async def shown(client: httpx.AsyncClient, trail: str, case_no: str = "") -> str:
    await sign_in(client, AUDITOR)
    return (await client.get(f"/audit?trail={trail}&case={case_no}")).text


async def test_a_command_by_key_is_kept_and_audited_with_its_key(database: Database) -> None:
    task_id = await case_with_task(database)
    case_no = task_id.partition("/")[0]
    key, number = await new_key(database, HANDLER)
    async with browser(database, seeded_accounts=True) as client:
        headers = {"Authorization": f"Bearer {key}"}
        held = await client.post(f"{V1}/tasks/{task_id}/claim", headers=headers)
        assert held.status_code == 202
        async with database.read() as connection:
            rows = await connection.execute(
                select(CommandRow.body, CommandRow.command).where(CommandRow.case_no == case_no)
            )
            (body, command) = rows.one()
        assert body == {"via": f"key:{number}"} and command["digest"] == ""
        assert f"待生效 key:{number}" in await shown(client, "acts", case_no)
        items = (await client.get(f"{V1}/audit?trail=acts&case_no={case_no}")).json()["items"]
        assert [one["words"] for one in items] == [f"待生效 key:{number}"]


async def test_a_reading_by_key_is_logged_with_its_key(database: Database) -> None:
    task_id = await case_with_task(database)
    case_no = task_id.partition("/")[0]
    key, number = await new_key(database, HANDLER)
    async with browser(database, seeded_accounts=True) as client:
        headers = {"Authorization": f"Bearer {key}"}
        assert (await client.get(f"{V1}/tasks/{task_id}", headers=headers)).status_code == 200
        assert f"key:{number}" in await shown(client, "reads", case_no)
        person = await client.get(f"{V1}/audit?trail=reads&case_no={case_no}")
        assert person.json()["items"][0]["actor"] == HANDLER
    async with database.read() as connection:
        logged = await connection.execute(
            select(DataAccess.purpose).where(DataAccess.case_no == case_no)
        )
    assert [one.endswith(f" key:{number}") for one in logged.scalars()] == [True]


async def test_an_approver_decides_in_person_and_never_by_key(database: Database) -> None:
    task_id = await case_with_task(database, kind="APPROVAL")
    key, _ = await new_key(database, APPROVER)
    async with browser(database, seeded_accounts=True) as client:
        client.headers["Authorization"] = f"Bearer {key}"
        told = (await client.get(f"{V1}/tasks/{task_id}")).json()
        assert not told["may_decide"] and "本人登录" in told["obstacle"]
        refused = await client.post(f"{V1}/tasks/{task_id}/decide", json=DECISION)
        is_problem(refused, 403, "APPROVER_NEEDED")
        acts = f"{V1}/cases/{task_id.partition('/')[0]}/acts"
        refused = await client.post(f"{acts}/RESUME", json={"reason": "样例"})
        is_problem(refused, 403, "APPROVER_NEEDED")
    async with signed_in(database, APPROVER) as client:
        sent = await client.post(f"{V1}/tasks/{task_id}/decide", json=DECISION)
        assert sent.status_code == 202, sent.text


def test_where_the_policy_allows_it_the_key_has_what_the_post_has() -> None:
    post = Post(APPROVER, STATION, frozenset({Role.APPROVER}))
    every = frozenset({STATION})
    bound = Person("key:1", (post,), every, "key:1", approves=False)
    free = Person("key:1", (post,), every, "key:1")
    assert free.post(Permission.COMPLETE, STATION, role=Role.APPROVER) == post
    assert bound.post(Permission.COMPLETE, STATION, role=Role.APPROVER) is None
    assert bound.post(Permission.ASSIGN, STATION) == post
    assert bound.post(Permission.CLAIM, STATION, role=Role.APPROVER) == post


@pytest.mark.parametrize("by", [MANAGER, HANDLER])
async def test_who_gave_and_revoked_which_key_is_a_trail_of_its_own(
    database: Database, by: str
) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, MANAGER)
        page = await client.get("/integrators")
        form = {
            "csrftoken": token_of(page),
            "command_id": command_of(page.text),
            "name": f"样例审计系统{by}",
            "code": HANDLER,
            "office": STATION,
            "days": "30",
        }
        assert (await client.post("/integrators/keys", data=form)).status_code == 200
        async with signed_in(database, MANAGER) as manager:
            keys = (await manager.get(f"{V1}/keys")).json()["items"]
            number = next(one["id"] for one in keys if one["name"] == form["name"])
            await manager.post(f"{V1}/keys/{number}/revoke")
        await sign_in(client, AUDITOR)
        text = (await client.get(f"/audit?trail=keys&actor={by}")).text
        assert "签发密钥" in text and "停用密钥" in text
        assert text.count(f"key:{number} {HANDLER} {STATION}") == 2
        file = await client.get(f"/audit/export?trail=keys&actor={by}")
        assert f"key:{number}" in file.text
