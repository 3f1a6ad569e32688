"""A11 异地代收代办: collected at one place, decided and made at another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from contracts.commands import Verb
from contracts.letters import LetterVerb
from tests.rehearsal.letters import sent
from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory

PERMIT = {"current": {"number": "样例通-1", "valid_to": "2030-06-30", "state": "VALID"}}
EXPIRES = date.today() + timedelta(days=20)
LICENCE = {"current": {"number": "样例从-1", "valid_to": EXPIRES.isoformat(), "state": "VALID"}}
ID_CARD = {"id_card_applied": True}
MATTERS: dict[str, tuple[str, dict[str, Any], dict[str, str]]] = {
    "PROXY-TRAVEL-ENDORSEMENT": ("TRAVEL_PERMIT", PERMIT, {"endorsement": "family"}),
    "PROXY-TEMP-ID": ("TEMP_ID", ID_CARD, {}),
    "PROXY-TRANSPORT-LICENCE": ("TRANSPORT_LICENCE", LICENCE, {}),
}
WINDOW_NEVER = {"ACCEPTED", "DEEMED_ACCEPTED", "NOT_ACCEPTED", "GRANTED", "NOT_GRANTED", "MADE"}
TO_THE_DOCUMENT = (
    "PROXY_COLLECTION=COLLECT",
    "PROXY_ACCEPTANCE=ACCEPT",
    "PROXY_REVIEW=PASS",
    "PROXY_DECISION=GRANT",
    "PROXY_MAKING=MADE",
)


async def collected(
    stage: Stage,
    matter: str = "PROXY-TRAVEL-ENDORSEMENT",
    *,
    originals: str = "no",
    **register: Any,
) -> TransferStory:
    """An application filed at the window, with the applicant's entry at the document register."""
    story = TransferStory(stage)
    await story.somebody()
    kind, data, details = MATTERS[matter]
    await story.entry(kind, {**data, **register}, at=story.origin, status="VALID")
    await story.file_transfer(matter, {"originals": originals, **details})
    return story


def acts(record: dict[str, Any]) -> list[str]:
    return [act["code"] for act in record["acts"]]


@pytest.mark.parametrize("matter", MATTERS)
async def test_a_document_is_asked_for_at_one_place_and_made_at_another(
    stage: Stage, matter: str
) -> None:
    story = await collected(stage, matter)
    await story.work(*TO_THE_DOCUMENT, "PROXY_HAND_OVER=HANDED_OVER")
    case = await story.ends("ARCHIVED", "COMPLETED")
    assert not WINDOW_NEVER & set(acts(case))
    leg = await story.leg_stage_is("LEG_COMPLETED")
    assert {"ACCEPTED", "GRANTED", "MADE", "NEW_IN_FORCE"} <= set(acts(leg))
    entry = await story.look(MATTERS[matter][0])
    assert entry is not None
    assert entry.status == "VALID"
    assert len(entry.data["made_for"]) == 1
    had_old = "current" in MATTERS[matter][1]
    assert ("OLD_COLLECTED" in acts(case)) is had_old
    assert entry.data["current"]["number"] not in ("样例通-1", "样例从-1")


async def test_a_photo_that_cannot_be_used_is_taken_again_at_the_window(stage: Stage) -> None:
    story = await collected(stage)
    await story.work("PROXY_COLLECTION=COLLECT")
    await story.decide(
        "PROXY_ACCEPTANCE", "CORRECT", reason_code="PHOTO_UNUSABLE", defects=["照片反光，请重拍"]
    )
    await story.stage_is("CORRECTION")
    assert "照片不符合制证要求" in (await story.notices())["PROXY_CORRECTION"]
    assert (await story.clock("INTAKE", leg=True))["stopped_on"]
    await story.hand_in("PHOTO")
    await story.work(*TO_THE_DOCUMENT[1:], "PROXY_HAND_OVER=HANDED_OVER")
    case = await story.ends("ARCHIVED", "COMPLETED")
    leg = await story.leg_stage_is("LEG_COMPLETED")
    assert leg["home_case_no"] == case["case_no"]
    assert len(await story.legs()) == 1


