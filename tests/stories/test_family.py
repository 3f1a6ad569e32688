"""随迁: one permit for the family, a record each; each lands, stays or returns on their own."""

from __future__ import annotations

from tests.rehearsal.stage import Stage
from tests.rehearsal.story import Story


async def test_followers_share_the_permit_and_land_one_after_the_other(stage: Stage) -> None:
    story = Story(stage)
    await story.file(followers=2)
    await story.play("LANDING")
    await story.task("LANDING")
    assert await story.certificates("PERMIT") == ["USED"]
    assert await story.certificates("MIGRATION") == ["VALID"] * 3
    await story.decide("LANDING", "LAND", persons=(1,))
    assert await story.statuses() == ["LANDED", "IN_TRANSIT", "IN_TRANSIT"]
    await story.refused(story.decide("LANDING", "LAND", persons=(1, 2)), "UNKNOWN_PERSON")
    await story.decide("LANDING", "LAND", persons=(3,))
    assert (await story.registration(2)).status == "IN_TRANSIT"
    assert (await story.registration(3, at=story.home)).status == "ACTIVE"
    await story.decide("LANDING", "LAND", persons=(2,))
    await story.decide("DELIVERY", "PICKED_UP")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("MOVED_OUT")
    await story.consistent()


async def test_one_follower_is_refused_by_the_origin_while_the_others_move(stage: Stage) -> None:
    story = Story(stage)
    application = await story.application(followers=2)
    await story.register_says(2, under_investigation=True)
    await story.register_says(needs_art14_approval=True)
    await story.file_this(application)
    await story.play("PHONE_CONFIRMATION")
    await story.refused(
        story.decide(
            "DISCREPANCY", "REFUSE", reason_code="UNDER_INVESTIGATION", reason="x", persons=(9,)
        ),
        "UNKNOWN_PERSON",
    )
    await story.decide(
        "DISCREPANCY", "REFUSE", reason_code="UNDER_INVESTIGATION", reason="重复户口", persons=(2,)
    )
    # What was found of the main person is still to be decided.
    assert (await story.task("DISCREPANCY"))["findings"] == ["1:NEEDS_APPROVAL"]
    await story.decide("DISCREPANCY", "PROCEED", reason="已批准", evidence="批准文件")
    await story.decide("PHONE_CONFIRMATION", "CONFIRMED")
    await story.decide("CANCELLATION", "CANCEL")
    await story.stage_is("LANDING")
    assert await story.statuses() == ["IN_TRANSIT", "ENDED", "IN_TRANSIT"]
    assert "重复户口" in (await story.notices())["PERSON_REFUSED"]
    assert (await story.registration(2)).status == "ACTIVE"
    await story.decide("LANDING", "LAND")
    await story.decide("DELIVERY", "PICKED_UP")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("MOVED_OUT")
    await story.consistent()


async def test_the_register_refuses_a_follower_in_the_moment_of_cancellation(stage: Stage) -> None:
    story = Story(stage)
    await story.file(followers=1)
    await story.play("CANCELLATION")
    await story.task("CANCELLATION")
    await story.register_says(2, under_investigation=True)
    await story.decide("CANCELLATION", "CANCEL")
    await story.stage_is("LANDING")
    assert await story.statuses() == ["IN_TRANSIT", "ENDED"]
    assert await story.certificates("MIGRATION", leg=True) in (["VALID", "VOID"], ["VOID", "VALID"])
    await story.consistent()


async def test_nobody_follows_a_main_person_whom_the_register_does_not_let_go(
    stage: Stage,
) -> None:
    story = Story(stage)
    await story.file(followers=1)
    await story.play("CANCELLATION")
    await story.task("CANCELLATION")
    await story.register_says(1, under_investigation=True)
    await story.decide("CANCELLATION", "CANCEL")
    assert (await story.leg_stage_is("MOVE_OUT_REFUSED"))["reason_code"] == "UNDER_INVESTIGATION"
    assert (await story.registration(1)).status == (await story.registration(2)).status == "ACTIVE"
    assert await story.certificates("MIGRATION", leg=True) == ["VOID", "VOID"]
    await story.task("ORIGIN_REFUSAL")
    await story.consistent()


async def test_one_lands_while_another_is_restored(stage: Stage) -> None:
    story = Story(stage)
    await story.file(followers=1)
    await story.play("LANDING")
    await story.task("LANDING")
    await story.decide("LANDING", "IMPOSSIBLE", reason="随迁人不再随迁", persons=(2,))
    await story.refused(story.decide("LANDING", "LAND", persons=(2,)), "UNKNOWN_PERSON")
    await story.decide("LANDING", "LAND", persons=(1,))
    await story.stage_is("RESTORING")
    await story.decide("RESTORATION", "RESTORE")
    await story.decide("DELIVERY", "PICKED_UP")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("MOVED_OUT")
    assert await story.statuses() == ["LANDED", "RESTORED"]
    assert (await story.registration(2)).status == "ACTIVE"
    assert await story.registration(2, at=story.home) is None
    await story.consistent()
