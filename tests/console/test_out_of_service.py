"""What everybody is told when nothing behind the pages answers, or when too much is sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from console.app import build_app
from console.desk_app import build_desk
from console.office import Office
from console.web.body_bounds import BodyBounds
from storage.database import Database
from tests.console.api_clients import V1, is_problem
from tests.console.offices import office as office_of
from tests.console.test_signing_in import BASE, browser, settings, sign_in, token_of

PAGE = {"Accept": "text/html,*/*;q=0.8"}
MEGABYTE = 1 << 20


def whole(office: Office) -> Any:
    """The console as its process serves it."""
    return build_app(
        office,
        grant_secret=b"g" * 16,
        slip_secret=b"s" * 16,
        codec=None,
        ui_url=None,
        desk=build_desk(office, settings(seeded_accounts=True), ui_url=None),
    )


@asynccontextmanager
async def served(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=whole(office_of(database)))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        yield client


@pytest.fixture
def away() -> Database:
    """A database that nobody answers for."""
    return Database("postgresql+asyncpg://nobody@127.0.0.1:1/none")


@pytest.mark.parametrize("cookie", ["", "tongban=somebody"])
@pytest.mark.parametrize("path", ["/worklist", "/", "/cases/1", "/progress/withdraw"])
async def test_without_its_database_each_page_says_what_to_do(
    away: Database, cookie: str, path: str
) -> None:
    async with served(away) as client:
        method = "POST" if path.endswith("withdraw") else "GET"
        answer = await client.request(method, path, headers={**PAGE, "Cookie": cookie})
        if cookie:
            assert answer.status_code == 503 and int(answer.headers["retry-after"]) > 0
            assert '<html lang="zh-CN"' in answer.text and "几分钟后再提交" in answer.text
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert answer.headers["cache-control"] == "no-store"
        else:
            assert answer.status_code != 500 and "Internal Server Error" not in answer.text


async def test_the_outage_is_told_in_the_language_of_the_browser(away: Database) -> None:
    async with served(away) as client:
        header = {**PAGE, "Cookie": "tongban=x", "accept-language": "en-GB"}
        assert '<html lang="en"' in (await client.get("/worklist", headers=header)).text
        chosen = {**header, "Cookie": "tongban=x; language=zh-CN"}
        assert '<html lang="zh-CN"' in (await client.get("/worklist", headers=chosen)).text


async def test_machines_are_told_of_the_outage_as_machines_read_it(away: Database) -> None:
    async with served(away) as client:
        answer = await client.get(f"{V1}/me", headers={"Cookie": "tongban=somebody"})
        is_problem(answer, 503, "UNAVAILABLE")
        assert int(answer.headers["retry-after"]) > 0
        health = await client.get("/health")
        assert (health.status_code, health.json()["code"]) == (503, "UNAVAILABLE")


async def test_a_database_that_goes_away_while_one_works_is_an_outage_too(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")

        def gone(self: Database) -> object:
            raise ConnectionRefusedError

        monkeypatch.setattr(Database, "read", gone)
        page = await client.get("/worklist", headers=PAGE)
        assert page.status_code == 503 and "几分钟后再提交" in page.text


async def test_a_fault_is_a_page_and_no_bare_line(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Database) -> object:
        raise RuntimeError("样例姓名")

    own = settings(seeded_accounts=True)
    app = build_desk(office_of(database), own, ui_url=None)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        await sign_in(client, "HC0102")
        for name in ("read", "glance"):
            monkeypatch.setattr(Database, name, broken)
            page = await client.get("/worklist", headers=PAGE)
            assert page.status_code == 500 and "请联系系统管理员" in page.text
            assert "样例姓名" not in page.text


async def parts(size: int) -> AsyncIterator[bytes]:
    """A body that does not say how long it is."""
    for _ in range(size // 65_536 + 1):
        yield b"x" * 65_536


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/sign-in/seeded", "application/x-www-form-urlencoded"),
        ("/search", "application/x-www-form-urlencoded"),
        ("/progress", "application/x-www-form-urlencoded"),
        ("/ratings", "application/json"),
    ],
)
async def test_more_than_a_form_can_be_is_refused_announced_or_not(
    database: Database, path: str, kind: str
) -> None:
    async with served(database) as client:
        token = token_of(await client.get("/sign-in"))
        headers = {**PAGE, "Content-Type": kind, "X-CSRFToken": token}
        said = await client.post(path, content=b"x" * (MEGABYTE + 1), headers=headers)
        assert said.status_code == 413 and "压缩材料" in said.text
        unsaid = await client.post(path, content=parts(2 * MEGABYTE), headers=headers)
        assert unsaid.status_code == 413 and "压缩材料" in unsaid.text


async def test_papers_may_be_larger_than_forms_and_have_their_own_bound(
    database: Database,
) -> None:
    bounds = BodyBounds(
        build_desk(office_of(database), settings(), ui_url=None), office_of(database)
    )
    form, papers = bounds.most("/search"), bounds.most("/intake/drafts/7/save")
    assert form == MEGABYTE and papers == MEGABYTE + 10 * 10 * MEGABYTE
    assert bounds.most("/cases/1/hand-in") == bounds.most("/progress/supplement") == papers
    assert bounds.most("/cases/1/notes") == bounds.most("/intake/drafts/7/drop") == form
    assert bounds.most(f"{V1}/applications") == 32 * MEGABYTE
    async with served(database) as client:
        headers = {"Content-Length": str(papers + 1)}
        refused = await client.post("/progress/supplement", content=b"x", headers=headers)
        assert refused.status_code == 413
        problem = await client.post(
            f"{V1}/applications", content=b"x", headers={"Content-Length": str(papers)}
        )
        is_problem(problem, 413, "BODY_TOO_LARGE")


@pytest.mark.parametrize(
    ("method", "path", "status", "words"),
    [
        ("GET", "/nowhere", 404, "没有这个页面"),
        ("GET", "/sign-out", 405, "不能这样打开"),
        ("PUT", "/search", 405, "不能这样打开"),
    ],
)
async def test_every_refusal_of_an_address_is_a_page_with_its_menu(
    database: Database, method: str, path: str, status: int, words: str
) -> None:
    async with browser(database, seeded_accounts=True) as client:
        entered = await sign_in(client, "HC0102")
        assert entered.status_code == 303
        token = token_of(await client.get("/worklist"))
        page = await client.request(method, path, headers={"X-CSRFToken": token})
        assert page.status_code == status and words in page.text and "<h1>" in page.text


async def test_a_form_that_cannot_be_read_is_a_page(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        token = token_of(await client.get("/worklist"))
        kind = "multipart/form-data"
        headers = {"X-CSRFToken": token, "Content-Type": kind}
        page = await client.post("/search", content=b"x", headers=headers)
        assert page.status_code == 400 and "读不出来" in page.text and "<h1>" in page.text
