"""督办: a late task climbs rung by rung, all concerned see it, and it stops when it is done."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import update

from console.errors import OfficeError
from console.slip_desk import SlipDesk
from console.supervising import SupervisionDesk, check_registers, patrol_now
from console.supervision_slips import issue_referral, issue_rung
from contracts import ids, visibility
from contracts.commands import Verb
from contracts.patrolling import PatrolResult
from counter.schedules import create_schedules, schedule_id
from domain.calendar import SHANGHAI
from domain.supervision import working_day_after
from storage.case_tables import Case
from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory
from tests.slips.reading import text_of
from tests.transfers.service_story import Caller, ServiceStory

RECORD = json.loads(Path("examples/compute/pension.json").read_text())
SECRET = b"only-for-tests-of-supervision"


class Ladder:
    """The ladder of one task of a story, seen from the locality where the task is."""

    def __init__(self, story: TransferStory, locality: str, task: dict[str, Any]) -> None:
        self.story, self.locality, self.task = story, locality, task
        self.office = story.stage.offices[locality]
        self.desk = SupervisionDesk(self.office)
        self.supervisor = story.clerk(f"{locality}-ZW-01", "SUPERVISOR")
        self.handler = story.clerk(task["office"], "HANDLER")

    def day(self, number: int) -> date:
        """The ``number``-th working day after the task's due date; -1: the one before it."""
        due: date = self.task["due_on"]
        calendar = self.story.stage.catalog.calendar
        if number > 0:
            return working_day_after(due, number, calendar)
        day = due - timedelta(days=1)
        while not calendar.is_working(day):
            day -= timedelta(days=1)
        return day

    async def patrol(self, number: int, hour: int = 10) -> PatrolResult:
        """One patrol on that day, as if it were today."""
        at = datetime.combine(self.day(number), time(hour), SHANGHAI).astimezone(UTC)
        client = self.story.stage.clients[self.locality]
        return await patrol_now(client, self.locality, at=at)

    async def rungs(self) -> list[dict[str, Any]]:
        """What was issued on the task, oldest first."""
        found = await self.desk.rungs(case_no=self.task["case_no"], limit=1000)
        return [one for one in reversed(found) if one["task_id"] == self.task["task_id"]]

    async def names(self) -> list[str]:
        return [one["rung"] for one in await self.rungs()]

    async def case_is_on(self, level: int) -> dict[str, Any]:
        """Wait until the case itself knows how far its ladder has climbed."""

        async def look() -> dict[str, Any] | None:
            case = await self.office.case(self.task["case_no"])
            return case if case["escalation"] == level else None

        found: dict[str, Any] = await self.story.until(look, f"escalation {level}")
        return found


@pytest_asyncio.fixture
async def story(stage: Stage) -> TransferStory:
    """A pension transfer that the home office has taken in."""
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("PENSION", RECORD, at=story.origin)
    await story.entry("PENSION", RECORD, at=story.home)
    await story.file_transfer("PENSION-TRANSFER")
    await story.work("INTAKE_CHECK=ACCEPT")
    return story


@pytest_asyncio.fixture
async def review(story: TransferStory) -> Ladder:
    """The ladder of the home's own review."""
    return Ladder(story, story.home, await story.task("PENSION_REVIEW"))


@pytest_asyncio.fixture
async def leg(story: TransferStory) -> Ladder:
    """The ladder of the origin's examination."""
    await story.work("PENSION_REVIEW=PASS")
    return Ladder(story, story.origin, await story.task("PENSION_EXAMINATION"))


async def test_a_late_task_climbs_rung_by_rung_and_stops_when_it_is_done(review: Ladder) -> None:
    await review.patrol(-1)
    assert await review.names() == ["REMIND"]
    for number, rung, level in (
        (1, "OVERDUE", 1),
        (2, "URGE", 2),
        (4, "SUPERVISION_ORDER", 3),
        (7, "RECTIFY_BY", 4),
        (11, "INTERVIEW", 5),
        (15, "CIRCULAR", 6),
    ):
        await review.patrol(number)
        assert (await review.names())[-1] == rung
        case = await review.case_is_on(level)
        assert case["overdue"]
        assert case["stage"] == "REVIEW"
    rungs = await review.rungs()
    assert [one["warning"] for one in rungs] == ["YELLOW"] + ["RED"] * 6
    assert {one["issuer"] for one in rungs} == {"371002-ZW-01"}
    assert {one["office"] for one in rungs} == {review.task["office"]}
    await review.story.work("PENSION_REVIEW=PASS")
    await review.patrol(16)
    await review.patrol(17)
    rungs = await review.rungs()
    assert len(rungs) == 7
    assert {one["state"] for one in rungs} == {"CLOSED"}
    assert rungs[-1]["records"][0]["facts"]["answered"] is False


