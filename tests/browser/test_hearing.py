"""听证 in the browser: the approver tells and sets it, the applicant asks for it and waives it."""

from __future__ import annotations

from datetime import date, timedelta

from playwright.async_api import Page, expect

from tests.browser.conftest import Desk
from tests.browser.test_accessible import Window
from tests.browser.test_mistakes import prove
from tests.rehearsal.stage import Stage
from tests.stories.test_hearings import CHAIR, PLACE, in_review


async def unfold(page: Page, act: str) -> None:
    await page.locator(f"#act-{act} summary").click()


async def test_a_hearing_is_worked_by_approver_and_applicant_in_two_windows(
    stage: Stage, desk: Desk
) -> None:
    story, approver = await in_review(stage)
    office, applicant = await desk(approver), await desk(None)
    acts = f"/cases/{story.case_no}/acts"
    await office.goto(acts)
    await unfold(office, "HEARING_ANNOUNCE")
    await office.locator("#act-HEARING_ANNOUNCE button").click()
    for field in ("on", "place", "chair", "days", "reason"):
        await expect(office.locator(f"#HEARING_ANNOUNCE-{field}-error")).to_be_visible()
    await Window(office.context, office).check("what is missing of an announcement")
    await unfold(office, "HEARING_TELL")
    await office.fill("#HEARING_TELL-reason", "直接涉及他人重大利益关系")
    await office.locator("#act-HEARING_TELL button").dblclick()
    await expect(office.get_by_role("status")).to_contain_text("告知听证权利")
    await expect(office.locator("#act-HEARING_TELL")).to_have_count(0)

    await prove(applicant, story)
    await Window(applicant.context, applicant).check("an applicant who may ask for a hearing")
    await applicant.fill("#hearing-words", "对迁入条件有异议")
    await applicant.get_by_role("button", name="申请听证").dblclick()
    await expect(applicant.locator("main")).to_contain_text("正在组织听证")

    await office.goto(acts)
    await expect(office.locator("#act-RESUME")).to_have_count(0)
    await unfold(office, "HEARING_SET")
    hint = await office.inner_text("#HEARING_SET-on-hint")
    first, last = (date.fromisoformat(words[-10:]) for words in hint.split("，最晚"))
    early = first - timedelta(days=1)
    await office.fill("#HEARING_SET-on", str(early))
    await office.fill("#HEARING_SET-place", PLACE)
    await office.fill("#HEARING_SET-chair", CHAIR)
    await office.fill("#HEARING_SET-reason", "依申请举行听证")
    await office.locator("#act-HEARING_SET button").click()
    await expect(office.locator("#HEARING_SET-on-error")).to_be_visible()
    assert await office.input_value("#HEARING_SET-place") == PLACE
    await office.fill("#HEARING_SET-on", str(first))
    await office.locator("#act-HEARING_SET button").click()
    await expect(office.get_by_role("status")).to_contain_text("通知听证")
    assert first < last

    await applicant.reload()
    await applicant.locator("summary", has_text="放弃听证").click()
    await applicant.check('[name="sure"] >> nth=0')
    await applicant.locator("details button", has_text="放弃听证").click()
    await expect(applicant.get_by_role("status")).to_contain_text("已登记您放弃听证")
    await story.decide("REVIEW", "PASS")
    await story.decide("APPROVAL", "REFUSE", reason="不符合条件")
    await story.ends("REFUSED", "REFUSED")
