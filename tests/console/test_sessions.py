"""Sessions: written when there is something to write, never brought back, one number at a time."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from sqlalchemy import select, text, update

from console.web.sessions import LIFETIME_SECONDS, DatabaseSessions
from storage import sessions
from storage.console_tables import SessionRow
from storage.database import Database
from tests.console.test_signing_in import browser, sign_in, token_of


async def row(database: Database, cookie: str) -> tuple[Any, ...] | None:
    """The row of a session with the transaction that wrote it; None without one."""
    statement = select(text("xmin::text"), SessionRow.expires_at, SessionRow.data).where(
        SessionRow.id == sessions.key(cookie)
    )
    async with database.read() as connection:
        found = (await connection.execute(statement)).one_or_none()
    return tuple(found) if found else None


def cookie_of(client: httpx.AsyncClient) -> str:
    return [one.value or "" for one in client.cookies.jar if one.name == "tongban"][-1]


async def test_looking_at_pages_writes_no_session(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        before = await row(database, cookie_of(client))
        for path in ("/worklist", "/worklist/counts", "/search"):
            assert (await client.get(path)).status_code in (200, 204)
        assert before is not None and await row(database, cookie_of(client)) == before


async def test_a_session_that_runs_out_sooner_is_prolonged(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        soon = datetime.now(UTC) + timedelta(seconds=LIFETIME_SECONDS // 2)
        async with database.write() as connection:
            await connection.execute(
                update(SessionRow)
                .where(SessionRow.id == sessions.key(cookie_of(client)))
                .values(expires_at=soon)
            )
        await client.get("/worklist")
        after = await row(database, cookie_of(client))
        assert after is not None and after[1] > soon


async def test_a_request_under_way_does_not_bring_back_who_signed_out(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        cookie = cookie_of(client)
        store = DatabaseSessions(database)
        loaded = json.loads(await store.read(cookie, LIFETIME_SECONDS))
        page = await client.get("/worklist")
        await client.post("/sign-out", data={"csrftoken": token_of(page)})
        changed = {**loaded, "next": "/search"}
        await store.write(cookie, json.dumps(changed).encode(), LIFETIME_SECONDS, LIFETIME_SECONDS)
        assert await row(database, cookie) is None
        client.cookies.set("tongban", cookie, domain="console.example")
        assert (await client.get("/worklist")).status_code == 303


async def test_signing_in_anew_ends_the_session_before(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        before = cookie_of(client)
        await sign_in(client, "HC0103")
        assert cookie_of(client) != before and await row(database, before) is None
        client.cookies.clear()
        old = await client.get("/worklist", headers={"Cookie": f"tongban={before}"})
        assert old.status_code == 303


async def test_a_number_that_a_browser_brings_along_is_never_adopted(database: Database) -> None:
    store = DatabaseSessions(database)
    fresh = json.dumps({"__metadata__": {"last_access": 1.0}, "next": "/search"}).encode()
    given = await store.write("planted", fresh, LIFETIME_SECONDS, LIFETIME_SECONDS)
    assert given != "planted" and await row(database, "planted") is None
    kept = await row(database, given)
    assert kept is not None and json.loads(kept[2])["next"] == "/search"