async def test_the_cases_card_and_search_attributes_show_the_ladder(review: Ladder) -> None:
    await review.patrol(1)
    await review.patrol(2)
    await review.case_is_on(2)
    client = review.story.stage.clients[review.locality]
    handle = client.get_workflow_handle(ids.case_workflow_id(review.task["case_no"]))

    async def shown() -> bool:
        described = await handle.describe()
        level = described.typed_search_attributes.get(visibility.ESCALATION_LEVEL)
        overdue = described.typed_search_attributes.get(visibility.OVERDUE)
        return level == 2 and overdue is True

    await review.story.until(shown, "search attributes of the ladder")
    told = await review.story.event("SUPERVISION")
    assert told["facts"]["rung"] in ("OVERDUE", "URGE")


async def test_work_done_late_while_the_ladder_climbs_closes_its_rungs(review: Ladder) -> None:
    for number in (1, 2):
        await review.patrol(number)
    urge = (await review.rungs())[-1]
    await review.desk.reply(urge["number"], "正在办理，今日办结", clerk=review.handler)
    await review.story.work("PENSION_REVIEW=PASS")
    done = await review.patrol(3)
    assert done.closed >= 3
    (*_, urge) = await review.rungs()
    assert [one["kind"] for one in urge["records"]] == ["REPLIED", "CLOSED"]
    assert urge["records"][-1]["facts"]["answered"] is True


async def test_an_answer_lets_the_next_rung_wait_for_its_own_day(review: Ladder) -> None:
    for number in (1, 2):
        await review.patrol(number)
    urge = (await review.rungs())[-1]
    await review.desk.reply(urge["number"], "材料已齐，正在审核", clerk=review.handler)
    await review.patrol(4)
    assert (await review.names())[-1] == "URGE"
    await review.patrol(5)
    assert (await review.names())[-1] == "SUPERVISION_ORDER"
    assert (await review.rungs())[-1]["content"] == "ANSWERED_NOT_DONE"


async def test_patrols_that_were_down_for_weeks_catch_up_in_order(review: Ladder) -> None:
    await review.patrol(30)
    assert await review.names() == ["REMIND", "OVERDUE", "URGE"]
    again = await review.patrol(30, hour=11)
    assert again.issued == 0
    await review.patrol(32)
    assert (await review.names())[-1] == "SUPERVISION_ORDER"


async def test_two_patrols_at_the_same_time_are_one(review: Ladder) -> None:
    results = await asyncio.gather(*(review.patrol(2) for _ in range(4)))
    assert await review.names() == ["REMIND", "OVERDUE", "URGE"]
    assert sum(one.looked > 0 for one in results) == 1


async def test_a_patrol_on_a_rest_day_does_nothing(review: Ladder) -> None:
    day = review.day(1)
    while review.story.stage.catalog.calendar.is_working(day):
        day += timedelta(days=1)
    at = datetime.combine(day, time(10), SHANGHAI)
    client = review.story.stage.clients[review.locality]
    assert (await patrol_now(client, review.locality, at=at)).skipped == "REST_DAY"
    assert await review.names() == []


async def test_an_extension_withdraws_a_ladder_that_rested_on_the_old_date(
    review: Ladder,
) -> None:
    await review.patrol(-1)
    assert await review.names() == ["REMIND"]
    await review.story.answered(
        review.office.ask,
        review.task["case_no"],
        Verb.EXTEND,
        actor=review.story.clerk(review.task["office"], "APPROVER"),
        reason="须向外省核实",
        days=5,
    )
    result = await review.patrol(-1, hour=11)
    assert result.withdrawn >= 1
    (reminded,) = await review.rungs()
    assert reminded["state"] == "WITHDRAWN"
    assert reminded["records"][0]["reason"] == "DUE_MOVED"


