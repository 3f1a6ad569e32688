"""U1 to U3, P7, P9 and the order of 医疗保险: lawful worlds pass, each damaged fact is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.invariants.transfer_rules import TRANSFER_RULES
from domain.invariants.transfers import Entry, Transfer, TransferWorld
from tests.domain.invariant_facts import HOME, ORIGIN, act

NUMBER = "home-1-01"


def transfer(family: str, side: str, *acts: tuple[str, dict[str, str]]) -> Transfer:
    """One side whose acts are given as code and facts."""
    here, there = (HOME, ORIGIN) if side == "HOME" else (ORIGIN, HOME)
    return Transfer(
        family=family,
        side=side,
        locality=here,
        peer=there,
        case_no="home-1" if side == "HOME" else "leg-1",
        home_case_no="home-1",
        letter_no=NUMBER,
        subject="person-1",
        stage="ARCHIVED",
        ending="COMPLETED",
        acts=tuple(
            act(code, f"{here}-XX-01", n, facts=facts) for n, (code, facts) in enumerate(acts)
        ),
        facts={},
    )


def entry(kind: str, locality: str, status: str, subject: str = "person-1", **data: Any) -> Entry:
    """What a register says."""
    return Entry(kind=kind, subject=subject, locality=locality, status=status, data=data)


def world(*transfers: Transfer, entries: tuple[Entry, ...] = ()) -> TransferWorld:
    """Both localities."""
    return TransferWorld(localities=frozenset({HOME, ORIGIN}), transfers=transfers, entries=entries)


def unemployment(
    home: dict[str, str] | None = None, leg: dict[str, str] | None = None, *, drawing: bool = False
) -> TransferWorld:
    """Benefit moved with eight months left, after October was paid at the origin."""
    there = {
        "scene": "WITH_BENEFIT",
        "benefit_months": "8",
        "paid_months": "0",
        "paid_through": "2026-10",
        **(leg or {}),
    }
    here = {"benefit_months": "8", "paid_months": "0", "first_month": "2026-11", **(home or {})}
    status = "SEALED" if drawing else "ENDED"
    return world(
        transfer("UNEMPLOYMENT", "HOME", ("RELATION_CONTINUED", here)),
        transfer(
            "UNEMPLOYMENT", "LEG", ("RELEASED", {"total_fen": "0"}), ("STATEMENT_ISSUED", there)
        ),
        entries=(entry("UNEMPLOYMENT", ORIGIN, status, drawing=True),),
    )


def years_only(total_fen: str = "0", *more: tuple[str, dict[str, str]]) -> TransferWorld:
    """Years moved without benefit."""
    issued = ("STATEMENT_ISSUED", {"scene": "YEARS_ONLY", "paid_months": "80"})
    released = ("RELEASED", {"total_fen": total_fen})
    return world(transfer("UNEMPLOYMENT", "LEG", released, issued, *more))


def medical(*acts: tuple[str, dict[str, str]], table: bool = True) -> TransferWorld:
    """A relation continued here, with or without the origin's table."""
    issued: tuple[tuple[str, dict[str, str]], ...] = (("STATEMENT_ISSUED", {}),) if table else ()
    return world(
        transfer("MEDICAL", "HOME", ("RELATION_CONTINUED", {}), *acts),
        transfer("MEDICAL", "LEG", *issued),
    )


def fund(status: str = "ENDED", accounts: int = 1, **there: Any) -> TransferWorld:
    """An account booked here."""
    return world(
        transfer("HOUSING_FUND", "HOME", ("BOOKED", {})),
        entries=(
            entry("HOUSING_FUND", ORIGIN, status, **there),
            entry("HOUSING_FUND", HOME, "ACTIVE", accounts=accounts),
        ),
    )


def household(*amounts: int, holders: tuple[str, ...] = ("person-1", "person-2")) -> TransferWorld:
    """A home of 150 yuan, and what each holder took for it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for number, (holder, amount) in enumerate(zip(holders, amounts, strict=True), 1):
        found.setdefault(holder, []).append(
            {
                "purchase_no": "样例购1",
                "amount_fen": amount,
                "price_fen": 15_000,
                "letter_no": f"home-{number}-01",
            }
        )
    return world(
        entries=tuple(
            entry("HOUSING_FUND", ORIGIN, "ACTIVE", holder, withdrawals=taken)
            for holder, taken in found.items()
        )
    )


LAWFUL = {
    "benefit": unemployment(),
    "years": years_only(),
    "relation before balance": medical(),
    "relation and balance": medical(("BOOKED", {})),
    "account": fund(),
    "household": household(12_000, 3_000),
    "a later account at the origin": fund("ACTIVE"),
}
BROKEN = [
    ("U1", "多于转出", unemployment({"benefit_months": "9"})),
    ("U1", "多于转出", unemployment({"paid_months": "1"})),
    ("U1", "上限", unemployment({"benefit_months": "25"}, {"benefit_months": "25"})),
    ("U2", "已发至", unemployment({"first_month": "2026-10"})),
    ("U2", "仍在发放", unemployment(drawing=True)),
    ("U3", "只转缴费年限", years_only("100")),
    ("U3", "只转缴费年限", years_only("0", ("REMITTED", {"total_fen": "100"}))),
    ("P4", "转入地已接续", medical(table=False)),
    ("P6", "处理了两次", medical(("BOOKED", {}), ("PAID_OUT", {}))),
    ("P7", "仍未销户", fund("SEALED")),
    ("P7", "两个以上账户", fund(accounts=2)),
    ("P9", "超过购房款", household(12_000, 3_001)),
    ("P9", "同一人提取两次", household(1_000, 1_000, holders=("person-1", "person-1"))),
]


def found(facts: TransferWorld) -> list[tuple[str, str]]:
    return [(one.invariant, one.text) for _, _, rule in TRANSFER_RULES for one in rule(facts)]


@pytest.mark.parametrize("facts", LAWFUL.values(), ids=LAWFUL)
def test_a_lawful_transfer_breaks_nothing(facts: TransferWorld) -> None:
    assert found(facts) == []


@pytest.mark.parametrize(("invariant", "said", "facts"), BROKEN)
def test_a_damaged_fact_is_named(invariant: str, said: str, facts: TransferWorld) -> None:
    assert [text for code, text in found(facts) if code == invariant and said in text]


def test_a_leg_of_a_locality_that_is_not_checked_is_not_missed() -> None:
    half = medical(table=False)
    alone = replace(half, localities=frozenset({HOME}), transfers=half.transfers[:1])
    assert found(alone) == []
