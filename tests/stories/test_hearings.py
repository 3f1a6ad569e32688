"""听证: told, asked for, set, held; nobody decides meanwhile; the decision rests on the record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from console.hearing import HearingRoom
from contracts.commands import Verb
from domain.calendar import SHANGHAI
from domain.clocks import Limit
from domain.estimates import pause_start
from domain.hearings import hold_from
from tests.rehearsal.stage import Stage
from tests.rehearsal.story import Story

STATION = "371002-GA-01"
PLACE = "样例会议室，9时30分"
WHY = "直接涉及他人重大利益关系"
#: The supervisor of the lead office reviews nothing of the case.
CHAIR = "HC0902"


async def in_review(stage: Stage) -> tuple[Story, str]:
    """A case that waits for its review, and the approver of its office."""
    story = Story(stage)
    await story.file()
    await story.play("REVIEW")
    return story, story.clerk(STATION, "APPROVER")


async def room(story: Story) -> HearingRoom:
    """The hearings as on this story's own day."""
    office = story.stage.offices[story.home]
    return HearingRoom(office, (await story.now()).astimezone(SHANGHAI).date())


async def day_of(story: Story) -> date:
    """The first day on which a hearing may be held that is set today."""
    rooms = await room(story)
    today = (await story.now()).astimezone(SHANGHAI).date()
    return hold_from(today, rooms.rules, story.stage.catalog.calendar)


async def codes(story: Story) -> list[str]:
    return [act["code"] for act in (await story.case())["acts"]]


async def test_a_hearing_that_is_asked_for_stops_the_limit_until_its_record_is_on_file(
    stage: Stage,
) -> None:
    story, approver = await in_review(stage)
    before = await story.clock("DECISION")
    rooms = await room(story)
    handler = story.clerk(STATION, "HANDLER")
    await story.refused(rooms.ask(story.case_no, reason=WHY), "HEARING_NOT_TOLD")
    await story.refused(rooms.tell(story.case_no, clerk=handler, reason=WHY), "MISSING_ROLE")
    await rooms.tell(story.case_no, clerk=approver, reason=WHY)
    assert (await story.clock("HEARING_ASK"))["length"] == 5
    assert (await story.clock("DECISION"))["due_on"] == before["due_on"]
    assert "5个工作日" in (await story.notices())["HEARING_RIGHT"]
    await story.refused(story.decide("REVIEW", "PASS"), "HEARING_PENDING")

    await rooms.ask(story.case_no, reason="对迁入条件有异议")
    paused, holding = await story.clock("DECISION"), await story.clock("HEARING_HOLD")
    assert paused["due_on"] is None and paused["pauses"][-1]["procedure"] == "HEARING"
    assert (await story.clock("HEARING_ASK"))["stopped_on"] is not None
    assert holding["length"] == 20
    watch = await story.clock("SUSPENSION")
    assert watch["length"] == 20
    # A limit of a filing on a rest day begins on the next working day, and its pause with it.
    assert watch["started_on"] == pause_start(paused["started_on"], holding["started_on"])
    words = (await story.notices())["SUSPENDED_SPECIAL"]
    assert "听证" in words and "20个工作日" in words
    resume = {"actor": approver, "reason": "继续办理"}
    await story.refused(story.ask(Verb.RESUME, **resume), "HEARING_PENDING")

    held: dict[str, Any] = {"clerk": approver, "record": "听证笔录〔2026〕1号：双方陈述已记录"}
    await story.refused(rooms.held(story.case_no, **held), "HEARING_NOT_NOTICED")
    told: dict[str, Any] = {"clerk": approver, "place": PLACE, "chair": CHAIR}
    first = await day_of(story)
    early, late = first - timedelta(days=7), holding["due_on"] + timedelta(days=1)
    while not stage.catalog.calendar.is_working(late):
        late += timedelta(days=1)
    while not stage.catalog.calendar.is_working(early):
        early -= timedelta(days=1)
    await story.refused(rooms.set(story.case_no, on=early, **told), "HEARING_NOTICE_SHORT")
    await story.refused(rooms.set(story.case_no, on=late, **told), "HEARING_HELD_LATE")
    await rooms.set(story.case_no, on=first, **told)
    assert str(first) in (await story.notices())["HEARING_SET"]
    await story.refused(rooms.held(story.case_no, **held), "HEARING_NOTICE_SHORT")
    await story.refused(story.decide("REVIEW", "PASS"), "HEARING_PENDING")

    await story.advance_past(first - timedelta(days=1))
    await rooms.held(story.case_no, **held)
    after = await story.clock("DECISION")
    assert after["due_on"] > before["due_on"]
    assert (await story.clock("HEARING_HOLD"))["stopped_on"] == first
    assert not (await story.case())["overdue"]
    await story.refused(rooms.tell(story.case_no, clerk=approver, reason=WHY), "HEARING_TWICE")
    await story.refused(story.decide("REVIEW", "PASS"), "HEARING_RECORD_NOT_CITED")
    await story.decide("REVIEW", "PASS", reason="听证笔录表明符合条件")
    await story.decide("APPROVAL", "REFUSE", reason="听证笔录表明不符合条件")
    await story.ends("REFUSED", "REFUSED")
    done = await codes(story)
    wanted = ["HEARING_TOLD", "HEARING_NOTICED", "HEARING_HELD", "REVIEWED"]
    assert [code for code in done if code in wanted] == wanted
    await story.consistent()


