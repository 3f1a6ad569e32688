"""多地联办: several offices of two localities, each with its own part, and one decision."""

from __future__ import annotations

from datetime import UTC, datetime, time

from console.supervising import SupervisionDesk, patrol_now
from contracts.commands import Verb
from contracts.letters import Letter
from domain.calendar import SHANGHAI
from domain.supervision import working_day_after
from tests.general.story import act, acts
from tests.joint.items import CITY, EXTRA, FIRE, JOINT, LAND, LOCAL, THERE
from tests.joint.story import JointStory
from tests.rehearsal.letters import at_counter
from tests.rehearsal.stage import Stage

DECIDED = ("GENERAL_REVIEW=PASS", "GENERAL_DECISION=GRANT")
DELIVERED = ("GENERAL_MAKING=MADE", "DELIVERY=ELECTRONIC")


async def a_case(stage: Stage, item: str = JOINT) -> JointStory:
    story = JointStory(stage)
    await story.file_item(item)
    await story.work("GENERAL_ACCEPTANCE=ACCEPT")
    return story


async def test_parts_here_and_there_end_before_the_decision_that_is_made_once(stage: Stage) -> None:
    story = await a_case(stage)
    await story.part(FIRE, "AGREE")
    assert await story.no_task("GENERAL_REVIEW")
    await story.there(THERE)
    await story.work("GENERAL_REVIEW=PASS")
    assert await story.no_task("GENERAL_DECISION")
    await story.part(LAND, "AGREE")
    decision = await story.task("GENERAL_DECISION")
    assert f"PART_AGREED:{THERE}" in decision["findings"]
    assert f"PART_ASKED:{EXTRA}" in decision["findings"]
    await story.work("GENERAL_DECISION=GRANT", *DELIVERED)
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert acts(case).count("ITEM_GRANTED") == 1
    assert act(case, "ITEM_GRANTED")["office"] == story.competent(JOINT)
    done = [one for one in case["acts"] if one["code"] == "PART_DONE"]
    assert [one["office"] for one in done] == ["371002-XT-02", "330902-XT-02", "371002-XT-03"]
    assert {"PART_1", "PART_2", "PART_3", "PART_4", "DECISION"} <= {
        one["kind"] for one in case["clocks"]
    }
    await story.leg_ends(THERE, "LEG_COMPLETED")
    await story.leg_ends(EXTRA, "WITHDRAWN")


async def to_the_decision(story: JointStory, *, without: str = "") -> None:
    """Every part agrees but one, and the handler passes the matter on."""
    for label in (FIRE, LAND):
        if label != without:
            await story.part(label, "AGREE")
    if without != THERE:
        await story.there(THERE)


async def test_a_required_part_that_refuses_leaves_nothing_to_grant(stage: Stage) -> None:
    story = await a_case(stage)
    await to_the_decision(story, without=THERE)
    await story.there(THERE, "REFUSE", reason="样例理由", reason_code="NO_RECORD")
    await story.leg_ends(THERE, "PART_REFUSED")
    task = await story.part_task("JOINT_NEGATIVE", THERE)
    assert "REFUSED:NO_RECORD" in task["findings"]
    assert await story.no_task("GENERAL_REVIEW")
    await story.part(THERE, "REFER", "JOINT_NEGATIVE")
    await story.decide("GENERAL_REVIEW", "REFUSE", reason="协同环节不同意")
    decision = await story.task("GENERAL_DECISION")
    assert f"PART_REFUSED:{THERE}" in decision["findings"]
    await story.refused(story.decide("GENERAL_DECISION", "GRANT"), "PART_STANDS_AGAINST")
    await story.decide(
        "GENERAL_DECISION", "REFUSE", reason="条件不具备", reason_code="CONDITIONS_NOT_MET"
    )
    case = await story.ends_item("ITEM_REFUSED", "ITEM_REFUSED")
    assert act(case, "ITEM_REFUSED")["office"] == story.competent(JOINT)
    assert act(case, "PART_REFUSED")["office"] == "330902-XT-02"
    assert "不同意" in (await story.notices())["PART_REFUSED"]
    await story.leg_ends(EXTRA, "WITHDRAWN")


