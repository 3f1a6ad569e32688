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


ON_THE_WAY = ("FILE_RELEASE=RELEASE_EMS", "PARCEL_HANDOVER=HAND_OVER")


async def test_a_special_category_never_goes_by_ordinary_mail_nor_with_the_person(
    stage: Stage,
) -> None:
    story = await filed(stage, categories=["GENERAL", "CIVIL_SERVANT"])
    await story.refused(story.decide("FILE_RELEASE", "RELEASE_TO_PERSON"), "FILE_NOT_TO_PERSON")
    await story.refused(story.decide("FILE_RELEASE", "RELEASE_EMS"), "TRANSPORT_NOT_ALLOWED")
    await story.work(
        "FILE_RELEASE=RELEASE_MESSENGER",
        "PARCEL_HANDOVER=HAND_OVER",
        "PARCEL_SEAL_CHECK=SEAL_OK",
        "PARCEL_COUNT_CHECK=COUNT_OK",
        "FILE_TAKE_IN=ACCEPT",
        "DELIVERY=ELECTRONIC",
    )
    await story.ends("ARCHIVED", "COMPLETED")
    await story.parcel_stage_is("RECEIVED_WHOLE")


async def test_missing_items_are_asked_for_once_and_come_in_a_parcel_of_their_own(
    stage: Stage,
) -> None:
    story = await filed(stage)
    await story.work(*ON_THE_WAY, "PARCEL_SEAL_CHECK=SEAL_OK")
    await story.decide("PARCEL_COUNT_CHECK", "COUNT_DIFF", reason="缺合同", counted={"9-1": 1})
    await story.refused(story.decide("FILE_TAKE_IN", "ACCEPT"), "FILE_CHECK_SAYS_OTHERWISE")
    await story.work(
        "FILE_TAKE_IN=ASK_SUPPLEMENT",
        "FILE_SUPPLEMENT=SUPPLEMENT",
        "PARCEL_HANDOVER=HAND_OVER",
        "PARCEL_SEAL_CHECK=SEAL_OK",
        "PARCEL_COUNT_CHECK=COUNT_OK",
        "FILE_TAKE_IN=ACCEPT",
        "DELIVERY=ELECTRONIC",
    )
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
    await story.parcel_stage_is("RECEIVED_WHOLE")
    assert len(await story.parcels()) == 2


async def test_a_file_without_a_key_item_is_taken_with_the_persons_consent(stage: Stage) -> None:
    story = await filed(stage)
    await story.work(*ON_THE_WAY, "PARCEL_SEAL_CHECK=SEAL_OK")
    await story.decide("PARCEL_COUNT_CHECK", "COUNT_DIFF", reason="缺学籍", counted={"4-1": 0})
    await story.work("FILE_TAKE_IN=ASK_SUPPLEMENT")
    await story.decide("FILE_SUPPLEMENT", "NOT_HELD", reason="原单位没有移交")
    await story.refused(
        story.decide("FILE_TAKE_IN", "ACCEPT_DIFFERENCES", reason="登记差异"),
        "FILE_CHECK_SAYS_OTHERWISE",
    )
    await story.decide("FILE_TAKE_IN", "ACCEPT_CONSENT", reason="本人同意", evidence="知情同意书")
    await story.work("DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")


async def test_a_broken_seal_sends_the_file_back_and_it_comes_again(stage: Stage) -> None:
    story = await filed(stage)
    await story.work(*ON_THE_WAY)
    await story.decide("PARCEL_SEAL_CHECK", "SEAL_BROKEN", reason="封条撕裂")
    await story.work("PARCEL_COUNT_CHECK=COUNT_OK")
    await story.decide("FILE_TAKE_IN", "SEND_BACK", reason="封签破损")
    await story.decide("PARCEL_CAME_BACK", "KEEP", reason="核对后重新密封")
    await story.work(
        "FILE_RESEND=SEND_AGAIN",
        "PARCEL_HANDOVER=HAND_OVER",
        "PARCEL_SEAL_CHECK=SEAL_OK",
        "PARCEL_COUNT_CHECK=COUNT_OK",
        "FILE_TAKE_IN=ACCEPT",
        "DELIVERY=ELECTRONIC",
    )
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
    entry = await story.look("PERSONNEL_FILE", at=story.origin)
    assert entry is not None and entry.status == "CLOSED"


async def test_a_file_that_the_origin_keeps_ends_the_case_with_its_reason(stage: Stage) -> None:
    story = await filed(stage)
    await story.work(*ON_THE_WAY)
    await story.decide("PARCEL_SEAL_CHECK", "SEAL_BROKEN", reason="封条撕裂")
    await story.work("PARCEL_COUNT_CHECK=COUNT_OK")
    await story.decide("FILE_TAKE_IN", "SEND_BACK", reason="封签破损")
    await story.decide("PARCEL_CAME_BACK", "KEEP", reason="核对后重新密封")
    await story.decide("FILE_RESEND", "KEEP", reason="申请人另有去处")
    await story.ends("TERMINATED", "CAME_BACK")
    entry = await story.look("PERSONNEL_FILE", at=story.origin)
    assert entry is not None and entry.status == "HELD"


async def test_a_month_without_the_receipt_is_chased(stage: Stage) -> None:
    story = await filed(stage)
    await story.work(*ON_THE_WAY)
    await story.task("PARCEL_SEAL_CHECK")
    clock = await story.clock("RECEIPT", leg=True)
    await story.advance_past(clock["due_on"], home=False)
    await story.work("FILE_RECEIPT_MISSING=CHASED")
    await story.event("REMIND")
    await story.work(
        "PARCEL_SEAL_CHECK=SEAL_OK",
        "PARCEL_COUNT_CHECK=COUNT_OK",
        "FILE_TAKE_IN=ACCEPT",
        "DELIVERY=ELECTRONIC",
    )
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")


async def test_an_agency_that_does_not_hold_the_file_says_so(stage: Stage) -> None:
    story = TransferStory(stage)
    await story.somebody()
    await story.file_transfer("PERSONNEL-FILE", {"receiver": "AGENCY"})
    await story.work("INTAKE_CHECK=ACCEPT", "FILE_REVIEW=PASS")
    task = await story.task("FILE_EXAMINATION")
    assert "NOT_HELD_HERE" in task["findings"]
    await story.decide("FILE_EXAMINATION", "REFUSE", reason="查无", reason_code="NOT_HELD_HERE")
    await story.work("PEER_REFUSAL=CONCLUDE")
    await story.ends("PEER_REFUSED_END", "PEER_REFUSED")