async def test_a_right_that_nobody_uses_in_time_is_over_and_the_case_goes_on(
    stage: Stage,
) -> None:
    story, approver = await in_review(stage)
    before = await story.clock("DECISION")
    await (await room(story)).tell(story.case_no, clerk=approver, reason=WHY)
    await story.advance_past((await story.clock("HEARING_ASK"))["due_on"])
    await story.event("HEARING_NOT_ASKED")
    rooms = await room(story)
    await story.refused(rooms.ask(story.case_no, reason=WHY), "HEARING_ASKED_LATE")
    told: dict[str, Any] = {"clerk": approver, "place": PLACE, "chair": CHAIR}
    await story.refused(
        rooms.set(story.case_no, on=await day_of(story), **told), "HEARING_NOT_ASKED"
    )
    assert (await story.clock("DECISION"))["due_on"] == before["due_on"]
    await story.decide("REVIEW", "PASS")
    await story.decide("APPROVAL", "REFUSE", reason="不符合条件")
    await story.ends("REFUSED", "REFUSED")
    await story.consistent()


async def test_a_waived_hearing_lets_the_limit_run_on_and_one_in_the_public_interest_does_not(
    stage: Stage,
) -> None:
    story, approver = await in_review(stage)
    rooms = await room(story)
    await rooms.tell(story.case_no, clerk=approver, reason=WHY)
    await rooms.ask(story.case_no, reason="申请听证")
    await rooms.waive(story.case_no, reason="已与所在村协商一致")
    assert (await story.clock("DECISION"))["due_on"] is not None

    announced: dict[str, Any] = {
        "clerk": approver,
        "place": PLACE,
        "reason": "涉及公共利益",
        "expected": Limit.parse("15wd", ""),
        "on": await day_of(story),
    }
    reviewer = story.clerk(STATION, "HANDLER")
    task = await story.task("REVIEW")
    office = stage.offices[story.home]
    await office.hold(task["task_id"], Verb.CLAIM, clerk=reviewer)
    await story.refused(
        rooms.announce(story.case_no, chair=reviewer, **announced), "HEARING_CHAIR_DECIDES"
    )
    await rooms.announce(story.case_no, chair=CHAIR, **announced)
    assert (await story.clock("SUSPENSION"))["length"] == 15
    await story.refused(rooms.waive(story.case_no, reason="不要了"), "HEARING_NOT_ASKED")
    again = announced["on"] + timedelta(days=1)
    while not stage.catalog.calendar.is_working(again):
        again += timedelta(days=1)
    await rooms.set(story.case_no, on=again, clerk=approver, place=PLACE, chair=CHAIR)
    await story.advance_past(again - timedelta(days=1))
    await rooms.held(story.case_no, clerk=approver, record="听证笔录〔2026〕2号")
    await story.decide("REVIEW", "PASS", reason="听证笔录没有反对意见")
    await story.decide("APPROVAL", "REFUSE", reason="听证笔录表明不符合条件")
    await story.ends("REFUSED", "REFUSED")
    await story.consistent()
