"""Five citizens, five matters: each case from application to delivery across both localities."""

from __future__ import annotations

import pytest

from tests.rehearsal.stage import Stage
from tests.rehearsal.story import Story

MATTERS = [
    "HUKOU-JOB-TRANSFER",
    "HUKOU-ADMISSION",
    "HUKOU-GRADUATION",
    "HUKOU-SPOUSE",
    "HUKOU-PARENTS",
]


@pytest.mark.parametrize("matter", MATTERS)
async def test_a_citizen_moves_household_registration(stage: Stage, matter: str) -> None:
    story = Story(stage)
    await story.file(matter)
    await story.play()

    case = await story.stage_is("ARCHIVED")
    leg = await story.leg_stage_is("MOVED_OUT")
    assert case["ending"] == leg["ending"] == "COMPLETED"
    assert (await story.registration(at=story.home)).status == "ACTIVE"
    assert (await story.registration(at=story.origin)).status == "MOVED_OUT"
    permits = [c for c in case["certificates"] if c["kind"] == "PERMIT"]
    assert len(permits) == (0 if matter == "HUKOU-ADMISSION" else 1)
