"""听证 by the forms of the console: the approver's page, the window's, and the applicant's own."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx

from contracts.commands import Verb
from domain.calendar import SHANGHAI
from domain.hearings import hold_from
from tests.console.test_signing_in import sign_in, token_of
from tests.rehearsal.stage import HOME, Stage
from tests.rehearsal.story import Story
from tests.stories.test_hearings import CHAIR, PLACE, STATION, in_review, room

_COMMAND = re.compile(r'name="command_id" value="([^"]+)"')


@asynccontextmanager
async def window(stage: Stage) -> AsyncIterator[httpx.AsyncClient]:
    """A browser before the running console of the home locality."""
    url = stage.system.settings.locality(HOME).console_url
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        yield client


async def do(client: httpx.AsyncClient, story: Story, verb: str, **form: str) -> httpx.Response:
    """Open the page of what can be asked, and send one of its forms twice, as a double click."""
    address = f"/cases/{story.case_no}/acts"
    page = await client.get(address)
    card = page.text.split(f'id="act-{verb}"', 1)
    assert len(card) == 2, f"{verb} is not offered"
    command = _COMMAND.search(card[1])
    assert command is not None
    data = {"csrftoken": token_of(page), "command_id": command.group(1), **form}
    first = await client.post(f"{address}/{verb}", data=data)
    again = await client.post(f"{address}/{verb}", data=data)
    assert first.status_code == again.status_code
    assert ('-error"' in first.text) == ('-error"' in again.text), "a refusal twice is the same"
    return first


async def offered(client: httpx.AsyncClient, story: Story) -> set[str]:
    page = await client.get(f"/cases/{story.case_no}/acts")
    return set(re.findall(r'id="act-(\w+)"', page.text))


async def test_a_hearing_is_told_asked_for_by_the_applicant_set_and_put_on_file(
    stage: Stage,
) -> None:
    story, approver = await in_review(stage)
    async with window(stage) as clerk, window(stage) as applicant:
        await sign_in(clerk, approver)
        assert {"HEARING_TELL", "HEARING_ANNOUNCE"} <= await offered(clerk, story)
        told = await do(clerk, story, "HEARING_TELL", reason="直接涉及他人重大利益关系")
        assert told.status_code == 303, told.text
        rights = {"HEARING_ASK", "HEARING_WAIVE"}
        assert await offered(clerk, story) & {"HEARING_TELL", "HEARING_SET", *rights} == rights

        page = await applicant.get("/progress")
        main = story.people[0]
        secret = {"phone": main["phone"], "id_tail": main["id_no"][-6:]}
        proof = {"csrftoken": token_of(page), "case_no": story.case_no, **secret}
        assert (await applicant.post("/progress", data=proof)).status_code == 303
        page = await applicant.get("/progress")
        command = page.text.split("/progress/hearing", 1)[1]
        found = _COMMAND.search(command)
        assert found is not None
        asked = {"csrftoken": token_of(page), "command_id": found.group(1), "do": "HEARING_ASK"}
        for _ in range(2):
            sent = await applicant.post("/progress/hearing", data=asked)
            assert sent.status_code == 303, sent.text
        assert "正在组织听证" in (await applicant.get("/progress")).text
        assert (await story.clock("DECISION"))["due_on"] is None
        now = await offered(clerk, story)
        assert "RESUME" not in now and "HEARING_HELD" not in now and "HEARING_SET" in now

        rules = (await room(story)).rules
        today = (await story.now()).astimezone(SHANGHAI).date()
        first = hold_from(today, rules, stage.catalog.calendar)
        day = {"place": PLACE, "chair": CHAIR, "reason": "依申请举行听证"}
        early = await do(clerk, story, "HEARING_SET", on=str(today), **day)
        assert early.status_code == 409 and f"最早可于{first}举行" in early.text
        reviewer, review = story.clerk(STATION, "HANDLER"), await story.task("REVIEW")
        await stage.offices[HOME].hold(review["task_id"], Verb.CLAIM, clerk=reviewer)
        judge = {**day, "chair": reviewer}
        chaired = await do(clerk, story, "HEARING_SET", on=str(first), **judge)
        assert chaired.status_code == 409 and 'id="HEARING_SET-chair-error"' in chaired.text
        noticed = await do(clerk, story, "HEARING_SET", on=str(first), **day)
        assert noticed.status_code == 303, noticed.text
        page = await applicant.get("/progress")
        assert str(first) in page.text and PLACE in page.text and CHAIR not in page.text
        papers = await clerk.get(f"/cases/{story.case_no}/slips")
        assert papers.status_code == 200 and "听证通知书" in papers.text
        await story.advance_past(first - timedelta(days=1))
        held = await do(clerk, story, "HEARING_HELD", reason="听证笔录〔2026〕3号")
        assert held.status_code == 303, held.text
        assert "听证已定于" not in (await applicant.get("/progress")).text
        assert not any(name.startswith("HEARING_") for name in await offered(clerk, story))
    await story.decide("REVIEW", "PASS", reason="听证笔录表明符合条件")
    await story.decide("APPROVAL", "REFUSE", reason="听证笔录表明不符合条件")
    await story.ends("REFUSED", "REFUSED")
    events = [one["code"] for one in (await story.case())["events"]]
    assert events.count("HEARING_ASKED") == 1
    await story.consistent()
