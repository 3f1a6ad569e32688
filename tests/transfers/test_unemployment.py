"""A5 失业保险: the three scenes, what moves in each, and why an origin refuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory

MATTER = "UNEMPLOYMENT-TRANSFER"
#: 1,800.00 a month for 8 months left of a granted 20; 182 months paid.
DRAWING: dict[str, Any] = {
    "status": "DRAWING",
    "paid_months": 182,
    "granted_months": 20,
    "drawn_months": 12,
    "carried_months": 0,
    "paid_through": "2026-10",
    "monthly_benefit_fen": 180_000,
}
STOPPED: dict[str, Any] = {"status": "STOPPED", "paid_months": 80, "monthly_benefit_fen": 180_000}


async def apply(
    stage: Stage, scene: str, record: dict[str, Any], *, status: str = "SEALED"
) -> TransferStory:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("UNEMPLOYMENT", record, at=story.origin, status=status)
    await story.file_transfer(MATTER, {"scene": scene})
    await story.work("INTAKE_CHECK=ACCEPT", "UNEMPLOYMENT_REVIEW=PASS")
    return story


async def moved(story: TransferStory, fen: int) -> None:
    """What the origin's ending act ordered the bank to pay."""
    acts = (await story.leg())["acts"]
    assert [act["facts"]["total_fen"] for act in acts if act["code"] == "RELEASED"] == [str(fen)]
    assert bool([act for act in acts if act["code"] == "REMITTED"]) is (fen > 0)


async def test_who_has_work_again_takes_the_years_and_no_money(stage: Stage) -> None:
    story = await apply(stage, "YEARS_ONLY", STOPPED)
    await story.work(
        "UNEMPLOYMENT_EXAMINATION=PASS",
        "UNEMPLOYMENT_RELEASE=RELEASE",
        "UNEMPLOYMENT_RECORDING=RECORD",
        "DELIVERY=ELECTRONIC",
    )
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
    here = await story.look("UNEMPLOYMENT")
    assert here is not None and here.data["months"] == 80
    await moved(story, 0)


async def test_who_draws_here_gets_months_at_once_and_money_with_the_next_batch(
    stage: Stage,
) -> None:
    story = await apply(stage, "WITH_BENEFIT", DRAWING)
    await story.work("UNEMPLOYMENT_EXAMINATION=PASS")
    await story.money("LATE", reference=f"{story.case_no}-01")
    await story.work(
        "UNEMPLOYMENT_RELEASE=RELEASE", "UNEMPLOYMENT_RECORDING=RECORD", "DELIVERY=ELECTRONIC"
    )
    await story.stage_is("BALANCE_FOLLOWS")
    here = await story.look("UNEMPLOYMENT")
    assert here is not None and here.data["remaining_months"] == 8
    await story.money_waits()
    await story.release_money()
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
    await moved(story, 2_160_000)


async def test_who_works_again_while_drawing_has_the_months_left_recorded(stage: Stage) -> None:
    story = await apply(stage, "MONTHS_RECORDED", DRAWING)
    await story.work(
        "UNEMPLOYMENT_EXAMINATION=PASS",
        "UNEMPLOYMENT_RELEASE=RELEASE",
        "UNEMPLOYMENT_RECORDING=RECORD",
        "DELIVERY=ELECTRONIC",
    )
    await story.ends("ARCHIVED", "COMPLETED")
    here = await story.look("UNEMPLOYMENT")
    assert here is not None
    assert (here.data["months"], here.data["remaining_months"]) == (0, 8)
    await moved(story, 0)


async def test_benefit_money_that_bounces_is_sent_again(stage: Stage) -> None:
    story = await apply(stage, "WITH_BENEFIT", DRAWING)
    await story.work("UNEMPLOYMENT_EXAMINATION=PASS")
    await story.money("BOUNCED", reference=f"{story.case_no}-01", times=1)
    await story.work("UNEMPLOYMENT_RELEASE=RELEASE", "UNEMPLOYMENT_RECORDING=RECORD")
    await story.decide("MONEY_BOUNCED", "SEND_AGAIN", reason="账户核对无误")
    await story.work("DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
    await moved(story, 2_160_000)


@pytest.mark.parametrize(
    ("code", "record", "status"),
    [
        ("NOT_INSURED_HERE", DRAWING, "ENDED"),
        ("IDENTITY_DIFFERS", DRAWING | {"name": "别的样例"}, "SEALED"),
        ("TRANSFER_OPEN", DRAWING | {"open_letter": "样例函1"}, "SEALED"),
        ("STILL_INSURED", DRAWING | {"status": "CONTRIBUTING"}, "ACTIVE"),
        ("BENEFIT_STOPPED", DRAWING | {"status": "BENEFIT_STOPPED"}, "SEALED"),
        ("NO_RIGHT_LEFT", DRAWING | {"drawn_months": 20}, "SEALED"),
        ("BENEFIT_PLACE_FIXED", DRAWING | {"moved_in_period": True}, "SEALED"),
        ("SCENE_DIFFERS", STOPPED, "SEALED"),
    ],
)
async def test_the_origin_refuses_with_a_reason(
    stage: Stage, code: str, record: dict[str, Any], status: str
) -> None:
    story = await apply(stage, "WITH_BENEFIT", record, status=status)
    await story.peer_refuses("UNEMPLOYMENT_EXAMINATION", code)
    there = await story.look("UNEMPLOYMENT", at=story.origin)
    assert there is not None and there.status == status
