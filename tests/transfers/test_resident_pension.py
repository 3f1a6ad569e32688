"""A3 城乡居民养老保险: the account follows the hukou, and waits for it where it must."""

from __future__ import annotations

from typing import Any

from console.errors import OfficeCode
from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory

MATTER, KIND = "RESIDENT-PENSION-TRANSFER", "RESIDENT_PENSION"
#: 66,000 fen in 2023 and 112,000 fen with 12,000 of interest in 2024: 190,000 fen in all.
RECORD: dict[str, Any] = {
    "region": "330902",
    "status": "PAYING",
    "rows": [
        {"year": 2023, "personal_fen": 60_000, "subsidy_fen": 6_000},
        {
            "year": 2024,
            "personal_fen": 100_000,
            "subsidy_fen": 12_000,
            "interest_fen": 12_000,
            "subsidy_interest_fen": 600,
        },
    ],
}
TOTAL = 190_000
TO_ANSWER = ("RESIDENT_REVIEW=PASS", "RESIDENT_EXAMINATION=PASS", "RESIDENT_RELEASE=RELEASE")
TO_END = ("RESIDENT_BOOKING=BOOK", "DELIVERY=ELECTRONIC")


async def landed(stage: Stage) -> TransferStory:
    """Somebody whose hukou is here already and whose account is still at the origin."""
    story = TransferStory(stage)
    await story.somebody(at=story.home)
    await story.entry(KIND, RECORD, at=story.origin)
    await story.file_transfer(MATTER)
    return story


async def test_the_whole_account_follows_a_landed_hukou(stage: Stage) -> None:
    story = await landed(stage)
    await story.work("INTAKE_CHECK=ACCEPT", *TO_ANSWER, *TO_END)
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
    here, there = await story.look(KIND), await story.look(KIND, at=story.origin)
    assert here is not None and there is not None
    assert (here.status, here.data["balance_fen"], here.data["months"]) == ("ACTIVE", TOTAL, 24)
    assert (there.status, there.data["letter_no"]) == ("ENDED", f"{story.case_no}-01")
    leg = await story.leg()
    settled = [act for act in leg["acts"] if act["code"] == "INTEREST_SETTLED"]
    assert [act["facts"]["interest_fen"] for act in settled] == ["12000"]


async def test_an_application_before_the_landing_waits_for_it_and_both_finish(
    stage: Stage,
) -> None:
    hukou = TransferStory(stage)
    await hukou.file()
    story = TransferStory(stage)
    story.applicant = hukou.people[0]
    story.people = hukou.people
    await story.entry(KIND, RECORD, at=story.origin)
    await story.file_transfer(MATTER)
    await story.work("INTAKE_CHECK=ACCEPT")
    case = await story.stage_is("WAITING")
    assert case["holder"] == "UNCOUNTED"
    assert "WAITING" in await story.notices()
    assert (await story.event("WAITS_FOR"))["facts"]["other_case_no"] == hukou.case_no
    await super(TransferStory, hukou).play()
    await hukou.ends("ARCHIVED", "COMPLETED")
    await story.work(*TO_ANSWER, *TO_END)
    await story.ends("ARCHIVED", "COMPLETED")


async def test_without_landing_or_migration_the_hukou_comes_first(stage: Stage) -> None:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry(KIND, RECORD, at=story.origin)
    await story.file_transfer(MATTER)
    await story.work("INTAKE_CHECK=ACCEPT")
    task = await story.task("HUKOU_MISSING")
    assert task["findings"] == ["HUKOU_NOT_LANDED"]
    await story.decide("HUKOU_MISSING", "REFUSE", reason="户口仍在原籍")
    await story.ends("REFUSED", "REFUSED")
    told = (await story.notices())["ENDED_REFUSED"]
    assert "户口尚未迁入" in told and "请先申请户口迁移" in told


