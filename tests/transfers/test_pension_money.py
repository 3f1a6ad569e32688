"""A2, money: whatever the banks and the tables do, every fen is accounted for on both sides.

Each story ends with the exact balances over both books; `accounts` also checks P1, P2 and P6.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import func, select, text

from console.supervising import SupervisionDesk
from contracts.commands import Verb
from domain.accounts import Account
from storage import bank_news
from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory
from tests.transfers.pension_stories import (
    TOTAL,
    booked,
    examined,
    origin_record,
    year_row,
)


async def suspense_is(story: TransferStory, fen: int) -> bool:
    """Whether so much waits unmatched at the destination."""
    return (await story.accounts()).get(Account.SUSPENSE) == fen


async def told(story: TransferStory) -> bool:
    """Whether the destination's case has heard of every line of its bank."""
    letter_no = await story.letter_no()
    async with story.stage.offices[story.home].database.read() as connection:
        news = await bank_news.untold(connection)
    return not [one for one in news if one.letter_no == letter_no]


async def test_the_table_waits_for_money_that_is_late(stage: Stage) -> None:
    story = await examined(stage)
    await story.money("LATE", reference=f"{story.case_no}-01")
    await story.work("PENSION_RELEASE=RELEASE")
    await story.stage_is("MATCHING")
    await story.stands(RELATION=-TOTAL, IN_TRANSIT=TOTAL)
    assert "资金尚未到账" in (await story.notices())["MONEY_WAITED_FOR"]
    await story.release_money()
    await booked(story)
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)


async def test_money_waits_in_suspense_for_a_table_that_is_late(stage: Stage) -> None:
    story = await examined(stage)
    # The letter's document cannot be pulled while the origin's console is away; the money can come.
    async with stage.console_away(story.origin):
        await story.work("PENSION_RELEASE=RELEASE")
        await story.stands(RELATION=-TOTAL, IN_TRANSIT=TOTAL, SUSPENSE=TOTAL, UNANNOUNCED=-TOTAL)
        assert await story.no_task("PENSION_BOOKING")
    await booked(story)
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)


@asynccontextmanager
async def letters_held_back(story: TransferStory) -> AsyncIterator[None]:
    """The destination's counter cannot put any letter on file meanwhile; the bank goes on."""
    async with story.stage.offices[story.home].database.write() as connection:
        await connection.execute(text("LOCK TABLE letters IN SHARE ROW EXCLUSIVE MODE"))
        yield


async def test_too_much_money_that_is_here_before_its_table_goes_back_at_once(
    stage: Stage,
) -> None:
    story = await examined(stage)
    await story.money("WRONG_AMOUNT", reference=f"{story.case_no}-01", differs_fen=700)
    async with letters_held_back(story):
        await story.work("PENSION_RELEASE=RELEASE")
        await story.until(lambda: suspense_is(story, TOTAL + 700), "the payment")
        await story.until(lambda: told(story), "the news")
    await story.decide("MONEY_DIFFERS", "RETURN_EXCESS", reason="到账多于信息表")
    await booked(story)
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)


async def test_money_in_two_parts_is_booked_when_it_is_whole(stage: Stage) -> None:
    story = await examined(stage)
    await story.money("PARTIAL", reference=f"{story.case_no}-01", first_fen=500_000, wait=True)
    await story.work("PENSION_RELEASE=RELEASE")
    await story.stands(RELATION=-TOTAL, IN_TRANSIT=TOTAL - 500_000, SUSPENSE=500_000)
    await story.release_money()
    await booked(story)
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)


async def test_money_paid_twice_by_the_bank_goes_back(stage: Stage) -> None:
    story = await examined(stage)
    await story.money("DUPLICATE", reference=f"{story.case_no}-01")
    await story.work("PENSION_RELEASE=RELEASE")
    task = await story.task("MONEY_DIFFERS")
    assert task["findings"] == [f"TABLE:{TOTAL}", f"ARRIVED:{2 * TOTAL}"]
    await story.decide("MONEY_DIFFERS", "RETURN_EXCESS", reason="银行重复划付")
    await booked(story)
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)


