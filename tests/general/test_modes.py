"""Proxy intake of any item, and an online case that becomes one."""

from __future__ import annotations

from contracts.letters import LetterVerb
from tests.general.items import CANCELLED, LICENCE, PAID, PROOF
from tests.general.story import ItemStory, act, acts
from tests.rehearsal.letters import at_counter, sent
from tests.rehearsal.stage import HOME, ORIGIN, Stage

WINDOW_NEVER = {"ACCEPTED", "DEEMED_ACCEPTED", "NOT_ACCEPTED", "GRANTED", "ITEM_GRANTED", "MADE"}
TO_THE_DOCUMENT = (
    "PROXY_COLLECTION=COLLECT",
    "PROXY_ACCEPTANCE=ACCEPT",
    "PROXY_REVIEW=PASS",
    "PROXY_DECISION=GRANT",
    "PROXY_MAKING=MADE",
)


async def test_a_window_collects_an_item_that_another_place_decides(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE, mode="PROXY_INTAKE")
    await story.work(*TO_THE_DOCUMENT, "PROXY_HAND_OVER=HANDED_OVER")
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert not WINDOW_NEVER & set(acts(case))
    assert case["intake_office"] == "371002-ZW-01"
    leg = await story.leg_stage_is("LEG_COMPLETED")
    assert {"ACCEPTED", "GRANTED", "MADE", "NEW_IN_FORCE"} <= set(acts(leg))
    competent = story.competent(LICENCE, at=ORIGIN, mode="PROXY_INTAKE")
    assert act(leg, "GRANTED")["office"] == competent == "330902-SL-01"
    decision = await story.clock("DECISION", leg=True)
    assert (decision["length"], decision["promised"]) == (20, 8)
    (licence,) = (await story.library()).values()
    assert (licence["item"], licence["state"]) == (LICENCE, "VALID")
    assert licence["valid_to"]


async def test_two_items_of_one_person_are_collected_side_by_side(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE, mode="PROXY_INTAKE")
    other = ItemStory(stage)
    other.applicant, other.people = story.applicant, story.people
    await other.file_item(PAID, mode="PROXY_INTAKE")
    await other.work(*TO_THE_DOCUMENT[:-1])
    await other.decide("GENERAL_PAYMENT", "PAID", evidence="票据号 样例0004")
    assert "缴费12.50元" in (await other.notices())["GENERAL_FEE"]
    for one, plan in ((story, TO_THE_DOCUMENT), (other, TO_THE_DOCUMENT[-1:])):
        await one.work(*plan, "PROXY_HAND_OVER=HANDED_OVER")
    for one in (story, other):
        await one.ends_item("ARCHIVED", "COMPLETED")
    assert len(await story.library()) == 2


