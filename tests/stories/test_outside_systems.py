"""Outside systems misbehave: nothing is done twice, nothing is lost, nobody is left waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.rehearsal.stage import HOME, ORIGIN, Stage
from tests.rehearsal.story import Story

POPULATION = f"population/{ORIGIN}"


@pytest_asyncio.fixture(autouse=True)
async def order_afterwards(stage: Stage) -> AsyncIterator[None]:
    """No test leaves a misbehaving system behind."""
    yield
    await stage.behave_well()


async def acts_of(stage: Stage, story: Story, operation: str) -> int:
    """How often an outside system really did this for the story's case or legs."""
    numbers = {story.case_no, *(leg["case_no"] for leg in await story.legs())}
    acts = (await stage.simulators.get("/_acts")).json()
    return len([a for a in acts if a["operation"] == operation and a["case_no"] in numbers])


@pytest.mark.parametrize(
    ("mode", "more"),
    [
        ("down", {"times": 1}),
        ("lost_answer", {"times": 2}),
        ("twice", {"times": 1}),
        ("garbage", {"times": 1}),
        ("late", {"times": 1, "seconds": 6}),
    ],
)
async def test_a_cancellation_and_a_landing_are_done_once_whatever_the_register_answers(
    stage: Stage, mode: str, more: dict[str, int]
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("CANCELLATION")
    await story.task("CANCELLATION")
    await stage.behave(POPULATION, mode, "cancel_for_move", **more)
    await stage.behave(f"population/{HOME}", mode, "land", **more)
    await story.decide("CANCELLATION", "CANCEL")
    await story.decide("LANDING", "LAND")
    await story.decide("DELIVERY", "PICKED_UP")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("MOVED_OUT")
    assert await acts_of(stage, story, "cancel_for_move") == 1
    assert await acts_of(stage, story, "land") == 1
    assert (await story.registration(at=HOME)).status == "ACTIVE"
    assert (await story.registration()).status == "MOVED_OUT"
    await story.consistent()


async def test_a_register_that_contradicts_becomes_a_finding_for_a_clerk(stage: Stage) -> None:
    story = Story(stage)
    await story.file()
    await story.play("APPROVAL")
    await stage.behave(POPULATION, "contradict", "look_up", times=1)
    await story.decide("APPROVAL", "APPROVE")
    assert (await story.task("DISCREPANCY"))["findings"] == ["1:IDENTITY_DIFFERS"]
    await story.decide("DISCREPANCY", "PROCEED", reason="经核对一致", evidence="纸质档案")
    await story.decide("PHONE_CONFIRMATION", "CONFIRMED")
    await story.decide("CANCELLATION", "CANCEL")
    await story.decide("LANDING", "LAND")
    await story.consistent()


async def test_a_landing_that_the_register_refuses_stays_a_task_with_the_finding(
    stage: Stage,
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("LANDING")
    await story.task("LANDING")
    await stage.behave(f"population/{HOME}", "refuse", "land", times=1, code="UNDER_INVESTIGATION")
    await story.decide("LANDING", "LAND")
    assert (await story.task("LANDING"))["findings"] == ["REGISTER:1:UNDER_INVESTIGATION"]
    assert await story.statuses() == ["IN_TRANSIT"]
    await story.decide("LANDING", "LAND")
    assert await story.statuses() == ["LANDED"]
    await story.consistent()


async def test_a_restoration_that_the_register_refuses_is_told_to_nobody(stage: Stage) -> None:
    story = Story(stage)
    await story.file()
    await story.play("LANDING")
    await story.decide("LANDING", "IMPOSSIBLE", reason="接收单位撤销")
    await story.task("RESTORATION")
    await stage.behave(POPULATION, "refuse", "restore", times=1, code="WRONG_STATUS")
    await story.decide("RESTORATION", "RESTORE")
    assert "REGISTER:WRONG_STATUS" in (await story.task("RESTORATION"))["findings"]
    assert (await story.case())["stage"] == "RESTORING"
    assert "RESTORED" not in await story.notices()
    await story.decide("RESTORATION", "RESTORE")
    await story.ends("RESTORED", "RESTORED")
    assert (await story.registration()).status == "ACTIVE"
    await story.consistent()


async def test_the_marriage_register_is_down_and_the_paper_is_asked_for(stage: Stage) -> None:
    await stage.behave("marriage", "down")
    story = Story(stage)
    await story.file("HUKOU-SPOUSE")
    task = await story.task("INTAKE_CHECK")
    assert "MARRIAGE:UNAVAILABLE" in task["findings"]
    assert any("MARRIAGE_CERTIFICATE" in finding for finding in task["findings"])
    await story.decide("INTAKE_CHECK", "CORRECT", defects=("请提交结婚证",))
    await stage.behave_well()
    await story.hand_in("MARRIAGE_CERTIFICATE")
    assert "MARRIAGE:CONFIRMED" in (await story.task("INTAKE_CHECK"))["findings"]
    await story.decide("INTAKE_CHECK", "ACCEPT")
    await story.consistent()


async def test_notices_that_could_not_go_out_are_sent_later_and_once(stage: Stage) -> None:
    await stage.behave("notices", "down")
    story = Story(stage)
    await story.file()
    await story.task("INTAKE_CHECK")

    async def tried() -> bool:
        return bool((await story.case())["notices"][0]["attempts"])

    await story.until(tried, "an attempt to send")
    assert (await story.case())["notices"][0]["sent_at"] is None
    await stage.behave("notices", "lost_answer", times=1)

    async def sent() -> bool:
        return (await story.case())["notices"][0]["sent_at"] is not None

    await story.until(sent, "the notice", 60)
    texts = [
        notice["text"]
        for notice in (await stage.simulators.get("/notices/_sent")).json()
        if story.case_no in notice["text"]
    ]
    assert len(texts) == 1
    await story.consistent()


async def test_two_clerks_decide_while_the_register_is_slow_and_one_of_them_is_refused(
    stage: Stage,
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("CANCELLATION")
    await story.task("CANCELLATION")
    await stage.behave(POPULATION, "late", "cancel_for_move", times=1, seconds=1)
    both = await asyncio.gather(
        story.decide("CANCELLATION", "CANCEL"),
        story.decide("CANCELLATION", "REFUSE", reason_code="UNREACHABLE", reason="无法核实"),
        return_exceptions=True,
    )
    assert len([one for one in both if isinstance(one, Exception)]) == 1
    await story.leg_stage_is("IN_TRANSIT", "MOVE_OUT_REFUSED")
    await story.consistent()