async def test_a_second_payment_that_comes_after_the_booking_goes_back_too(stage: Stage) -> None:
    story = await examined(stage)
    await story.money("DUPLICATE", reference=f"{story.case_no}-01", wait=True)
    await story.work("PENSION_RELEASE=RELEASE")
    await story.task("PENSION_BOOKING")
    await story.release_money()
    await story.until(lambda: suspense_is(story, 2 * TOTAL), "both payments")
    await story.until(lambda: told(story), "the news")
    await story.work("PENSION_BOOKING=BOOK")
    await story.decide("MONEY_DIFFERS", "RETURN_EXCESS", reason="银行重复划付")
    await story.work("DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)


async def test_a_return_that_bounces_is_ordered_again(stage: Stage) -> None:
    story = await examined(stage)
    await story.money("DUPLICATE", reference=f"{story.case_no}-01")
    await story.work("PENSION_RELEASE=RELEASE")
    await story.task("MONEY_DIFFERS")
    await story.money("BOUNCED", reference=await story.letter_no())
    await story.decide("MONEY_DIFFERS", "RETURN_EXCESS", reason="银行重复划付")
    await story.until(lambda: suspense_is(story, 2 * TOTAL), "the bounced return")
    await story.until(lambda: told(story), "the news")
    await story.work("PENSION_BOOKING=BOOK")
    await story.decide("MONEY_DIFFERS", "RETURN_EXCESS", reason="退款账户核对无误")
    await story.work("DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)


async def test_more_than_the_table_says_goes_back_and_the_bank_is_owed_it(stage: Stage) -> None:
    story = await examined(stage)
    await story.money("WRONG_AMOUNT", reference=f"{story.case_no}-01", differs_fen=700)
    await story.work("PENSION_RELEASE=RELEASE")
    await story.decide("MONEY_DIFFERS", "RETURN_EXCESS", reason="到账多于信息表")
    await booked(story)
    # The bank put 7.00 of its own in; they are at the origin now, which owes them to the bank.
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)


async def test_less_than_the_table_says_is_paid_again_and_the_bank_owes_it(stage: Stage) -> None:
    story = await examined(stage)
    await story.money("WRONG_AMOUNT", reference=f"{story.case_no}-01", differs_fen=-700)
    await story.work("PENSION_RELEASE=RELEASE")
    await story.stands(RELATION=-TOTAL, IN_TRANSIT=700, SUSPENSE=TOTAL - 700)
    await story.advance(20)
    task = await story.task("MONEY_MISSING")
    assert task["findings"] == [f"TABLE:{TOTAL}", f"ARRIVED:{TOTAL - 700}"]
    await story.decide("MONEY_MISSING", "ASK_PEER", reason="到账少于信息表七元")
    await story.decide("STATEMENT_CORRECTION", "SUPPLEMENT", reason="银行少付，先行补划")
    await booked(story)
    await story.stands(RELATION=-TOTAL - 700, CREDITED=TOTAL, BANK_ERROR=700)


async def test_a_bounced_transfer_is_sent_again_under_the_same_letter(stage: Stage) -> None:
    story = await examined(stage)
    await story.money("BOUNCED", reference=f"{story.case_no}-01")
    await story.work("PENSION_RELEASE=RELEASE")
    await story.task("MONEY_BOUNCED")
    await story.stands(RELATION=-TOTAL, RETURNED=TOTAL)
    await story.decide("MONEY_BOUNCED", "SEND_AGAIN", reason="账户核对无误")
    await booked(story)
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)


async def test_a_corrected_table_that_says_more_is_followed_by_more_money(stage: Stage) -> None:
    story = await examined(stage)
    await story.work("PENSION_RELEASE=RELEASE")
    await story.decide("PENSION_BOOKING", "ASK_CORRECTION", reason="2007年缴费记录缺漏")
    record = origin_record()
    record["rows"] = [*record["rows"], year_row(2007, 1, 12, wage=1_200_000)]
    await story.entry(
        "PENSION",
        record | {"letter_no": await story.letter_no(), "ended_from": "ACTIVE"},
        at=story.origin,
        status="ENDED",
    )
    await story.decide("STATEMENT_CORRECTION", "CORRECT", reason="补记2007年缴费")
    # 2007: 960.00 booked at 8%, and 12,000.00 x 12% = 1,440.00 of the pooled fund
    more = TOTAL + 96_000 + 144_000
    await booked(story)
    await story.stands(RELATION=-more, CREDITED=more)
    entry = await story.look("PENSION")
    assert entry is not None and entry.data["months"] == 8 + 48


async def test_a_corrected_table_that_says_less_sends_the_rest_back(stage: Stage) -> None:
    story = await examined(stage)
    await story.work("PENSION_RELEASE=RELEASE")
    await story.decide("PENSION_BOOKING", "ASK_CORRECTION", reason="1998年以前金额有误")
    await story.entry(
        "PENSION",
        origin_record(pre1998_fen=40_000)
        | {"letter_no": await story.letter_no(), "ended_from": "ACTIVE"},
        at=story.origin,
        status="ENDED",
    )
    await story.decide("STATEMENT_CORRECTION", "CORRECT", reason="更正1998年以前金额")
    less = TOTAL - 60_000
    await story.decide("MONEY_DIFFERS", "RETURN_EXCESS", reason="按更正信息表退回")
    await booked(story)
    await story.stands(RELATION=-less, CREDITED=less)