async def test_what_is_never_corrected_is_ended_by_the_home_office(stage: Stage) -> None:
    story = await collected(stage)
    await story.work("PROXY_COLLECTION=COLLECT")
    await story.decide(
        "PROXY_ACCEPTANCE", "CORRECT", reason_code="PAPERS_UNREADABLE", defects=["扫描件模糊"]
    )
    await story.stage_is("CORRECTION")
    await story.advance(days=40)
    await story.decide("PEER_REFUSAL", "CONCLUDE")
    await story.ends("PEER_REFUSED_END", "PEER_REFUSED")
    await story.leg_stage_is("LAPSED")


async def test_the_home_office_does_not_accept_what_is_made_at_designated_places_only(
    stage: Stage,
) -> None:
    story = await collected(stage, designated_place=True)
    await story.work("PROXY_COLLECTION=COLLECT")
    task = await story.task("PROXY_ACCEPTANCE")
    assert "DESIGNATED_PLACE_ONLY" in task["findings"]
    await story.decide(
        "PROXY_ACCEPTANCE",
        "NOT_ACCEPT",
        reason_code="DESIGNATED_PLACE_ONLY",
        reason="须到指定地点办理",
    )
    await story.decide("PEER_REFUSAL", "CONCLUDE")
    case = await story.ends("PEER_REFUSED_END", "PEER_REFUSED")
    assert case["reason_code"] == "DESIGNATED_PLACE_ONLY"
    assert not WINDOW_NEVER & set(acts(case))
    leg = await story.leg_stage_is("NOT_ACCEPTED")
    assert "NOT_ACCEPTED" in acts(leg)


async def test_five_silent_working_days_accept_from_the_day_of_receipt(stage: Stage) -> None:
    story = await collected(stage)
    await story.work("PROXY_COLLECTION=COLLECT")
    await story.task("PROXY_ACCEPTANCE")
    await story.advance_past((await story.clock("INTAKE", leg=True))["due_on"], home=False)
    await story.task("PROXY_REVIEW")
    leg = await story.leg()
    assert "DEEMED_ACCEPTED" in acts(leg)
    decision = await story.clock("DECISION", leg=True)
    assert decision["started_on"] == leg["received_on"]
    assert decision["length"] == 20  # calendar days between provinces
    await story.work(*TO_THE_DOCUMENT[2:], "PROXY_HAND_OVER=HANDED_OVER")
    await story.ends("ARCHIVED", "COMPLETED")


async def test_a_refusal_comes_from_the_home_office_with_its_reason(stage: Stage) -> None:
    story = await collected(stage)
    await story.work("PROXY_COLLECTION=COLLECT", "PROXY_ACCEPTANCE=ACCEPT")
    await story.decide("PROXY_REVIEW", "REFUSE", reason="有未结案件")
    await story.decide(
        "PROXY_DECISION", "REFUSE", reason_code="EXIT_NOT_PERMITTED", reason="有未结案件"
    )
    await story.decide("PEER_REFUSAL", "CONCLUDE")
    case = await story.ends("PEER_REFUSED_END", "PEER_REFUSED")
    assert "不予批准出境" in (await story.notices())["ENDED_PEER_REFUSED"]
    assert not WINDOW_NEVER & set(acts(case))
    leg = await story.leg_stage_is("NOT_GRANTED")
    assert "MADE" not in acts(leg)


async def test_what_cannot_be_delivered_is_held_and_never_made_again(stage: Stage) -> None:
    story = await collected(stage)
    await story.work(*TO_THE_DOCUMENT)
    for _ in range(3):
        await story.work("PROXY_HAND_OVER=UNDELIVERED")
    await story.stage_is("HOLDING")
    assert (await story.clock("HOLDING"))["length"] == 90
    await story.work("PROXY_HELD=HANDED_OVER")
    case = await story.ends("ARCHIVED", "COMPLETED")
    assert acts(case).index("OLD_COLLECTED") < acts(case).index("DELIVERED")
    leg = await story.leg_stage_is("LEG_COMPLETED")
    assert acts(leg).count("MADE") == 1