async def test_a_collected_item_whose_fee_is_never_paid_gets_no_document(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(PAID, mode="PROXY_INTAKE")
    await story.work(*TO_THE_DOCUMENT[:-1])
    await story.leg_stage_is("PAYMENT")
    assert "缴费12.50元" in (await story.notices())["GENERAL_FEE"]
    await story.advance(days=30, home=False)
    leg = await story.leg_stage_is("TERMINATED")
    assert (leg["ending"], leg["reason_code"]) == ("UNPAID", "FEE_UNPAID")
    assert "MADE" not in acts(leg)
    await story.decide("PEER_REFUSAL", "CONCLUDE")
    await story.ends_item("PEER_REFUSED_END", "PEER_REFUSED")


async def test_a_fee_that_was_paid_goes_back_where_the_decision_is_taken_back(
    stage: Stage,
) -> None:
    story = ItemStory(stage)
    await story.file_item(PAID, mode="PROXY_INTAKE")
    await story.work(*TO_THE_DOCUMENT[:-1])
    await story.decide("GENERAL_PAYMENT", "PAID", evidence="票据号 样例0005")
    await story.decide("PROXY_MAKING", "RETURN", reason="申请人不符合条件")
    await story.decide(
        "PROXY_DECISION", "REFUSE", reason="申请人不符合条件", reason_code="CONDITIONS_NOT_MET"
    )
    leg = await story.leg_stage_is("NOT_GRANTED")
    assert [one["facts"]["amount_fen"] for one in leg["events"] if one["code"] == "FEE_TO_RETURN"]
    await story.task("PEER_REFUSAL")
    assert "12.50元将原路退还" in (await story.notices())["GENERAL_FEE_BACK"]
    await story.decide("PEER_REFUSAL", "CONCLUDE")
    await story.ends_item("PEER_REFUSED_END", "PEER_REFUSED")


async def test_who_withdraws_after_having_paid_is_told_that_the_fee_goes_back(
    stage: Stage,
) -> None:
    story = ItemStory(stage)
    await story.file_item(PAID, mode="PROXY_INTAKE")
    await story.work(*TO_THE_DOCUMENT[:-1])
    await story.decide("GENERAL_PAYMENT", "PAID", evidence="票据号 样例0006")
    await story.task("PROXY_MAKING")
    await story.withdraw()
    await story.ends_item("WITHDRAWN", "WITHDRAWN")
    assert "12.50元将原路退还" in (await story.notices())["GENERAL_FEE_RETURNED"]
    leg = await story.leg_stage_is("WITHDRAWN")
    assert [one["facts"]["amount_fen"] for one in leg["events"] if one["code"] == "FEE_TO_RETURN"]


async def test_who_withdraws_before_paying_hears_of_no_fee(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(PAID, mode="PROXY_INTAKE")
    await story.work(*TO_THE_DOCUMENT[:-1])
    await story.task("GENERAL_PAYMENT")
    await story.withdraw()
    await story.ends_item("WITHDRAWN", "WITHDRAWN")
    assert "GENERAL_FEE_RETURNED" not in await story.notices()
    leg = await story.leg_stage_is("WITHDRAWN")
    assert "FEE_TO_RETURN" not in {one["code"] for one in leg["events"]}


async def test_originals_travel_to_the_place_that_decides_and_the_result_back(
    stage: Stage,
) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE, mode="PROXY_INTAKE", originals=True)
    await story.work("PROXY_COLLECTION=COLLECT", "PARCEL_HANDOVER=HAND_OVER")
    await story.work("PARCEL_SEAL_CHECK=SEAL_OK", "PARCEL_COUNT_CHECK=COUNT_OK")
    await story.work(*TO_THE_DOCUMENT[1:], "PARCEL_HANDOVER=HAND_OVER")
    await story.work("PARCEL_SEAL_CHECK=SEAL_OK", "PARCEL_COUNT_CHECK=COUNT_OK")
    await story.work("PROXY_HAND_OVER=HANDED_OVER")
    await story.ends_item("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")


async def demanded(stage: Stage) -> ItemStory:
    """An online case of somebody who lives elsewhere, whose originals are demanded."""
    story = ItemStory(stage)
    await story.file_item(LICENCE)
    await story.work("GENERAL_ACCEPTANCE=ACCEPT")
    await story.decide("GENERAL_REVIEW", "DEMAND_ORIGINALS", reason="场所证明须核验原件")
    return story


async def test_an_online_case_becomes_proxy_intake_and_keeps_number_and_clock(
    stage: Stage,
) -> None:
    story = await demanded(stage)
    before = await story.clock("DECISION")
    case = await story.stage_is("COLLECTING")
    assert case["mode"] == "PROXY_INTAKE"
    assert "场所证明须核验原件" in (await story.notices())["GENERAL_ORIGINALS"]
    task = await story.task("GENERAL_COLLECTION", at=ORIGIN)
    assert task["office"] == "330902-ZW-01"
    await story.decide("GENERAL_COLLECTION", "COLLECT", at=ORIGIN)
    await story.decide("PARCEL_HANDOVER", "HAND_OVER", at=ORIGIN)
    await story.work("PARCEL_SEAL_CHECK=SEAL_OK", "PARCEL_COUNT_CHECK=COUNT_OK")
    await story.work("GENERAL_ORIGINALS=AGREE")
    review = await story.task("GENERAL_REVIEW")
    assert "ORIGINALS:AGREE" in review["findings"]
    after = await story.clock("DECISION")
    assert (after["started_on"], after["number"]) == (before["started_on"], before["number"])
    assert after["stopped_on"] is None
    await story.work(
        "GENERAL_REVIEW=PASS",
        "GENERAL_DECISION=GRANT",
        "GENERAL_MAKING=MADE",
        "DELIVERY=ELECTRONIC",
    )
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    leg = await story.leg_stage_is("LEG_COMPLETED")
    assert leg["home_case_no"] == case["case_no"]
    assert not WINDOW_NEVER & set(acts(leg))
    assert {"MODE_CHANGED", "ORIGINALS_VERIFIED", "ORIGINALS_RETURNED"} <= set(acts(case))
    assert act(case, "ITEM_GRANTED")["office"] == story.competent(LICENCE)


async def test_originals_that_never_come_are_the_reviewers_to_judge(stage: Stage) -> None:
    story = await demanded(stage)
    await story.task("GENERAL_COLLECTION", at=ORIGIN)
    limit = await story.clock("COLLECTION", leg=True)
    await story.advance_past(limit["due_on"], home=False)
    review = await story.task("GENERAL_REVIEW")
    assert "ORIGINALS:ORIGINALS_MISSING" in review["findings"]
    await story.decide("GENERAL_REVIEW", "REFUSE", reason="未提交原件")
    await story.decide(
        "GENERAL_DECISION", "REFUSE", reason="未提交原件", reason_code="CONDITIONS_NOT_MET"
    )
    await story.ends_item("ITEM_REFUSED", "ITEM_REFUSED")
    leg = await story.leg_stage_is("NOT_COLLECTED")
    assert leg["reason_code"] == "ORIGINALS_MISSING"


async def test_originals_go_home_when_the_case_is_withdrawn_before_they_were_compared(
    stage: Stage,
) -> None:
    story = await demanded(stage)
    await story.decide("GENERAL_COLLECTION", "COLLECT", at=ORIGIN)
    await story.decide("PARCEL_HANDOVER", "HAND_OVER", at=ORIGIN)
    await story.work("PARCEL_SEAL_CHECK=SEAL_OK", "PARCEL_COUNT_CHECK=COUNT_OK")
    await story.task("GENERAL_ORIGINALS")
    await story.withdraw(reason="不再需要")
    case = await story.ends_item("WITHDRAWN", "WITHDRAWN")
    assert "ORIGINALS_RETURNED" in acts(case)
    await story.leg_stage_is("LEG_COMPLETED")
    (parcel,) = await story.parcels(at=story.home)
    assert parcel["stage"] in ("PACKING", "ON_THE_WAY")


async def test_a_withdrawal_reaches_the_window_that_waits(stage: Stage) -> None:
    story = await demanded(stage)
    await story.task("GENERAL_COLLECTION", at=ORIGIN)
    await story.withdraw(reason="不再需要")
    await story.ends_item("WITHDRAWN", "WITHDRAWN")
    await story.leg_stage_is("WITHDRAWN")


async def test_an_item_without_proxy_intake_keeps_its_mode(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(PROOF)
    await story.work("GENERAL_ACCEPTANCE=ACCEPT")
    await story.refused(
        story.decide("GENERAL_REVIEW", "DEMAND_ORIGINALS", reason="须核验原件"), "NO_OTHER_MODE"
    )
    await story.withdraw()
    at_home = ItemStory(stage)
    await at_home.somebody(at=HOME)
    await at_home.file_item(LICENCE, peer_locality=None)
    await at_home.work("GENERAL_ACCEPTANCE=ACCEPT")
    await at_home.refused(
        at_home.decide("GENERAL_REVIEW", "DEMAND_ORIGINALS", reason="须核验原件"), "NO_OTHER_MODE"
    )
    await at_home.withdraw()
    await at_home.ends_item("WITHDRAWN", "WITHDRAWN")


async def test_a_place_that_may_not_handle_an_item_says_why(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE, mode="PROXY_INTAKE")
    await story.work("PROXY_COLLECTION=COLLECT")
    await story.task("PROXY_ACCEPTANCE")
    request = await sent(story, LetterVerb.REQUEST)
    for number, (matter, code) in enumerate(
        ((CANCELLED, "CANCELLED"), (PROOF, "MODE_NOT_OFFERED"), ("M9101", "MODE_NOT_OFFERED"))
    ):
        other = request.model_copy(
            update={"number": f"{request.number}9{number}", "matter": matter}
        )
        receipt = await at_counter(stage, other)
        assert (receipt.status, receipt.code) == ("REFUSED", code)
    assert [one["home_case_no"] for one in await story.legs()] == [story.case_no]