@asynccontextmanager
async def receipts_held_back(story: TransferStory) -> AsyncIterator[None]:
    """The origin's counter takes letters of this case, and its receipts come later."""
    async with story.stage.offices[story.origin].database.write() as connection:
        await connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(story.case_no))))
        yield


async def test_a_correction_that_comes_before_the_receipt_of_the_question_is_taken(
    stage: Stage,
) -> None:
    story = await examined(stage)
    await story.work("PENSION_RELEASE=RELEASE")
    await story.task("PENSION_BOOKING")

    async def answered() -> bool:
        letters = (await story.leg_now())["letters"]
        return any(one["verb"] == "AMENDED" and one["receipt"] for one in letters)

    async with receipts_held_back(story):
        asking = asyncio.create_task(
            story.decide("PENSION_BOOKING", "ASK_CORRECTION", reason="请核对2004年记账比例")
        )
        await story.decide("STATEMENT_CORRECTION", "CONFIRM", reason="核对无误")
        await story.until(answered, "the confirmed table at the counter")
        asked = [
            one for one in (await story.case_now())["letters"] if one["verb"] == "AMEND_REQUEST"
        ]
        assert [one["receipt"] for one in asked] == [None]
    await asking
    await booked(story)
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)


async def test_a_table_that_is_confirmed_stands_and_is_booked(stage: Stage) -> None:
    story = await examined(stage)
    await story.work("PENSION_RELEASE=RELEASE")
    await story.decide("PENSION_BOOKING", "ASK_CORRECTION", reason="请核对2004年记账比例")
    await story.decide("STATEMENT_CORRECTION", "CONFIRM", reason="核对无误")
    await booked(story)
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)


async def test_a_withdrawal_before_the_ending_act_leaves_both_places_as_they_were(
    stage: Stage,
) -> None:
    story = await examined(stage)
    await story.ask(Verb.WITHDRAW)
    await story.ends("WITHDRAWN", "WITHDRAWN")
    await story.leg_stage_is("WITHDRAWN")
    entry = await story.look("PENSION", at=story.origin)
    assert entry is not None and entry.status == "ACTIVE"
    assert not await story.accounts()


async def test_a_withdrawal_after_the_ending_act_is_refused_and_the_case_goes_on(
    stage: Stage,
) -> None:
    story = await examined(stage)
    await story.money("LATE", reference=f"{story.case_no}-01")
    await story.work("PENSION_RELEASE=RELEASE")
    await story.stage_is("MATCHING")
    await story.refused(story.ask(Verb.WITHDRAW), "ALREADY_RELEASED")
    await story.release_money()
    await booked(story)
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)


async def test_a_death_before_the_ending_act_ends_both_sides_unchanged(stage: Stage) -> None:
    story = await examined(stage)
    await story.ask(Verb.REPORT_DEATH, persons=(1,))
    await story.ends("TERMINATED", "DECEASED")
    await story.leg_stage_is("WITHDRAWN")
    entry = await story.look("PENSION", at=story.origin)
    assert entry is not None and entry.status == "ACTIVE"


async def test_after_a_death_on_the_way_the_account_lands_for_the_heirs(stage: Stage) -> None:
    story = await examined(stage)
    await story.money("LATE", reference=f"{story.case_no}-01")
    await story.work("PENSION_RELEASE=RELEASE")
    await story.stage_is("MATCHING")
    await story.ask(Verb.REPORT_DEATH, persons=(1,))
    assert await story.statuses() == ["DECEASED"]
    await story.release_money()
    await booked(story)
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)


async def test_a_silent_origin_is_urged_and_taken_up_and_nothing_is_assumed(stage: Stage) -> None:
    story = await examined(stage)
    due = (await story.clock("PEER"))["due_on"]
    await story.advance_past(due)
    await story.advance(10)
    await story.advance(10)
    await story.decide("PEER_SILENT", "REPORT_SUPERIOR", reason="已报省级经办机构协调")
    desk = SupervisionDesk(story.stage.offices[story.home])
    (asked,) = [one for one in await desk.referrals() if one["case_no"] == story.case_no]
    assert asked["subject"] == asked["task_id"] and asked["rung"] == ""
    leg = await story.leg()
    assert leg["stage"] == "RELEASING" and leg["overdue"]
    await story.work("PENSION_RELEASE=RELEASE")
    await booked(story)
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)
