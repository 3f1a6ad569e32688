"""Staff sign in by their provider or, on a rehearsal machine, as any number; and out for good."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import httpx2
import pytest
from authlib.integrations.starlette_client import StarletteOAuth2App
from joserfc.errors import DecodeError, InvalidClaimError
from oidc_provider_mock import User, run_server_in_thread

from catalog.loader import load_catalog
from connection import connect
from console.desk_app import build_desk
from console.office import Office
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
        there = "/sign-in?next=/worklist%3Fmine%3Dtrue"
        assert (sent.status_code, sent.headers["location"]) == (303, there)
        page = await client.get(there)
        assert 'name="next" value="/worklist?mine=true"' in page.text
        entered = await sign_in(client, "HC0102")
        assert (entered.status_code, entered.headers["location"]) == (303, "/worklist")
        page = await client.get("/worklist")
        assert page.status_code == 200 and "HC0102" in page.text and "鲸园派出所" in page.text


async def test_who_signed_out_stays_on_a_page_that_says_so(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        page = await client.get("/worklist")
        out = await client.post("/sign-out", data={"csrftoken": token_of(page)})
        assert (out.status_code, out.headers["location"]) == (303, "/signed-out")
        page = await client.get("/signed-out")
        assert page.status_code == 200 and "已退出" in page.text
        assert 'href="/sign-in"' in page.text and "HC0102" not in page.text


@pytest.mark.parametrize(
    ("method", "path", "headers", "back"),
    [
        ("GET", "/search", {}, "/search"),
        ("GET", "/worklist?view=office&due=late", {}, "/worklist?view=office&due=late"),
        ("POST", "/search", {"referer": f"{BASE}/search"}, "/search"),
        ("POST", "/tasks/1/REVIEW/1/decide", {"referer": f"{BASE}/tasks/1/REVIEW/1?x=1"}, "=1"),
        ("POST", "/search", {"referer": f"{BASE}/tasks/1/REVIEW/1/decide"}, "/tasks/1/REVIEW/1"),
        ("POST", "/search", {"referer": f"{BASE}/cases/1/acts/SUSPEND"}, "/cases/1/acts"),
        ("POST", "/search", {"referer": "https://elsewhere.example/search"}, "/"),
        ("POST", "/search", {"referer": "https://[broken"}, "/"),
        ("POST", "/search", {"referer": f"{BASE}//elsewhere.example/"}, "/"),
        ("POST", "/search", {}, "/"),
    ],
)
async def test_after_signing_in_one_is_on_a_page_that_can_be_looked_at(
    database: Database, method: str, path: str, headers: dict[str, str], back: str
) -> None:
    async with browser(database, seeded_accounts=True) as client:
        form = {"csrftoken": token_of(await client.get("/sign-in"))}
        sent = await client.request(
            method, path, headers=headers, data=form if method == "POST" else None
        )
        assert sent.status_code == 303
        there = parse_qs(urlsplit(sent.headers["location"]).query)["next"][0]
        assert there.endswith(back) if back == "=1" else there == back


@pytest.mark.parametrize("path", ["/worklist/counts", "/cases/1/pulse"])
async def test_a_part_of_a_page_is_told_that_the_session_is_over_and_led_nowhere(
    database: Database, path: str
) -> None:
    async with browser(database, seeded_accounts=True) as client:
        page = f"{BASE}/cases/1/acts?draft=2"
        over = await client.get(path, headers={"HX-Request": "true", "HX-Current-URL": page})
        assert over.status_code == 401 and "hx-redirect" not in over.headers
        assert over.headers["hx-retarget"] == "#session-over"
        assert "登录已过期，请重新登录" in over.text and "<html" not in over.text
        assert 'href="/sign-in?next=/cases/1/acts%3Fdraft%3D2"' in over.text


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
        User(sub="nobody", claims={"staff_numbers": []}),
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


async def test_whom_the_provider_gives_no_number_is_told_which_claim_is_missing(
    database: Database, provider: str
) -> None:
    async with provided(database, provider) as client:
        refused = await authenticate(client, "none")
        assert refused.status_code == 403
        assert "staff_numbers" in refused.text and "管理员" in refused.text
        assert (await client.get("/worklist")).status_code == 303


async def test_who_has_no_number_at_all_may_sign_in_and_do_nothing(
    database: Database, provider: str
) -> None:
    async with provided(database, provider) as client:
        assert (await authenticate(client, "nobody")).status_code == 303
        page = await client.get("/worklist")
        assert page.status_code == 403 and "管理员" in page.text


async def test_a_claim_that_the_token_lacks_is_asked_for_at_the_provider(
    database: Database, provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = StarletteOAuth2App.parse_id_token

    async def short(self: StarletteOAuth2App, *given: Any, **named: Any) -> Any:
        claims = await whole(self, *given, **named)
        return {name: claims[name] for name in ("iss", "sub")}

    monkeypatch.setattr(StarletteOAuth2App, "parse_id_token", short)
    async with provided(database, provider) as client:
        assert (await authenticate(client, "one")).status_code == 303
        assert "HC0102" in (await client.get("/worklist")).text


@pytest.mark.parametrize(
    "trouble",
    [DecodeError("样例"), InvalidClaimError("aud"), KeyError("样例"), ValueError("样例")],
)
async def test_a_token_that_is_not_right_is_refused_in_words(
    database: Database, provider: str, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    async def broken(self: StarletteOAuth2App, *given: Any, **named: Any) -> Any:
        raise trouble

    monkeypatch.setattr(StarletteOAuth2App, "parse_id_token", broken)
    async with provided(database, provider) as client:
        refused = await authenticate(client, "one")
        assert refused.status_code == 403 and "重新登录" in refused.text


async def test_a_provider_that_sends_no_token_of_the_person_is_named_so(
    database: Database, provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def none(self: StarletteOAuth2App, *given: Any, **named: Any) -> Any:
        return None

    monkeypatch.setattr(StarletteOAuth2App, "parse_id_token", none)
    async with provided(database, provider) as client:
        refused = await authenticate(client, "one")
        assert refused.status_code == 403 and "iss、sub" in refused.text


async def test_signing_out_ends_the_session_of_the_provider_too(
    database: Database, provider: str
) -> None:
    async with provided(database, provider) as client:
        await authenticate(client, "one")
        page = await client.get("/worklist")
        out = await client.post("/sign-out", data={"csrftoken": token_of(page)})
        there = urlsplit(out.headers["location"])
        asked = parse_qs(there.query)
        assert out.status_code == 303 and there.path == "/oauth2/end_session"
        assert asked["post_logout_redirect_uri"] == [f"{BASE}/signed-out"]
        assert asked["client_id"] == ["console"] and "id_token_hint" not in asked
        leads = out.headers["content-security-policy"]
        assert f"form-action 'self' {there.scheme}://{there.netloc};" in leads
        page = await client.get("/signed-out")
        assert page.status_code == 200 and 'href="/sign-in/provider?anew=true"' in page.text
        again = await client.get("/sign-in/provider?anew=true")
        assert parse_qs(urlsplit(again.headers["location"]).query)["prompt"] == ["login"]


@pytest.mark.parametrize("trouble", ["no such endpoint", "no answer"])
async def test_where_the_provider_ends_no_sessions_one_is_out_here_all_the_same(
    database: Database, provider: str, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    async with provided(database, provider) as client:
        await authenticate(client, "one")
        page = await client.get("/worklist")

        async def metadata(self: StarletteOAuth2App) -> dict[str, str]:
            if trouble == "no answer":
                raise httpx2.ConnectError("样例")
            return {}

        monkeypatch.setattr(StarletteOAuth2App, "load_server_metadata", metadata)
        out = await client.post("/sign-out", data={"csrftoken": token_of(page)})
        assert (out.status_code, out.headers["location"]) == (303, "/signed-out")
        assert (await client.get("/worklist")).status_code == 303


async def test_an_answer_that_nobody_asked_the_provider_for_signs_nobody_in(
    database: Database, provider: str
) -> None:
    async with provided(database, provider) as client:
        refused = await client.get("/sign-in/return?code=abc&state=never-given")
        assert refused.status_code == 403 and "重新登录" in refused.text
        assert (await client.get("/worklist")).status_code == 303
