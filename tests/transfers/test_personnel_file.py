"""A8 流动人员人事档案: from the application to the returned 回执 across both localities."""

from __future__ import annotations

from typing import Any

from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory

FILE: dict[str, Any] = {
    "identity_agrees": True,
    "categories": ["GENERAL"],
    "items": [
        {"number": "1-1", "title": "履历表", "pages": 4},
        {"number": "4-1", "title": "学籍材料", "pages": 12, "key": True},
        {"number": "9-1", "title": "劳动合同", "pages": 3},
    ],
}
BEFORE_RELEASE = ("INTAKE_CHECK=ACCEPT", "FILE_REVIEW=PASS", "FILE_EXAMINATION=PASS")


async def filed(stage: Stage, **changes: Any) -> TransferStory:
    """A file at the origin, asked for by the destination's agency."""
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("PERSONNEL_FILE", {**FILE, **changes}, at=story.origin, status="HELD")
    await story.file_transfer("PERSONNEL-FILE", {"receiver": "AGENCY"})
    await story.work(*BEFORE_RELEASE)
    return story


async def test_a_file_is_sealed_carried_checked_and_receipted(stage: Stage) -> None:
    story = await filed(stage)
    await story.work(
        "FILE_RELEASE=RELEASE_EMS",
        "PARCEL_HANDOVER=HAND_OVER",
        "PARCEL_SEAL_CHECK=SEAL_OK",
        "PARCEL_COUNT_CHECK=COUNT_OK",
        "FILE_TAKE_IN=ACCEPT",
        "DELIVERY=ELECTRONIC",
    )
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
    parcel = await story.parcel_stage_is("RECEIVED_WHOLE")
    assert parcel["ending"] == "COMPLETED"
    here, there = (
        await story.look("PERSONNEL_FILE"),
        await story.look("PERSONNEL_FILE", at=story.origin),
    )
    assert here is not None and there is not None
    assert (here.status, there.status) == ("HELD", "CLOSED")
