"""城乡衔接: which pension stays, what moves, what is paid back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.schemes import resident
from domain.schemes.resident_connection import Direction
from tests.domain.schemes.pension_records import HUANCUI, ON, RESIDENT


def record(rows: list[dict[str, Any]], **connection: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {"reached_statutory_age_on": "2026-08-01", "employee_months": 180}
    return {
        "region": HUANCUI,
        "status": "PAYING",
        "rows": rows,
        "connection": {**facts, **connection},
    }


#: 600.00 paid, 120.00 aid, 60.00 subsidy each year; 19.50 interest in the second.
TWO_YEARS: list[dict[str, Any]] = [
    {"year": 2023, "personal_fen": 60_000, "collective_fen": 12_000, "subsidy_fen": 6_000},
    {
        "year": 2024,
        "personal_fen": 60_000,
        "collective_fen": 12_000,
        "subsidy_fen": 6_000,
        "interest_fen": 1_950,
        "subsidy_interest_fen": 150,
    },
]


def test_fifteen_employee_years_take_the_resident_account_but_not_its_years() -> None:
    told = resident.connect(record(TWO_YEARS), RESIDENT, ON)
    assert told.direction is Direction.INTO_EMPLOYEE
    # 2 × (600 + 120 + 60) + 19.50 = 1,579.50
    assert (told.moved_fen, told.refund_fen) == (157_950, 0)
    assert told.months == 180


def test_fewer_employee_years_go_into_the_resident_pension_and_add_up() -> None:
    told = resident.connect(
        record(TWO_YEARS, employee_months=179, employee_account_fen=1_800_000), RESIDENT, ON
    )
    assert told.direction is Direction.INTO_RESIDENT
    assert told.moved_fen == 1_800_000
    assert told.months == 24 + 179


def test_months_insured_as_both_count_as_employee_and_are_refunded_with_the_aid() -> None:
    told = resident.connect(
        record(
            TWO_YEARS,
            employee_months=60,
            employee_spells=[{"from": "2018-10", "to": "2023-09"}],
        ),
        RESIDENT,
        ON,
    )
    # nine of twelve months of 2023: (600 + 120) × 9/12 = 540.00
    assert told.refund_fen == 54_000
    # 3 resident months of 2023 and 12 of 2024 beside 60 employee months
    assert told.months == 15 + 60


def test_what_is_refunded_does_not_move_as_well() -> None:
    told = resident.connect(
        record(TWO_YEARS, employee_spells=[{"from": "2010-01", "to": "2024-12"}]), RESIDENT, ON
    )
    # 2 × 720.00 back; 60 + 60 subsidy and 19.50 interest move
    assert (told.refund_fen, told.moved_fen) == (144_000, 13_950)


@pytest.mark.parametrize("reached", [None, "2026-11-24"])
def test_before_the_statutory_age_nothing_happens(reached: str | None) -> None:
    told = resident.connect(record(TWO_YEARS, reached_statutory_age_on=reached), RESIDENT, ON)
    assert (told.direction, told.moved_fen) == (Direction.NOT_YET, 0)


@pytest.mark.parametrize(
    ("reached", "months", "direction"),
    [
        ("2029-12-31", 180, Direction.INTO_EMPLOYEE),
        ("2030-01-01", 180, Direction.INTO_RESIDENT),
        ("2030-01-01", 186, Direction.INTO_EMPLOYEE),
    ],
)
def test_the_year_of_the_statutory_age_decides_the_months_needed(
    reached: str, months: int, direction: Direction
) -> None:
    data = record([], reached_statutory_age_on=reached, employee_months=months)
    assert resident.connect(data, RESIDENT, ON.replace(year=2031)).direction is direction


def test_of_two_pensions_the_resident_one_ends_and_its_basic_part_comes_back() -> None:
    told = resident.connect(
        record(TWO_YEARS, both_pensions=True, basic_pension_paid_fen=100_000), RESIDENT, ON
    )
    assert told.direction is Direction.END_RESIDENT
    # 1,579.50 - 120.00 subsidy - 1.50 its interest = 1,458.00; less 1,000.00 drawn = 458.00
    assert (told.refund_fen, told.recover_fen) == (45_800, 0)


def test_what_the_account_does_not_cover_is_still_owed() -> None:
    told = resident.connect(
        record(TWO_YEARS, both_pensions=True, basic_pension_paid_fen=150_000), RESIDENT, ON
    )
    # 1,500.00 - 1,458.00 = 42.00
    assert (told.refund_fen, told.recover_fen) == (0, 4_200)


def test_a_record_without_the_facts_says_so() -> None:
    data = {
        **record(TWO_YEARS),
        "connection": None,
        "hukou": {"from_region": HUANCUI, "to_region": HUANCUI},
    }
    with pytest.raises(DomainError, match="没有 connection"):
        resident.connect(data, RESIDENT, ON)


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "year": st.integers(2015, 2026),
                "personal_fen": st.integers(0, 1_000_000),
                "collective_fen": st.integers(0, 100_000),
                "subsidy_fen": st.integers(0, 100_000),
                "interest_fen": st.integers(0, 100_000),
            }
        ),
        max_size=6,
    ),
    st.integers(2010, 2024),
    st.integers(0, 400),
    st.integers(0, 5_000_000),
    st.booleans(),
)
def test_no_fen_appears_and_none_is_negative(
    rows: list[dict[str, Any]], since: int, months: int, basic: int, both: bool
) -> None:
    told = resident.connect(
        record(
            rows,
            employee_months=months,
            employee_spells=[{"from": f"{since}-03", "to": f"{since + 1}-08"}],
            both_pensions=both,
            basic_pension_paid_fen=basic,
        ),
        RESIDENT,
        ON,
    )
    balance = sum(
        one["personal_fen"] + one["collective_fen"] + one["subsidy_fen"] + one["interest_fen"]
        for one in rows
    )
    assert min(told.moved_fen, told.refund_fen, told.recover_fen) >= 0
    if told.direction is Direction.INTO_EMPLOYEE:
        assert told.moved_fen + told.refund_fen == balance
    if told.direction is Direction.END_RESIDENT:
        subsidy = sum(one["subsidy_fen"] for one in rows)
        assert told.refund_fen - told.recover_fen == balance - subsidy - basic
