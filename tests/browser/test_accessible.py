"""Every page of the console in a real browser: no violation of WCAG 2.2 AA that axe finds,
no script error, no page above its weight, in every display that a person can choose."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page
from sqlalchemy import select, update

from contracts.transitions import ClockStarted
from domain.calendar import SHANGHAI
from storage import documents
from storage.case_tables import Person
from storage.database import Database
from storage.task_tables import Task
from tests.browser.conftest import PATIENCE, sign_in
from tests.browser.watching import HEAVIEST, STATUS_LINE
from tests.console.api_clients import new_webhook
from tests.console.test_case_page import case
from tests.storage.builders import NOW, TODAY, record, step
from tests.storage.test_supervision import LIMIT

SUPERVISOR = "HC0902"
#: Width of the window, and what the person has chosen; 320 is a small telephone, and what is left
#: of a common screen at 400 % zoom.
DISPLAYS: list[tuple[int, dict[str, str]]] = [
    (1280, {}),
    (320, {"size": "large", "contrast": "high"}),
    (1280, {"language": "en", "size": "large"}),
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class Window:
    """A browser's window that remembers what went wrong in it."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.context = context
        self.page = page
        self.troubles: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", self._heard)

    def _heard(self, said: ConsoleMessage) -> None:
        if said.type == "error" and STATUS_LINE not in said.text:
            self.troubles.append(said.text)

    async def look(self, path: str, status: int = 200) -> None:
        """Open a page and hold it against the rules."""
        answer = await self.page.goto(path)
        assert answer is not None and answer.status == status, (path, answer and answer.status)
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


@asynccontextmanager
async def opened_window(
    chromium: Browser, address: str, width: int, display: dict[str, str]
) -> AsyncIterator[Window]:
    """A window of that width whose person has chosen that display."""
    context = await chromium.new_context(
        base_url=address, locale="zh-CN", viewport={"width": width, "height": 900}
    )
    cookies: list[Any] = [
        {"name": name, "value": value, "url": address} for name, value in display.items()
    ]
    try:
        if cookies:
            await context.add_cookies(cookies)
        yield Window(context, await context.new_page())
    finally:
        await context.close()


@pytest_asyncio.fixture(params=DISPLAYS, ids=str)
async def window(
    request: pytest.FixtureRequest, chromium: Browser, address: str
) -> AsyncIterator[Window]:
    async with opened_window(chromium, address, *request.param) as one:
        yield one


async def test_what_staff_see_is_accessible(window: Window, database: Database) -> None:
    filing = await case(database)
    late = datetime.now(SHANGHAI).date() - timedelta(days=1)
    async with database.write() as connection:
        await connection.execute(
            update(Task).where(Task.case_no == filing.case_no).values(due_on=late)
        )
    await sign_in(window.page, SUPERVISOR)
    for path in (
        *(f"/cases/{filing.case_no}", f"/cases/{filing.case_no}/history"),
        *("/board", "/board/tasks", "/board/rungs?state=all", "/board/days", "/board/bulletins"),
        "/board/bulletins/preview?kind=DAILY",
    ):
        await window.look(path)


@pytest.mark.parametrize(
    ("number", "paths"),
    [
        ("HC0102", ("/worklist?view=office", "/search", "/tasks/{task}", "/cases/{case}/acts")),
        ("HC0101", ("/intake", "/cases/{case}/hand-in", "/cases/{case}/slips")),
        ("HC0904", ("/posts", "/integrators", "/api/v1")),
        ("HC0905", ("/audit",)),
    ],
)
async def test_what_people_work_with_is_accessible(
    window: Window, database: Database, number: str, paths: tuple[str, ...]
) -> None:
    filing = await case(database)
    await new_webhook(database)
    await sign_in(window.page, number)
    for path in paths:
        await window.look(path.format(case=filing.case_no, task=f"{filing.case_no}/REVIEW/1"))


async def test_an_application_s_form_is_accessible(window: Window) -> None:
    await sign_in(window.page, "HC0101")
    await window.page.goto("/intake")
    await window.page.fill("#q", "gzdd")
    matter = window.page.locator('[value="HUKOU-JOB-TRANSFER"]')
    form = window.page.locator("#matters form", has=matter)
    await form.get_by_role("button").click()
    await window.page.locator("#main-form").wait_for()
    await window.check("a draft")


async def test_what_applicants_see_is_accessible(window: Window, database: Database) -> None:
    filing = await case(database)
    async with database.read() as connection:
        id_no = (
            await connection.execute(select(Person.id_no).where(Person.case_no == filing.case_no))
        ).scalar_one()
    page = window.page
    await window.look("/progress")
    await page.fill("#case_no", filing.case_no)
    await page.fill("#phone", "12000000000")
    await page.fill("#id_tail", id_no[-6:])
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#h-state")
    await window.check("the case")


@pytest_asyncio.fixture
async def plain(chromium: Browser, address: str) -> AsyncIterator[Window]:
    context = await chromium.new_context(base_url=address, locale="zh-CN")
    yield Window(context, await context.new_page())
    await context.close()


async def test_limits_papers_and_names_unfold_inside_the_page(
    plain: Window, database: Database
) -> None:
    filing = await case(database)
    async with database.write() as connection:
        await documents.keep(
            connection,
            "样例文字".encode(),
            case_no=filing.case_no,
            type_="SAMPLE",
            media_type="text/plain; charset=utf-8",
            source="APPLICANT",
            now=NOW,
        )
    await record(
        database,
        step(
            filing,
            2,
            stage="REVIEW",
            clocks_started=(ClockStarted(kind="DECISION", limit=LIMIT, started_on=TODAY),),
        ),
    )
    await sign_in(plain.page, "HC0102")
    page = plain.page
    await page.goto(f"/cases/{filing.case_no}")
    await page.locator("#clocks a", has_text="逐日说明").click()
    await page.locator("#limit-days tbody tr").first.wait_for()
    await page.locator("#documents a", has_text="预览").click()
    await page.locator("#preview pre", has_text="样例文字").wait_for()
    assert page.url.endswith(filing.case_no)
    await plain.check("unfolded")
    await page.get_by_role("button", name="登记并显示").click()
    await page.get_by_role("cell", name="样例1", exact=True).wait_for()
    await plain.check("with names")


async def test_a_page_follows_a_case_that_somebody_else_moves_but_keeps_what_is_being_written(
    plain: Window, database: Database
) -> None:
    filing = await case(database)
    await sign_in(plain.page, "HC0102")
    page = plain.page
    await page.goto(f"/cases/{filing.case_no}")
    await page.evaluate("document.querySelector('#news').setAttribute('hx-trigger', 'look')")
    await page.evaluate("htmx.process(document.querySelector('#news'))")

    async def look() -> None:
        async with page.expect_response("**/pulse*"):
            await page.evaluate("htmx.trigger('#news', 'look')")

    await look()
    await record(database, step(filing, 2, stage="APPROVAL"))
    await look()
    await page.locator("#case .keyfacts", has_text="审批中").wait_for()
    await page.select_option("#purpose", "督办")
    await record(database, step(filing, 3, stage="LANDING"))
    await look()
    await page.locator("#news", has_text="已有变化，刷新").wait_for()
    assert await page.input_value("#purpose") == "督办"
    assert "审批中" in await page.inner_text("#case .keyfacts")
    assert not plain.troubles