async def test_a_part_that_refused_may_be_asked_again_and_agree(stage: Stage) -> None:
    story = await a_case(stage)
    await story.there(THERE, "REFUSE", reason="样例理由", reason_code="RECORD_DIFFERS")
    await story.part(THERE, "ASK_AGAIN", "JOINT_NEGATIVE", reason="登记已更正")
    await to_the_decision(story)
    await story.work(*DECIDED, *DELIVERED)
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    asked = [one for one in case["letters"] if one["verb"] == "REQUEST"]
    assert len(asked) == 3
    assert [bool(one["voided_at"]) for one in asked].count(True) == 2  # refused, and left out


async def test_an_office_that_is_not_competent_sends_its_part_back_to_the_lead(
    stage: Stage,
) -> None:
    story = await a_case(stage, LOCAL)
    await story.part(FIRE, "NOT_OURS", reason="不属本机构职责")
    await story.part(FIRE, "INSIST", "JOINT_MISROUTED", reason="职责清单第3项")
    await story.part(FIRE, "NOT_OURS", reason="职责已划出")
    await story.part(FIRE, "REFER", "JOINT_MISROUTED", reason="无机构可办")
    await story.part(LAND, "AGREE")
    await story.work("GENERAL_REVIEW=PASS")
    await story.refused(story.decide("GENERAL_DECISION", "GRANT"), "PART_STANDS_AGAINST")


async def test_another_locality_without_the_power_says_so_and_the_lead_decides_where_to_go(
    stage: Stage,
) -> None:
    story = await a_case(stage)
    await story.part(THERE, "REDIRECT", "JOINT_EXAMINATION")
    await story.leg_ends(THERE, "FORWARDED")
    await story.part(THERE, "REPORT_SUPERIOR", "JOINT_MISROUTED", reason="请上级确定")
    await to_the_decision(story)
    await story.work(*DECIDED, *DELIVERED)
    await story.ends_item("ARCHIVED", "COMPLETED")


async def test_a_late_part_is_overtaken_on_a_promise_that_is_checked_afterwards(
    stage: Stage,
) -> None:
    story = await a_case(stage)
    await to_the_decision(story, without=LAND)
    await story.work("GENERAL_REVIEW=PASS")
    await story.advance_past((await story.clock("PART_2"))["due_on"], leg=False)
    await story.part(LAND, "PROMISED", "JOINT_LATE", evidence="承诺书第1号")
    decision = await story.task("GENERAL_DECISION")
    assert f"PART_PROMISED:{LAND}" in decision["findings"]
    await story.work("GENERAL_DECISION=GRANT", *DELIVERED)
    check = await story.task("GENERAL_AFTER_CHECK")
    assert f"PART_PROMISED:{LAND}" in check["findings"]
    await story.part(LAND, "AGREE")

    async def answered() -> bool:
        task = await story.task("GENERAL_AFTER_CHECK")
        return f"PART_AGREED:{LAND}" in task["findings"]

    await story.until(answered, "the answer before the checker")
    await story.work("GENERAL_AFTER_CHECK=KEPT")
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert act(case, "PART_PROMISED")["office"] == "371002-XT-01"
    await story.state_of(LAND, "承诺经核查属实")
    await story.leg_ends(THERE, "LEG_COMPLETED")


async def test_a_false_promise_costs_the_result(stage: Stage) -> None:
    story = await a_case(stage, LOCAL)
    await story.part(FIRE, "AGREE")
    await story.work("GENERAL_REVIEW=PASS")
    await story.advance_past((await story.clock("PART_2"))["due_on"])
    await story.part(LAND, "PROMISED", "JOINT_LATE", evidence="承诺书第2号")
    await story.work("GENERAL_DECISION=GRANT", *DELIVERED)
    await story.part(LAND, "DISAGREE", reason="现场不符", reason_code="CONDITIONS_NOT_MET")
    await story.decide(
        "GENERAL_AFTER_CHECK", "FALSE", reason="规划机关答复不同意", evidence="书面意见"
    )
    await story.decide("GENERAL_REVOCATION", "REVOKE", reason="承诺不实")
    case = await story.ends_item("REVOKED", "REVOKED")
    assert [one["status"] for one in case["certificates"]] == ["VOID"]


