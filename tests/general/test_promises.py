"""告知承诺 and 容缺受理: promises are checked afterwards, papers wait for what is deferred."""

from __future__ import annotations

from domain.ratings import Level
from tests.general.items import LICENCE, PAID
from tests.general.story import ItemStory, act, acts
from tests.rehearsal.stage import Stage

GRANTED = ("GENERAL_ACCEPTANCE=ACCEPT", "GENERAL_REVIEW=PASS", "GENERAL_DECISION=GRANT")
DELIVERED = ("GENERAL_MAKING=MADE", "DELIVERY=ELECTRONIC")


async def test_a_promise_stands_for_a_proof_and_is_checked_afterwards(stage: Stage) -> None:
    story = ItemStory(stage)
    filed = await story.file_item(LICENCE, promised=["PREMISES_PROOF"])
    assert not filed.findings
    await story.work(*GRANTED, *DELIVERED)
    task = await story.task("GENERAL_AFTER_CHECK")
    assert task["findings"] == ["PROMISE:PREMISES_PROOF"]
    assert (await story.clock("AFTER_CHECK"))["length"] == 30
    # The applicant has what was asked for: the matter as a whole may be rated already.
    rated = await story.rate_online(Level.VERY_SATISFIED)
    assert rated.office == task["office"]
    await story.work("GENERAL_AFTER_CHECK=KEPT")
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert act(case, "PROMISE_ACCEPTED")["facts"]["materials"] == "PREMISES_PROOF"
    assert "PROMISE_KEPT" in acts(case)


async def test_a_false_promise_costs_the_result_and_bars_new_ones_until_repaired(
    stage: Stage,
) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE, promised=["PREMISES_PROOF"])
    await story.work(*GRANTED, *DELIVERED)
    await story.decide(
        "GENERAL_AFTER_CHECK", "FALSE", reason="该场所并非申请人使用", evidence="现场核查笔录"
    )
    await story.decide("GENERAL_REVOCATION", "REVOKE", reason="承诺不实")
    case = await story.ends_item("REVOKED", "REVOKED")
    checked, revoked = act(case, "PROMISE_FALSE"), act(case, "RESULT_REVOKED")
    assert checked["actor"] != revoked["actor"]
    (certificate,) = case["certificates"]
    assert certificate["status"] == "VOID"
    assert (await story.library())[certificate["number"]]["state"] == "REVOKED"
    assert "经核查承诺的内容不属实" in (await story.notices())["ENDED_REVOKED"]

    again = ItemStory(stage)
    again.applicant, again.people = story.applicant, story.people
    await again.refused(again.file_item(PAID, promised=["PREMISES_PROOF"]), "PROMISE_BARRED")
    office = stage.offices[story.home]
    (kept,) = [one for one in await office.promises() if one["case_no"] == story.case_no]
    assert (kept["state"], kept["materials"]) == ("FALSE", ["PREMISES_PROOF"])
    approver = story.clerk(story.competent(LICENCE), "APPROVER")
    await office.repair_promise(story.case_no, clerk=approver, reason="已纠正并提交证明")
    await again.file_item(PAID, promised=["PREMISES_PROOF"])
    await again.withdraw()
    await again.stage_is("WITHDRAWN")


async def test_a_promise_that_was_doubted_and_found_true_leaves_the_result(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE, promised=["PREMISES_PROOF"])
    await story.work(*GRANTED, *DELIVERED)
    await story.decide("GENERAL_AFTER_CHECK", "FALSE", reason="待查", evidence="核查笔录")
    await story.decide("GENERAL_REVOCATION", "KEEP", reason="已补充核实，情况属实")
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert "PROMISE_FALSE" not in acts(case)
    assert case["certificates"][0]["status"] == "VALID"


async def test_the_certificate_waits_for_a_deferred_material(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE, deferred=["PHOTO"])
    await story.work(*GRANTED)
    await story.stage_is("SUPPLEMENTING")
    assert not (await story.case())["certificates"]
    await story.hand_in("PHOTO")
    await story.decide("GENERAL_SUPPLEMENT", "INCOMPLETE", defects=["照片反光，请重拍"])
    await story.stage_is("SUPPLEMENTING")
    assert "照片反光" in (await story.notices())["GENERAL_STILL_MISSING"]
    await story.hand_in("PHOTO")
    await story.work("GENERAL_SUPPLEMENT=COMPLETE", *DELIVERED)
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert acts(case).index("DEFERRED_SUPPLIED") < acts(case).index("RESULT_MADE")


async def test_a_deferred_material_may_come_before_the_decision(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE, deferred=["PHOTO"])
    await story.work("GENERAL_ACCEPTANCE=ACCEPT")
    await story.task("GENERAL_REVIEW")
    await story.hand_in("PHOTO")
    await story.work(*GRANTED[1:], "GENERAL_SUPPLEMENT=COMPLETE", *DELIVERED)
    await story.ends_item("ARCHIVED", "COMPLETED")


async def test_what_came_in_time_and_does_not_suffice_gets_its_days_anew(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE, deferred=["PHOTO"])
    await story.work("GENERAL_ACCEPTANCE=ACCEPT")
    await story.task("GENERAL_REVIEW")
    await story.hand_in("PHOTO")
    await story.advance(days=25)
    await story.work(*GRANTED[1:])
    await story.decide("GENERAL_SUPPLEMENT", "INCOMPLETE", defects=["照片反光，请重拍"])
    await story.stage_is("SUPPLEMENTING")
    case = await story.case()
    deferrals = [one for one in case["clocks"] if one["kind"] == "DEFERRAL"]
    assert [one["stopped_on"] is None for one in deferrals] == [False, True]
    assert not case["closed_at"]
    await story.advance(days=25)
    ended = await story.ends_item("LAPSED", "LAPSED")
    assert ended["reason_code"] == "DEFERRED_MISSING"


async def test_a_deferred_material_that_never_comes_ends_the_case_without_a_paper(
    stage: Stage,
) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE, deferred=["PHOTO"])
    await story.work(*GRANTED)
    await story.stage_is("SUPPLEMENTING")
    await story.advance(days=25)
    case = await story.ends_item("LAPSED", "LAPSED")
    assert case["reason_code"] == "DEFERRED_MISSING"
    assert not case["certificates"]
    assert "GENERAL_FEE_RETURNED" not in await story.notices()


async def test_a_fee_goes_back_where_the_deferred_material_never_comes(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(PAID, deferred=["PHOTO"])
    await story.work(*GRANTED)
    await story.decide("GENERAL_PAYMENT", "PAID", evidence="票据号 样例0007")
    await story.stage_is("SUPPLEMENTING")
    await story.advance(days=25)
    case = await story.ends_item("LAPSED", "LAPSED")
    assert [one["facts"]["amount_fen"] for one in case["events"] if one["code"] == "FEE_TO_RETURN"]
    assert "12.50元将原路退还" in (await story.notices())["GENERAL_FEE_RETURNED"]
