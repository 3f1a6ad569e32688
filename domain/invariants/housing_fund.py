"""P7 and P9: one fund account per worker after landing; a household takes at most the price.

Sources: 住房公积金管理条例 art 13, 24; 建金〔2018〕46号; docs/rules.md A7, D. Listed in
`domain.invariants.transfer_rules`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from domain.invariants.facts import Found, Violation
from domain.invariants.transfers import Entry, TransferWorld

KIND = "HOUSING_FUND"
_CASE_DIGITS = slice(0, -3)  # a letter's number is its case's with -01, -02 …


def one_account_after_landing(world: TransferWorld) -> Found:
    """P7: where a transfer is booked, the account at the origin is ended."""
    for home in world.of(KIND, "HOME"):
        if not home.did("BOOKED"):
            continue
        for entry in world.entries_of(KIND, home.subject):
            # Only a sealed account is transferred; an active one there was opened again later.
            if entry.locality == home.peer and entry.status == "SEALED":
                yield home.broken("P7", "转入地已入账，转出地账户仍未销户；请核对转出登记。")
            if entry.locality == home.locality and entry.data.get("accounts", 1) > 1:
                yield home.broken("P7", "转入后该职工有两个以上账户；请办理账户合并。")


@dataclass(frozen=True, slots=True)
class _Taken:
    """One withdrawal on a purchase, from one account."""

    entry: Entry
    amount_fen: int
    price_fen: int
    letter_no: str


def withdrawals_stay_below_the_price(world: TransferWorld) -> Found:
    """P9: all withdrawals on a purchase, over all holders, and one use for each holder."""
    taken: dict[str, list[_Taken]] = defaultdict(list)
    for entry in world.entries:
        for one in entry.data.get("withdrawals", ()) if entry.kind == KIND else ():
            if "price_fen" in one:
                taken[one["purchase_no"]].append(
                    _Taken(entry, one["amount_fen"], one["price_fen"], one.get("letter_no", ""))
                )
    for number, every in taken.items():
        total, price = sum(one.amount_fen for one in every), min(one.price_fen for one in every)
        last = every[-1]
        case_no = last.letter_no[_CASE_DIGITS] or None
        if total > price:
            yield Violation(
                "P9",
                last.entry.locality,
                case_no,
                f"购房 {number} 共提取{total}分，超过购房款{price}分；请追回超提部分。",
            )
        holders = [(one.entry.subject, one.entry.locality) for one in every]
        if len(set(holders)) < len(holders):
            yield Violation(
                "P9", last.entry.locality, case_no, f"购房 {number} 被同一人提取两次；请追回。"
            )


HousingFundRule = Callable[[TransferWorld], Iterator[Violation]]
HOUSING_FUND_RULES: tuple[tuple[str, str, HousingFundRule], ...] = (
    ("P7", "转移后每人只有一个公积金账户", one_account_after_landing),
    ("P9", "购房提取合计不超过购房款，每人每房一次", withdrawals_stay_below_the_price),
)
