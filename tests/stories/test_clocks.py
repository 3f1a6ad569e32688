"""时限: paused, resumed and extended by an approver for a lawful reason; dates as law counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from contracts.commands import Verb
from domain.calendar import SHANGHAI
from domain.clocks import Clock, derive
from storage.clock_register import clock_of
from tests.rehearsal.stage import Stage
from tests.rehearsal.story import Story


class Row:
    """A stored clock as the register reads it."""

    def __init__(self, record: dict[str, Any]) -> None:
        self.__dict__.update(record)


def as_law_counts(stage: Stage, record: dict[str, Any]) -> Any:
    clock: Clock = clock_of(Row(record))
    return derive(clock, stage.catalog.calendar).due_on


async def test_a_decision_clock_is_suspended_resumed_and_extended_once_within_the_cap(
    stage: Stage,
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("REVIEW")
    before = await story.clock("DECISION")
    approver, handler = (story.clerk("371002-GA-01", role) for role in ("APPROVER", "HANDLER"))
    lawful = {"reason_code": "INVESTIGATION", "reason": "经批准的调查"}

    await story.refused(story.ask(Verb.SUSPEND, actor=handler, **lawful), "MISSING_ROLE")
    await story.refused(story.ask(Verb.SUSPEND, **lawful), "MISSING_ROLE")
    for reason in (
        {"reason_code": "PEER", "reason": "等待对方"},
        {"reason_code": "INVESTIGATION"},
        {"reason_code": "CORRECTION", "reason": "补正"},
    ):
        await story.refused(story.ask(Verb.SUSPEND, actor=approver, **reason), "NOT_A_LAWFUL_PAUSE")
    await story.refused(story.ask(Verb.RESUME, actor=approver), "NOT_NOW")

    await story.ask(Verb.SUSPEND, actor=approver, **lawful)
    paused = await story.clock("DECISION")
    looked_at_again = await story.clock("SUSPENSION")
    assert paused["due_on"] is None
    assert (await story.case())["due_on"] == looked_at_again["due_on"]
    await story.refused(story.ask(Verb.SUSPEND, actor=approver, **lawful), "NOT_NOW")
    await story.advance(60)
    assert (await story.event("OVERDUE"))["facts"]["clock"] == "SUSPENSION"
    await story.ask(Verb.RESUME, actor=approver, reason="调查结束")
    assert not (await story.case())["overdue"]
    resumed = await story.clock("DECISION")
    assert resumed["due_on"] == as_law_counts(stage, resumed) > before["due_on"]
    assert resumed["promised_on"] > before["promised_on"]
    assert (await story.case())["due_on"] == resumed["due_on"]

    for days in (0, 11):
        await story.refused(
            story.ask(Verb.EXTEND, actor=approver, days=days, reason="案情复杂"), "OVER_CAP"
        )
    await story.refused(story.ask(Verb.EXTEND, actor=approver, days=5), "MISSING_REASON")
    await story.ask(Verb.EXTEND, actor=approver, days=5, reason="案情复杂")
    extended = await story.clock("DECISION")
    assert extended["due_on"] == as_law_counts(stage, extended) > resumed["due_on"]
    await story.refused(
        story.ask(Verb.EXTEND, actor=approver, days=1, reason="案情复杂"), "OVER_CAP"
    )
    await story.advance_past(extended["due_on"] - timedelta(days=1))
    assert not (await story.case())["overdue"]
    await story.advance_past(extended["due_on"])
    await story.event("OVERDUE")
    await story.refused(story.ask(Verb.SUSPEND, actor=approver, **lawful), "NOT_NOW")
    await story.decide("REVIEW", "PASS")
    await story.decide("APPROVAL", "APPROVE")
    await story.consistent()


async def test_the_origin_extends_its_own_clock_but_waiting_for_a_peer_stops_none(
    stage: Stage,
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("PHONE_CONFIRMATION")
    await story.task("PHONE_CONFIRMATION")
    leg, office = await story.leg(), stage.offices[story.origin]
    approver = story.clerk("330902-GA-01", "APPROVER")
    home_approver = story.clerk("371002-GA-01", "APPROVER")
    await story.refused(
        story.ask(Verb.SUSPEND, actor=home_approver, reason_code="INVESTIGATION", reason="x"),
        "NOT_NOW",
    )
    before = await story.clock("ORIGIN", leg=True)
    await story.answered(
        office.ask, leg["case_no"], Verb.EXTEND, actor=approver, days=3, reason="核实困难"
    )
    after = await story.clock("ORIGIN", leg=True)
    assert after["due_on"] == as_law_counts(stage, after) > before["due_on"]
    # The home alone writes to the applicant, so the leg tells the home.
    await story.event("TELL_CLOCK")
    assert "3个工作日" in (await story.notices())["PEER_EXTENDED"]
    await story.advance_past(after["due_on"], home=False)
    await story.event("OVERDUE", leg=True)
    await story.refused(
        office.ask(leg["case_no"], Verb.EXTEND, actor=approver, days=3, reason="核实困难"),
        "NOT_NOW",
    )
    await story.decide("PHONE_CONFIRMATION", "CONFIRMED")
    assert (await story.leg())["overdue"], "the same limit is still overdue at the next task"
    await story.consistent()


SPECIAL: dict[str, Any] = {
    "reason_code": "SPECIAL_PROCEDURE",
    "procedure": "EXPERT_REVIEW",
    "reason": "须由专家核对材料",
    "days": 15,
}


async def in_review(stage: Stage) -> tuple[Story, str]:
    story = Story(stage)
    await story.file()
    await story.play("REVIEW")
    return story, story.clerk("371002-GA-01", "APPROVER")


async def finish(story: Story) -> None:
    await story.decide("REVIEW", "PASS")
    await story.decide("APPROVAL", "REFUSE", reason="不符合条件")
    await story.ends("REFUSED", "REFUSED")
    await story.consistent()


async def test_an_expert_review_is_told_with_its_length_and_its_days_are_not_counted(
    stage: Stage,
) -> None:
    story, approver = await in_review(stage)
    before = await story.clock("DECISION")
    nameless = {**SPECIAL, "procedure": None}
    await story.refused(story.ask(Verb.SUSPEND, actor=approver, **nameless), "LENGTH_NOT_TOLD")
    await story.ask(Verb.SUSPEND, actor=approver, **SPECIAL)

    case, expected = await story.case(), await story.clock("SUSPENSION")
    assert expected["length"] == 15 and expected["due_on"] == as_law_counts(stage, expected)
    assert case["due_on"] == expected["due_on"], "what comes next is the end of the review"
    task = await story.task("REVIEW")
    assert (task["due_on"], task["kind"]) == (expected["due_on"], "REVIEW")
    paused = await story.clock("DECISION")
    assert paused["due_on"] is None
    (pause,) = paused["pauses"]
    assert (pause["procedure"], pause["expected"]) == ("EXPERT_REVIEW", "15wd")
    words = (await story.notices())["SUSPENDED_SPECIAL"]
    assert "专家评审" in words and "15个工作日" in words and "须由专家核对材料" in words
    shown = await stage.offices[story.home].clocks(story.case_no)
    estimated = next(one for one in shown if one["kind"] == "DECISION")["estimated_on"]
    assert estimated > max(before["due_on"], expected["due_on"])

    await story.advance(10)
    await story.ask(Verb.RESUME, actor=approver, reason="评审结束")
    resumed = await story.clock("DECISION")
    assert resumed["due_on"] == as_law_counts(stage, resumed) > before["due_on"]
    assert resumed["due_on"] < estimated, "it ended sooner than it was told"
    assert (await story.task("REVIEW"))["due_on"] == resumed["due_on"]
    assert (await story.case())["due_on"] == resumed["due_on"]
    assert (await story.clock("SUSPENSION"))["stopped_on"] is not None
    await finish(story)


async def test_a_special_procedure_that_outlasts_what_was_told_is_late_until_it_ends(
    stage: Stage,
) -> None:
    story, approver = await in_review(stage)
    await story.ask(Verb.SUSPEND, actor=approver, **SPECIAL)
    expected = await story.clock("SUSPENSION")
    await story.advance_past(expected["due_on"])
    assert (await story.event("OVERDUE"))["facts"]["clock"] == "SUSPENSION"
    case = await story.case()
    assert case["overdue"] and case["escalation"] == 1
    assert (await story.task("REVIEW"))["due_on"] == expected["due_on"]
    # The review needs longer: it is resumed and told anew, on one day and with no day lost.
    await story.ask(Verb.RESUME, actor=approver, reason="原告知时间已满")
    assert not (await story.case())["overdue"], "the limit of the decision has days left"
    await story.ask(Verb.SUSPEND, actor=approver, **{**SPECIAL, "days": 5, "unit": "cd"})
    again = await story.clock("SUSPENSION")
    assert (again["number"], again["unit"]) == (2, "cd")
    assert len((await story.clock("DECISION"))["pauses"]) == 2
    # A decision under a paused limit ends the pause with the limit.
    await finish(story)
    assert (await story.case())["events"][-1]["code"] != "OVERDUE"


async def test_an_extension_is_told_with_its_reason_and_can_be_taken_back_but_never_into_the_past(
    stage: Stage,
) -> None:
    story, approver = await in_review(stage)
    before = await story.clock("DECISION")
    why = {"reason": "须向原单位核实"}
    await story.refused(story.ask(Verb.REVOKE_EXTENSION, actor=approver, **why), "NOT_EXTENDED")
    await story.refused(
        story.ask(Verb.EXTEND, actor=approver, days=10, approver="GOVERNMENT", **why),
        "WRONG_APPROVER",
    )
    await story.ask(Verb.EXTEND, actor=approver, days=10, **why)
    extended = await story.clock("DECISION")
    words = (await story.notices())["EXTENDED"]
    assert "10个工作日" in words and "须向原单位核实" in words
    # The days without the extension are used up; the ones given until now stay given.
    await story.advance_past(before["due_on"])
    assert not (await story.case())["overdue"]
    await story.ask(Verb.REVOKE_EXTENSION, actor=approver, reason="事由消除")
    revoked = await story.clock("DECISION")
    today = (await story.now()).astimezone(SHANGHAI).date()
    assert revoked["due_on"] == as_law_counts(stage, revoked)
    assert before["due_on"] < today <= revoked["due_on"] < extended["due_on"]
    assert "事由消除" in (await story.notices())["EXTENSION_REVOKED"]
    await story.refused(story.ask(Verb.REVOKE_EXTENSION, actor=approver, **why), "NOT_EXTENDED")
    await story.refused(story.ask(Verb.EXTEND, actor=approver, days=1, **why), "OVER_CAP")
    await story.advance_past(revoked["due_on"])
    await story.event("OVERDUE")
    await finish(story)


async def test_force_majeure_stops_the_correction_of_the_applicant_too(stage: Stage) -> None:
    story = Story(stage)
    await story.file()
    await story.decide("INTAKE_CHECK", "CORRECT", defects=("身份证复印件",))
    approver = story.clerk("371002-GA-01", "APPROVER")
    await story.refused(
        story.ask(Verb.SUSPEND, actor=approver, reason_code="INVESTIGATION", reason="调查"),
        "NOT_A_LAWFUL_PAUSE",
    )
    await story.refused(story.ask(Verb.EXTEND, actor=approver, days=1, reason="x"), "NOT_NOW")
    await story.ask(Verb.SUSPEND, actor=approver, reason_code="FORCE_MAJEURE", reason="台风停运")
    await story.advance(40)
    assert (await story.case())["stage"] == "CORRECTION", "nothing lapses meanwhile"
    assert (await story.case())["overdue"], "nobody looked whether the typhoon is over"
    await story.ask(Verb.RESUME, actor=approver, reason="恢复通行")
    correction = await story.clock("CORRECTION")
    await story.advance_past(correction["due_on"])
    await story.ends("LAPSED", "LAPSED")
    await story.consistent()
