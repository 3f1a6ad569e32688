"""寄递: silence, loss, return and a carrier's doubled, late or foreign words; told with files."""

from __future__ import annotations

from typing import Any

import httpx

from contracts.letters import LetterVerb
from tests.rehearsal.letters import sent
from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory
from tests.transfers.test_personnel_file import filed

RECEIVED = (
    "PARCEL_SEAL_CHECK=SEAL_OK",
    "PARCEL_COUNT_CHECK=COUNT_OK",
    "FILE_TAKE_IN=ACCEPT",
    "DELIVERY=ELECTRONIC",
)


async def released(stage: Stage) -> TransferStory:
    """A file that is to be sealed and handed over; callers say what the courier does with it."""
    story = await filed(stage)
    await story.work("FILE_RELEASE=RELEASE_EMS")
    await story.task("PARCEL_HANDOVER")
    return story


async def arrives(story: TransferStory) -> None:
    """The receiver takes it in, and the parcel ends with its receipt."""
    await story.work(*RECEIVED)
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
    await story.parcel_stage_is("RECEIVED_WHOLE")


async def test_silence_is_searched_and_the_parcel_still_arrives(stage: Stage) -> None:
    story = await released(stage)
    order = await story.parcel_order()
    await story.fate("STALL", key=order)
    await story.work("PARCEL_HANDOVER=HAND_OVER")
    await story.parcel_stage_is("ON_THE_WAY")
    await story.parcel_heard()  # a first scan that comes after the days would end the search
    await story.advance_past(await story.silent_until())
    await story.work("PARCEL_TRACE=KEEP_WAITING")
    await story.fate("DELIVER", key=order)
    await story.parcel_holder_is("THEIRS")
    await arrives(story)


async def test_a_lost_file_is_claimed_rebuilt_and_sent_again(stage: Stage) -> None:
    story = await released(stage)
    order = await story.parcel_order()
    await story.fate("STALL", key=order)
    await story.work("PARCEL_HANDOVER=HAND_OVER")
    await story.task("PARCEL_SEAL_CHECK")
    await story.fate("LOSE", key=order)
    await story.event("PROGRESS")
    await story.work("PARCEL_CLAIM=CLAIM")
    await story.decide("PARCEL_REBUILD", "REBUILT", reason="依据存根和原单位材料重建")
    await story.work("FILE_RESEND=SEND_AGAIN", "PARCEL_HANDOVER=HAND_OVER")
    await arrives(story)
    assert [one["ending"] for one in await story.parcels()] == ["LOST", "COMPLETED"]
    assert "PARCEL_LOST" in await story.notices()


async def test_a_loss_that_is_told_before_the_notices_papers_are_here_is_heard(
    stage: Stage,
) -> None:
    story = await released(stage)
    await story.fate("LOSE", key=await story.parcel_order())
    async with stage.console_away(story.origin):
        await story.work("PARCEL_HANDOVER=HAND_OVER")
        told = await sent(story, LetterVerb.PROGRESS, leg=True)
        assert told.reason_code == "PARCEL_LOST"
    await story.event("PROGRESS")
    await story.work("PARCEL_CLAIM=CLAIM")
    await story.decide("PARCEL_REBUILD", "REBUILT", reason="依据存根和原单位材料重建")
    await story.work("FILE_RESEND=SEND_AGAIN", "PARCEL_HANDOVER=HAND_OVER")
    await arrives(story)
    assert "PARCEL_LOST" in await story.notices()


async def test_what_was_given_up_for_lost_may_still_turn_up(stage: Stage) -> None:
    story = await released(stage)
    order = await story.parcel_order()
    await story.fate("STALL", key=order)
    await story.work("PARCEL_HANDOVER=HAND_OVER")
    await story.parcel_stage_is("ON_THE_WAY")
    await story.parcel_heard()  # a first scan that comes after the days would end the search
    await story.advance_past(await story.silent_until())
    await story.decide("PARCEL_TRACE", "LOST", reason="承运方查询无结果")
    await story.task("PARCEL_CLAIM")
    await story.event("PROGRESS")
    await story.fate("DELIVER", key=order)
    await arrives(story)
    assert len(await story.parcels()) == 1


async def waybills(story: TransferStory) -> tuple[str, str, str]:
    """The parcel's number at the sender, at the receiver, and on the receiver's task."""
    task = await story.task("PARCEL_SEAL_CHECK")
    (said,) = [one for one in task["findings"] if one.startswith("WAYBILL:")]
    theirs = (await story.case())["parcels"][-1]["waybill"]
    return (await own_waybill(story), theirs, said.removeprefix("WAYBILL:"))


async def own_waybill(story: TransferStory) -> str:
    return str((await story.parcels())[-1]["parcels"][0]["waybill"])


async def told_of_another_waybill(story: TransferStory, former: str) -> None:
    """Wait until both localities and the receiver's clerk know one number, and not the old one."""

    async def find() -> bool:
        now = set(await waybills(story))
        return len(now) == 1 and former not in now

    await story.until(find, "one new waybill on both sides")