async def test_the_lateness_of_a_leg_is_told_to_the_home(leg: Ladder) -> None:
    story = leg.story
    for number in (1, 2):
        await leg.patrol(number)
    await leg.case_is_on(2)
    told = await story.event("PEER_LATE")
    assert told["facts"]["rung"] in ("OVERDUE", "URGE")
    assert "对方地区未在期限内办理" in (await story.notices())["PEER_LATE"]

    async def both() -> bool:
        case = await story.case()
        letters = [one for one in case["letters"] if one["verb"] == "LATENESS"]
        return case["escalation"] >= 2 and len(letters) == 2

    await story.until(both, "the leg's ladder at home")

    async def filed() -> bool:
        record = await leg.office.case(leg.task["case_no"])
        sent = [one for one in record["letters"] if one["verb"] == "LATENESS"]
        return len(sent) == 2 and all(one["receipt"] for one in sent)

    await story.until(filed, "receipts of the letters")
    await story.work("PENSION_EXAMINATION=PASS", "PENSION_RELEASE=RELEASE")
    await story.work("PENSION_BOOKING=BOOK", "DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")


async def test_where_nobody_answers_a_leg_climbs_to_the_common_superior(leg: Ladder) -> None:
    for number in (1, 2, 4, 7, 11):
        await leg.patrol(number)
    *below, interview = await leg.rungs()
    assert {one["issuer"] for one in below} == {"330902-ZW-01"}
    assert interview["issuer"] == "000000-ZW-00"
    assert [one["kind"] for one in interview["records"]] == ["REFERRED"]

    async def taken() -> dict[str, Any] | None:
        one = await leg.desk.referral(interview["number"], clerk=leg.supervisor)
        return one if one["state"] == "SENT" else None

    sent = await leg.story.until(taken, "the request at the superior")
    assert (sent["office"], sent["rung"]) == (leg.task["office"], "INTERVIEW")
    told = (await leg.story.stage.simulators.get("/notices/_told")).json()
    about = [one["office"] for one in told if interview["number"] in one["title"]]
    assert about.count("000000-ZW-00") == 1
    slips = SlipDesk(leg.office, secret=SECRET, check_at="https://example.invalid/verify")
    paper = await issue_referral(slips, leg.office, interview["number"], clerk=leg.supervisor)
    assert paper.number.startswith("报〔")
    assert interview["number"] in text_of(paper.pdf)


async def test_a_late_lead_office_hears_from_its_superior_and_checks_no_answer_of_its_own(
    stage: Stage,
) -> None:
    story = ServiceStory(stage)
    caller = Caller(story)
    await caller.ring()
    number = await caller.case_no()
    late = Ladder(
        TransferStory(stage), story.home, await story.open_task(number, "HOTLINE_DISPATCH")
    )
    for day in (-1, 1, 2):
        await late.patrol(day)
    warning, *rungs = await late.rungs()
    assert warning["issuer"] == "371002-ZW-01"
    assert {one["issuer"] for one in rungs} == {"000000-ZW-00"}
    assert [one["kind"] for one in rungs[-1]["records"]] == ["REFERRED"]
    urge = rungs[-1]["number"]
    await late.desk.reply(urge, "正在补派", clerk=late.supervisor)
    with pytest.raises(OfficeError) as refused:
        await late.desk.check(urge, clerk=late.supervisor)
    assert refused.value.code == "NOT_NOW"
    assert "本人答复" in str(refused.value)


