"""退回较早环节: what nobody has received yet goes back to the step that has to be done again."""

from __future__ import annotations

from typing import Any

from tests.general.items import LICENCE, PAID
from tests.general.story import ItemStory, act, acts
from tests.rehearsal.stage import Stage

TO_THE_DECISION = (
    "GENERAL_ACCEPTANCE=ACCEPT",
    "GENERAL_REVIEW=PASS",
    "GENERAL_DECISION=GRANT",
)


async def outcomes(story: ItemStory, kind: str) -> list[dict[str, Any]]:
    """What the open task of that kind may be decided as, as a clerk is shown it."""
    task = await story.task(kind)
    shown: list[dict[str, Any]] = (await story.office_of(task).task(task["task_id"]))["outcomes"]
    return shown


async def test_whoever_makes_or_delivers_the_result_sends_it_back_to_any_earlier_step(
    stage: Stage,
) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE)
    await story.work(*TO_THE_DECISION)
    making = await story.clock("MAKING")
    await story.refused(
        story.decide("GENERAL_MAKING", "RETURN", reason="有误", return_to="GENERAL_ACCEPTANCE"),
        "NO_EARLIER_STEP",
    )
    await story.refused(
        story.decide("GENERAL_MAKING", "MADE", return_to="GENERAL_REVIEW"), "MALFORMED"
    )
    await story.decide(
        "GENERAL_MAKING", "RETURN", reason="场所地址与材料不一致", return_to="GENERAL_REVIEW"
    )
    again = await story.task("GENERAL_REVIEW")
    assert "RETURNED" in again["findings"] and again["due_on"] == making["due_on"]
    await story.work("GENERAL_REVIEW=PASS", "GENERAL_DECISION=GRANT", "GENERAL_MAKING=MADE")
    delivery = await story.clock("CONFIRMATION")
    (back,) = [one for one in await outcomes(story, "DELIVERY") if one["code"] == "RETURN"]
    assert list(back["returns_to"]) == ["GENERAL_MAKING", "GENERAL_DECISION", "GENERAL_REVIEW"]
    await story.decide("DELIVERY", "RETURN", reason="印制错误")
    remade = await story.task("GENERAL_MAKING")
    assert "RETURNED" in remade["findings"] and remade["due_on"] == delivery["due_on"]
    await story.work("GENERAL_MAKING=MADE", "DELIVERY=ELECTRONIC")
    case = await story.ends_item("ARCHIVED", "COMPLETED")

    assert acts(case).count("ITEM_GRANTED") == acts(case).count("RESULT_MADE") == 2
    assert acts(case).count("DELIVERED") == 1
    steps = [one["facts"]["step"] for one in case["events"] if one["code"] == "RETURNED_TO_STEP"]
    assert steps == ["GENERAL_REVIEW", "GENERAL_MAKING"]
    wrong, right = sorted(case["certificates"], key=lambda one: one["status"], reverse=True)
    assert (wrong["status"], right["status"]) == ("VOID", "VALID")
    licences = await story.library()
    assert licences[wrong["number"]]["state"] == "REVOKED"
    assert licences[right["number"]]["state"] == "VALID"
    assert act(case, "DELIVERED")["facts"]["way"] == "ELECTRONIC"
    kinds = [one["kind"] for one in case["clocks"]]
    assert kinds.count("MAKING") == kinds.count("CONFIRMATION") == kinds.count("DECISION") == 1
    assert "请勿前往" in (await story.notices())["GENERAL_REDONE"]


async def test_a_decision_that_is_taken_back_and_refused_leaves_no_paper_and_no_fee(
    stage: Stage,
) -> None:
    story = ItemStory(stage)
    await story.file_item(PAID)
    await story.work(*TO_THE_DECISION)
    await story.decide("GENERAL_PAYMENT", "PAID", evidence="票据号 样例0002")
    await story.decide("GENERAL_MAKING", "RETURN", reason="申请人不符合条件")
    assert "RETURNED" in (await story.task("GENERAL_DECISION"))["findings"]
    await story.decide(
        "GENERAL_DECISION", "REFUSE", reason="申请人不符合条件", reason_code="CONDITIONS_NOT_MET"
    )
    case = await story.ends_item("ITEM_REFUSED", "ITEM_REFUSED")
    (certificate,) = case["certificates"]
    assert certificate["status"] == "VOID"
    assert certificate["number"] not in await story.library()
    assert "12.50元将原路退还" in (await story.notices())["GENERAL_FEE_BACK"]


async def test_a_revocation_can_be_sent_back_to_the_check(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE, promised=["PREMISES_PROOF"])
    await story.work(*TO_THE_DECISION, "GENERAL_MAKING=MADE", "DELIVERY=ELECTRONIC")
    await story.decide("GENERAL_AFTER_CHECK", "FALSE", reason="待查", evidence="核查笔录")
    await story.decide("GENERAL_REVOCATION", "RETURN", reason="请到现场核实")
    assert "RETURNED" in (await story.task("GENERAL_AFTER_CHECK"))["findings"]
    await story.work("GENERAL_AFTER_CHECK=KEPT")
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert "PROMISE_KEPT" in acts(case) and "PROMISE_FALSE" not in acts(case)
