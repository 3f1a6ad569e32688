"""Every refusal of the programming interface is a problem that says what to do next."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from functools import partial

import httpx
import pytest

from connection import connect
from console.desk_app import build_desk
from console.office import Office
from console.web import body_bounds
from storage.database import Database
from tests.console.api_clients import V1, integrator, is_problem, signed_in
from tests.console.lists import case_with_task
from tests.console.test_signing_in import BASE, CATALOG, settings


async def test_what_is_not_there_and_not_so_done_is_said(database: Database) -> None:
    async with integrator(database) as client:
        is_problem(await client.get(f"{V1}/nothing"), 404, "NO_SUCH_ADDRESS")
        answer = await client.request("DELETE", f"{V1}/me")
        is_problem(answer, 405, "METHOD_NOT_ALLOWED")
        assert answer.headers["allow"] == "GET"
        is_problem(await client.get(f"{V1}/cases/{'0' * 22}"), 404, "NOT_FOUND")
        is_problem(await client.get(f"{V1}/audit"), 403, "FORBIDDEN")


async def test_a_body_must_be_json_of_a_bearable_size(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with integrator(database) as client:
        path = f"{V1}/cases/search"
        is_problem(await client.post(path, data={"words": "x"}), 415, "NOT_JSON")
        json = {"Content-Type": "application/json"}
        broken = await client.post(path, content=b'{"words": ', headers=json)
        found = is_problem(broken, 422, "WRONG_INPUT")
        assert found["errors"] == [{"where": "body", "pointer": "", "detail": "不是有效的 JSON"}]
        is_problem(await client.post(path, content=b"[" * 90_000, headers=json), 400, "UNREADABLE")
        monkeypatch.setattr(body_bounds.BodyBounds, "most", lambda *_: 100)
        is_problem(await client.post(path, json={"words": "x" * 200}), 413, "BODY_TOO_LARGE")

        async def in_parts() -> AsyncIterator[bytes]:
            for _ in range(20):
                yield b" " * 20

        chunked = await client.post(path, content=in_parts(), headers=json)
        is_problem(chunked, 413, "BODY_TOO_LARGE")


async def test_wrong_fields_are_named_by_pointer_and_not_repeated(database: Database) -> None:
    async with integrator(database) as client:
        wrong = await client.post(
            f"{V1}/cases/search", json={"words": "样例" * 60, "nmae": "样例姓名"}
        )
        found = is_problem(wrong, 422, "WRONG_INPUT")
        assert {one["pointer"] for one in found["errors"]} == {"/words", "/nmae"}
        assert "样例姓名" not in wrong.text
        query = is_problem(await client.get(f"{V1}/tasks?limit=0&due=never"), 422, "WRONG_INPUT")
        assert {(one["where"], one["pointer"]) for one in query["errors"]} == {
            ("query", "limit"),
            ("query", "due"),
        }


async def test_a_decision_that_lacks_something_names_its_field(database: Database) -> None:
    task_id = await case_with_task(database, kind="INTAKE_CHECK")
    async with integrator(database) as client:
        path = f"{V1}/tasks/{task_id}/decide"
        found = is_problem(await client.post(path, json={"outcome": "CORRECT"}), 422, "WRONG_FIELD")
        assert [one["pointer"] for one in found["errors"]] == ["/defects"]
        is_problem(await client.post(path, json={"outcome": "NONE"}), 422, "UNKNOWN_OUTCOME")
    async with integrator(database, "HC0102") as other:
        told = is_problem(await other.post(path, json={"outcome": "ACCEPT"}), 409, "NOT_NOW")
        assert "岗位" in told["detail"]
        is_problem(await other.post(f"{V1}/tasks/{task_id}/claim"), 403, "FORBIDDEN")


async def test_an_application_with_faults_is_refused_with_all_of_them(database: Database) -> None:
    async with integrator(database) as client:
        paper = {"type": "X", "content": base64.b64encode(b"text only").decode()}
        body = {"matter": "HUKOU-JOB-TRANSFER", "documents": [paper]}
        found = is_problem(await client.post(f"{V1}/applications", json=body), 422, "WRONG_FIELD")
        assert found["errors"][0]["pointer"] == "/documents/0/content"
        body["documents"] = []
        found = is_problem(await client.post(f"{V1}/applications", json=body), 422, "WRONG_FIELD")
        pointers = {one["pointer"] for one in found["errors"]}
        assert {"/applicant", "/migrants", "/origin_locality"} <= pointers


async def test_a_register_that_is_away_is_an_outage_with_a_time_to_come_back() -> None:
    own = settings()
    database = Database("postgresql+asyncpg://nobody@127.0.0.1:1/none")
    office = Office(database, partial(connect, own), CATALOG, own.code)
    transport = httpx.ASGITransport(app=build_desk(office, own, ui_url=None))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        answer = await client.get(f"{V1}/me", headers={"Authorization": "Bearer tbk_x"})
        is_problem(answer, 503, "UNAVAILABLE")
        assert int(answer.headers["retry-after"]) > 0
    await database.close()


async def test_the_address_of_a_problem_explains_it_to_anybody(database: Database) -> None:
    async with integrator(database) as client:
        refused = is_problem(await client.get(f"{V1}/audit"), 403, "FORBIDDEN")
        del client.headers["Authorization"]
        told = (await client.get(refused["type"])).json()
        assert (told["code"], told["status"]) == ("FORBIDDEN", 403) and told["detail"]
        is_problem(await client.get(f"{V1}/problems/NO_SUCH_CODE"), 404, "NOT_FOUND")


async def test_pages_follow_each_other_without_a_gap(database: Database) -> None:
    tasks = {await case_with_task(database, days=40 + day) for day in range(5)}
    async with integrator(database, "HC0102") as client:
        seen: list[str] = []
        after = ""
        while True:
            page = (await client.get(f"{V1}/tasks?limit=2&after={after}&count=true")).json()
            assert len(page["items"]) <= 2 and page["count"] >= 5
            seen += [one["task_id"] for one in page["items"]]
            if not (after := page["next"] or ""):
                break
        assert len(seen) == len(set(seen)) == page["count"] and tasks <= set(seen)
        is_problem(await client.get(f"{V1}/tasks?after=bm9uZQ"), 422, "WRONG_FIELD")


async def test_names_are_read_with_a_purpose_only(database: Database) -> None:
    case_no = (await case_with_task(database)).partition("/")[0]
    async with integrator(database, "HC0102") as client:
        plain = await client.get(f"{V1}/cases/{case_no}")
        assert plain.json()["persons"][0]["name"] is None and plain.json()["may_see_persons"]
        path = f"{V1}/cases/{case_no}/persons"
        is_problem(await client.post(path, json={"purpose": "好奇"}), 422, "WRONG_FIELD")
        named = await client.post(path, json={"purpose": "办理"})
        assert named.json()["persons"][0]["name"]
    async with signed_in(database, "HC0905") as auditor:
        trail = (await auditor.get(f"{V1}/audit?case_no={case_no}")).json()
        told = [(one["actor"], one["words"].partition(" ")[0]) for one in trail["items"]]
        assert told == [("HC0102", "办理")]
