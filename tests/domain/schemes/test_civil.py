"""Civil-servant pensions and their annuity: sums by hand, and what must come first."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.schemes import civil, civil_annuity
from tests.domain.schemes.pension_records import (
    ANNUITY,
    CIVIL,
    DINGHAI,
    HUANCUI,
    ON,
    any_row,
    row,
)


def record(*rows: dict[str, Any], **changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "region": DINGHAI,
        "pool": "330900",
        "status": "PAYING",
        "rows": list(rows),
        "request": {"destination_region": HUANCUI, "destination_scheme": "PENSION"},
    }
    return {**data, **changes}


def test_only_wages_since_the_reform_carry_the_pooled_part() -> None:
    told = civil.statement(
        record(
            # July to December 2014 at 6,000.00; the reform began in October
            row(2014, (7, 12), monthly_base_fen=600_000, booked_fen=144_000, interest_fen=500),
            row(2015, monthly_base_fen=700_000, booked_fen=672_000, interest_fen=20_000),
            earlier_account_fen=10_000,
        ),
        CIVIL,
        ON,
    )
    # 3 × 6,000 + 12 × 7,000 = 102,000.00; × 12% = 12,240.00
    assert told.pooled_fen == 1_224_000
    # 100.00 + 1,440.00 + 5.00 + 6,720.00 + 200.00 = 8,465.00
    assert told.account_fen == 846_500
    assert told.total_fen == 2_070_500
    assert told.facts["transferred_on"] == "2026-11-23"


@pytest.mark.parametrize(
    ("pool", "total"),
    [
        ("330900", 0),
        # 12,000.00 × (8% + 12%)
        ("370000", 240_000),
    ],
)
def test_inside_one_pool_no_money_moves(pool: str, total: int) -> None:
    request = {
        "destination_region": HUANCUI,
        "destination_scheme": "CIVIL",
        "destination_pool": pool,
    }
    told = civil.statement(record(row(2015), request=request), CIVIL, ON)
    assert (told.total_fen, told.months) == (total, 12)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"status": "PENSIONER"}, ["PENSIONER"]),
        ({"arrears_months": 2}, ["ARREARS"]),
        ({"leaving": "DISMISSED", "hukou_region": HUANCUI}, []),
        ({"leaving": "DISMISSED", "hukou_region": "310115"}, ["WRONG_DESTINATION"]),
    ],
)
def test_each_reason_is_found_with_its_remedy(changes: dict[str, Any], codes: list[str]) -> None:
    found = civil.findings(record(row(2015), **changes), CIVIL, ON)
    assert [one.code for one in found] == codes
    assert all(one.remedy.endswith("。") for one in found)


def test_no_statement_is_drawn_up_for_a_pensioner() -> None:
    with pytest.raises(DomainError) as refused:
        civil.statement(record(row(2015), status="PENSIONER"), CIVIL, ON)
    assert refused.value.code is civil.CivilReason.PENSIONER
    told = civil.compute(record(row(2015), status="PENSIONER"), CIVIL, ON)
    assert told.results == {"转移总额": "不予转移"}


def test_who_was_dismissed_must_say_where_the_hukou_is() -> None:
    with pytest.raises(DomainError, match="字段 hukou_region 没有填写"):
        civil.statement(record(leaving="RESIGNED"), CIVIL, ON)


@given(st.lists(any_row(), max_size=6), st.randoms(use_true_random=False))
def test_no_order_of_rows_changes_a_total(rows: list[dict[str, Any]], random: Any) -> None:
    shuffled = rows.copy()
    random.shuffle(shuffled)
    one, other = (civil.statement(record(*told), CIVIL, ON) for told in (rows, shuffled))
    assert (one.account_fen, one.pooled_fen) == (other.account_fen, other.pooled_fen)
    assert one.total_fen == one.account_fen + one.pooled_fen >= 0


def annuity(*rows: dict[str, Any], has_plan: bool = True) -> dict[str, Any]:
    return {"region": DINGHAI, "destination_has_plan": has_plan, "rows": list(rows)}


def annuity_row(year: int, **changes: Any) -> dict[str, Any]:
    """7,000.00 a month: unit 8% of 84,000.00 = 6,720.00, person 4% = 3,360.00."""
    data: dict[str, Any] = {
        "year": year,
        "wage_fen": 8_400_000,
        "unit_fen": 672_000,
        "personal_fen": 336_000,
        "unit_funded": True,
    }
    return {**data, **changes}


def test_the_annuity_moves_whole_once_it_is_funded() -> None:
    told = civil_annuity.statement(
        annuity(annuity_row(2015), annuity_row(2016, interest_fen=40_000)), ANNUITY, ON
    )
    # 2 × (6,720 + 3,360) + 400 = 20,560.00
    assert told.total_fen == 2_056_000
    assert (told.account_fen, told.pooled_fen) == (2_056_000, 0)
    assert told.months == 24


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (annuity(annuity_row(2015, unit_funded=False)), "UNIT_PART_NOT_FUNDED"),
        (annuity(annuity_row(2015), has_plan=False), "NO_PLAN_AT_DESTINATION"),
    ],
)
def test_nothing_moves_before_funding_or_without_a_plan(data: dict[str, Any], code: str) -> None:
    assert [one.code for one in civil_annuity.findings(data, ANNUITY, ON)] == [code]
    with pytest.raises(DomainError) as refused:
        civil_annuity.statement(data, ANNUITY, ON)
    assert refused.value.code.value == code


def test_what_has_to_be_funded_is_the_unit_part_of_the_booked_years() -> None:
    data = annuity(annuity_row(2015, unit_funded=False), annuity_row(2016))
    assert civil_annuity.to_fund_fen(data) == 672_000
    assert civil_annuity.compute(data, ANNUITY, ON).results["须先记实（元）"] == "6,720.00"


def test_a_contribution_off_its_rate_is_shown_to_the_clerk_and_does_not_stop_the_sum() -> None:
    data = annuity(annuity_row(2015, personal_fen=336_013))
    (found,) = civil_annuity.findings(data, ANNUITY, ON)
    assert found.code == "AMOUNT_DIFFERS"
    assert civil_annuity.statement(data, ANNUITY, ON).total_fen == 672_000 + 336_013
    rounded = annuity(annuity_row(2015, personal_fen=336_012))
    assert civil_annuity.findings(rounded, ANNUITY, ON) == ()
