"""迁出地: every typed refusal with its remedy, wrong stations, silence that is no consent."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from contracts.commands import Verb
from domain.hukou import REFUSAL_TEXTS, OriginRefusal
from tests.rehearsal.stage import Stage
from tests.rehearsal.story import Story

FOUND: dict[str, dict[str, Any]] = {
    "IDENTITY_DIFFERS": {"name": "样例改名人"},
    "ALREADY_MOVED": {"status": "MOVED_OUT", "now_in": "371002"},
    "DECEASED": {"status": "DECEASED"},
    "UNDER_INVESTIGATION": {"under_investigation": True},
    "NEEDS_APPROVAL": {"needs_art14_approval": True},
    "OTHER_MIGRATION_OPEN": {"status": "IN_TRANSIT", "certificate_no": "样例他证"},
}


async def refused_for(stage: Stage, code: str, facts: dict[str, Any]) -> None:
    story = Story(stage)
    application = await story.application()
    await story.register_says(**facts)
    await story.file_this(application)
    await story.play("PHONE_CONFIRMATION")
    assert (await story.task("DISCREPANCY"))["findings"] == [f"1:{code}"]
    if code not in ("NEEDS_APPROVAL", "IDENTITY_DIFFERS"):
        await story.refused(
            story.decide("DISCREPANCY", "PROCEED", reason="已核实", evidence="材料"),
            "CANNOT_PROCEED",
        )
    await story.decide("DISCREPANCY", "REFUSE", reason_code=code, reason="经核对不符")
    leg = await story.leg_stage_is("MOVE_OUT_REFUSED")
    assert leg["reason_code"] == code and (await story.registration()).status == facts.get(
        "status", "ACTIVE"
    )
    assert f"REFUSED:{code}" in (await story.task("ORIGIN_REFUSAL"))["findings"]
    await story.decide("ORIGIN_REFUSAL", "CONCLUDE")
    case = await story.ends("REFUSED", "ORIGIN_REFUSED")
    assert case["reason_code"] == code and await story.certificates("PERMIT") == ["VOID"]
    assert "REFUSAL_NOTICE" in [item["type"] for item in case["documents"]]
    text, remedy = REFUSAL_TEXTS[OriginRefusal(code)]
    notice = (await story.notices())["ENDED_ORIGIN_REFUSED"]
    assert text in notice and remedy in notice and "行政复议" in notice
    await story.consistent()


async def test_every_finding_of_the_register_becomes_a_typed_refusal_with_remedy(
    stage: Stage,
) -> None:
    await asyncio.gather(*(refused_for(stage, code, facts) for code, facts in FOUND.items()))


async def test_nobody_is_registered_under_that_number(stage: Stage) -> None:
    story = Story(stage)
    application = await story.application()
    stranger = await story.person(story.home)  # registered elsewhere, unknown at the origin
    story.people[0] = stranger
    application["migrants"][0] |= {"name": stranger["name"], "id_no": stranger["id_no"]}
    await story.file_this(application)
    await story.play("PHONE_CONFIRMATION")
    assert (await story.task("DISCREPANCY"))["findings"] == ["1:NOT_REGISTERED_HERE"]
    await story.decide(
        "DISCREPANCY", "REFUSE", reason_code="NOT_REGISTERED_HERE", reason="查无此人"
    )
    await story.decide("ORIGIN_REFUSAL", "CONCLUDE")
    await story.ends("REFUSED", "ORIGIN_REFUSED")
    await story.consistent()


async def test_the_person_denies_and_later_agrees_when_asked_again(stage: Stage) -> None:
    story = Story(stage)
    await story.file()
    await story.play("PHONE_CONFIRMATION")
    await story.decide("PHONE_CONFIRMATION", "DENIED", reason="本人不同意")
    assert (await story.leg_stage_is("MOVE_OUT_REFUSED"))["reason_code"] == "DENIED_BY_PERSON"
    await story.refused(
        story.ask(
            Verb.SUSPEND,
            actor=story.clerk("371002-GA-01", "APPROVER"),
            reason_code="INVESTIGATION",
            reason="x",
        ),
        "NOT_NOW",
    )
    await story.decide("ORIGIN_REFUSAL", "ASK_AGAIN", reason="本人已改变意愿")
    await story.until(story.two_legs, "the second request")
    await story.decide("PHONE_CONFIRMATION", "CONFIRMED")
    await story.decide("CANCELLATION", "CANCEL")
    await story.decide("LANDING", "LAND")
    await story.decide("DELIVERY", "PICKED_UP")
    await story.ends("ARCHIVED", "COMPLETED")
    assert [leg["stage"] for leg in await story.legs()] in (
        ["MOVED_OUT", "MOVE_OUT_REFUSED"],
        ["IN_TRANSIT", "MOVE_OUT_REFUSED"],
    )
    await story.leg_stage_is("MOVED_OUT")
    await story.consistent()


async def test_three_calls_without_an_answer_return_the_request(stage: Stage) -> None:
    story = Story(stage)
    await story.file()
    await story.play("PHONE_CONFIRMATION")
    for attempt in (1, 2, 3):
        task = await story.task("PHONE_CONFIRMATION")
        assert task["findings"] == [f"ATTEMPT:{attempt}"]
        await story.decide("PHONE_CONFIRMATION", "UNREACHABLE")
    assert (await story.leg_stage_is("MOVE_OUT_REFUSED"))["reason_code"] == "UNREACHABLE"
    await story.task("ORIGIN_REFUSAL")
    await story.consistent()


async def test_article_14_approval_lets_the_request_proceed_with_evidence(stage: Stage) -> None:
    story = Story(stage)
    application = await story.application()
    await story.register_says(needs_art14_approval=True)
    await story.file_this(application)
    await story.play("PHONE_CONFIRMATION")
    await story.refused(story.decide("DISCREPANCY", "PROCEED", reason="已批准"), "MISSING_TEXT")
    await story.decide("DISCREPANCY", "PROCEED", reason="已批准", evidence="批准文件")
    await story.decide("PHONE_CONFIRMATION", "CONFIRMED")
    await story.decide("CANCELLATION", "CANCEL")
    await story.decide("LANDING", "LAND")
    await story.consistent()


async def test_the_wrong_station_of_the_right_locality_hands_the_request_on(stage: Stage) -> None:
    story = Story(stage)
    application = await story.application()
    await story.register_says(station="330902-GA-02")
    await story.file_this(application)
    await story.play("PHONE_CONFIRMATION")
    assert (await story.task("PHONE_CONFIRMATION"))["office"] == "330902-GA-02"
    assert (await story.event("FORWARDED"))["facts"]["office"] == "330902-GA-02"
    leg = await story.leg()
    assert leg["competent_office"] == leg["custodian_office"] == "330902-GA-02"
    for kind, outcome in (("PHONE_CONFIRMATION", "CONFIRMED"), ("CANCELLATION", "CANCEL")):
        await story.decide(kind, outcome)
    await story.decide("LANDING", "LAND")
    await story.leg_stage_is("MOVED_OUT")
    await story.consistent()


async def test_who_moved_to_an_unknown_place_is_refused_with_the_place(stage: Stage) -> None:
    story = Story(stage)
    application = await story.application()
    await story.register_says(status="MOVED_OUT", now_in="310101")
    await story.file_this(application)
    await story.play("PHONE_CONFIRMATION")
    task = await story.task("ORIGIN_REFUSAL")
    assert task["findings"] == ["REFUSED:ALREADY_MOVED", "NOW_IN:310101"]
    await story.decide("ORIGIN_REFUSAL", "CONCLUDE")
    await story.ends("REFUSED", "ORIGIN_REFUSED")
    assert "310101" in (await story.notices())["ENDED_ORIGIN_REFUSED"]
    await story.consistent()


@pytest.mark.parametrize("outcome", ["KEEP_WAITING", "REPORT_SUPERIOR"])
async def test_a_silent_origin_is_urged_then_taken_up_by_a_person_and_never_presumed_to_agree(
    stage: Stage, outcome: str
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("PHONE_CONFIRMATION")
    await story.task("PHONE_CONFIRMATION")
    for reminders in (1, 2, 3, 4):
        clock = await story.clock("PEER")
        await story.advance_past(clock["due_on"])

        async def next_round(number: int = clock["number"]) -> bool:
            return bool((await story.clock("PEER"))["number"] > number)

        await story.until(next_round, "the next interval")
        sent = [x for x in (await story.case())["letters"] if x["verb"] == "REMIND"]
        assert len(sent) == min(reminders, 3)
    assert (await story.leg())["overdue"] and (await story.case())["overdue"]
    silence = await story.clock("PEER_SILENT")
    assert (silence["length"], silence["effect"]) == (3, "ESCALATE")
    assert (await story.task("PEER_SILENT"))["due_on"] == silence["due_on"]
    await story.decide("PEER_SILENT", outcome, reason="已电话联系")
    assert (await story.clock("PEER_SILENT"))["stopped_on"] is not None
    case = await story.case()
    assert case["stage"] == "ORIGIN_PROCESSING" and await story.no_task("PEER_SILENT")
    assert len([x for x in case["letters"] if x["verb"] == "REMIND"]) == 4
    assert (await story.registration()).status == "ACTIVE"
    await story.advance_past((await story.clock("PEER"))["due_on"])
    await story.task("PEER_SILENT")
    await story.decide("PHONE_CONFIRMATION", "CONFIRMED")
    await story.decide("CANCELLATION", "CANCEL")
    await story.task("LANDING")
    assert await story.no_task("PEER_SILENT")
    await story.consistent()


async def test_the_approver_sends_the_request_back_to_the_call_or_to_the_comparison(
    stage: Stage,
) -> None:
    story = Story(stage)
    application = await story.application()
    await story.register_says(needs_art14_approval=True)
    await story.file_this(application)
    await story.play("PHONE_CONFIRMATION")
    await story.decide("DISCREPANCY", "PROCEED", reason="已批准", evidence="批准文件")
    await story.decide("PHONE_CONFIRMATION", "CONFIRMED")
    await story.decide("CANCELLATION", "RETURN", reason="请核实是否本人接听")
    again = await story.task("PHONE_CONFIRMATION")
    assert again["findings"] == ["RETURNED", "ATTEMPT:1"]
    await story.decide("PHONE_CONFIRMATION", "CONFIRMED")
    await story.refused(
        story.decide("CANCELLATION", "RETURN", reason="有误", return_to="REVIEW"),
        "NO_EARLIER_STEP",
    )
    await story.decide("CANCELLATION", "RETURN", reason="批准文件已过期", return_to="DISCREPANCY")
    await story.decide("DISCREPANCY", "PROCEED", reason="已重新批准", evidence="新批准文件")
    await story.play_from("PHONE_CONFIRMATION", "CANCELLATION", "LANDING", "DELIVERY")
    await story.ends("ARCHIVED", "COMPLETED")
    assert (await story.registration()).status == "MOVED_OUT"
    await story.consistent()
