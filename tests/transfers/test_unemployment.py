"""A5 失业保险: the three scenes, what moves in each, and why an origin refuses."""

from __future__ import annotations

from typing import Any

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


async def apply(stage: Stage, scene: str, record: dict[str, Any]) -> TransferStory:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("UNEMPLOYMENT", record, at=story.origin, status="SEALED")
    await story.file_transfer(MATTER, {"scene": scene})
    await story.work("INTAKE_CHECK=ACCEPT", "UNEMPLOYMENT_REVIEW=PASS")
    return story


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
    assert (await story.leg())["remittances"] == []


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
    await story.release_money()
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
