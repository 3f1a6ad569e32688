"""A7 异地购房提取: the purchase place verifies, the deposit place decides, the bank pays."""

from __future__ import annotations

from typing import Any

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
    stage.people += 1
    number = f"样例购{stage.people:06d}"
    story = TransferStory(stage)
    await story.entry("PURCHASE", PURCHASE | changes, at=story.home, subject=number)
    return number


async def apply(
    stage: Stage, number: str, account: dict[str, Any] | None = None, **details: Any
) -> TransferStory:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("HOUSING_FUND", ACCOUNT | (account or {}), at=story.origin)
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
