"""One Chromium for all browser tests; each desk is a window with its own cookies."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from starlette.types import ASGIApp

from catalog.loader import load_catalog
from connection import connect
from console.desk_app import build_desk
from console.office import Office
from storage.database import Database
from tests.browser.watching import watch
from tests.console.english import drawn_twice
from tests.console.test_signing_in import settings
from tests.rehearsal.stage import HOME, Stage

#: How long a page may take on a loaded machine, in milliseconds.
PATIENCE = 30_000
Desk = Callable[..., Awaitable[Page]]
expect.set_options(timeout=PATIENCE)


@pytest_asyncio.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """CHROMIUM names the browser, else the system's; `make chromium` installs one."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert program, "no chromium: run make chromium, or name one by CHROMIUM"
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing but names and typed text is Chinese for who reads English."""
    yield from drawn_twice(monkeypatch)


@asynccontextmanager
async def windows(chromium: Browser) -> AsyncIterator[Desk]:
    """Opens windows at an address; at the end nothing may have been wrong in any of them."""
    opened: list[BrowserContext] = []
    troubles: list[str] = []

    async def window(url: str, *, width: int = 1280) -> Page:
        context = await chromium.new_context(
            base_url=url, locale="zh-CN", viewport={"width": width, "height": 800}
        )
        opened.append(context)
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        watch(page, troubles)
        return page

    try:
        yield window
    finally:
        for context in opened:
            await context.close()
    assert not troubles, troubles


async def sign_in(page: Page, number: str) -> Page:
    """Sign in as a staff number, up to its worklist."""
    await page.goto("/sign-in")
    await page.select_option("#number", number)
    await page.click("main button.primary")
    await page.locator("summary", has_text=number).wait_for()
    return page


@pytest_asyncio.fixture
async def desk(chromium: Browser, stage: Stage) -> AsyncIterator[Desk]:
    """Sign in as a staff number at a running locality; None: a window of somebody else."""
    async with windows(chromium) as window:

        async def at_desk(number: str | None, *, at: str = HOME, width: int = 1280) -> Page:
            page = await window(stage.system.settings.locality(at).console_url, width=width)
            return await sign_in(page, number) if number else page

        yield at_desk


@asynccontextmanager
async def answering(app: ASGIApp) -> AsyncIterator[str]:
    """Where an application of this process answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        running = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            while not server.started:
                done, _ = await asyncio.wait({running}, timeout=0.05)
                assert not done, "the server has stopped before it answered"
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            await running


def console(database: Database, **changes: object) -> ASGIApp:
    """A console of 371002 over this database; no case runs behind it."""
    own = settings(secure_cookies=False, **changes)
    office = Office(database, partial(connect, own), load_catalog(), own.code)
    return build_desk(office, own, ui_url=None)


@pytest_asyncio.fixture
async def address(database: Database) -> AsyncIterator[str]:
    """Where a console of 371002 over this database answers; no case runs behind it."""
    async with answering(console(database, seeded_accounts=True)) as url:
        yield url


@pytest_asyncio.fixture
async def front(chromium: Browser, address: str) -> AsyncIterator[Desk]:
    """The same as ``desk`` before the console that has a database and no running cases."""
    async with windows(chromium) as window:

        async def at_desk(number: str | None, *, width: int = 1280) -> Page:
            page = await window(address, width=width)
            return await sign_in(page, number) if number else page

        yield at_desk