async def runs_anew(story: TransferStory, former: dict[str, Any], *, leg: bool) -> None:
    """Wait until a limit runs from a later day than before, and not to an earlier one.

    Two days may roll to one working day at their end.
    """

    async def find() -> bool:
        now = await story.clock("RECEIPT", leg=leg)
        return bool(now["started_on"] > former["started_on"] and now["due_on"] >= former["due_on"])

    await story.until(find, f"a receipt limit from a day after {former['started_on']}")


async def test_an_undelivered_parcel_goes_out_again_and_both_sides_follow_its_new_waybill(
    stage: Stage,
) -> None:
    story = await released(stage)
    await story.fate("FAIL", key=await story.parcel_order())
    await story.work("PARCEL_HANDOVER=HAND_OVER")
    await story.task("PARCEL_CAME_BACK")
    first = (await waybills(story))[1]
    before = [await story.clock("RECEIPT", leg=leg) for leg in (False, True)]
    await story.advance(3)
    await story.work("PARCEL_CAME_BACK=SEND_AGAIN", "PARCEL_HANDOVER=HAND_OVER")
    await told_of_another_waybill(story, first)
    for leg, former in zip((False, True), before, strict=True):
        await runs_anew(story, former, leg=leg)
    await arrives(story)
    assert len(await story.parcels()) == 1


async def test_what_the_receiver_sent_back_may_go_out_again_as_it_is(stage: Stage) -> None:
    story = await released(stage)
    await story.work("PARCEL_HANDOVER=HAND_OVER")
    first = (await waybills(story))[0]
    await story.decide("PARCEL_SEAL_CHECK", "SEAL_BROKEN", reason="封条撕裂")
    await story.work("PARCEL_COUNT_CHECK=COUNT_OK")
    await story.decide("FILE_TAKE_IN", "SEND_BACK", reason="封签破损")
    await story.work("PARCEL_CAME_BACK=SEND_AGAIN", "PARCEL_HANDOVER=HAND_OVER")
    await told_of_another_waybill(story, first)
    await arrives(story)
    assert len(await story.parcels()) == 1


async def test_a_supplement_that_comes_back_is_announced_under_its_new_waybill(
    stage: Stage,
) -> None:
    story = await released(stage)
    await story.work("PARCEL_HANDOVER=HAND_OVER", "PARCEL_SEAL_CHECK=SEAL_OK")
    await story.decide("PARCEL_COUNT_CHECK", "COUNT_DIFF", reason="缺合同", counted={"9-1": 1})
    await story.work("FILE_TAKE_IN=ASK_SUPPLEMENT", "FILE_SUPPLEMENT=SUPPLEMENT")
    await story.task("PARCEL_HANDOVER")
    await story.fate("FAIL", key=await story.parcel_order())
    await story.work("PARCEL_HANDOVER=HAND_OVER")
    await story.task("PARCEL_CAME_BACK")
    first = await own_waybill(story)
    await story.work("PARCEL_CAME_BACK=SEND_AGAIN", "PARCEL_HANDOVER=HAND_OVER")
    await told_of_another_waybill(story, first)
    await arrives(story)


async def test_a_parcel_that_is_called_off_is_made_up_anew(stage: Stage) -> None:
    story = await released(stage)
    await story.decide("PARCEL_HANDOVER", "CALL_OFF", reason="封套写错")
    await story.work("PARCEL_HANDOVER=HAND_OVER")
    await arrives(story)
    assert [one["ending"] for one in await story.parcels()] == ["WITHDRAWN", "COMPLETED"]


async def test_doubled_and_reversed_call_backs_move_a_parcel_once(stage: Stage) -> None:
    story = await released(stage)
    try:
        await stage.put("/courier/_callbacks", {"mode": "TWICE"})
        await story.work("PARCEL_HANDOVER=HAND_OVER")
        await story.parcel_holder_is("THEIRS")
        await stage.put("/courier/_callbacks", {"mode": "REVERSE"})
        (await stage.simulators.post("/courier/_callbacks")).raise_for_status()
    finally:
        await stage.put("/courier/_callbacks", {"mode": "NORMAL"})
    await arrives(story)


async def test_a_call_back_is_believed_only_under_the_address_of_its_order(stage: Stage) -> None:
    own = stage.system.settings.locality("330902")
    call = {
        "key": "3309022026112200000011-P01/A1",
        "waybill_no": "EA000000015CN",
        "event": {
            "number": 1,
            "code": "LOST",
            "place": "330902",
            "at": "2026-11-22T08:00:00+08:00",
        },
    }
    async with httpx.AsyncClient(base_url=own.console_url, trust_env=False, timeout=30) as http:
        forged = await http.post(f"/courier/events/{'0' * 64}", json=call)
        garbled = await http.post(f"/courier/events/{'0' * 64}", json={"key": "?"})
    assert (forged.status_code, garbled.status_code) == (403, 400)