async def test_what_nobody_fetches_goes_back_and_never_becomes_valid(stage: Stage) -> None:
    story = await collected(stage)
    await story.work(*TO_THE_DOCUMENT)
    for _ in range(3):
        await story.work("PROXY_HAND_OVER=UNDELIVERED")
    await story.task("PROXY_HELD")
    await story.advance(days=110, leg=False)
    case = await story.ends("TERMINATED", "UNCLAIMED")
    assert "RESULT_RETURNED" in acts(case)
    leg = await story.leg_stage_is("TERMINATED")
    assert "NEW_IN_FORCE" not in acts(leg)
    entry = await story.look("TRAVEL_PERMIT")
    assert entry is not None
    assert entry.data["current"]["number"] == "样例通-1"


async def test_a_document_goes_by_post_only_when_no_old_one_is_left_with_the_person(
    stage: Stage,
) -> None:
    story = await collected(stage)
    await story.work(*TO_THE_DOCUMENT)
    await story.refused(story.decide("PROXY_HAND_OVER", "MAILED"), "CANNOT_PROCEED")
    await story.work("PROXY_HAND_OVER=HANDED_OVER")
    await story.ends("ARCHIVED", "COMPLETED")


async def test_the_competent_office_takes_over_and_its_days_start_anew(stage: Stage) -> None:
    office = "330902-GA-90"
    story = await collected(stage, home_office=office)
    await story.work("PROXY_COLLECTION=COLLECT")
    await story.refused(story.decide("PROXY_ACCEPTANCE", "ACCEPT"), "CANNOT_PROCEED")
    await story.advance_past((await story.leg())["received_on"], home=False)
    await story.work("PROXY_ACCEPTANCE=REDIRECT")
    await story.event("FORWARDED")
    task = await story.task("PROXY_ACCEPTANCE")
    assert task["office"] == office
    leg = await story.leg()
    assert (await story.clock("INTAKE", leg=True))["started_on"] > leg["received_on"]
    await story.work(*TO_THE_DOCUMENT[1:], "PROXY_HAND_OVER=HANDED_OVER")
    await story.ends("ARCHIVED", "COMPLETED")
    leg = await story.leg_stage_is("LEG_COMPLETED")
    assert {act["office"] for act in leg["acts"] if act["code"] == "ACCEPTED"} == {office}


async def test_an_application_is_taken_back_before_the_document_is_made(stage: Stage) -> None:
    story = await collected(stage)
    await story.work(*TO_THE_DOCUMENT[:4])
    await story.task("PROXY_MAKING")
    await story.ask(Verb.WITHDRAW)
    await story.ends("WITHDRAWN", "WITHDRAWN")
    leg = await story.leg_stage_is("WITHDRAWN")
    assert "MADE" not in acts(leg)


async def test_papers_that_never_become_complete_are_given_back_unsent(stage: Stage) -> None:
    story = await collected(stage)
    await story.decide("PROXY_COLLECTION", "INCOMPLETE", defects=["缺照片"])
    await story.stage_is("CORRECTION")
    await story.advance(days=40, leg=False)
    await story.ends("NOT_COLLECTED", "NOT_COLLECTED")
    assert not await story.legs()


THERE = (
    "PROXY_COLLECTION=COLLECT",
    "PARCEL_HANDOVER=HAND_OVER",
    "PARCEL_SEAL_CHECK=SEAL_OK",
    "PARCEL_COUNT_CHECK=COUNT_OK",
)
BACK = (
    "PARCEL_HANDOVER=HAND_OVER",
    "PARCEL_SEAL_CHECK=SEAL_OK",
    "PARCEL_COUNT_CHECK=COUNT_OK",
)


async def test_the_original_travels_there_and_the_new_document_back(stage: Stage) -> None:
    story = await collected(stage, "PROXY-TRANSPORT-LICENCE", originals="yes")
    await story.work("PROXY_COLLECTION=COLLECT")
    leg = await story.leg_stage_is("TAKING_OVER")
    assert not [clock for clock in leg["clocks"] if clock["kind"] == "INTAKE"]
    assert leg["custodian_office"].startswith(story.home)
    await story.work(*THERE[1:])
    await story.task("PROXY_ACCEPTANCE")
    leg = await story.leg()
    assert leg["custodian_office"] == "330900-JT-00", "the city decides, so the city keeps it"
    assert (await story.clock("INTAKE", leg=True))["stopped_on"] is None
    await story.work(*TO_THE_DOCUMENT[1:], *BACK)
    await story.work("PROXY_HAND_OVER=MAILED")  # the old licence stayed at the home office
    case = await story.ends("ARCHIVED", "COMPLETED")
    assert "ORIGINALS_SENT" in acts(case)
    leg = await story.leg_stage_is("LEG_COMPLETED")
    assert {"ORIGINALS_TAKEN", "OLD_COLLECTED", "NEW_IN_FORCE"} <= set(acts(leg))
    await story.parcel_stage_is("RECEIVED_WHOLE", at=story.home)
    await story.parcel_stage_is("RECEIVED_WHOLE", at=story.origin)


