"""撤回: free before the origin's cancellation, impossible after it; nothing else has changed."""

from __future__ import annotations

import asyncio

import pytest

from contracts.commands import Verb
from tests.rehearsal.stage import Stage
from tests.rehearsal.story import Story


@pytest.mark.parametrize("before", ["INTAKE_CHECK", "REVIEW", "APPROVAL"])
async def test_an_application_is_withdrawn_while_it_is_still_at_home(
    stage: Stage, before: str
) -> None:
    story = Story(stage)
    application = await story.application(followers=1)
    await story.file_this(application)
    await story.play(before)
    task = await story.task(before)
    await story.ask(Verb.WITHDRAW, reason="家庭原因")
    case = await story.ends("WITHDRAWN", "WITHDRAWN")
    assert await story.statuses() == ["ENDED", "ENDED"]
    assert not case["certificates"] and not case["letters"]
    withdrawn = next(act for act in case["acts"] if act["code"] == "WITHDRAWN")
    assert withdrawn["actor"] == "APPLICANT" and withdrawn["reason"] == "家庭原因"
    outcome = {"INTAKE_CHECK": "ACCEPT", "REVIEW": "PASS", "APPROVAL": "APPROVE"}[before]
    late = stage.offices[story.home].decide(
        task["task_id"], outcome, clerk=story.clerk(task["office"], task["role"])
    )
    await story.refused(late, "TASK_NOT_OPEN")
    await story.refused(story.ask(Verb.WITHDRAW), "NOT_NOW")
    await story.consistent()
    await story.file_this(application)  # nothing stands in the way of a new one


@pytest.mark.parametrize("before", ["PHONE_CONFIRMATION", "CANCELLATION"])
async def test_a_withdrawal_reaches_the_origin_before_it_cancels_and_stops_its_leg(
    stage: Stage, before: str
) -> None:
    story = Story(stage)
    await story.file()
    await story.play(before)
    task = await story.task(before)
    await story.ask(Verb.WITHDRAW, reason="不迁了")
    case = await story.ends("WITHDRAWN", "WITHDRAWN")
    leg = await story.leg_stage_is("WITHDRAWN")
    assert next(a for a in case["acts"] if a["code"] == "WITHDRAWN")["reason"] == "不迁了"
    assert await story.certificates("PERMIT") == ["VOID"]
    assert not leg["certificates"] and (await story.registration()).status == "ACTIVE"
    late = stage.offices[story.origin].decide(
        task["task_id"],
        "CONFIRMED" if before == "PHONE_CONFIRMATION" else "CANCEL",
        clerk=story.clerk(task["office"], task["role"]),
    )
    await story.refused(late, "TASK_NOT_OPEN")
    await story.consistent()


async def test_a_withdrawal_after_the_cancellation_is_too_late_and_says_what_is_left(
    stage: Stage,
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("CANCELLATION")
    # The register answers slowly: the request crosses with a cancellation that is under way.
    await stage.behave(f"population/{story.origin}", "late", "cancel_for_move", seconds=4, times=1)
    try:
        cancelling = asyncio.create_task(story.decide("CANCELLATION", "CANCEL"))
        await story.until(story.nobody_cancels_twice, "the cancellation to be under way")
        await story.refused(story.ask(Verb.WITHDRAW, reason="不迁了"), "TOO_LATE")
        await cancelling
    finally:
        await stage.behave_well()
    await story.stage_is("LANDING")
    assert "恢复户口" in (await story.notices())["WITHDRAWAL_TOO_LATE"]
    await story.refused(story.ask(Verb.WITHDRAW, reason="不迁了"), "NOT_NOW")
    await story.decide("LANDING", "LAND")
    await story.decide("DELIVERY", "MAILED")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.consistent()


async def test_a_withdrawal_after_a_refusal_by_the_origin_ends_the_case(stage: Stage) -> None:
    story = Story(stage)
    await story.file()
    await story.play("PHONE_CONFIRMATION")
    await story.decide("PHONE_CONFIRMATION", "DENIED", reason="本人不同意")
    await story.task("ORIGIN_REFUSAL")
    await story.ask(Verb.WITHDRAW, reason="不迁了")
    await story.ends("WITHDRAWN", "WITHDRAWN")
    assert await story.certificates("PERMIT") == ["VOID"]
    await story.consistent()
