"""Staff sign in by their provider or, on a rehearsal machine, as any number; and out for good."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from urllib.parse import urljoin

import httpx
import pytest
from oidc_provider_mock import User, run_server_in_thread

from catalog.loader import load_catalog
from connection import connect
from console.office import Office
from console.web.app import build_desk
from domain.offices import Role
from domain.permissions import PostKind
from settings import LocalitySettings, OidcSettings
from storage import posts
from storage.database import Database

CATALOG = load_catalog()
BASE = "https://console.example"


def settings(**changes: object) -> LocalitySettings:
    adapters = dict.fromkeys(
        ("population", "marriage", "education", "notices", "registers", "bank", "courier"),
        "http://127.0.0.1:1",
    )
    return LocalitySettings.model_validate(
        {
            "code": "371002",
            "temporal_address": "127.0.0.1:1",
            "database_url": "postgresql+asyncpg://nobody@127.0.0.1:1/none",
            "console_url": BASE,
            "console_port": 1,
            "adapters": adapters,
            "payload_encryption": False,
            "grant_secret": "g" * 16,
            "slip_secret": "s" * 16,
            "session_secret": "f" * 16,
            **changes,
        }
    )


@asynccontextmanager
async def browser(
    database: Database, ui: str | None = None, **changes: object
) -> AsyncIterator[httpx.AsyncClient]:
    """A browser before the console of 371002; ``ui``: where the Temporal UI is."""
    own = settings(**changes)
    office = Office(database, partial(connect, own), CATALOG, own.code)
    transport = httpx.ASGITransport(app=build_desk(office, own, ui_url=ui))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        yield client


def token_of(page: httpx.Response) -> str:
    found = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
    assert found is not None
    return found.group(1)


async def sign_in(
    client: httpx.AsyncClient, number: str, next: str = "/worklist"
) -> httpx.Response:
    page = await client.get("/sign-in")
    form = {"number": number, "csrftoken": token_of(page), "next": next}
    return await client.post("/sign-in/seeded", data=form)


async def test_a_page_for_staff_sends_a_stranger_to_sign_in_and_back(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        sent = await client.get("/worklist?mine=true")
        assert (sent.status_code, sent.headers["location"]) == (303, "/sign-in?next=/worklist")
        entered = await sign_in(client, "HC0102")
        assert (entered.status_code, entered.headers["location"]) == (303, "/worklist")
        page = await client.get("/worklist")
        assert page.status_code == 200 and "HC0102" in page.text and "鲸园派出所" in page.text


async def test_a_form_without_its_token_changes_nothing_and_says_what_to_do(
    database: Database,
) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await client.get("/sign-in")
        refused = await client.post("/sign-in/seeded", data={"number": "HC0102"})
        assert refused.status_code == 403 and "页面已过期" in refused.text
        assert (await client.get("/worklist")).status_code == 303


async def test_who_signed_out_is_out_even_with_the_old_cookie(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        kept = client.cookies["tongban"]
        page = await client.get("/worklist")
        await client.post("/sign-out", data={"csrftoken": token_of(page)})
        client.cookies.set("tongban", kept, domain="console.example")
        assert (await client.get("/worklist")).status_code == 303


async def test_a_cookie_of_before_signing_in_opens_nothing_after_it(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        client.cookies.set("tongban", "planted-by-somebody", domain="console.example")
        await sign_in(client, "HC0102")
        cookies = [one.value for one in client.cookies.jar if one.name == "tongban"]
        assert "planted-by-somebody" not in cookies[-1:]
        stranger = {"Cookie": "tongban=planted-by-somebody"}
        client.cookies.clear()
        assert (await client.get("/worklist", headers=stranger)).status_code == 303


@pytest.mark.parametrize("next", ["https://elsewhere.example/", "//elsewhere.example", "/\\e"])
async def test_signing_in_never_leads_to_another_site(database: Database, next: str) -> None:
    async with browser(database, seeded_accounts=True) as client:
        entered = await sign_in(client, "HC0102", next)
        assert entered.headers["location"] == "/"


async def test_outside_rehearsal_nobody_signs_in_as_a_number(database: Database) -> None:
    async with browser(database) as client:
        page = await client.get("/sign-in")
        assert "HC0102" not in page.text and "不能登录" in page.text
        form = {"number": "HC0102", "csrftoken": client.cookies.get("csrftoken", "")}
        assert (await client.post("/sign-in/seeded", data=form)).status_code == 403


async def test_every_page_forbids_foreign_script_framing_and_storing(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        page = await client.get("/sign-in")
        policy = page.headers["content-security-policy"]
        assert "unsafe" not in policy and "default-src 'none'" in policy
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["x-content-type-options"] == "nosniff"
        assert "<script>" not in page.text and " style=" not in page.text
        entered = await sign_in(client, "HC0102")
        cookie = entered.headers["set-cookie"].lower()
        assert "httponly" in cookie and "secure" in cookie and "samesite=lax" in cookie


async def test_the_second_language_is_the_browsers_or_the_chosen_one(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        english = await client.get("/sign-in", headers={"accept-language": "en-GB,en"})
        assert '<html lang="en"' in english.text and "Sign in" in english.text
        client.cookies.set("language", "zh-CN", domain="console.example")
        chinese = await client.get("/sign-in", headers={"accept-language": "en-GB,en"})
        assert '<html lang="zh-CN"' in chinese.text


async def test_a_secondment_shows_its_office_and_ends_at_once(database: Database) -> None:
    today = datetime.now(UTC).date()
    async with database.write() as connection:
        number = await posts.grant(
            connection,
            account="seeded:HC1102",
            code="HC1102",
            office="371002-YB-01",
            roles=[Role.HANDLER],
            kind=PostKind.SECONDMENT,
            since=date(2026, 1, 1),
            until=today + timedelta(days=5),
            for_post=None,
            by="HC0902",
            at=datetime.now(UTC),
        )
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC1102")
        page = await client.get("/worklist")
        assert "环翠区医疗保障服务中心" in page.text and "借调" in page.text
        async with database.write() as connection:
            assert await posts.end(connection, number, by="HC0902", at=datetime.now(UTC))
        assert "环翠区医疗保障服务中心" not in (await client.get("/worklist")).text


@pytest.fixture
def provider() -> Iterator[str]:
    """An OpenID Connect provider of its own that knows two people."""
    known = [
        User(sub="one", claims={"staff_numbers": ["HC0102", "HC0103"]}),
        User(sub="none", claims={}),
    ]
    with run_server_in_thread(user_claims=known) as server:
        yield f"http://localhost:{server.server_port}"


@asynccontextmanager
async def provided(database: Database, provider: str) -> AsyncIterator[httpx.AsyncClient]:
    oidc = OidcSettings.model_validate(
        {
            "metadata_url": f"{provider}/.well-known/openid-configuration",
            "client_id": "console",
            "client_secret": "only-for-tests",
            "public_url": BASE,
        }
    )
    async with browser(database, oidc=oidc.model_dump()) as client:
        yield client


async def authenticate(client: httpx.AsyncClient, subject: str) -> httpx.Response:
    """What the browser does between the console and the provider."""
    start = await client.get("/sign-in/provider")
    async with httpx.AsyncClient() as outside:
        form = await outside.get(start.headers["location"])
        given = await outside.post(urljoin(str(form.url), str(form.url)), data={"sub": subject})
    return await client.get(given.headers["location"])


async def test_a_provider_vouches_for_the_posts_of_one_person(
    database: Database, provider: str
) -> None:
    async with provided(database, provider) as client:
        assert (await client.get("/sign-in")).headers["location"].startswith("/sign-in/provider")
        entered = await authenticate(client, "one")
        assert (entered.status_code, entered.headers["location"]) == (303, "/")
        page = await client.get("/worklist")
        assert "HC0102" in page.text and "HC0103" in page.text


async def test_whom_the_provider_gives_no_number_may_do_nothing(
    database: Database, provider: str
) -> None:
    async with provided(database, provider) as client:
        await authenticate(client, "none")
        page = await client.get("/worklist")
        assert page.status_code == 403 and "管理员" in page.text


async def test_an_answer_that_nobody_asked_the_provider_for_signs_nobody_in(
    database: Database, provider: str
) -> None:
    async with provided(database, provider) as client:
        refused = await client.get("/sign-in/return?code=abc&state=never-given")
        assert refused.status_code == 403 and "重新登录" in refused.text
        assert (await client.get("/worklist")).status_code == 303
