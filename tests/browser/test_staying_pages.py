"""A page that somebody reads or writes on stays as it is: display choices, news, lost networks."""

from __future__ import annotations

from playwright.async_api import Browser, Dialog, FilePayload, Page, expect
from sqlalchemy import update

from contracts.cases import HukouFiling
from contracts.transitions import EventNoted
from storage.database import Database
from storage.task_tables import Task
from tests.browser.conftest import Desk, sign_in
from tests.console.lists import case_with_task
from tests.console.test_case_page import case
from tests.storage.builders import record, step

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF"
#: Ask for news now, not in ten seconds.
_PULSE = """new Promise((done) => {
  const news = document.querySelector("#news");
  const asked = () => { news.removeEventListener("htmx:afterRequest", asked); done(); };
  news.addEventListener("htmx:afterRequest", asked);
  htmx.ajax("GET", news.getAttribute("hx-get"), { source: news, target: news });
})"""


async def test_display_choices_keep_what_is_typed_and_another_language_asks_first(
    front: Desk, database: Database
) -> None:
    task = await case_with_task(database)
    page = await front("HC0102")
    await page.goto(f"/tasks/{task}")
    await page.locator("#way-PASS summary").click()
    reason = page.locator("#PASS-reason")
    await reason.fill("样例意见")
    for name, value in (("size", "large"), ("contrast", "high")):
        button = page.locator(f'[data-toggle="{name}"]')
        await button.click()
        await expect(page.locator("html")).to_have_attribute(f"data-{name}", value)
        await expect(button).to_have_attribute("aria-pressed", "true")
    await expect(reason).to_have_value("样例意见")
    answers = [False, True]

    async def answer(dialog: Dialog) -> None:
        await (dialog.accept() if answers.pop(0) else dialog.dismiss())

    page.on("dialog", answer)
    await page.click('[data-toggle="language"]')
    await expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    await expect(reason).to_have_value("样例意见")
    await page.click('[data-toggle="language"]')
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.locator("html")).to_have_attribute("data-size", "large")
    assert answers == []


async def test_shortcuts_that_were_switched_off_can_be_switched_on_again(
    front: Desk, database: Database
) -> None:
    page = await front("HC0102")
    button = page.locator('[data-toggle="keys"]')
    for words in ("开启快捷键", "关闭快捷键"):
        await button.click()
        await expect(button).to_have_text(words)


async def test_who_reads_a_case_is_told_of_news_and_who_only_stands_there_keeps_the_place(
    front: Desk, database: Database
) -> None:
    filing = await case(database)
    page = await front("HC0102")
    await page.goto(f"/cases/{filing.case_no}")
    link = page.locator("#tasks a").first
    await link.focus()
    await moved(database, filing, 2)
    await page.evaluate(_PULSE)
    await expect(page.locator("#history")).to_contain_text("已超期")
    await expect(link).to_be_focused()
    await page.select_option("#purpose", "办理")
    await page.get_by_role("button", name="登记并显示").click()
    await expect(page.locator("#persons")).to_contain_text("样例1")
    await moved(database, filing, 3)
    await page.evaluate(_PULSE)
    await expect(page.locator("#news")).to_contain_text("内容有变化")
    await expect(page.locator("#persons")).to_contain_text("样例1")


async def test_who_writes_a_decision_is_told_that_somebody_took_the_task(
    front: Desk, database: Database
) -> None:
    task = await case_with_task(database)
    page = await front("HC0102")
    await page.goto(f"/tasks/{task}")
    await page.locator("#way-PASS summary").click()
    await page.fill("#PASS-reason", "样例意见")
    async with database.write() as connection:
        await connection.execute(update(Task).where(Task.task_id == task).values(assignee="HC0103"))
    await page.evaluate(_PULSE)
    await expect(page.locator("#news")).to_contain_text("已由 HC0103 认领")
    await expect(page.locator("#PASS-reason")).to_have_value("样例意见")


async def test_a_draft_says_what_is_not_uploaded_and_what_could_not_be_saved(
    chromium: Browser, address: str
) -> None:
    context = await chromium.new_context(base_url=address, locale="zh-CN")
    page = await sign_in(await context.new_page(), "HC0101")
    await page.goto("/intake?q=夫妻投靠")
    await page.locator("#matters form").first.get_by_role("button").click()
    await page.locator("#papers").wait_for()
    await choose_file(page)
    await expect(page.locator("[data-unsent]").first).to_be_visible()
    saved = page.locator("#saved")
    await type_name(page, "样例甲")
    await expect(saved).to_contain_text("草稿已保存")
    await expect(page.locator("[data-unsent]").first).to_be_visible()
    await context.set_offline(True)
    await type_name(page, "样例乙")
    await expect(saved).to_contain_text("未能保存，请检查网络")
    await context.set_offline(False)
    await type_name(page, "样例丙")
    await expect(saved).to_contain_text("草稿已保存")
    await page.get_by_role("button", name="保存草稿").last.click()
    await expect(page.locator("#papers")).to_contain_text("申请.pdf")
    await context.close()


async def choose_file(page: Page) -> None:
    chosen: FilePayload = {"name": "申请.pdf", "mimeType": "application/pdf", "buffer": PDF}
    await page.locator('#papers input[type="file"]').first.set_input_files(chosen)


async def type_name(page: Page, name: str) -> None:
    await page.fill('[name="applicant.name"]', name)
    await page.locator('[name="applicant.name"]').press("Tab")


async def moved(database: Database, filing: HukouFiling, sequence: int) -> None:
    """Somebody else has done something in the case."""
    noted = (EventNoted(code="OVERDUE"),)
    await record(database, step(filing, sequence, stage="REVIEW", events=noted))