async def test_no_promise_carries_a_part_that_does_not_take_one(stage: Stage) -> None:
    story = await a_case(stage, LOCAL)
    await story.advance_past((await story.clock("PART_1"))["due_on"])
    late = await story.part_task("JOINT_LATE", FIRE)
    assert late["office"] == "371002-XT-01"
    promise = story.part(FIRE, "PROMISED", "JOINT_LATE", evidence="承诺书第3号")
    await story.refused(promise, "NO_PROMISE_HERE")
    await story.part(FIRE, "KEEP_WAITING", "JOINT_LATE")
    await story.advance_past((await story.clock("RECHECK"))["due_on"])
    await story.part_task("JOINT_LATE", FIRE)
    assert await story.no_task("GENERAL_REVIEW")
    await story.part(FIRE, "AGREE")
    await story.part(LAND, "AGREE")
    await story.work(*DECIDED, *DELIVERED)
    await story.ends_item("ARCHIVED", "COMPLETED")


async def test_a_silent_locality_is_urged_and_never_taken_for_consenting(stage: Stage) -> None:
    story = await a_case(stage)
    await to_the_decision(story, without=THERE)
    await story.part_task("JOINT_EXAMINATION", THERE)
    await story.advance_past((await story.clock("PART_3"))["due_on"], leg=False)
    await story.part(THERE, "KEEP_WAITING", "JOINT_LATE")

    async def urged() -> bool:
        letters = (await story.case())["letters"]
        return [one["verb"] for one in letters].count("REMIND") >= 2

    await story.until(urged, "two reminders")
    await story.advance(9, leg=False)
    assert await story.no_task("GENERAL_REVIEW")
    await story.there(THERE)
    await story.work(*DECIDED, *DELIVERED)
    await story.ends_item("ARCHIVED", "COMPLETED")


async def test_a_withdrawal_before_the_decision_tells_every_part(stage: Stage) -> None:
    story = await a_case(stage)
    await story.there(THERE)
    await story.part_task("JOINT_PART", FIRE)
    await story.withdraw()
    case = await story.ends_item("WITHDRAWN", "WITHDRAWN")
    assert not [one for one in case["tasks"] if one["status"] == "OPEN"]
    await story.leg_ends(THERE, "LEG_COMPLETED")
    await story.leg_ends(EXTRA, "WITHDRAWN")
    note = next(one for one in (await story.leg_of(THERE))["events"] if one["code"] == "CASE_ENDED")
    assert note["facts"]["ending"] == "WITHDRAWN"


async def test_what_is_decided_is_not_withdrawn(stage: Stage) -> None:
    story = await a_case(stage, LOCAL)
    await story.part(FIRE, "AGREE")
    await story.part(LAND, "AGREE")
    await story.work(*DECIDED)
    await story.refused(story.ask(Verb.WITHDRAW), "ALREADY_DECIDED")
    await story.work(*DELIVERED)
    await story.ends_item("ARCHIVED", "COMPLETED")


async def test_an_answer_counts_once_and_after_the_end_not_at_all(stage: Stage) -> None:
    story = await a_case(stage)
    await story.there(THERE)
    await story.state_of(THERE, "已办结")
    leg = await story.leg_of(THERE)
    (answer,) = [one for one in leg["letters"] if one["verb"] == "ANSWER"]
    letter = Letter.model_validate(answer["letter"])
    again = await at_counter(stage, letter)
    assert again.status == "ACCEPTED"  # the first receipt
    other = letter.model_copy(update={"number": f"{leg['case_no']}-77", "manifest": ()})
    assert (await at_counter(stage, other)).code == "NOT_EXPECTED"
    await story.withdraw()
    await story.stage_is("WITHDRAWN")
    late = letter.model_copy(update={"number": f"{leg['case_no']}-78", "manifest": ()})
    assert (await at_counter(stage, late)).code == "CASE_CLOSED"
    assert acts(await story.case()).count("PART_DONE") == 1


