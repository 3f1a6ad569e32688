"""A7 住房公积金: transfer of an account, its refusals, negotiation, and the guard of open letters."""

from __future__ import annotations

from typing import Any

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
