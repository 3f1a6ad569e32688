"""Medical insurance between localities: refusals, the account, and what a break costs (A6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.loader import load_catalog
from catalog.matter_policies import medical_policy
from domain.errors import DomainError
from domain.schemes.medical import (
    WORDING,
    BalanceUse,
    MedicalRefusal,
    MedicalScheme,
    balance_use,
    destination_findings,
    origin_findings,
    statement,
)
from domain.schemes.medical_waiting import gap_months, resident_waiting_months, waiting

TODAY = date(2026, 11, 23)
POLICY = medical_policy(load_catalog(), "371002", on=TODAY)
ORIGIN: dict[str, Any] = {
    "status": "STOPPED",
    "scheme": "EMPLOYEE",
    "account_fen": 123_456,
    "paid_months": 40,
    "continuous_months": 30,
    "paid_through": "2026-07",
}
DESTINATION: dict[str, Any] = {"status": "ACTIVE", "scheme": "EMPLOYEE", "paid_from": "2026-10"}


def test_only_the_employees_account_moves() -> None:
    employee = statement(ORIGIN, POLICY, TODAY)
    resident = statement({**ORIGIN, "scheme": "RESIDENT"}, POLICY, TODAY)
    assert (employee.account_fen, employee.pooled_fen, employee.total_fen) == (123_456, 0, 123_456)
    assert (resident.total_fen, resident.months) == (0, 40)
    assert employee.steps[1].result == "1,234.56元"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": "NONE"}, MedicalRefusal.NOT_INSURED_HERE),
        ({"identity_agrees": False}, MedicalRefusal.IDENTITY_DIFFERS),
        ({"open_letter": "L-1"}, MedicalRefusal.TRANSFER_OPEN),
        ({"status": "RETIRED"}, MedicalRefusal.RETIRED),
        ({"status": "ACTIVE"}, MedicalRefusal.NOT_STOPPED),
        ({"arrears_fen": 1}, MedicalRefusal.ARREARS),
        ({"unsettled_claims": 2}, MedicalRefusal.CLAIMS_UNSETTLED),
    ],
)
def test_the_origin_refuses_with_a_code(change: dict[str, Any], code: MedicalRefusal) -> None:
    found = origin_findings({**ORIGIN, **change}, POLICY, TODAY)
    assert [one.code for one in found] == [code.value]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": "NONE"}, MedicalRefusal.NOT_INSURED_AT_DESTINATION),
        ({"status": "STOPPED"}, MedicalRefusal.NOT_INSURED_AT_DESTINATION),
        ({"status": "RETIRED"}, MedicalRefusal.RETIRED),
        ({"open_letter": "L-1"}, MedicalRefusal.TRANSFER_OPEN),
        ({"identity_agrees": False}, MedicalRefusal.IDENTITY_DIFFERS),
    ],
)
def test_the_destination_refuses_with_a_code(change: dict[str, Any], code: MedicalRefusal) -> None:
    found = destination_findings({**DESTINATION, **change}, POLICY, TODAY)
    assert [one.code for one in found] == [code.value]


def test_both_places_let_a_fitting_person_pass() -> None:
    assert origin_findings(ORIGIN, POLICY, TODAY) == ()
    assert destination_findings(DESTINATION, POLICY, TODAY) == ()
    assert origin_findings({**ORIGIN, "open_letter": "L-1"}, POLICY, TODAY, letter="L-1") == ()


def test_unsettled_claims_are_a_local_condition() -> None:
    policy = replace(POLICY, claims_must_be_settled=False)
    assert origin_findings({**ORIGIN, "unsettled_claims": 2}, policy, TODAY) == ()


def test_arrears_are_named_with_their_sum() -> None:
    (found,) = origin_findings({**ORIGIN, "arrears_fen": 45_000}, POLICY, TODAY)
    assert "450.00元" in found.text


def test_every_refusal_has_words() -> None:
    assert set(WORDING) == set(MedicalRefusal)


def test_a_balance_without_an_account_to_book_it_is_paid_out() -> None:
    without = replace(POLICY, destination_has_account=False)
    assert balance_use(MedicalScheme.EMPLOYEE, POLICY) is BalanceUse.BOOKED
    assert balance_use(MedicalScheme.EMPLOYEE, without) is BalanceUse.PAID_OUT
    assert balance_use(MedicalScheme.RESIDENT, POLICY) is BalanceUse.PAID_OUT


@pytest.mark.parametrize(
    ("left", "joined", "gap"),
    [
        ("2026-07", "2026-10", 2),  # August and September
        ("2026-09", "2026-10", 0),
        ("2026-10", "2026-10", 0),  # both in one month
        ("2025-11", "2026-03", 3),  # December, January, February
    ],
)
def test_the_gap_is_counted_in_whole_months(left: str, joined: str, gap: int) -> None:
    assert gap_months({"paid_through": left}, {"paid_from": joined}) == gap


def test_a_gap_without_both_months_cannot_be_counted() -> None:
    with pytest.raises(DomainError, match="paid_from"):
        gap_months({"paid_through": "2026-07"}, {})


def test_a_short_break_paid_back_costs_nothing_and_is_covered() -> None:
    found = waiting(ORIGIN, DESTINATION, POLICY, paid_back=True)
    assert (found.gap_months, found.may_pay_back, found.months, found.retroactive) == (
        2,
        True,
        0,
        True,
    )


def test_a_short_break_not_paid_back_waits_but_may_still_be_paid() -> None:
    found = waiting(ORIGIN, DESTINATION, POLICY, paid_back=False)
    assert (found.may_pay_back, found.months, found.retroactive) == (True, 3, False)


def test_three_months_are_still_a_short_break() -> None:
    joined = {**DESTINATION, "paid_from": "2026-11"}  # August, September, October
    found = waiting(ORIGIN, joined, POLICY, paid_back=True)
    assert (found.gap_months, found.may_pay_back, found.months) == (3, True, 0)


def test_a_long_break_waits_and_paying_changes_nothing() -> None:
    joined = {**DESTINATION, "paid_from": "2026-12"}  # August to November: four months
    found = waiting(ORIGIN, joined, POLICY, paid_back=True)
    assert (found.gap_months, found.may_pay_back, found.months) == (4, False, 3)


@pytest.mark.parametrize(("continuous", "months"), [(24, 0), (23, 3)])
def test_a_change_of_scheme_needs_two_years_without_a_break(continuous: int, months: int) -> None:
    joined = {**DESTINATION, "scheme": "RESIDENT"}
    origin = {**ORIGIN, "continuous_months": continuous}
    assert waiting(origin, joined, POLICY, paid_back=True).months == months


def test_no_break_no_waiting() -> None:
    joined = {**DESTINATION, "paid_from": "2026-08"}
    found = waiting(ORIGIN, joined, POLICY, paid_back=False)
    assert (found.gap_months, found.months) == (0, 0)


@given(st.integers(0, 60), st.booleans(), st.booleans(), st.integers(0, 48), st.integers(0, 12))
def test_waiting_never_exceeds_the_cap(
    later: int, switched: bool, paid_back: bool, continuous: int, local: int
) -> None:
    running = 2026 * 12 + 6 + later
    joined = {
        "scheme": "RESIDENT" if switched else "EMPLOYEE",
        "paid_from": f"{running // 12}-{running % 12 + 1:02d}",
    }
    policy = replace(POLICY, waiting_months=local)
    origin = {**ORIGIN, "continuous_months": continuous}
    found = waiting(origin, joined, policy, paid_back=paid_back)
    assert 0 <= found.months <= POLICY.waiting_cap_months
    assert not found.retroactive or paid_back
    assert found.steps[-1].result == f"{found.months}个月"


@pytest.mark.parametrize(
    ("broken", "repaid", "months"),
    [
        (0, 0, 0),
        (1, 0, 4),  # fixed 3 + 1
        (3, 0, 6),  # fixed 3 + 3
        (3, 2, 4),  # fixed 3 + (3 - 2)
        (3, 5, 3),  # the fixed part stands
        (4, 4, 6),  # after four years at least six
        (5, 0, 8),  # fixed 3 + 5
    ],
)
def test_a_resident_waits_for_skipped_years(broken: int, repaid: int, months: int) -> None:
    assert resident_waiting_months(broken, repaid, POLICY) == months


@pytest.mark.parametrize(
    ("left", "joined", "repaid", "months"),
    [
        ("2024-12", "2026-01", 0, 4),  # 2025 was skipped: fixed 3 + 1
        ("2024-06", "2026-09", 0, 4),  # half a year on both sides is no year skipped
        ("2022-12", "2026-01", 2, 4),  # three years, two of them mended
        ("2021-12", "2026-01", 4, 6),  # four years, all mended: at least six
        ("2020-12", "2026-01", 0, 8),  # beyond the ceiling of a transfer
    ],
)
def test_a_resident_who_stays_one_waits_for_each_year_without_payment(
    left: str, joined: str, repaid: int, months: int
) -> None:
    origin = {**ORIGIN, "scheme": "RESIDENT", "paid_through": left}
    here = {**DESTINATION, "scheme": "RESIDENT", "paid_from": joined, "repaid_years": repaid}
    found = waiting(origin, here, POLICY, paid_back=False)
    assert (found.months, found.may_pay_back) == (months, False)
    assert found.steps[-1].result == f"{months}个月"


def test_a_resident_whose_break_holds_no_whole_year_may_pay_back_as_anybody() -> None:
    origin = {**ORIGIN, "scheme": "RESIDENT", "paid_through": "2025-11"}
    here = {**DESTINATION, "scheme": "RESIDENT", "paid_from": "2026-02"}
    assert waiting(origin, here, POLICY, paid_back=True).months == 0
