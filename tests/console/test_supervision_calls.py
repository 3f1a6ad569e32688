"""Supervision over HTTP: who is named may do what the command line lets them, and nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time
from typing import Any

import httpx
import pytest_asyncio

from activities.patrolling import Patrol
from console.app import build_app
from domain.calendar import SHANGHAI
from storage.database import Database
from tests.console.offices import office
from tests.storage.builders import CATALOG
from tests.storage.test_letters_and_documents import SECRET
from tests.storage.test_supervision import Story, after

HANDLER, SUPERVISOR, STRANGER = "HC0102", "HC0902", "HC0202"


def console(database: Database, token: str | None = None, caller: str = "127.0.0.1") -> Any:
    app = build_app(
        office(database),
        grant_secret=SECRET,
        slip_secret=SECRET,
        codec=None,
        ui_url=None,
        supervisor_token=token,
    )
    transport = httpx.ASGITransport(app=app, client=(caller, 1))
    return httpx.AsyncClient(transport=transport, base_url="http://console")


@pytest_asyncio.fixture
async def http(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    async with console(database) as client:
        yield client


@pytest_asyncio.fixture
async def order(database: Database) -> dict[str, Any]:
    """A rung that asks for an answer."""
    story = Story(database)
    await story.begin()
    at = datetime.combine(after(2), time(10), SHANGHAI).astimezone(UTC)
    await Patrol(database, CATALOG, "371002", at).run(lambda: None)
    return (await story.rungs())[-1]


def named(clerk: str) -> dict[str, str]:
    return {"Tongban-Clerk": clerk}


async def test_rungs_are_listed_and_shown_to_those_who_may_see_them(
    http: httpx.AsyncClient, order: dict[str, Any]
) -> None:
    asked = {"case": order["case_no"], "rung": "urge", "open": "1"}
    listed = await http.get("/supervision", params=asked, headers=named(HANDLER))
    assert [one["number"] for one in listed.json()] == [order["number"]]
    shown = await http.get(f"/supervision/{order['number']}", headers=named(SUPERVISOR))
    assert shown.json()["state"] == "OPEN"
    foreign = await http.get(f"/supervision/{order['number']}", headers=named(STRANGER))
    assert (foreign.status_code, foreign.json()["code"]) == (404, "NOT_FOUND")


async def test_an_answer_sent_twice_under_one_id_is_one_answer(
    http: httpx.AsyncClient, order: dict[str, Any]
) -> None:
    path, body = f"/supervision/{order['number']}/reply", {"text": "样例说明"}
    for _ in range(2):
        given = {**body, "command_id": f"c-http-{order['number']}"}
        answer = await http.post(path, json=given, headers=named(HANDLER))
        assert answer.status_code == 200
        assert [one["words"] for one in answer.json()["records"]] == ["样例说明"]
    closed = await http.post(
        f"/supervision/{order['number']}/close", json=body, headers=named(SUPERVISOR)
    )
    assert closed.json()["state"] == "CHECKED"


async def test_what_is_wrong_is_said_in_a_sentence(
    http: httpx.AsyncClient, order: dict[str, Any]
) -> None:
    path = f"/supervision/{order['number']}"
    told = [
        await http.get(path),
        await http.post(f"{path}/close", json={"text": "样例"}, headers=named(HANDLER)),
        await http.post(f"{path}/close", json={"text": "样例"}, headers=named(SUPERVISOR)),
        await http.post(f"{path}/raise", json={}, headers=named(SUPERVISOR)),
        await http.post(f"{path}/reply", content=b"[", headers=named(HANDLER)),
        await http.post(f"{path}/reply", json={"command_id": 1}, headers=named(HANDLER)),
        await http.get("/supervision", params={"rung": "样例"}, headers=named(HANDLER)),
    ]
    assert [one.status_code for one in told] == [400, 403, 409, 404, 400, 400, 400]
    assert all(one.json()["message"].endswith("。") for one in told)


async def test_other_machines_need_the_token(database: Database) -> None:
    async with console(database, "only-for-tests", "192.0.2.7") as http:
        assert (await http.get("/supervision", headers=named(HANDLER))).status_code == 403
        token = {**named(HANDLER), "Authorization": "Bearer only-for-tests"}
        assert (await http.get("/supervision", headers=token)).status_code == 200
        assert (await http.get("/register-differences", headers=token)).status_code == 200
