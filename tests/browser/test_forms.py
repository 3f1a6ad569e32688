"""From the window to the decision in a real browser, with the mistakes that people make."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Any

from playwright.async_api import Page, expect

from domain.offices import Role
from domain.permissions import PostKind
from storage import posts
from tests.browser.conftest import Desk
from tests.rehearsal.stage import HOME, Stage
from tests.rehearsal.story import Story

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF"


async def fill(page: Page, application: dict[str, Any]) -> None:
    """Write an application into its form as a clerk does."""
    # A field is left out only where the form has none, not where the form is still to come.
    await expect(page.locator("#main-form")).to_be_visible()
    rows = page.locator('[name="migrant.relation"]')
    for number in range(2, len(application.get("migrants", ())) + 1):
        await page.get_by_role("button", name="再加一人").click()
        await expect(rows).to_have_count(number)
    applicant = {f"applicant.{key}": value for key, value in application["applicant"].items()}
    plain = {key: value for key, value in application.items() if isinstance(value, str)}
    for name, value in {**plain, **applicant}.items():
        field = page.locator(f'#main-form [name="{name}"]')
        if name == "matter" or not await field.count():
            continue
        if await field.evaluate("one => one.tagName") == "SELECT":
            await field.select_option(value)
        else:
            await field.fill(value)
    for row, person in enumerate(application.get("migrants", ())):
        for part in ("relation", "name", "id_no"):
            await page.locator(f'[name="migrant.{part}"]').nth(row).fill(person[part])


async def take_in(page: Page, story: Story, application: dict[str, Any]) -> str:
    """Take an application in at the window; returns its case number."""
    await page.goto(f"/intake?q={application['matter']}")
    start = page.locator("#matters form", has=page.locator(f'[value="{application["matter"]}"]'))
    await start.get_by_role("button").click()
    await fill(page, application)
    for paper in application["documents"]:
        slot = f"{paper['type']}:{paper.get('person') or 0}"
        row = page.locator("#papers tr", has=page.locator(f'input[value="{slot}"]'))
        await row.locator('input[type="file"]').set_input_files(
            {
                "name": "材料.pdf",
                "mimeType": "application/pdf",
                "buffer": PDF + str(paper).encode(),
            }
        )
    await page.get_by_role("button", name="检查是否齐全").click()
    await expect(page.locator("#checked")).to_contain_text("没有发现缺项")
    await page.locator("#file").dblclick()
    await page.wait_for_url("**/receipt")
    story.case_no = (await page.locator(".number").inner_text()).strip()
    return story.case_no


async def choose(page: Page, outcome: str) -> None:
    """Open the form of an outcome, and say so where it cannot be taken back."""
    await page.locator(f"#way-{outcome} summary").click()
    sure = page.locator(f"#way-{outcome} input[name=sure]")
    if await sure.count():
        await sure.check()


async def test_an_application_is_worked_from_the_window_to_the_refusal(
    stage: Stage, desk: Desk
) -> None:
    story = Story(stage)
    window = await desk("HC0101")
    case_no = await take_in(window, story, await story.application())
    cases = await stage.offices[HOME].cases(home_case_no=case_no)
    assert len(cases) == 1

    await story.task("INTAKE_CHECK")
    await window.goto(f"/tasks/{case_no}/INTAKE_CHECK/1")
    await choose(window, "NOT_ACCEPT")
    await window.locator("#way-NOT_ACCEPT button.primary").click()
    await expect(window.locator("#NOT_ACCEPT-reason-error")).to_be_visible()
    await choose(window, "ACCEPT")
    await window.locator("#way-ACCEPT button.primary").dblclick()
    await expect(window.locator("main")).to_contain_text("已由 HC0101（您）")

    await story.task("REVIEW")
    handler = await desk("HC0102")
    await handler.goto(f"/tasks/{case_no}/REVIEW/1")
    await choose(handler, "PASS")
    await handler.locator("#way-PASS button.primary").click()
    await expect(handler.locator("main")).to_contain_text("已由 HC0102（您）")

    await story.task("APPROVAL")
    bureau = await desk("HC0002")
    await bureau.goto(f"/tasks/{case_no}/APPROVAL/1")
    await choose(bureau, "REFUSE")
    await bureau.fill("#REFUSE-reason", "调动文件不符合本地落户条件。")
    await bureau.locator("#way-REFUSE button.primary").click()
    await expect(bureau.locator("main")).to_contain_text("不予迁入")
    await story.stage_is("REFUSED")
    record = await story.case()
    assert len([command for command in record["commands"] if command["status"] == "DONE"]) == 3
    took_in = next(act for act in record["acts"] if act["code"] == "RECEIVED")
    assert took_in["actor"] == "HC0101"


@asynccontextmanager
async def standing_in(stage: Stage, number: str, absent: str) -> AsyncIterator[None]:
    """A substitute who acts for an absent colleague, for as long as it is needed."""
    database = stage.offices[HOME].database
    async with database.write() as connection:
        given = await posts.grant(
            connection,
            account=f"seeded:{number}",
            code=number,
            office=f"{HOME}-GA-01",
            roles=[Role.HANDLER],
            kind=PostKind.SUBSTITUTE,
            since=date(2026, 1, 1),
            until=None,
            for_post=absent,
            by="HC0902",
            at=datetime.now(UTC),
        )
    try:
        yield
    finally:
        async with database.write() as connection:
            await posts.end(connection, given, by="HC0902", at=datetime.now(UTC))


async def test_who_is_late_learns_it_and_a_seconded_colleague_acts_under_the_post(
    stage: Stage, desk: Desk
) -> None:
    story = Story(stage)
    await story.file()
    await story.decide("INTAKE_CHECK", "ACCEPT")
    await story.task("REVIEW")
    async with standing_in(stage, "HC0903", "HC0102"):
        own, substitute = await desk("HC0102"), await desk("HC0903")
        for page in (own, substitute):
            await page.goto(f"/tasks/{story.case_no}/REVIEW/1")
        await expect(substitute.locator("#decide + p + p")).to_contain_text("代 HC0102")
        await choose(substitute, "PASS")
        await substitute.locator("#way-PASS button.primary").click()
        await expect(substitute.locator("main")).to_contain_text("已由 HC0903（您）")

        await choose(own, "REFUSE")
        await own.fill("#REFUSE-reason", "我另有意见。")
        await own.locator("#way-REFUSE button.primary").click()
        await expect(own.get_by_role("alert")).to_contain_text("您的决定没有生效")
        await expect(own.locator("main")).to_contain_text(re.compile("已由 HC0903.*审核通过", re.S))
        await expect(own.locator("main")).to_contain_text("我另有意见。")
        noted = [one["body"].get("for_post") for one in (await story.case())["commands"]]
        assert "HC0102" in noted


async def test_a_case_is_suspended_corrected_and_withdrawn_by_forms_of_its_own(
    stage: Stage, desk: Desk
) -> None:
    story = Story(stage)
    await story.file()
    await story.decide("INTAKE_CHECK", "ACCEPT")
    approver = await desk("HC0103")
    await approver.goto(f"/cases/{story.case_no}/acts")
    await approver.locator("#act-SUSPEND summary").click()
    await approver.select_option("#SUSPEND-reason_code", "INVESTIGATION")
    await approver.locator("#act-SUSPEND button").click()
    await expect(approver.locator("#SUSPEND-reason-error")).to_be_visible()
    await approver.fill("#SUSPEND-reason", "经批准向原单位调查核实。")
    await approver.locator("#act-SUSPEND button").click()
    await expect(approver.get_by_role("status")).to_contain_text("中止计时")
    assert await approver.locator("#act-RESUME").count() == 1
    assert await approver.locator("#act-SUSPEND").count() == 0
    await approver.locator("#act-WITHDRAW summary").click()
    await approver.locator("#act-WITHDRAW button").click()
    await expect(approver.locator("main")).to_contain_text("办件已办结")
    await story.stage_is("WITHDRAWN")
