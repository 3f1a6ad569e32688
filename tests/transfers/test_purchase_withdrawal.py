"""A7 异地购房提取: the purchase place verifies, the deposit place decides, the bank pays."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory

MATTER = "PURCHASE-WITHDRAWAL"
ACCOUNT: dict[str, Any] = {"balance_fen": 12_000_000, "months": 90, "loan_fen": 0, "frozen": False}
PURCHASE: dict[str, Any] = {
    "price_fen": 15_000_000,
    "region": "371002",
    "invoice_no": "样例票001",
    "tax_paid": True,
}


async def buy(stage: Stage, **changes: Any) -> str:
    """A home bought where the application is filed; returns the number of its contract."""
    number = f"样例购{stage.new_serial():06d}"
    story = TransferStory(stage)
    await story.entry("PURCHASE", PURCHASE | changes, at=story.home, subject=number)
    return number


async def apply(
    stage: Stage,
    number: str,
    account: dict[str, Any] | None = None,
    *,
    status: str = "ACTIVE",
    **details: Any,
) -> TransferStory:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("HOUSING_FUND", ACCOUNT | (account or {}), at=story.origin, status=status)
    await story.file_transfer(
        MATTER,
        {
            "purchase_no": number,
            "price": "150000.00",
            "invoice_no": "样例票001",
            "hukou_region": "371002",
            **details,
        },
    )
    await story.work("INTAKE_CHECK=ACCEPT", "PURCHASE_VERIFICATION=PASS")
    return story


async def decide(story: TransferStory) -> None:
    await story.work(
        "PURCHASE_ACCEPTANCE=ACCEPT", "PURCHASE_EXAMINATION=PASS", "PURCHASE_DECISION=RELEASE"
    )


async def finish(story: TransferStory) -> None:
    await story.work("DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")


async def test_the_deposit_place_decides_and_the_bank_pays(stage: Stage) -> None:
    story = await apply(stage, await buy(stage))
    await decide(story)
    await finish(story)
    account = await story.look("HOUSING_FUND", at=story.origin)
    assert account is not None and account.data["balance_fen"] == 0


async def test_two_holders_of_a_household_together_take_no_more_than_the_price(
    stage: Stage,
) -> None:
    number = await buy(stage)
    first, second = await apply(stage, number), await apply(stage, number)
    await first.work("PURCHASE_ACCEPTANCE=ACCEPT", "PURCHASE_EXAMINATION=PASS")
    await second.work("PURCHASE_ACCEPTANCE=ACCEPT", "PURCHASE_EXAMINATION=PASS")
    await first.work("PURCHASE_DECISION=RELEASE")
    await second.work("PURCHASE_DECISION=RELEASE")
    await second.decide("PEER_REFUSAL", "CONCLUDE")
    case = await second.ends("PEER_REFUSED_END", "PEER_REFUSED")
    assert case["reason_code"] == "OVER_PRICE"
    untouched = await second.look("HOUSING_FUND", at=second.origin)
    assert untouched is not None and untouched.data["balance_fen"] == 12_000_000
    await finish(first)
    third = await apply(stage, number)
    await decide(third)
    await finish(third)
    purchase = await third.look("PURCHASE", subject=number)
    assert purchase is not None
    assert [one["amount_fen"] for one in purchase.data["withdrawals"]] == [12_000_000, 3_000_000]


async def test_a_payment_that_bounces_is_sent_again(stage: Stage) -> None:
    story = await apply(stage, await buy(stage), requested="1000.00")
    await story.money("BOUNCED", reference=f"{story.case_no}-01", times=1)
    await decide(story)
    await story.decide("MONEY_BOUNCED", "SEND_AGAIN", reason="银行核对收款账户无误")
    await finish(story)
    account = await story.look("HOUSING_FUND", at=story.origin)
    assert account is not None and account.data["balance_fen"] == 11_900_000


async def test_the_three_days_run_from_the_deposit_centres_own_acceptance(stage: Stage) -> None:
    story = await apply(stage, await buy(stage))
    await story.work("PURCHASE_ACCEPTANCE=ACCEPT")
    clock = await story.clock("RELEASE", leg=True)
    accepted = [act for act in (await story.leg())["acts"] if act["code"] == "ACCEPTED"]
    assert str(clock["started_on"]) == str(accepted[0]["effective_on"])
    await story.work("PURCHASE_EXAMINATION=PASS", "PURCHASE_DECISION=RELEASE")
    await finish(story)


async def test_what_the_purchase_place_cannot_verify_is_not_forwarded(stage: Stage) -> None:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("HOUSING_FUND", ACCOUNT, at=story.origin)
    await story.file_transfer(
        MATTER,
        {
            "purchase_no": await buy(stage, tax_paid=False),
            "price": "140000.00",
            "invoice_no": "样例票002",
            "hukou_region": "371002",
        },
    )
    await story.work("INTAKE_CHECK=ACCEPT")
    task = await story.task("PURCHASE_VERIFICATION")
    assert {"PRICE_DIFFERS", "INVOICE_DIFFERS", "TAX_UNPAID"} <= set(task["findings"])
    await story.decide("PURCHASE_VERIFICATION", "REFUSE", reason="发票、契税与登记不符")
    await story.ends("REFUSED", "REFUSED")


@pytest.mark.parametrize(
    ("code", "account", "status", "details", "purchase"),
    [
        ("NO_ACCOUNT_HERE", {}, "ENDED", {}, {}),
        ("IDENTITY_DIFFERS", {"name": "别的样例"}, "ACTIVE", {}, {}),
        ("FROZEN", {"frozen": True}, "ACTIVE", {}, {}),
        ("PURCHASE_NOT_VERIFIED", {}, "ACTIVE", {}, {"tax_paid": False}),
        ("PLACE_NOT_ALLOWED", {}, "ACTIVE", {"hukou_region": "110101"}, {}),
        ("BALANCE_EMPTY", {"balance_fen": 0}, "ACTIVE", {}, {}),
        ("ABOVE_CAP", {}, "ACTIVE", {"requested": "130000.00"}, {}),
        (
            "PRICE_EXHAUSTED",
            {},
            "ACTIVE",
            {},
            {"withdrawals": [{"letter_no": "样例函1", "amount_fen": 15_000_000}]},
        ),
    ],
)
async def test_the_deposit_place_refuses_with_a_reason(
    stage: Stage,
    code: str,
    account: dict[str, Any],
    status: str,
    details: dict[str, Any],
    purchase: dict[str, Any],
) -> None:
    number = await buy(stage, **purchase)
    story = await apply(stage, number, account, status=status, **details)
    await story.peer_refuses("PURCHASE_ACCEPTANCE", code)


async def test_one_purchase_serves_a_holder_once(stage: Stage) -> None:
    number = await buy(stage)
    used = {"withdrawals": [{"purchase_no": number, "amount_fen": 100, "letter_no": "样例函1"}]}
    story = await apply(stage, number, used)
    await story.peer_refuses("PURCHASE_ACCEPTANCE", "PURCHASE_ALREADY_USED")


async def test_a_payment_that_is_told_before_the_answers_papers_are_here_is_not_lost(
    stage: Stage,
) -> None:
    story = await apply(stage, await buy(stage))
    await story.work("PURCHASE_ACCEPTANCE=ACCEPT", "PURCHASE_EXAMINATION=PASS")
    async with stage.console_away(story.origin):
        await story.work("PURCHASE_DECISION=RELEASE")
        await story.leg_stage_is("FOLLOWING")  # paid, and the letter that says so is delivered
        assert await story.no_task("DELIVERY")
    await finish(story)
