"""Who may call the programming interface: keys and sessions, each with exactly its own posts."""

from __future__ import annotations

import pytest
from limits import RateLimitItemPerMinute
from sqlalchemy import select

from console.api import calling
from storage import api_keys
from storage.api_tables import ApiKeyRow
from storage.database import Database
from tests.console.api_clients import V1, integrator, is_problem, new_key, signed_in
from tests.console.lists import OTHER, STATION, case_with_task
from tests.console.test_signing_in import browser, sign_in

MANAGER, MANAGERS = "HC0904", "371002-ZW-01"


async def test_without_key_and_session_every_call_says_how_to_come_in(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        for path in ("/me", "/tasks", "/audit"):
            answer = await client.get(V1 + path)
            is_problem(answer, 401, "NOT_SIGNED_IN")
            assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_key_has_the_posts_of_its_staff_number_at_its_office(database: Database) -> None:
    async with integrator(database, "HC0102") as client:
        me = (await client.get(f"{V1}/me")).json()
        assert [(post["code"], post["office"]) for post in me["posts"]] == [("HC0102", STATION)]
        assert me["permissions"]["COMPLETE"] == [STATION] and "AUDIT" not in me["permissions"]
    async with integrator(database, "HC0102", OTHER) as client:
        assert (await client.get(f"{V1}/me")).json()["posts"] == []
        is_problem(await client.get(f"{V1}/tasks"), 403, "FORBIDDEN")


@pytest.mark.parametrize("given", ["Bearer nonsense", "Basic eA==", "Bearer ", "Bearer \xfc"])
async def test_what_is_no_key_opens_nothing(database: Database, given: str) -> None:
    async with browser(database, seeded_accounts=True) as client:
        headers = {"Authorization": given.encode("latin-1")}
        answer = await client.get(f"{V1}/me", headers=headers)  # type: ignore[arg-type]
        assert answer.status_code == 401


async def test_a_key_that_ran_out_or_was_revoked_ends_at_once(database: Database) -> None:
    old, _ = await new_key(database, days=-1)
    key, number = await new_key(database)
    async with browser(database, seeded_accounts=True) as client:
        headers = {"Authorization": f"Bearer {old}"}
        is_problem(await client.get(f"{V1}/me", headers=headers), 401, "KEY_NOT_VALID")
        headers = {"Authorization": f"Bearer {key}"}
        assert (await client.get(f"{V1}/me", headers=headers)).status_code == 200
        async with signed_in(database, MANAGER) as manager:
            done = await manager.post(f"{V1}/keys/{number}/revoke")
            assert done.json() == {"done": True}
        is_problem(await client.get(f"{V1}/me", headers=headers), 401, "KEY_NOT_VALID")


async def test_a_wrong_key_is_not_rescued_by_a_session_beside_it(database: Database) -> None:
    async with signed_in(database, "HC0102") as client:
        assert (await client.get(f"{V1}/me")).status_code == 200
        headers = {"Authorization": "Bearer nonsense"}
        is_problem(await client.get(f"{V1}/me", headers=headers), 401, "KEY_NOT_VALID")


async def test_a_session_changes_nothing_without_the_token_of_its_pages(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, MANAGER)
        body = {"name": "样例", "code": "HC0102", "office": STATION, "days": 3}
        is_problem(await client.post(f"{V1}/keys", json=body), 403, "FORM_TOKEN")
        headers = {"X-CSRFToken": client.cookies["csrftoken"]}
        assert (await client.post(f"{V1}/keys", json=body, headers=headers)).status_code == 201


async def test_a_key_is_told_once_and_kept_as_a_digest_only(database: Database) -> None:
    async with signed_in(database, MANAGER) as manager:
        body = {"name": "样例政务系统", "code": "HC0102", "office": STATION, "days": 30}
        headers = {"Idempotency-Key": "the-first-key"}
        issued = await manager.post(f"{V1}/keys", json=body, headers=headers)
        key, number = issued.json()["key"], issued.json()["id"]
        again = await manager.post(f"{V1}/keys", json=body, headers=headers)
        assert (again.status_code, again.json()["id"], again.json()["key"]) == (201, number, None)
        listed = (await manager.get(f"{V1}/keys")).text
        assert "样例政务系统" in listed and key not in listed
    async with database.read() as connection:
        digest = await connection.scalar(select(ApiKeyRow.digest).where(ApiKeyRow.id == number))
        assert digest == api_keys.digest_of(key) and key not in str(digest)
    async with browser(database, seeded_accounts=True) as client:
        me = await client.get(f"{V1}/me", headers={"Authorization": f"Bearer {key}"})
        assert me.json()["account"] == f"key:{number}"


async def test_no_manager_makes_a_key_for_the_own_post_and_no_key_makes_another(
    database: Database,
) -> None:
    async with signed_in(database, MANAGER) as manager:
        body = {"name": "样例", "code": MANAGER, "office": MANAGERS, "days": 3}
        own = is_problem(await manager.post(f"{V1}/keys", json=body), 422, "WRONG_FIELD")
        assert own["errors"][0]["pointer"] == "/code"
        nowhere = await manager.post(f"{V1}/keys", json=body | {"code": "HC0102"})
        is_problem(nowhere, 422, "WRONG_FIELD")
    async with integrator(database, MANAGER, MANAGERS) as client:
        assert (await client.get(f"{V1}/me")).json()["permissions"].get("MANAGE")
        is_problem(await client.get(f"{V1}/keys"), 403, "SIGN_IN_NEEDED")
        is_problem(await client.get(f"{V1}/posts"), 403, "SIGN_IN_NEEDED")


async def test_who_calls_too_often_is_told_when_to_come_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with integrator(database) as client, integrator(database) as other:
        monkeypatch.setattr(calling, "RateLimitItemPerMinute", lambda _: RateLimitItemPerMinute(3))
        for _ in range(3):
            assert (await client.get(f"{V1}/me")).status_code == 200
        answer = await client.get(f"{V1}/me")
        is_problem(answer, 429, "TOO_OFTEN")
        assert 1 <= int(answer.headers["retry-after"]) <= 60
        assert (await other.get(f"{V1}/me")).status_code == 200


async def test_a_key_sees_what_its_post_sees_and_nothing_of_others(database: Database) -> None:
    task_id = await case_with_task(database)
    case_no = task_id.partition("/")[0]
    async with integrator(database, "HC0102") as client:
        assert (await client.get(f"{V1}/cases/{case_no}")).json()["case_no"] == case_no
    async with integrator(database, "HC1102", OTHER) as client:
        is_problem(await client.get(f"{V1}/cases/{case_no}"), 404, "NOT_FOUND")
