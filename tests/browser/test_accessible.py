"""Case page, board and progress page in a real browser: no violation of WCAG 2.2 AA that axe finds,
no script error, no page above its weight, in every display that a person can choose."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
import pytest_asyncio
import uvicorn
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page
from sqlalchemy import select, update

from catalog.loader import load_catalog
from connection import connect
from console.office import Office
from console.web.app import build_desk
from domain.calendar import SHANGHAI
from storage.database import Database
from storage.tables import Person, Task
from tests.browser.conftest import PATIENCE
from tests.console.test_case_page import case
from tests.console.test_signing_in import settings

SUPERVISOR = "HC0902"
DISPLAYS: list[dict[str, str]] = [
    {},
    {"contrast": "high"},
    {"size": "large"},
    {"language": "en"},
]
WIDTHS = (1280, 390)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
HEAVIEST = 150_000


@pytest_asyncio.fixture
async def address(database: Database) -> AsyncIterator[str]:
    """Where a console of 371002 over this database answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = settings(seeded_accounts=True, secure_cookies=False)
    office = Office(database, partial(connect, own), load_catalog(), own.code)
    app = build_desk(office, own, ui_url=None)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", lifespan="off"))
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.wait({running}, timeout=0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await running


class Window:
    """A browser's window that remembers what went wrong in it."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.context = context
        self.page = page
        self.troubles: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self.troubles.append(said.text))

    async def look(self, path: str) -> None:
        """Open a page and hold it against the rules."""
        answer = await self.page.goto(path)
        assert answer is not None and answer.status == 200, path
        assert len(await answer.body()) < HEAVIEST, path
        await self.check(path)

    async def check(self, what: str) -> None:
        """The page as it stands now."""
        found = await Axe().run(self.page, options=RULES)
        violations = [
            (one["id"], one["nodes"][0]["html"][:200]) for one in found.response["violations"]
        ]
        assert not violations, (what, violations)
        wide = await self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{what} is {wide} px wider than its window"
        assert not self.troubles, (what, self.troubles)


@pytest_asyncio.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
async def window(
    request: pytest.FixtureRequest, chromium: Browser, address: str
) -> AsyncIterator[Window]:
    width: int = request.param
    # What axe brings is a script of its own, which the page's policy would rightly refuse.
    context = await chromium.new_context(
        base_url=address, locale="zh-CN", viewport={"width": width, "height": 900}
    )
    yield Window(context, await context.new_page())
    await context.close()


async def shown(window: Window, display: dict[str, str]) -> None:
    cookies: list[Any] = [
        {"name": name, "value": value, "url": window.page.url} for name, value in display.items()
    ]
    await window.context.add_cookies(cookies)


async def sign_in(window: Window, number: str) -> None:
    await window.page.goto("/sign-in")
    await window.page.select_option("#number", number)
    await window.page.click("main button.primary")
    await window.page.wait_for_url("**/worklist")


@pytest.mark.parametrize("display", DISPLAYS, ids=str)
async def test_what_staff_see_is_accessible(
    window: Window, database: Database, display: dict[str, str]
) -> None:
    filing = await case(database)
    late = datetime.now(SHANGHAI).date() - timedelta(days=1)
    async with database.write() as connection:
        await connection.execute(
            update(Task).where(Task.case_no == filing.case_no).values(due_on=late)
        )
    await sign_in(window, SUPERVISOR)
    await shown(window, display)
    for path in (
        *(f"/cases/{filing.case_no}", f"/cases/{filing.case_no}/history"),
        *("/board", "/board/tasks", "/board/bulletins"),
        "/board/bulletins/preview?kind=DAILY",
    ):
        await window.look(path)


@pytest.mark.parametrize("display", DISPLAYS, ids=str)
async def test_what_applicants_see_is_accessible(
    window: Window, database: Database, display: dict[str, str]
) -> None:
    filing = await case(database)
    async with database.read() as connection:
        id_no = (
            await connection.execute(select(Person.id_no).where(Person.case_no == filing.case_no))
        ).scalar_one()
    page = window.page
    await page.goto("/progress")
    await shown(window, display)
    await window.look("/progress")
    await page.fill("#case_no", filing.case_no)
    await page.fill("#phone", "12000000000")
    await page.fill("#id_tail", id_no[-6:])
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#h-state")
    await window.check("the case")


async def test_a_limit_unfolds_in_the_page_and_names_after_a_purpose(
    window: Window, database: Database
) -> None:
    filing = await case(database)
    await sign_in(window, "HC0102")
    page = window.page
    await page.goto(f"/cases/{filing.case_no}")
    await page.get_by_role("button", name="登记并显示").click()
    await page.get_by_text("样例1").wait_for()
    await window.check("with names")
