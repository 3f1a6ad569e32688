"""A6 基本医疗保险: the relation does not wait for its balance; both offices validate."""

from __future__ import annotations

from typing import Any

from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory

MATTER = "MEDICAL-TRANSFER"
THERE: dict[str, Any] = {
    "balance_fen": 123_456,
    "months": 40,
    "first_month": "2022-11",
    "last_month": "2026-02",
}
HERE: dict[str, Any] = {
    "balance_fen": 9_900,
    "months": 5,
    "first_month": "2026-03",
    "last_month": "2026-10",
}


async def apply(
    stage: Stage, *, there: dict[str, Any] | None = None, here: dict[str, Any] | None = None
) -> TransferStory:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("MEDICAL", THERE | (there or {}), at=story.origin, status="SEALED")
    await story.entry("MEDICAL", HERE | (here or {}), at=story.home)
    await story.file_transfer(MATTER)
    await story.work("INTAKE_CHECK=ACCEPT", "MEDICAL_REVIEW=PASS")
    return story


async def test_the_relation_is_delivered_before_its_balance_comes(stage: Stage) -> None:
    story = await apply(stage)
    await story.work("MEDICAL_EXAMINATION=PASS")
    await story.money("LATE", reference=f"{story.case_no}-01")
    await story.work("MEDICAL_RELEASE=RELEASE", "MEDICAL_SYNC=SYNC", "DELIVERY=ELECTRONIC")
    await story.stage_is("BALANCE_FOLLOWS")
    here = await story.look("MEDICAL")
    assert here is not None and (here.data["months"], here.data["balance_fen"]) == (45, 9_900)
    await story.release_money()
    await story.work("MEDICAL_BALANCE=BOOK")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
    here = await story.look("MEDICAL")
    assert here is not None and (here.data["months"], here.data["balance_fen"]) == (45, 133_356)
