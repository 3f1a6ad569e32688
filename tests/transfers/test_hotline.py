"""12345 tickets: dispatched, signed for, handled, replied to, called back about."""

from __future__ import annotations

from tests.rehearsal.stage import Stage
from tests.transfers.service_story import LEAD, Caller, a_case


async def test_a_ticket_goes_to_its_office_and_its_reply_to_the_platform(stage: Stage) -> None:
    story = await a_case(stage)
    caller = Caller(story)
    await caller.ring("SATISFIED", about=story.case_no)
    number = await caller.case_no()
    task = await story.open_task(number, "HOTLINE_DISPATCH")
    assert task["office"] == LEAD
    assert f"ABOUT:{story.case_no}" in task["findings"]
    station = f"{story.home}-GA-01"
    await story.work_on(number, "HOTLINE_DISPATCH=DISPATCH", evidence=station)
    await story.work_on(number, "HOTLINE_SIGN=SIGN")
    await story.work_on(number, "HOTLINE_HANDLE=REPLY", reason="已联系对方加快办理")
    record = await story.closed(number)
    assert record["ending"] == "COMPLETED"
    (reply,) = await caller.replies()
    assert (reply["what"], reply["round"], reply["words"]) == ("reply", 1, "已联系对方加快办理")
