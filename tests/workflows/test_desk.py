"""People at one desk: races, repeats and stale screens; refusals leave nothing in the history."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowUpdateFailedError, WorkflowUpdateStage
from temporalio.exceptions import ApplicationError

from contracts.commands import Command, CommandReceipt, Verb
from tests.rehearsal.stage import Stage
from tests.rehearsal.story import Story


async def events_of(stage: Stage, story: Story) -> list[int]:
    handle = stage.clients[story.home].get_workflow_handle(f"办件-{story.case_no}")
    return [event.event_type async for event in handle.fetch_history_events()]


async def in_review(stage: Stage) -> tuple[Story, dict[str, Any]]:
    story = Story(stage)
    await story.file()
    await story.play("REVIEW")
    return story, await story.task("REVIEW")


def decision(task: dict[str, Any], **changes: Any) -> Command:
    values: dict[str, Any] = {
        "command_id": f"c-{uuid.uuid4()}",
        "verb": Verb.DECIDE,
        "actor": "HC0102",
        "office": task["office"],
        "roles": ("HANDLER",),
        "task_id": task["task_id"],
        "outcome": "PASS",
        **changes,
    }
    return Command(**values)


async def send(stage: Stage, story: Story, order: Command, name: str = "办理") -> CommandReceipt:
    """As the console sends it, without its own checks before."""
    handle = stage.clients[story.home].get_workflow_handle(f"办件-{story.case_no}")
    receipt: CommandReceipt = await handle.execute_update(
        name, order, id=order.command_id, result_type=CommandReceipt
    )
    return receipt


def code_of(refusal: Any) -> str | None:
    assert isinstance(refusal, WorkflowUpdateFailedError), refusal
    assert isinstance(refusal.cause, ApplicationError)
    return refusal.cause.type


async def test_ten_clerks_race_for_one_task_and_one_decides(stage: Stage) -> None:
    story, task = await in_review(stage)
    before = await events_of(stage, story)
    orders = [decision(task, actor=f"HC01{number:02d}") for number in range(10)]
    answers = await asyncio.gather(
        *(send(stage, story, order) for order in orders), return_exceptions=True
    )
    done = [answer for answer in answers if isinstance(answer, CommandReceipt)]
    refused = [answer for answer in answers if not isinstance(answer, CommandReceipt)]
    assert len(done) == 1 and {code_of(one) for one in refused} == {"TASK_NOT_OPEN"}
    after = await events_of(stage, story)
    accepted = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED
    assert after.count(accepted) == before.count(accepted) + 1
    assert EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_REJECTED not in after
    assert len([t for t in (await story.case())["tasks"] if t["kind"] == "APPROVAL"]) == 1
    await story.stage_is("APPROVAL")


async def test_the_same_command_sent_ten_times_is_one_decision_with_one_answer(
    stage: Stage,
) -> None:
    story, task = await in_review(stage)
    clerk = story.clerk(task["office"], "HANDLER")
    office, once = stage.offices[story.home], f"c-{uuid.uuid4()}"
    answers = await asyncio.gather(
        *(office.decide(task["task_id"], "PASS", clerk=clerk, command_id=once) for _ in range(10))
    )
    assert len({answer.transition for answer in answers}) == 1
    acts = [act["code"] for act in (await story.case())["acts"]]
    assert acts.count("REVIEWED") == 1
    await story.consistent()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"task_id": "没有"}, "TASK_NOT_OPEN"),
        ({"office": "371002-GA-02"}, "FOREIGN_OFFICE"),
        ({"roles": ("INTAKE",)}, "MISSING_ROLE"),
        ({"outcome": "LAND"}, "UNKNOWN_OUTCOME"),
        ({"outcome": "REFUSE"}, "MISSING_REASON"),
        ({"actor": ""}, "MALFORMED"),
    ],
)
async def test_a_wrong_decision_is_refused_and_leaves_no_event(
    stage: Stage, changes: dict[str, Any], code: str
) -> None:
    story, task = await in_review(stage)
    before = await events_of(stage, story)
    with pytest.raises(WorkflowUpdateFailedError) as refusal:
        await send(stage, story, decision(task, **changes))
    assert code_of(refusal.value) == code
    assert await events_of(stage, story) == before
    # A rejected id may be used again for the right decision.
    await send(stage, story, decision(task))
    await story.stage_is("APPROVAL")


async def test_a_claimed_task_is_decided_by_its_holder_until_it_is_released(stage: Stage) -> None:
    story, task = await in_review(stage)
    await send(stage, story, decision(task, verb=Verb.CLAIM, outcome=None, actor="HC0199"))
    assert (await story.task("REVIEW"))["assignee"] == "HC0199"
    with pytest.raises(WorkflowUpdateFailedError) as refusal:
        await send(stage, story, decision(task))
    assert code_of(refusal.value) == "CLAIMED_BY_OTHER"
    supervisor = {"actor": "HC0902", "office": "371002-ZW-01", "roles": ("SUPERVISOR",)}
    await send(
        stage,
        story,
        decision(task, verb=Verb.ASSIGN, outcome=None, assignee="HC0102", **supervisor),
    )
    await send(stage, story, decision(task))
    await story.stage_is("APPROVAL")


async def test_withdrawal_and_decision_at_the_same_moment_exclude_each_other(stage: Stage) -> None:
    story, task = await in_review(stage)
    withdraw = Command(
        command_id=f"c-{uuid.uuid4()}", verb=Verb.WITHDRAW, actor="APPLICANT", office=""
    )
    answers = await asyncio.gather(
        send(stage, story, withdraw, "申请"),
        send(stage, story, decision(task)),
        return_exceptions=True,
    )
    await story.ends("WITHDRAWN", "WITHDRAWN")
    assert isinstance(answers[0], CommandReceipt)
    reviewed = [a for a in (await story.case())["acts"] if a["code"] == "REVIEWED"]
    assert len(reviewed) == (1 if isinstance(answers[1], CommandReceipt) else 0)


async def test_a_task_that_the_case_is_on_its_way_to_is_not_refused_as_gone(stage: Stage) -> None:
    story = Story(stage)
    await story.file()
    await stage.behave(f"population/{story.origin}", "down", "look_up")
    try:
        await story.play("PHONE_CONFIRMATION")
        leg = await story.leg_stage_is("RECEIVED", "COMPARISON")
        office = leg["competent_office"]
        handle = stage.clients[story.origin].get_workflow_handle(leg["workflow_id"])
        early = decision(
            {
                "task_id": f"{leg['case_no']}/PHONE_CONFIRMATION/1",
                "office": leg["competent_office"],
            },
            actor=story.clerk(office, "HANDLER"),
            outcome="CONFIRMED",
        )
        update = await handle.start_update(
            "办理",
            early,
            id=early.command_id,
            result_type=CommandReceipt,
            wait_for_stage=WorkflowUpdateStage.ACCEPTED,
        )
    finally:
        await stage.behave_well()
    receipt = await update.result()
    assert [task.kind for task in receipt.open_tasks] == ["CANCELLATION"]


async def test_a_task_that_a_resting_case_has_not_opened_is_refused_at_once(stage: Stage) -> None:
    story, task = await in_review(stage)
    before = await events_of(stage, story)
    later = decision(task, task_id=f"{story.case_no}/REVIEW/2")
    with pytest.raises(WorkflowUpdateFailedError) as refusal:
        await send(stage, story, later)
    assert code_of(refusal.value) == "TASK_NOT_OPEN"
    accepted = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED
    assert (await events_of(stage, story)).count(accepted) == before.count(accepted)
