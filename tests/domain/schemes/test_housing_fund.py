"""The housing fund between cities: refusals, the re-entry guard and the whole balance (A7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from catalog.loader import load_catalog
from catalog.matter_policies import fund_policy
from domain.schemes.housing_fund import (
    WORDING,
    FundRefusal,
    blocking_letter,
    destination_findings,
    origin_findings,
    statement,
)

TODAY = date(2026, 11, 23)
POLICY = fund_policy(load_catalog(), "371002", on=TODAY)
ORIGIN: dict[str, Any] = {
    "status": "SEALED",
    "principal_fen": 3_456_789,
    "interest_fen": 12_345,
    "paid_months": 50,
}
DESTINATION: dict[str, Any] = {"status": "OPEN", "paid_months": 1, "accounts": 1}


def test_principal_and_interest_move_whole() -> None:
    # 34,567.89 + 123.45 = 34,691.34
    form = statement(ORIGIN, POLICY, TODAY)
    assert (form.total_fen, form.account_fen, form.pooled_fen) == (3_469_134, 3_469_134, 0)
    assert form.steps[0].result == "34,691.34元"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": "NONE"}, FundRefusal.NO_ACCOUNT_HERE),
        ({"status": "CLOSED"}, FundRefusal.NO_ACCOUNT_HERE),
        ({"identity_agrees": False}, FundRefusal.IDENTITY_DIFFERS),
        ({"open_letter": "L-1"}, FundRefusal.TRANSFER_OPEN),
        ({"status": "OPEN"}, FundRefusal.NOT_SEALED),
        ({"loan_fen": 1}, FundRefusal.LOAN_UNPAID),
        ({"frozen": True}, FundRefusal.FROZEN),
    ],
)
def test_the_origin_refuses_with_a_code(change: dict[str, Any], code: FundRefusal) -> None:
    found = origin_findings({**ORIGIN, **change}, POLICY, TODAY)
    assert [one.code for one in found] == [code.value]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": "NONE"}, FundRefusal.NO_ACCOUNT_AT_DESTINATION),
        ({"status": "SEALED"}, FundRefusal.NO_ACCOUNT_AT_DESTINATION),
        ({"paid_months": 0}, FundRefusal.PAID_TOO_SHORT),
        ({"accounts": 2}, FundRefusal.SEVERAL_ACCOUNTS),
        ({"identity_agrees": False}, FundRefusal.IDENTITY_DIFFERS),
        ({"letters": [{"number": "L-1", "state": "IN_FLIGHT"}]}, FundRefusal.TRANSFER_OPEN),
    ],
)
def test_the_destination_refuses_with_a_code(change: dict[str, Any], code: FundRefusal) -> None:
    found = destination_findings({**DESTINATION, **change}, POLICY, TODAY)
    assert [one.code for one in found] == [code.value]


def test_both_places_let_a_fitting_worker_pass() -> None:
    assert origin_findings(ORIGIN, POLICY, TODAY) == ()
    assert destination_findings(DESTINATION, POLICY, TODAY) == ()


def test_a_city_may_ask_for_six_months_of_payment() -> None:
    policy = replace(POLICY, destination_paid_months=6)
    (five,) = destination_findings({**DESTINATION, "paid_months": 5}, policy, TODAY)
    assert "已缴存5个月" in five.text and "满6个月" in five.remedy
    assert destination_findings({**DESTINATION, "paid_months": 6}, policy, TODAY) == ()


@pytest.mark.parametrize(
    ("state", "blocks"),
    [("IN_FLIGHT", True), ("NEGOTIATING", True), ("CONCLUDED", False), ("VOIDED", False)],
)
def test_one_may_apply_again_only_when_the_earlier_letter_has_ended(
    state: str, blocks: bool
) -> None:
    record = {"letters": [{"number": "L-1", "state": state}]}
    assert blocking_letter(record) == ("L-1" if blocks else "")


def test_the_cases_own_letter_does_not_block_it() -> None:
    letters = [{"number": "L-1", "state": "VOIDED"}, {"number": "L-2", "state": "IN_FLIGHT"}]
    assert blocking_letter({"letters": letters}, "L-2") == ""
    assert origin_findings({**ORIGIN, "open_letter": "L-2"}, POLICY, TODAY, letter="L-2") == ()


def test_every_refusal_has_words() -> None:
    assert set(WORDING) == set(FundRefusal)
