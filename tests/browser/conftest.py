"""One Chromium for all browser tests; each desk is a window with its own cookies."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.rehearsal.stage import HOME, Stage

#: How long a page may take on a loaded machine, in milliseconds.
PATIENCE = 30_000
Desk = Callable[..., Awaitable[Page]]
expect.set_options(timeout=PATIENCE)


@pytest_asyncio.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """CHROMIUM names the browser, else the system's."""
    async with async_playwright() as play:
        browser = await play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture
async def desk(chromium: Browser, stage: Stage) -> AsyncIterator[Desk]:
    """Sign in as a staff number: a window of a locality's console that must show no error."""
    opened, troubles = [], []

    async def sign_in(number: str, *, at: str = HOME) -> Page:
        context = await chromium.new_context(
            base_url=stage.system.settings.locality(at).console_url, locale="zh-CN"
        )
        opened.append(context)
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "console",
            lambda said: (
                troubles.append(said.text)
                if said.type == "error" and "Failed to load resource" not in said.text
                else None
            ),
        )
        await page.goto("/sign-in")
        await page.select_option("#number", number)
        await page.click("main button.primary")
        await page.wait_for_url("**/worklist")
        return page

    yield sign_in
    for context in opened:
        await context.close()
    assert not troubles, troubles
