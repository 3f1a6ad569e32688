"""A7 住房公积金: an account moves; refusals, negotiation, and the guard of open letters."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from contracts.letters import LetterVerb, ReceiptCode
from storage.paper_tables import LetterRow
from tests.rehearsal.letters import at_counter, sent
from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory

MATTER = "HOUSING-FUND-TRANSFER"
SEALED: dict[str, Any] = {"balance_fen": 3_456_789, "months": 60, "loan_fen": 0, "frozen": False}
HERE: dict[str, Any] = {"balance_fen": 100_000, "months": 8, "loan_fen": 0, "frozen": False}


async def apply(stage: Stage, *, there: dict[str, Any] | None = None, **more: Any) -> TransferStory:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry(
        "HOUSING_FUND", SEALED | (there or {}), at=story.origin, status=more.get("status", "SEALED")
    )
    await story.entry("HOUSING_FUND", HERE, at=story.home)
    await story.file_transfer(MATTER)
    await story.work("INTAKE_CHECK=ACCEPT", "FUND_REVIEW=PASS")
    return story


async def finish(story: TransferStory) -> None:
    await story.work("FUND_BOOKING=BOOK", "DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
    here = await story.look("HOUSING_FUND")
    there = await story.look("HOUSING_FUND", at=story.origin)
    assert here is not None and here.data["balance_fen"] == 3_556_789
    assert there is not None and there.status == "ENDED"


async def test_an_account_moves_whole_and_one_is_left(stage: Stage) -> None:
    story = await apply(stage)
    await story.work("FUND_EXAMINATION=PASS", "FUND_RELEASE=RELEASE")
    await finish(story)


async def test_whoever_disputes_the_table_has_the_centres_negotiate(stage: Stage) -> None:
    story = await apply(stage)
    await story.work("FUND_EXAMINATION=PASS", "FUND_RELEASE=RELEASE")
    await story.decide("FUND_BOOKING", "DISPUTE", reason="职工认为少计一年利息")
    await story.stage_is("NEGOTIATION")
    await story.decide("STATEMENT_CORRECTION", "CONFIRM", reason="利息已计至划款日")
    await finish(story)


async def test_money_that_comes_twice_is_negotiated_and_the_excess_returned(stage: Stage) -> None:
    story = await apply(stage)
    await story.work("FUND_EXAMINATION=PASS")
    await story.money("DUPLICATE", reference=f"{story.case_no}-01", times=1)
    await story.work("FUND_RELEASE=RELEASE")
    await story.decide("FUND_NEGOTIATION", "RETURN_EXCESS", reason="银行重复划款")
    await finish(story)


async def test_short_money_is_negotiated_until_the_rest_arrives(stage: Stage) -> None:
    story = await apply(stage)
    await story.work("FUND_EXAMINATION=PASS")
    await story.money("PARTIAL", reference=f"{story.case_no}-01", first_fen=1_000_000, wait=True)
    await story.work("FUND_RELEASE=RELEASE")
    await story.money_waits()
    await story.event("MONEY_ARRIVED")
    money = await story.clock("MONEY")
    await story.advance_past(date.fromisoformat(str(money["due_on"])), leg=False)
    await story.decide("FUND_NEGOTIATION", "KEEP_WAITING", reason="对方确认余款在途")
    await story.release_money()
    await finish(story)


async def test_a_second_letter_about_an_account_waits_for_the_first(stage: Stage) -> None:
    story = await apply(stage)
    await story.task("FUND_EXAMINATION")
    first = await sent(story, LetterVerb.REQUEST)
    again = first.model_copy(update={"number": f"{story.case_no}-77", "manifest": ()})
    receipt = await at_counter(stage, again)
    assert receipt.code is ReceiptCode.LETTER_OPEN
    # The first goes on. The check would rightly name the letter that nobody sent.
    await story.work("FUND_EXAMINATION=PASS", "FUND_RELEASE=RELEASE")
    await story.leg_stage_is("FOLLOWING")


async def test_a_voided_letter_lets_the_worker_apply_again_and_an_open_one_does_not(
    stage: Stage,
) -> None:
    story = await apply(stage, there={"loan_fen": 100})
    await story.peer_refuses("FUND_EXAMINATION", "LOAN_UNPAID")
    database = stage.offices[story.home].database
    number = f"{story.case_no}-01"

    async def voided(at: object) -> None:
        async with database.write() as connection:
            await connection.execute(
                update(LetterRow)
                .where(LetterRow.direction == "OUT", LetterRow.number == number)
                .values(voided_at=at)
            )

    async with database.read() as connection:
        ended = (
            await connection.execute(
                select(LetterRow.voided_at).where(
                    LetterRow.direction == "OUT", LetterRow.number == number
                )
            )
        ).scalar_one()
    assert ended is not None
    await voided(None)
    await story.file_transfer(MATTER)
    await story.work("INTAKE_CHECK=ACCEPT")
    case = await story.ends("REFUSED", "REFUSED")
    assert case["reason_code"] == "LETTER_OPEN"
    await voided(ended)
    await story.entry("HOUSING_FUND", SEALED, at=story.origin, status="SEALED")
    await story.file_transfer(MATTER)
    await story.work("INTAKE_CHECK=ACCEPT", "FUND_REVIEW=PASS")
    await story.work("FUND_EXAMINATION=PASS", "FUND_RELEASE=RELEASE")
    await finish(story)


async def test_who_has_not_paid_here_is_refused_on_the_spot(stage: Stage) -> None:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("HOUSING_FUND", SEALED, at=story.origin, status="SEALED")
    await story.file_transfer(MATTER)
    await story.work("INTAKE_CHECK=ACCEPT")
    task = await story.task("FUND_REVIEW")
    assert "NO_ACCOUNT_AT_DESTINATION" in task["findings"]
    await story.decide("FUND_REVIEW", "REFUSE", reason="尚未在本地缴存")
    await story.ends("REFUSED", "REFUSED")


@pytest.mark.parametrize(
    ("code", "record", "status"),
    [
        ("NO_ACCOUNT_HERE", {}, "ENDED"),
        ("IDENTITY_DIFFERS", {"name": "别的样例"}, "SEALED"),
        ("TRANSFER_OPEN", {"open_letter": "样例函1"}, "SEALED"),
        ("NOT_SEALED", {}, "ACTIVE"),
        ("FROZEN", {"frozen": True}, "SEALED"),
    ],
)
async def test_the_origin_rejects_with_a_reason(
    stage: Stage, code: str, record: dict[str, Any], status: str
) -> None:
    story = await apply(stage, there=record, status=status)
    await story.peer_refuses("FUND_EXAMINATION", code)
    there = await story.look("HOUSING_FUND", at=story.origin)
    assert there is not None and there.status == status