async def test_originals_that_leave_before_their_papers_are_pulled_are_checked_in(
    stage: Stage,
) -> None:
    story = await collected(stage, "PROXY-TRANSPORT-LICENCE", originals="yes")
    async with stage.console_away(story.home):
        await story.work("PROXY_COLLECTION=COLLECT")
        await story.leg()
        await story.work("PARCEL_HANDOVER=HAND_OVER")
        told = await sent(story, LetterVerb.PROGRESS)
        assert told.reason_code == "PARCEL_SENT"
    await story.work(*THERE[2:])
    await story.task("PROXY_ACCEPTANCE")
    await story.consistent()


async def test_originals_go_back_to_the_person_when_the_home_office_refuses(stage: Stage) -> None:
    story = await collected(stage, "PROXY-TRANSPORT-LICENCE", originals="yes")
    await story.work(*THERE)
    await story.decide(
        "PROXY_ACCEPTANCE", "NOT_ACCEPT", reason_code="TOO_LATE", reason="已过换证期间"
    )
    await story.decide("PEER_REFUSAL", "CONCLUDE")
    await story.ends("PEER_REFUSED_END", "PEER_REFUSED")
    leg = await story.leg_stage_is("NOT_ACCEPTED")
    assert "ORIGINALS_RETURNED" in acts(leg)
    await story.work("PARCEL_HANDOVER=HAND_OVER")
    await story.parcel_stage_is("RECEIVED_WHOLE", at=story.origin)


async def test_a_withdrawal_on_the_way_waits_until_the_originals_are_safe(stage: Stage) -> None:
    story = await collected(stage, "PROXY-TRANSPORT-LICENCE", originals="yes")
    await story.work(*THERE[:2])
    await story.task("PARCEL_SEAL_CHECK")
    await story.ask(Verb.WITHDRAW)
    await story.work(*THERE[2:])
    await story.ends("WITHDRAWN", "WITHDRAWN")
    leg = await story.leg_stage_is("WITHDRAWN")
    assert {"ORIGINALS_TAKEN", "ORIGINALS_RETURNED"} <= set(acts(leg))
    await story.work("PARCEL_HANDOVER=HAND_OVER")
    await story.parcel_stage_is("RECEIVED_WHOLE", at=story.origin)


async def test_originals_that_have_not_left_stay_when_the_application_is_taken_back(
    stage: Stage,
) -> None:
    story = await collected(stage, "PROXY-TRANSPORT-LICENCE", originals="yes")
    await story.work("PROXY_COLLECTION=COLLECT")
    await story.task("PARCEL_HANDOVER")
    await story.leg()
    await story.ask(Verb.WITHDRAW)
    await story.ends("WITHDRAWN", "WITHDRAWN")
    await story.parcel_stage_is("WITHDRAWN", at=story.home)


async def test_an_undelivered_original_goes_out_again_and_the_home_office_learns_its_number(
    stage: Stage,
) -> None:
    story = await collected(stage, "PROXY-TRANSPORT-LICENCE", originals="yes")
    await story.work("PROXY_COLLECTION=COLLECT")
    await story.task("PARCEL_HANDOVER")
    await story.fate("FAIL", key=await story.parcel_order(at=story.home))
    await story.work("PARCEL_HANDOVER=HAND_OVER")
    await story.task("PARCEL_SEAL_CHECK")
    (first,) = (await story.leg())["parcels"]
    await story.work("PARCEL_CAME_BACK=SEND_AGAIN", "PARCEL_HANDOVER=HAND_OVER")
    await story.event("NEW_WAYBILL", leg=True)
    (known,) = (await story.leg())["parcels"]
    (sent,) = (await story.parcels(at=story.home))[0]["parcels"]
    assert known["waybill"] == sent["waybill"] != first["waybill"]
    assert f"WAYBILL:{sent['waybill']}" in (await story.task("PARCEL_SEAL_CHECK"))["findings"]
    await story.work(*THERE[2:])
    await story.task("PROXY_ACCEPTANCE")
    await story.consistent()


