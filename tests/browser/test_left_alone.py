"""A page that is left alone asks for nothing, so that its session ends in its time."""

from __future__ import annotations

import pytest
from playwright.async_api import Request, expect

from storage.database import Database
from tests.browser.conftest import Desk
from tests.console.test_case_page import case


@pytest.mark.parametrize(("path", "asked"), [("/cases/{case}", "/pulse"), ("/worklist", "/counts")])
async def test_a_page_that_nobody_touches_stops_asking_and_goes_on_when_touched(
    front: Desk, database: Database, path: str, asked: str
) -> None:
    filing = await case(database)
    page = await front("HC0102")
    await page.clock.install()
    await page.goto(path.format(case=filing.case_no))
    polls: list[str] = []

    def note(request: Request) -> None:
        if asked in request.url:
            polls.append(request.url)

    page.on("request", note)
    async with page.expect_response(lambda answer: asked in answer.url):
        await page.clock.fast_forward(21_000)
    before = len(polls)
    await page.clock.fast_forward("30:00")
    await page.keyboard.press("Shift")
    async with page.expect_response(lambda answer: asked in answer.url):
        await page.clock.fast_forward(21_000)
    assert len(polls) == before + 1


async def test_whose_session_is_over_keeps_the_page_and_goes_on_after_signing_in(
    front: Desk, database: Database
) -> None:
    filing = await case(database)
    page = await front("HC0102")
    await page.clock.install()
    here = f"/cases/{filing.case_no}"
    await page.goto(here)
    over = page.locator("#session-over")

    async def asked() -> None:
        async with page.expect_response(lambda answer: "/pulse" in answer.url):
            await page.clock.fast_forward(11_000)

    await page.context.clear_cookies(name="tongban")
    await asked()
    await expect(over).to_contain_text("登录已过期，请重新登录")
    assert page.url.endswith(here)
    await asked()
    assert await over.locator("p").count() == 1
    async with page.context.expect_page() as opened:
        await over.locator("a").click()
    window = await opened.value
    await window.select_option("#number", "HC0102")
    await window.click("main button.primary")
    await window.wait_for_url(f"**{here}")
    await asked()
    await expect(over).to_be_empty()
