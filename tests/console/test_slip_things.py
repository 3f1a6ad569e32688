"""Papers of things in real cases: what travels, what changes hands at a counter."""

from __future__ import annotations

from tests.console.test_slips import printed
from tests.rehearsal.stage import HOME, ORIGIN, Stage
from tests.transfers.test_personnel_file import filed
from tests.transfers.test_proxy_intake import THERE, collected
from tests.transfers.test_vehicle import TO_INSPECTION, VehicleStory


async def test_a_file_leaves_with_its_notice_and_its_receipt_comes_back(stage: Stage) -> None:
    story = await filed(stage, file_no="样例档-000099")
    await story.work(
        "FILE_RELEASE=RELEASE_MESSENGER",
        "PARCEL_HANDOVER=HAND_OVER",
        "PARCEL_SEAL_CHECK=SEAL_OK",
        "PARCEL_COUNT_CHECK=COUNT_OK",
        "FILE_TAKE_IN=ACCEPT",
        "DELIVERY=ELECTRONIC",
    )
    await story.ends("ARCHIVED", "COMPLETED")
    leg = await story.leg_stage_is("LEG_COMPLETED")
    parcel = await story.parcel_stage_is("RECEIVED_WHOLE")

    archivist = story.clerk(leg["competent_office"], "HANDLER")
    there = await printed(stage, ORIGIN, leg["case_no"], archivist)
    assert set(there) == {"FILE_DISPATCH"}
    notice, receipt = there["FILE_DISPATCH"].split("档案转递通知单回执")
    for wanted in (story.applicant["name"], "样例档-000099", "专人送取", "学籍材料", "4-1"):
        assert wanted in notice
    assert "收到机构（盖章）" in receipt and "封签情况" in receipt

    way = await printed(stage, ORIGIN, parcel["case_no"], archivist)
    assert set(way) == {"TRANSFER_OF_THINGS", "HANDOVER_LIST"}
    assert "学籍材料" in way["TRANSFER_OF_THINGS"] and "回执已返回" in way["TRANSFER_OF_THINGS"]
    assert "（专人送取）" in way["HANDOVER_LIST"] and "履历表" in way["HANDOVER_LIST"]

    keeper = story.clerk((await story.case())["competent_office"], "HANDLER")
    here = await printed(stage, HOME, story.case_no, keeper)
    assert {"TRANSFER_OF_THINGS", "FILE_RECEIPT"} <= set(here)
    assert "封签完好" in here["FILE_RECEIPT"] and "清点相符" in here["FILE_RECEIPT"]
    assert "样例档-000099" in here["FILE_RECEIPT"]


async def test_originals_are_listed_when_the_window_takes_them_and_on_their_way(
    stage: Stage,
) -> None:
    story = await collected(stage, "PROXY-TRANSPORT-LICENCE", originals="yes")
    await story.work(*THERE)
    await story.task("PROXY_ACCEPTANCE")
    case, (parcel,) = await story.case(), await story.parcels(at=story.home)
    window = story.clerk(case["intake_office"], "INTAKE")
    listed = (await printed(stage, HOME, story.case_no, window))["HANDOVER_LIST"]
    assert story.applicant["name"] in listed and "代收须寄送属地" in listed and "原件" in listed
    packer = story.clerk(parcel["competent_office"], "HANDLER")
    way = await printed(stage, HOME, parcel["case_no"], packer)
    assert set(way) == {"TRANSFER_OF_THINGS"}
    leg = await story.leg()
    home_office = story.clerk(leg["competent_office"], "HANDLER")
    received = await printed(stage, ORIGIN, leg["case_no"], home_office)
    assert "清点相符" in received["TRANSFER_OF_THINGS"]


async def test_old_plates_are_handed_in_against_a_list_and_given_back_against_one(
    stage: Stage,
) -> None:
    story = VehicleStory(stage)
    await story.sold(small_non_commercial=False)
    await story.work(*TO_INSPECTION)
    await story.decide("VEHICLE_INSPECTION", "FAIL", reason="发动机号与登记不符")
    await story.decide("VEHICLE_PLATES_BACK", "RETURNED", at=story.origin)
    await story.ends("REFUSED", "REFUSED")
    leg = await story.leg_stage_is("WITHDRAWN")
    old = f"浙L样例{int(story.vin[-7:])}"
    clerk = story.clerk(leg["competent_office"], "HANDLER")
    there = await printed(stage, ORIGIN, leg["case_no"], clerk)
    # Of several papers of a kind the newest is meant: the one by which they went back.
    assert old in there["HANDOVER_LIST"] and "发还原号牌" in there["HANDOVER_LIST"]
    assert "样例登-" in there["HANDOVER_LIST"]
