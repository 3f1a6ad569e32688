"""Callers of the programming interface for its tests: with a key, or signed in."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from storage import api_keys, webhooks
from storage.database import Database
from tests.console.lists import STATION
from tests.console.test_signing_in import browser, sign_in

V1 = "/api/v1"


async def new_key(
    database: Database, code: str = "HC0101", office: str = STATION, *, days: int = 30
) -> tuple[str, int]:
    """A key that holds for so many days, and its number."""
    key, now = f"tbk_{secrets.token_urlsafe(24)}", datetime.now(UTC)
    async with database.write() as connection:
        kept = await api_keys.issue(
            connection,
            key,
            name="样例系统",
            code=code,
            office=office,
            by="HC0901",
            at=now,
            expires_at=now + timedelta(days=days),
        )
    assert kept is not None
    return key, kept["id"]


async def new_webhook(database: Database) -> int:
    """A webhook that is never told anything, because it is paused."""
    _, key_id = await new_key(database)
    now = datetime.now(UTC)
    async with database.write() as connection:
        row = await webhooks.create(
            connection,
            key_id=key_id,
            url="https://receiver.example/",
            events=["case.filed"],
            salt=secrets.token_hex(8),
            created_by="HC0901",
            created_at=now,
        )
        await webhooks.pause(connection, row["id"], "样例", now)
    return int(row["id"])


@asynccontextmanager
async def integrator(
    database: Database, code: str = "HC0101", office: str = STATION, **changes: Any
) -> AsyncIterator[httpx.AsyncClient]:
    """A system that calls with a key of that post."""
    key, _ = await new_key(database, code, office)
    async with browser(database, seeded_accounts=True, **changes) as client:
        client.headers["Authorization"] = f"Bearer {key}"
        yield client


@asynccontextmanager
async def signed_in(database: Database, number: str) -> AsyncIterator[httpx.AsyncClient]:
    """A person's browser that calls the interface with its session and the token of its pages."""
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, number)
        client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
        yield client


def is_problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem that an answer is; fails where it is none or another."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    body: dict[str, Any] = answer.json()
    assert (answer.status_code, body["code"], body["status"]) == (status, code, status), body
    assert body["type"] == f"{V1}/problems/{code}" and body["title"] and body["detail"]
    return body
