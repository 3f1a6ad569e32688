"""Housing-fund withdrawal for a purchase elsewhere: places, one use, the price as cap (A7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.loader import load_catalog
from catalog.matter_policies import withdrawal_policy
from domain.schemes.purchase_withdrawal import (
    WORDING,
    WithdrawalRefusal,
    allowed_fen,
    derivation,
    granted_fen,
    origin_findings,
    place_allowed,
)

TODAY = date(2026, 11, 23)
POLICY = withdrawal_policy(load_catalog(), "371002", on=TODAY)
RECORD: dict[str, Any] = {
    "status": "OPEN",
    "balance_fen": 8_000_000,
    "holder": "H-1",
    "purchase": {"region": "330902", "price_fen": 100_000_000, "verified": True},
    "hukou_region": "330902",
    "deposit_region": "371002",
    "prior": [],
}


def bought(**change: Any) -> dict[str, Any]:
    return {**RECORD, "purchase": {**RECORD["purchase"], **change}}


def codes(record: dict[str, Any]) -> list[str]:
    return [one.code for one in origin_findings(record, POLICY, TODAY)]


def test_the_whole_balance_may_be_withdrawn_within_the_price() -> None:
    assert codes(RECORD) == []
    assert granted_fen(RECORD) == 8_000_000


def test_the_household_shares_one_cap() -> None:
    # price 1,000,000.00 - spouse's 950,000.00 = 50,000.00, below the balance of 80,000.00
    record = {**RECORD, "prior": [{"holder": "H-2", "fen": 95_000_000}]}
    assert allowed_fen(record) == 5_000_000
    assert dict(derivation(record, POLICY, TODAY).results) == {"提取金额": "50,000.00元"}


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ({**RECORD, "status": "NONE"}, WithdrawalRefusal.NO_ACCOUNT_HERE),
        ({**RECORD, "identity_agrees": False}, WithdrawalRefusal.IDENTITY_DIFFERS),
        ({**RECORD, "frozen": True}, WithdrawalRefusal.FROZEN),
        (bought(verified=False), WithdrawalRefusal.PURCHASE_NOT_VERIFIED),
        (bought(region="110101"), WithdrawalRefusal.PLACE_NOT_ALLOWED),
        (
            {**RECORD, "prior": [{"holder": "H-1", "fen": 1}]},
            WithdrawalRefusal.PURCHASE_ALREADY_USED,
        ),
        (
            {**RECORD, "prior": [{"holder": "H-2", "fen": 100_000_000}]},
            WithdrawalRefusal.PRICE_EXHAUSTED,
        ),
        ({**RECORD, "balance_fen": 0}, WithdrawalRefusal.BALANCE_EMPTY),
        ({**RECORD, "requested_fen": 8_000_001}, WithdrawalRefusal.ABOVE_CAP),
    ],
)
def test_the_deposit_place_refuses_with_a_code(
    record: dict[str, Any], code: WithdrawalRefusal
) -> None:
    assert codes(record) == [code.value]


def test_a_sum_within_the_cap_is_granted_as_asked() -> None:
    record = {**RECORD, "requested_fen": 1_234_500}
    assert (codes(record), granted_fen(record)) == ([], 1_234_500)


@pytest.mark.parametrize(
    ("region", "hukou", "deposit", "whole_city", "allowed"),
    [
        ("330902", True, False, True, True),
        ("330902", False, True, True, False),
        ("371002", False, True, True, True),
        ("371083", False, True, True, True),  # another county of the same city
        ("371083", False, True, False, False),
        ("330902", False, False, True, False),
        ("", True, True, True, False),
    ],
)
def test_the_place_of_purchase_follows_the_table(
    region: str, hukou: bool, deposit: bool, whole_city: bool, allowed: bool
) -> None:
    policy = replace(POLICY, hukou_place=hukou, deposit_place=deposit, whole_city=whole_city)
    assert place_allowed(bought(region=region), policy) is allowed


def test_every_refusal_has_words() -> None:
    assert set(WORDING) == set(WithdrawalRefusal)


@given(
    st.integers(1, 10_000),
    st.lists(st.tuples(st.sampled_from("ABCD"), st.integers(0, 5_000)), max_size=12),
)
def test_a_household_never_withdraws_more_than_the_price_and_nobody_twice(
    price: int, attempts: list[tuple[str, int]]
) -> None:
    prior: list[dict[str, Any]] = []
    for holder, balance in attempts:
        record = {
            **bought(price_fen=price),
            "holder": holder,
            "balance_fen": balance,
            "prior": prior,
        }
        if not origin_findings(record, POLICY, TODAY):
            prior = [*prior, {"holder": holder, "fen": granted_fen(record)}]
    assert sum(one["fen"] for one in prior) <= price
    holders = [one["holder"] for one in prior]
    assert len(holders) == len(set(holders))


@given(st.integers(0, 10_000), st.permutations(["A", "B", "C"]))
def test_the_households_total_does_not_depend_on_who_comes_first(
    price: int, order: list[str]
) -> None:
    balances = {"A": 1_000, "B": 2_500, "C": 4_000}
    prior: list[dict[str, Any]] = []
    for holder in order:
        record = {
            **bought(price_fen=price),
            "holder": holder,
            "balance_fen": balances[holder],
            "prior": prior,
        }
        if not origin_findings(record, POLICY, TODAY):
            prior = [*prior, {"holder": holder, "fen": granted_fen(record)}]
    assert sum(one["fen"] for one in prior) == min(price, 7_500)
