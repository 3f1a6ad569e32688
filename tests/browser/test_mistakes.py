"""What goes wrong between people, on one case: a page that went stale, a double click, a wrong
paper of the applicant, and an approver who had reviewed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime

from playwright.async_api import FilePayload, Page, expect

from domain.offices import Role
from domain.permissions import PostKind
from storage import posts
from tests.browser.conftest import Desk
from tests.browser.test_forms import PDF, choose
from tests.rehearsal.stage import HOME, Stage
from tests.rehearsal.story import Story

DEFECT = "缺少调令原件"


@asynccontextmanager
async def lent(stage: Stage, number: str, office: str, role: Role) -> AsyncIterator[None]:
    """A secondment to another office, for as long as it is needed."""
    database, account = stage.offices[HOME].database, f"seeded:{number}"
    async with database.write() as connection:
        given = await posts.grant(
            connection,
            account=account,
            code=number,
            office=office,
            roles=[role],
            kind=PostKind.SECONDMENT,
            since=date(2026, 1, 1),
            until=None,
            for_post=None,
            by="HC0904",
            at=datetime.now(UTC),
        )
    try:
        yield
    finally:
        async with database.write() as connection:
            await posts.end(connection, given, by="HC0904", at=datetime.now(UTC))


async def done(story: Story) -> list[str]:
    """What has been decided on the case, by outcome."""
    tasks = (await story.case())["tasks"]
    return [str(one["outcome"]) for one in tasks if one["status"] == "DONE"]


async def prove(page: Page, story: Story) -> None:
    """Open the applicant's page of the case."""
    await page.goto("/progress")
    main = story.people[0]
    await page.fill("#case_no", story.case_no)
    await page.fill("#phone", main["phone"])
    await page.fill("#id_tail", main["id_no"][-6:])
    await page.keyboard.press("Enter")
    await page.locator("#h-state").wait_for()


async def supply(page: Page, name: str, content: bytes) -> None:
    file: FilePayload = {"name": name, "mimeType": "application/pdf", "buffer": content}
    await page.select_option("#slot-0", "TRANSFER_ORDER:0")
    await page.set_input_files("#file-0", file)
    await page.get_by_role("button", name="提交材料").click()


async def test_mistakes_of_clerks_and_applicant_cost_nothing(stage: Stage, desk: Desk) -> None:
    story = Story(stage)
    await story.file()
    first = (await story.task("INTAKE_CHECK"))["task_id"]
    async with lent(stage, "HC0901", f"{HOME}-GA-01", Role.INTAKE):
        own, other = await desk("HC0101"), await desk("HC0901")
        for page in (own, other):
            await page.goto(f"/tasks/{first}")
        await choose(other, "CORRECT")
        await other.fill("#CORRECT-defect-0", DEFECT)
        await other.locator("#way-CORRECT button.primary").dblclick()
        await expect(other.locator("main")).to_contain_text("已由 HC0901（您）")

        await choose(own, "NOT_ACCEPT")
        await own.fill("#NOT_ACCEPT-reason", "我认为不属于本机关。")
        await own.locator("#way-NOT_ACCEPT button.primary").click()
        await expect(own.get_by_role("alert")).to_contain_text("您的决定没有生效")
        await expect(own.locator("main")).to_contain_text("已由 HC0901")
        await expect(own.locator("main")).to_contain_text("我认为不属于本机关。")
    await story.stage_is("CORRECTION")
    assert await done(story) == ["CORRECT"]

    applicant = await desk(None)
    await prove(applicant, story)
    await expect(applicant.locator("main")).to_contain_text("补交材料")
    assert story.people[0]["name"] not in await applicant.content()
    await supply(applicant, "程序.pdf", b"MZ\x90\x00" + b"\x00" * 64)
    await expect(applicant.get_by_role("alert")).to_contain_text("不是可以接收的材料")
    await supply(applicant, "调令.pdf", PDF + story.case_no.encode())
    await expect(applicant.get_by_role("status")).to_contain_text("材料已提交")
    await expect(applicant.locator("main")).not_to_contain_text("提交材料")

    again = (await story.task("INTAKE_CHECK"))["task_id"]
    assert again != first
    await own.goto(f"/tasks/{again}")
    await choose(own, "ACCEPT")
    await own.locator("#way-ACCEPT button.primary").dblclick()
    await expect(own.locator("main")).to_contain_text("已由 HC0101（您）")
    await story.decide("REVIEW", "PASS")
    assert await done(story) == ["CORRECT", "ACCEPT", "PASS"]

    task = await story.task("APPROVAL")
    async with lent(stage, "HC0102", task["office"], Role.APPROVER):
        reviewer = await desk("HC0102")
        await reviewer.goto(f"/tasks/{task['task_id']}")
        await expect(reviewer.locator("#decide + p + p")).to_contain_text("须由另一个人办理")
        assert await reviewer.locator(".way").count() == 0
        refused = await reviewer.evaluate(
            """async (task) => {
              const form = new FormData(document.querySelector('form[action$="/sign-out"]'));
              form.set("command_id", "c-" + crypto.randomUUID());
              form.set("outcome", "APPROVE");
              const body = new URLSearchParams(form);
              const answer = await fetch(`/tasks/${task}/decide`, {method: "POST", body});
              return [answer.status, await answer.text()];
            }""",
            task["task_id"],
        )
        assert refused[0] == 422 and re.search("须由另一个人办理", refused[1])
    assert await done(story) == ["CORRECT", "ACCEPT", "PASS"]
    await story.decide("APPROVAL", "REFUSE", reason="不符合条件")
    await story.ends("REFUSED", "REFUSED")


async def test_several_tasks_are_claimed_and_released_and_each_says_what_became_of_it(
    stage: Stage, desk: Desk
) -> None:
    stories = [Story(stage) for _ in range(3)]
    for story in stories:
        await story.file()
    tasks = [(await story.task("INTAKE_CHECK"))["task_id"] for story in stories]
    page = await desk("HC0101")
    results = page.locator("main table tbody tr")

    async def send(do: str) -> None:
        for task in tasks:
            await page.check(f'[name="task"][value="{task}"]')
        await expect(page.locator("[data-selected]")).to_have_text("3")
        await page.locator(f'#bulk [name="do"][value="{do}"]').click()
        await expect(results).to_have_count(3)

    await page.goto("/worklist?view=office&sort=newest")
    await stories[0].decide("INTAKE_CHECK", "NOT_ACCEPT", reason="不属于受理范围")
    await send("CLAIM")
    await expect(page.get_by_role("status")).to_contain_text("成功 2 项，未成功 1 项")
    await expect(results.filter(has_text="✗")).to_contain_text(stories[0].case_no)
    await expect(results.filter(has_text="✓")).to_have_count(2)
    tasks.pop(0)
    for task in tasks:
        assert (await stage.offices[HOME].task(task))["assignee"] == "HC0101"
    await page.goto("/worklist?view=mine&sort=newest")
    for task in tasks:
        await page.check(f'[name="task"][value="{task}"]')
    await page.locator('#bulk [name="do"][value="RELEASE"]').click()
    await expect(page.get_by_role("status")).to_contain_text("共 2 项，成功 2 项，未成功 0 项")
    for task in tasks:
        assert (await stage.offices[HOME].task(task))["assignee"] is None
    for story in stories[1:]:
        await story.decide("INTAKE_CHECK", "NOT_ACCEPT", reason="不属于受理范围")
