"""Two whole procedures in the browser, by clerks of both localities at desks of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.async_api import Page, expect

from domain.stages import STAGE_LABELS
from domain.task_table import TASKS
from tests.browser.conftest import Desk
from tests.browser.test_forms import choose, take_in
from tests.console.english import untranslated
from tests.rehearsal.stage import HOME, ORIGIN, Stage
from tests.rehearsal.story import REGULAR, Story
from tests.rehearsal.transfer import TransferStory

Decision = tuple[str, str]
RECORD = json.loads(Path("examples/compute/pension.json").read_text(encoding="utf-8"))


class Desks:
    """Everybody who works on a story, each in a window that stays open."""

    def __init__(self, story: Story, desk: Desk) -> None:
        self.story = story
        self.desk = desk
        self.windows: dict[str, Page] = {}

    async def of(self, clerk: str, locality: str) -> Page:
        """The clerk's window, signed in when first needed."""
        if clerk not in self.windows:
            self.windows[clerk] = await self.desk(clerk, at=locality)
        return self.windows[clerk]

    async def decide(self, kind: str, outcome: str) -> None:
        """Find the task on the office's list, claim it, decide it."""
        task = await self.story.task(kind)
        clerk = self.story.clerk(task["office"], TASKS[kind].role)
        page = await self.of(clerk, self.story.stage.catalog.home(task["office"]))
        for path in (f"/tasks/{task['task_id']}", f"/cases/{self.story.case_no}/acts"):
            await read_in_english(page, path)
        await page.goto("/worklist?view=office&sort=newest")
        await page.locator(f'a[href="/tasks/{task["task_id"]}"]').first.click()
        await page.get_by_role("button", name="认领这项").click()
        await expect(page.locator(".lead")).to_contain_text(f"认领人 {clerk}")
        await choose(page, outcome)
        await page.locator(f"#way-{outcome} button.primary").click()
        await expect(page.locator("main")).to_contain_text(f"已由 {clerk}（您）")

    async def see(self, case_no: str, *words: str, locality: str) -> None:
        """Every window of a locality shows the case so."""
        for clerk, page in self.windows.items():
            if clerk in {one.code for one in self.story.stage.catalog.locality(locality).clerks}:
                answer = await page.goto(f"/cases/{case_no}")
                assert answer is not None and len(await answer.body()) < 150_000
                for word in words:
                    await expect(page.locator("#case")).to_contain_text(word)
                limits = await page.locator("#clocks td a").all()
                for path in (
                    *(f"/cases/{case_no}", f"/cases/{case_no}/history"),
                    *[str(await one.get_attribute("href")) for one in limits],
                ):
                    await read_in_english(page, path)


async def read_in_english(page: Page, path: str) -> None:
    """The same page for who reads English: nothing but names and typed text is Chinese."""
    answer = await page.request.get(path, headers={"accept-language": "en"})
    if answer.ok:
        missing = untranslated(await answer.text())
        assert not missing, f"{path}: {missing}"


async def transferred(
    story: Story, desk: Desk, window: str, application: dict[str, Any], plan: Iterable[Decision]
) -> None:
    """From the window to the archive; both localities then see how it ended."""
    desks = Desks(story, desk)
    await take_in(await desks.of(window, HOME), story, application)
    for kind, outcome in plan:
        await desks.decide(kind, outcome)
    await story.stage_is("ARCHIVED")
    leg = await story.leg_stage_is("MOVED_OUT", "LEG_COMPLETED")
    await desks.see(story.case_no, "已归档", locality=HOME)
    await desks.see(leg["case_no"], STAGE_LABELS[leg["stage"]], locality=ORIGIN)


async def test_a_spouse_moves_by_the_hands_of_both_police_stations(
    stage: Stage, desk: Desk
) -> None:
    story = Story(stage)
    application = await story.application("HUKOU-SPOUSE", followers=1)
    await transferred(story, desk, "HC0101", application, REGULAR.items())


async def test_a_pension_moves_by_the_hands_of_both_insurance_offices(
    stage: Stage, desk: Desk
) -> None:
    story = TransferStory(stage)
    person = await story.somebody()
    for locality in (ORIGIN, HOME):
        await story.entry("PENSION", RECORD, at=locality)
    application = {
        "matter": "PENSION-TRANSFER",
        "peer_locality": ORIGIN,
        "applicant": {key: person[key] for key in ("name", "id_no", "phone")},
        "documents": [
            {"type": rule.type, "text": rule.name}
            for rule in stage.catalog.transfer("PENSION-TRANSFER").documents
            if rule.required and not rule.shareable_from
        ],
    }
    plan = (
        ("INTAKE_CHECK", "ACCEPT"),
        ("PENSION_REVIEW", "PASS"),
        ("PENSION_EXAMINATION", "PASS"),
        ("PENSION_RELEASE", "RELEASE"),
        ("PENSION_BOOKING", "BOOK"),
        ("DELIVERY", "ELECTRONIC"),
    )
    await transferred(story, desk, "HC1101", application, plan)
