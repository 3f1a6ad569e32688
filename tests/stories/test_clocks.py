"""时限: paused, resumed and extended by an approver for a lawful reason; dates as law counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from contracts.commands import Verb
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
    assert paused["due_on"] is None and (await story.case())["due_on"] is None
    await story.refused(story.ask(Verb.SUSPEND, actor=approver, **lawful), "NOT_NOW")
    await story.advance(60)
    assert not (await story.case())["overdue"]
    await story.ask(Verb.RESUME, actor=approver, reason="调查结束")
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
    await office.ask(leg["case_no"], Verb.EXTEND, actor=approver, days=3, reason="核实困难")
    after = await story.clock("ORIGIN", leg=True)
    assert after["due_on"] == as_law_counts(stage, after) > before["due_on"]
    await story.advance_past(after["due_on"], home=False)
    await story.event("OVERDUE", leg=True)
    await story.refused(
        office.ask(leg["case_no"], Verb.EXTEND, actor=approver, days=3, reason="核实困难"),
        "NOT_NOW",
    )
    await story.decide("PHONE_CONFIRMATION", "CONFIRMED")
    assert (await story.leg())["overdue"], "the same limit is still overdue at the next task"
    await story.consistent()