async def test_a_landing_that_comes_late_is_found_on_a_second_look(stage: Stage) -> None:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry(KIND, RECORD, at=story.origin)
    await story.file_transfer(MATTER)
    await story.work("INTAKE_CHECK=ACCEPT")
    await story.task("HUKOU_MISSING")
    await story.register_says(at=story.origin, status="MOVED_OUT", now_in=story.home)
    await story.register_says(at=story.home, status="ACTIVE", station=f"{story.home}-GA-01")
    await story.work("HUKOU_MISSING=CHECK_AGAIN", *TO_ANSWER, *TO_END)
    await story.ends("ARCHIVED", "COMPLETED")


async def test_who_draws_a_pension_keeps_it_where_it_is(stage: Stage) -> None:
    story = TransferStory(stage)
    await story.somebody(at=story.home)
    await story.entry(KIND, RECORD, at=story.origin, status="PENSIONER")
    await story.file_transfer(MATTER)
    await story.work("INTAKE_CHECK=ACCEPT", "RESIDENT_REVIEW=PASS")
    assert "PENSIONER" in (await story.task("RESIDENT_EXAMINATION"))["findings"]
    await story.decide(
        "RESIDENT_EXAMINATION", "REFUSE", reason="已领取待遇", reason_code="PENSIONER"
    )
    await story.decide("PEER_REFUSAL", "CONCLUDE")
    await story.ends("PEER_REFUSED_END", "PEER_REFUSED")
    assert "继续在原参保地领取" in (await story.notices())["PEER_REFUSED"]
    entry = await story.look(KIND, at=story.origin)
    assert entry is not None and entry.status == "PENSIONER"


async def test_two_clerks_who_overlook_a_pension_do_not_move_it(stage: Stage) -> None:
    story = TransferStory(stage)
    await story.somebody(at=story.home)
    await story.entry(KIND, RECORD, at=story.origin, status="PENSIONER")
    await story.file_transfer(MATTER)
    await story.work("INTAKE_CHECK=ACCEPT", *TO_ANSWER)
    await story.decide("PEER_REFUSAL", "CONCLUDE")
    case = await story.ends("PEER_REFUSED_END", "PEER_REFUSED")
    assert case["reason_code"] == "PENSIONER"


async def test_a_move_within_the_county_is_a_change_of_address(stage: Stage) -> None:
    story = TransferStory(stage)
    await story.somebody(at=story.home)
    deed = story.file_transfer(MATTER, peer_locality=story.home)
    await story.refused(deed, OfficeCode.DEFECTS)


async def test_money_before_the_booking_clerk_and_money_after_a_wait_book_the_same(
    stage: Stage,
) -> None:
    story = await landed(stage)
    await story.work("INTAKE_CHECK=ACCEPT", "RESIDENT_REVIEW=PASS", "RESIDENT_EXAMINATION=PASS")
    await story.money("LATE", reference=f"{story.case_no}-01")
    await story.work("RESIDENT_RELEASE=RELEASE")
    await story.stage_is("MATCHING")
    assert "MONEY_WAITED_FOR" in await story.notices()
    await story.release_money()
    await story.work(*TO_END)
    await story.ends("ARCHIVED", "COMPLETED")
    entry = await story.look(KIND)
    assert entry is not None and entry.data["balance_fen"] == TOTAL


async def test_a_bounced_account_is_sent_again_under_its_letter(stage: Stage) -> None:
    story = await landed(stage)
    await story.work("INTAKE_CHECK=ACCEPT", "RESIDENT_REVIEW=PASS", "RESIDENT_EXAMINATION=PASS")
    await story.money("BOUNCED", reference=f"{story.case_no}-01", times=1)
    await story.work("RESIDENT_RELEASE=RELEASE")
    await story.decide("MONEY_BOUNCED", "SEND_AGAIN", reason="账户核对无误")
    await story.work(*TO_END)
    await story.ends("ARCHIVED", "COMPLETED")
