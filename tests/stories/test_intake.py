"""收件与受理: what an applicant and two offices may do with an application before it goes out."""

from __future__ import annotations

from datetime import timedelta

from domain.clocks import Clock, Effect, Limit, Unit, derive
from tests.rehearsal.stage import Stage
from tests.rehearsal.story import Story

DEFECTS = ("缺少调动（录用）文件", "接收单位证明未盖章")


async def test_one_notice_lists_every_defect_and_the_handed_in_papers_are_accepted(
    stage: Stage,
) -> None:
    story = Story(stage)
    application = await story.application()
    application["documents"] = [
        item for item in application["documents"] if item["type"] != "TRANSFER_ORDER"
    ]
    filed = await story.file_this(application)
    assert filed.findings and filed.remedies
    assert any("TRANSFER_ORDER" in item for item in (await story.task("INTAKE_CHECK"))["findings"])

    await story.decide("INTAKE_CHECK", "CORRECT", defects=DEFECTS)
    case = await story.stage_is("CORRECTION")
    assert case["holder"] == "APPLICANT" and await story.no_task("INTAKE_CHECK")
    notice = (await story.notices())["CORRECTION"]
    assert all(defect in notice for defect in DEFECTS)
    await story.advance(3)
    await story.hand_in("TRANSFER_ORDER", "RECEIVING_UNIT_PROOF")
    again = await story.clock("INTAKE")
    assert again["number"] == 2 and again["started_on"] >= (await story.now()).date()
    await story.decide("INTAKE_CHECK", "ACCEPT")
    case = await story.stage_is("REVIEW")
    assert [act["code"] for act in case["acts"]][:3] == [
        "RECEIVED",
        "CORRECTION_NOTICE",
        "ACCEPTED",
    ]
    assert len([item for item in case["documents"] if item["type"] == "TRANSFER_ORDER"]) == 1
    await story.consistent()


async def test_a_correction_that_never_comes_lapses_and_a_new_application_is_free(
    stage: Stage,
) -> None:
    story = Story(stage)
    application = await story.application()
    await story.file_this(application)
    await story.decide("INTAKE_CHECK", "CORRECT", defects=DEFECTS)
    await story.stage_is("CORRECTION")
    await story.refused(
        stage.filing_desk().file_data(application, folder=story.here), "ALREADY_OPEN"
    )
    await story.advance_past((await story.clock("CORRECTION"))["due_on"])
    await story.ends("LAPSED", "LAPSED")
    await story.refused(story.hand_in("TRANSFER_ORDER"), "NOT_NOW")
    await story.consistent()

    first = story.case_no
    await story.file_this(application)
    assert story.case_no != first
    await story.decide(
        "INTAKE_CHECK", "NOT_ACCEPT", reason="不属于跨省通办事项", remedy="请到窗口办理"
    )
    await story.ends("NOT_ACCEPTED", "NOT_ACCEPTED")
    notice = (await story.notices())["ENDED_NOT_ACCEPTED"]
    assert "不属于跨省通办事项" in notice and "请到窗口办理" in notice
    await story.consistent()


async def test_five_silent_working_days_are_acceptance_from_the_day_of_receipt(
    stage: Stage,
) -> None:
    story = Story(stage)
    filed = await story.file()
    task = await story.task("INTAKE_CHECK")
    intake = await story.clock("INTAKE")
    five = Clock(
        kind="INTAKE",
        limit=Limit(5, Unit.WD, "样例"),
        started_on=filed.received_on,
        effect=Effect.DEEMED_ACCEPTED,
    )
    assert intake["due_on"] == derive(five, stage.catalog.calendar).due_on
    await story.advance_past(intake["due_on"] - timedelta(days=1))
    assert (await story.case())["stage"] == "SUBMITTED"  # the last day is still the office's
    await story.advance_past(intake["due_on"])

    case = await story.stage_is("REVIEW")
    deemed = next(act for act in case["acts"] if act["code"] == "DEEMED_ACCEPTED")
    assert deemed["effective_on"] == filed.received_on and deemed["actor"] == "SYSTEM"
    decision = await story.clock("DECISION")
    twenty = Clock(
        kind="DECISION",
        limit=Limit(20, Unit.WD, "样例"),
        started_on=filed.received_on,
        effect=Effect.ESCALATE,
    )
    assert decision["started_on"] == filed.received_on
    assert decision["due_on"] == derive(twenty, stage.catalog.calendar).due_on
    assert await story.no_task("INTAKE_CHECK") and "DEEMED_ACCEPTED" in await story.notices()
    late = stage.offices[story.home].decide(
        task["task_id"], "NOT_ACCEPT", clerk=story.clerk(task["office"], "INTAKE"), reason="迟"
    )
    await story.refused(late, "TASK_NOT_OPEN")
    await story.consistent()


async def test_the_bureau_returns_to_review_and_then_refuses_with_the_remedies_of_law(
    stage: Stage,
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("APPROVAL")
    await story.decide("APPROVAL", "RETURN", reason="请补充调查")
    assert "REVIEW:PASS" not in (await story.task("REVIEW"))["findings"]
    await story.decide("REVIEW", "REFUSE", reason="不符合落户条件")
    assert "REVIEW:REFUSE" in (await story.task("APPROVAL"))["findings"]
    reviewer = story.clerk(f"{story.home}-GA-01", "HANDLER")
    await story.refused(story.decide("APPROVAL", "APPROVE", clerk=reviewer), "FOREIGN_OFFICE")
    await story.decide("APPROVAL", "REFUSE", reason="不符合落户条件")
    case = await story.ends("REFUSED", "REFUSED")
    assert not case["certificates"] and await story.statuses() == ["ENDED"]
    notice = (await story.notices())["ENDED_REFUSED"]
    assert "不符合落户条件" in notice and "行政复议" in notice
    assert (await story.registration()).status == "ACTIVE"
    await story.consistent()


async def test_a_late_decision_is_marked_and_escalated_but_never_decided_by_lateness(
    stage: Stage,
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("REVIEW")
    await story.advance_past((await story.clock("DECISION"))["due_on"])
    await story.event("OVERDUE")
    case = await story.case()
    assert (case["stage"], case["overdue"], case["escalation"]) == ("REVIEW", True, 1)
    await story.decide("REVIEW", "PASS")
    case = await story.stage_is("APPROVAL")
    assert case["overdue"], "the same limit is still overdue at the next desk"
    await story.decide("APPROVAL", "APPROVE")
    case = await story.stage_is("ORIGIN_PROCESSING")
    assert (await story.clock("DECISION"))["stopped_on"], "it was met, late as it was"
    # The other place still lives in the month before: what it was given may be late by our clock.
    causes = [cause for one in case["events"] for cause in one["facts"].get("causes", ())]
    assert not case["overdue"] or "clock:PEER" in causes, "lateness ends with the limit"
    assert causes.count("clock:DECISION") == 1
    await story.consistent()
