"""A day at the desk without a running case: keyboard, large print, search, papers, signing out."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.async_api import FilePayload, Page, expect
from sqlalchemy import select

from storage.case_tables import DataAccess
from storage.database import Database
from tests.browser.conftest import Desk
from tests.console.api_clients import new_webhook
from tests.console.lists import case_with_task
from tests.console.test_case_page import case
from tests.storage.builders import identity

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF"
#: A window of 1280 points at 200 percent.
HALF = 640
NEWEST = "/worklist?view=office&sort=newest"


async def three_tasks(database: Database) -> list[str]:
    """Three tasks of the station; the one that came last first, as the list shows them."""
    at = [datetime(2031, 1, day, tzinfo=UTC) for day in (1, 2, 3)]
    return [await case_with_task(database, days=30, opened_at=one) for one in at][::-1]


async def test_a_worklist_is_worked_by_the_keyboard_alone(front: Desk, database: Database) -> None:
    first, second, third = await three_tasks(database)
    page = await front("HC0102")
    await page.goto(NEWEST)
    selected = page.locator("[data-selected]")

    async def focused() -> str:
        return str(await page.evaluate("document.activeElement.getAttribute('href')"))

    for key, task in (("j", first), ("j", second), ("j", third), ("k", second)):
        await page.keyboard.press(key)
        assert await focused() == f"/tasks/{task}"
    await page.keyboard.press("x")
    await expect(selected).to_have_text("1")
    await expect(page.locator(f'[name="task"][value="{second}"]')).to_be_checked()
    await page.keyboard.press("k")
    await page.keyboard.press("x")
    await expect(selected).to_have_text("2")
    await page.keyboard.press("x")
    await expect(selected).to_have_text("1")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/tasks/{first}")
    await page.go_back()
    await page.click('[data-toggle="keys"]')
    await expect(page.locator('[data-toggle="keys"]')).to_have_text("开启快捷键")
    await page.keyboard.press("j")
    assert await focused() == "None"


async def test_the_first_key_of_every_page_leads_to_its_content(
    front: Desk, database: Database
) -> None:
    filing = await case(database)
    page = await front("HC0102")
    for path in ("/worklist", f"/cases/{filing.case_no}", f"/tasks/{filing.case_no}/REVIEW/1"):
        await page.goto(path)
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.className") == "skip"
        await page.keyboard.press("Enter")
        assert await page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize(
    ("number", "paths"),
    [
        (
            "HC0102",
            (
                *(NEWEST, "/worklist?view=waiting", "/worklist?view=parcels", "/search"),
                *("/cases/{case}", "/cases/{case}/history", "/cases/{case}/acts"),
                *("/cases/{case}/slips", "/tasks/{case}/REVIEW/1"),
            ),
        ),
        ("HC0101", ("/intake", "/cases/{case}/hand-in")),
        ("HC0902", ("/board", "/board/tasks", "/board/bulletins", NEWEST)),
        ("HC0904", ("/posts", "/integrators")),
        ("HC0905", ("/audit",)),
        (None, ("/progress", "/sign-in")),
    ],
)
async def test_at_twice_the_size_no_page_is_wider_than_its_window(
    front: Desk, database: Database, number: str | None, paths: tuple[str, ...]
) -> None:
    filing = await case(database)
    await new_webhook(database)
    page = await front(number, width=HALF)
    for path in paths:
        answer = await page.goto(path.format(case=filing.case_no))
        assert answer is not None and answer.status == 200, path
        wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{path} is {wide} px wider than its window"


async def test_who_searches_by_identity_number_says_why_and_is_noted(
    front: Desk, database: Database
) -> None:
    number = identity()
    case_no = (await case_with_task(database, number)).partition("/")[0]
    page = await front("HC0102")
    await page.goto("/search")
    await expect(page.locator("#purpose option").first).to_have_text("请选择用途")
    await page.fill("#words", number)
    await page.keyboard.press("Enter")
    await expect(page.locator("#search-error")).to_contain_text("请先选择用途")
    assert await page.input_value("#words") == number
    await page.select_option("#purpose", "ANSWER")
    await page.keyboard.press("Enter")
    await expect(page.locator("main")).to_contain_text("找到 1 件")
    await expect(page.locator("main table")).to_contain_text(case_no)
    assert number not in page.url
    assert number not in await page.inner_text("main table")
    async with database.read() as connection:
        noted = await connection.execute(
            select(DataAccess.actor, DataAccess.what, DataAccess.purpose).where(
                DataAccess.case_no == case_no
            )
        )
        assert [tuple(one) for one in noted] == [("HC0102", "search.identity", "答复当事人咨询")]


async def give(page: Page, name: str, content: bytes) -> None:
    """Put a file into the first line of the papers of a draft, and save the draft."""
    chosen: FilePayload = {"name": name, "mimeType": "application/pdf", "buffer": content}
    await page.locator('#papers input[type="file"]').first.set_input_files(chosen)
    await page.get_by_role("button", name="保存草稿").last.click()


async def test_a_file_that_is_no_paper_is_refused_by_its_bytes_and_a_paper_is_kept(
    front: Desk, database: Database
) -> None:
    page = await front("HC0101")
    await page.goto("/intake?q=夫妻投靠")
    await page.locator("#matters form").first.get_by_role("button").click()
    await page.fill('[name="applicant.name"]', "样例甲")
    await give(page, "程序.pdf", b"MZ\x90\x00" + b"\x00" * 64)
    await expect(page.get_by_role("alert").first).to_contain_text("没有收下")
    await expect(page.locator("#papers")).to_contain_text("另存为")
    assert await page.input_value('[name="applicant.name"]') == "样例甲"
    await expect(page.locator("#papers")).not_to_contain_text("程序.pdf")
    await give(page, "申请.pdf", PDF)
    await expect(page.locator("#papers")).to_contain_text("申请.pdf")
    await page.reload()
    await expect(page.locator("#papers")).to_contain_text("申请.pdf")


async def test_who_signed_out_leaves_nothing_behind_the_back_button(
    front: Desk, database: Database
) -> None:
    filing = await case(database)
    page = await front("HC0102")
    await page.goto(f"/cases/{filing.case_no}")
    await page.goto("/worklist")
    await page.locator("details.who summary").click()
    await page.get_by_role("button", name="退出登录").click()
    await expect(page).to_have_url(re.compile("/signed-out"))
    for _ in range(2):
        await page.go_back()
        await expect(page).to_have_url(re.compile("/sign-in"))
        assert filing.case_no not in await page.inner_text("main")
    answer = await page.goto(f"/cases/{filing.case_no}")
    assert answer is not None and "/sign-in" in answer.url
