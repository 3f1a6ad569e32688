"""A2 企业职工基本养老保险: from application to booking across both localities."""

from __future__ import annotations

import json
from pathlib import Path

from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory

RECORD = json.loads(Path("examples/compute/pension.json").read_text())


async def test_a_relation_moves_with_its_money(stage: Stage) -> None:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("PENSION", RECORD, at=story.origin)
    await story.entry("PENSION", RECORD, at=story.home)
    await story.file_transfer("PENSION-TRANSFER")
    await story.work(
        "INTAKE_CHECK=ACCEPT",
        "PENSION_REVIEW=PASS",
        "PENSION_EXAMINATION=PASS",
        "PENSION_RELEASE=RELEASE",
        "PENSION_BOOKING=BOOK",
        "DELIVERY=ELECTRONIC",
    )
    case = await story.ends("ARCHIVED", "COMPLETED")
    assert case["ending"] == "COMPLETED"
    await story.leg_stage_is("LEG_COMPLETED")


async def test_money_that_bounces_is_sent_again_under_the_same_letter(stage: Stage) -> None:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("PENSION", RECORD, at=story.origin)
    await story.entry("PENSION", RECORD, at=story.home)
    await story.file_transfer("PENSION-TRANSFER")
    await story.work("INTAKE_CHECK=ACCEPT", "PENSION_REVIEW=PASS", "PENSION_EXAMINATION=PASS")
    await story.money("BOUNCED", reference=f"{story.case_no}-01", times=1)
    await story.work("PENSION_RELEASE=RELEASE")
    await story.decide("MONEY_BOUNCED", "SEND_AGAIN", reason="账户核对无误")
    await story.work("PENSION_BOOKING=BOOK", "DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