async def test_a_lost_original_is_rebuilt_and_sent_again_by_the_window(stage: Stage) -> None:
    story = await collected(stage, "PROXY-TRANSPORT-LICENCE", originals="yes")
    await story.work("PROXY_COLLECTION=COLLECT")
    await story.task("PARCEL_HANDOVER")
    order = await story.parcel_order(at=story.home)
    await story.fate("STALL", key=order)
    await story.work("PARCEL_HANDOVER=HAND_OVER")
    lost = await story.task("PARCEL_SEAL_CHECK")
    await story.fate("LOSE", key=order)
    await story.event("PARCEL_LOST")
    await story.until(lambda: story.no_task("PARCEL_SEAL_CHECK"), "the end of a check in vain")
    assert (await story.case())["custodian_office"].startswith(story.home)
    await story.decide("PARCEL_CLAIM", "CLAIM")
    await story.decide("PARCEL_REBUILD", "REBUILT", reason="已由发证机关补证")
    await story.work("PARCEL_HANDOVER=HAND_OVER")
    await story.another_task("PARCEL_SEAL_CHECK", lost)
    await story.work(*THERE[2:], *TO_THE_DOCUMENT[1:], *BACK, "PROXY_HAND_OVER=MAILED")
    await story.ends("ARCHIVED", "COMPLETED")
    assert len(await story.parcels(at=story.home)) == 2
    await story.leg_stage_is("LEG_COMPLETED")


async def test_a_lost_original_that_turns_up_is_checked_in_after_all(stage: Stage) -> None:
    story = await collected(stage, "PROXY-TRANSPORT-LICENCE", originals="yes")
    await story.work("PROXY_COLLECTION=COLLECT")
    await story.task("PARCEL_HANDOVER")
    order = await story.parcel_order(at=story.home)
    await story.fate("STALL", key=order)
    await story.work("PARCEL_HANDOVER=HAND_OVER")
    await story.task("PARCEL_SEAL_CHECK")
    await story.parcel_heard(at=story.home)
    await story.advance_past(await story.silent_until(at=story.home))
    await story.decide("PARCEL_TRACE", "LOST", reason="承运方查询无结果")
    await story.event("PARCEL_LOST")
    await story.until(lambda: story.no_task("PARCEL_SEAL_CHECK"), "the end of a check in vain")
    await story.fate("DELIVER", key=order)
    await story.work(*THERE[2:], *TO_THE_DOCUMENT[1:], *BACK, "PROXY_HAND_OVER=MAILED")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
    assert len(await story.parcels(at=story.home)) == 1


async def test_a_document_that_is_not_made_yet_goes_back_to_whom_the_maker_names(
    stage: Stage,
) -> None:
    story = await collected(stage)
    await story.work(*TO_THE_DOCUMENT[:-1])
    limit = (await story.task("PROXY_MAKING"))["due_on"]
    await story.decide("PROXY_MAKING", "RETURN", reason="签注种类写错", return_to="PROXY_REVIEW")
    again = await story.task("PROXY_REVIEW")
    assert "RETURNED" in again["findings"] and again["due_on"] == limit
    await story.work("PROXY_REVIEW=PASS", "PROXY_DECISION=GRANT")
    await story.decide("PROXY_MAKING", "RETURN", reason="决定书编号有误")
    await story.work("PROXY_DECISION=GRANT", "PROXY_MAKING=MADE", "PROXY_HAND_OVER=HANDED_OVER")
    await story.ends("ARCHIVED", "COMPLETED")
    leg = await story.leg_stage_is("LEG_COMPLETED")
    assert acts(leg).count("GRANTED") == 3 and acts(leg).count("MADE") == 1