async def test_a_city_organ_decides_while_the_district_tracks(stage: Stage) -> None:
    story = await a_case(stage, CITY)
    case = await story.case()
    assert (case["intake_office"], story.competent(CITY)) == ("371002-XT-01", "371000-XT-01")
    await story.advance_past((await story.clock("PART_1"))["due_on"])
    assert (await story.part_task("JOINT_LATE", FIRE))["office"] == "371002-XT-01"
    await story.part(FIRE, "AGREE")
    review = await story.task("GENERAL_REVIEW")
    assert review["office"] == "371000-XT-01"
    office = stage.offices[story.home]
    district = story.clerk("371002-XT-01", "HANDLER")
    await story.refused(office.decide(review["task_id"], "PASS", clerk=district), "FOREIGN_OFFICE")
    own = await office.tasks(clerk=story.clerk("371000-XT-01", "HANDLER"))
    assert review["task_id"] in [one["task_id"] for one in own]
    await story.work(*DECIDED, *DELIVERED)
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert act(case, "ITEM_GRANTED")["office"] == "371000-XT-01"


async def test_what_an_upper_organ_is_late_with_climbs_the_ladder_here(stage: Stage) -> None:
    story = await a_case(stage, CITY)
    await story.part(FIRE, "AGREE")
    review = await story.task("GENERAL_REVIEW")
    day = working_day_after(review["due_on"], 1, stage.catalog.calendar)
    late = datetime.combine(day, time(10), SHANGHAI).astimezone(UTC)
    await patrol_now(stage.clients[story.home], story.home, at=late)
    rungs = await SupervisionDesk(stage.offices[story.home]).rungs(case_no=story.case_no, limit=100)
    issued = [one for one in rungs if one["task_id"] == review["task_id"]]
    assert issued
    assert {one["office"] for one in issued} == {"371000-XT-01"}
    await story.work(*DECIDED, *DELIVERED)
    await story.ends_item("ARCHIVED", "COMPLETED")


async def test_a_corrected_name_reaches_every_leg_that_is_at_work(stage: Stage) -> None:
    story = await a_case(stage)
    await story.part(THERE, "PASS", "JOINT_EXAMINATION")
    await story.part_task("JOINT_EXAMINATION", EXTRA)
    identity = {"name": "样例人更名", "id_no": story.applicant["id_no"]}
    await story.ask(Verb.CORRECT_IDENTITY, persons=(1,), identity=identity)

    async def looked_again() -> bool:
        leg = await story.leg_of(THERE)
        open_now = [one["kind"] for one in leg["tasks"] if one["status"] == "OPEN"]
        return open_now == ["JOINT_EXAMINATION"] and leg["persons"][0]["name"] == "样例人更名"

    await story.until(looked_again, "a new examination under the new name")
    await to_the_decision(story)
    await story.work(*DECIDED, *DELIVERED)
    await story.ends_item("ARCHIVED", "COMPLETED")


async def test_a_joint_decision_that_nobody_has_received_is_made_again_without_asking_anew(
    stage: Stage,
) -> None:
    story = await a_case(stage)
    await to_the_decision(story)
    await story.work(*DECIDED)
    await story.decide("GENERAL_MAKING", "RETURN", reason="决定内容写错")
    decision = await story.task("GENERAL_DECISION")
    assert {"RETURNED", f"PART_AGREED:{THERE}"} <= set(decision["findings"])
    assert await story.no_task("JOINT_PART")
    await story.work("GENERAL_DECISION=GRANT", *DELIVERED)
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert acts(case).count("ITEM_GRANTED") == 2
    assert [one["status"] for one in case["certificates"]] == ["VALID"]