async def test_people_answer_interview_and_close_by_their_roles(review: Ladder) -> None:
    for number in (1, 2, 4, 7, 11):
        await review.patrol(number)
    rungs = {one["rung"]: one["number"] for one in await review.rungs()}
    desk, handler, supervisor = review.desk, review.handler, review.supervisor
    stranger = review.story.clerk("371002-GA-01", "HANDLER")

    async def refused(asked: Any) -> str:
        with pytest.raises(OfficeError) as caught:
            await asked
        return str(caught.value.code)

    order, interview = rungs["SUPERVISION_ORDER"], rungs["INTERVIEW"]
    assert await refused(desk.reply(order, "说明", clerk=stranger)) == "NOT_FOUND"
    assert await refused(desk.reply(order, "说明", clerk=supervisor)) == "FOREIGN_OFFICE"
    assert await refused(desk.reply(rungs["OVERDUE"], "说明", clerk=handler)) == "NOT_NOW"
    assert await refused(desk.reply(order, " ", clerk=handler)) == "MISSING_TEXT"
    assert await refused(desk.check(order, clerk=supervisor)) == "NOT_NOW"
    assert await refused(desk.check(order, clerk=handler)) == "MISSING_ROLE"
    assert await refused(desk.interview(order, "记录", clerk=supervisor)) == "NOT_NOW"

    answered = await desk.reply(order, "因系统切换积压", clerk=handler, command_id="c-样例-答复-1")
    assert answered["state"] == "ANSWERED"
    again = await desk.reply(order, "因系统切换积压", clerk=handler, command_id="c-样例-答复-1")
    assert len(again["records"]) == 1
    other = desk.reply(order, "另一说明", clerk=handler, command_id="c-样例-答复-1")
    assert await refused(other) == "ID_REUSED"
    held = await desk.interview(interview, "已约谈，承诺三日内办结", clerk=supervisor)
    assert held["state"] == "ANSWERED"
    checked = await desk.check(order, "说明属实", clerk=supervisor)
    assert checked["state"] == "CHECKED"
    assert checked["records"][-1]["facts"] == {"answered": True, "done": False, "days_late": 4}
    assert await refused(desk.check(order, clerk=supervisor)) == "NOT_NOW"


async def test_rungs_from_the_order_up_are_papers_with_number_and_code(review: Ladder) -> None:
    for number in (1, 2, 4):
        await review.patrol(number)
    *_, urge, order = await review.rungs()
    slips = SlipDesk(review.office, secret=SECRET, check_at="https://example.invalid/verify")
    first = await issue_rung(slips, review.office, order["number"], clerk=review.supervisor)
    again = await issue_rung(slips, review.office, order["number"], clerk=review.handler)
    assert first.number.startswith("督〔")
    assert again.again
    assert again.pdf == first.pdf
    with pytest.raises(OfficeError):
        await issue_rung(slips, review.office, urge["number"], clerk=review.supervisor)


async def test_the_nightly_check_finds_what_is_shown_wrongly_and_has_it_shown_again(
    review: Ladder,
) -> None:
    client, case_no = review.story.stage.clients[review.locality], review.task["case_no"]
    await check_registers(client, review.locality)
    standing = await review.desk.register_differences()
    assert case_no not in {one["case_no"] for one in standing}
    async with review.office.database.write() as connection:
        await connection.execute(update(Case).where(Case.case_no == case_no).values(escalation=9))
    result = await check_registers(client, review.locality)
    assert result.repaired >= 1
    (found,) = [
        one for one in await review.desk.register_differences() if one["case_no"] == case_no
    ]
    assert found["kind"] == "SHOWN_WRONG"

    async def gone() -> bool:
        await check_registers(client, review.locality)
        standing = await review.desk.register_differences()
        return case_no not in {one["case_no"] for one in standing}

    await review.story.until(gone, "the end of a difference")


async def test_the_nightly_check_finds_a_case_whose_workflow_is_gone(review: Ladder) -> None:
    client, case_no = review.story.stage.clients[review.locality], review.task["case_no"]
    await client.get_workflow_handle(ids.case_workflow_id(case_no)).terminate()
    await check_registers(client, review.locality)
    (found,) = [
        one for one in await review.desk.register_differences() if one["case_no"] == case_no
    ]
    assert found["kind"] == "NOT_RUNNING"


async def test_the_patrols_schedule_is_created_for_each_locality(stage: Stage) -> None:
    for locality, client in stage.clients.items():
        await create_schedules(client, locality)
        described = await client.get_schedule_handle(schedule_id("督办巡查", locality)).describe()
        assert described.schedule.spec.time_zone_name == "Asia/Shanghai"
