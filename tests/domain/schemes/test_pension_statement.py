"""The sums of an employee pension worked out by hand, and what never changes them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.schemes import pension
from domain.schemes.pension_record import rows_of
from domain.schemes.record_fields import RecordCode
from tests.domain.schemes.pension_records import (
    DINGHAI,
    HUANCUI,
    JINAN,
    ON,
    PENSION,
    PUDONG,
    any_row,
    held,
    record,
    row,
)

THREE_YEARS = (
    # 5,000.00 × 12 = 60,000.00, booked 8% = 4,800.00
    row(2023, monthly_base_fen=500_000, booked_fen=480_000, interest_fen=10_000),
    # 6,000.00 × 12 = 72,000.00, booked 8% = 5,760.00
    row(2024, monthly_base_fen=600_000, booked_fen=576_000, interest_fen=30_000),
    # 40,000.00 in seven months, booked 8% = 3,200.00
    row(2025, (1, 7), monthly_base_fen=571_429, wage_fen=4_000_000, booked_fen=320_000),
)


def test_wages_of_two_years_and_seven_months_carry_twelve_percent() -> None:
    told = pension.statement(record(*THREE_YEARS), PENSION, ON)
    # (60,000 + 72,000 + 40,000) × 12% = 172,000 × 0.12 = 20,640.00
    assert told.pooled_fen == 2_064_000
    # 4,800 + 100 + 5,760 + 300 + 3,200 = 14,160.00
    assert told.account_fen == 1_416_000
    # 14,160.00 + 20,640.00 = 34,800.00
    assert told.total_fen == 3_480_000
    assert told.months == 12 + 12 + 7
    assert not told.temporary


def test_years_booked_at_other_than_the_lawful_rate_move_at_the_lawful_one() -> None:
    told = pension.statement(
        record(
            row(2004, account_rate_bp=1300, booked_fen=156_000, interest_fen=3_120),
            row(2005, account_rate_bp=1000, booked_fen=120_000, interest_fen=1_163),
            row(2006, account_rate_bp=1100, booked_fen=132_000),
            pre1998_fen=100_000,
        ),
        PENSION,
        ON,
    )
    # 2004: 1,560.00 × 11/13 = 1,320.00; interest 31.20 × 1,320/1,560 = 26.40; stock 1,346.40
    # 2005: 12,000.00 × 11% = 1,320.00; interest 11.63 earned on 1,591.20 + 1,200.00 = 2,791.20,
    #       of which 1,346.40 + 1,320.00 = 2,666.40 move: 11.63 × 2,666.40 / 2,791.20 = 11.11
    # 2006: 1,320.00 × 8/11 = 960.00
    # 1,000.00 + 1,346.40 + 1,331.11 + 960.00 = 4,637.51
    assert told.account_fen == 463_751
    # 12,000.00 × 3 × 12% = 4,320.00
    assert told.pooled_fen == 432_000
    assert told.total_fen == 895_751
    assert [one.result for one in told.steps if one.label.endswith("年账户调整")] == [
        "1,346.40",
        "1,331.11",
        "960.00",
    ]


@pytest.mark.parametrize(
    ("year", "booked_rate", "booked", "carried"),
    [
        (1998, 1100, 132_000, 132_000),  # 12,000.00 × 11%
        (2005, 1600, 192_000, 132_000),  # 1,920.00 × 11/16 = 1,320.00
        (2005, 300, 36_000, 132_000),  # anew: 12,000.00 × 11%
        (2006, 800, 96_000, 96_000),  # 12,000.00 × 8%
        (2006, 400, 48_000, 96_000),  # anew: 12,000.00 × 8%
        (2006, 0, 0, 96_000),
        (1997, 1600, 192_000, 0),  # before 1998 only the personal part moves, in its own field
    ],
)
def test_the_lawful_rate_is_that_of_the_year(
    year: int, booked_rate: int, booked: int, carried: int
) -> None:
    told = pension.statement(
        record(row(year, account_rate_bp=booked_rate, booked_fen=booked)), PENSION, ON
    )
    assert told.account_fen == carried


def test_half_a_fen_is_rounded_up_once_at_the_total() -> None:
    # 12% of 0.04 + 12% of 0.04 = 0.0048 + 0.0048 = 0.0096 -> 0.01; each alone would be 0.00
    rows = [
        row(year, (1, 1), monthly_base_fen=4, booked_fen=0, account_rate_bp=800)
        for year in (2010, 2011)
    ]
    assert pension.statement(record(*rows), PENSION, ON).pooled_fen == 1
    # booked at no rate at all: anew at 8%
    half = row(2010, (1, 1), monthly_base_fen=625, booked_fen=0, account_rate_bp=0)
    # 6.25 × 8% = 0.50; 6.25 × 12% = 0.75
    assert pension.statement(record(half), PENSION, ON).total_fen == 50 + 75


def test_inside_one_province_only_the_relation_moves() -> None:
    inside = record(*THREE_YEARS, request={"destination_region": "330103"})
    told = pension.statement(inside, PENSION, ON)
    assert (told.account_fen, told.pooled_fen, told.total_fen) == (0, 0, 0)
    assert told.months == 31
    assert told.steps[0].label == "省内转移"


def test_to_a_civil_servants_fund_the_money_moves_inside_a_province_too() -> None:
    request = {"destination_region": "330103", "destination_scheme": "CIVIL"}
    told = pension.statement(record(*THREE_YEARS, request=request), PENSION, ON)
    assert told.total_fen == 3_480_000


TEMPORARY_ROW = row(
    2020,
    monthly_base_fen=500_000,
    account_rate_bp=2400,
    booked_fen=1_440_000,
    booked_personal_fen=480_000,
    interest_fen=30_000,
    interest_personal_fen=10_000,
)


def test_the_benefit_place_collects_a_temporary_account_whole_with_interest() -> None:
    told = pension.statement(
        record(
            TEMPORARY_ROW,
            account_kind="TEMPORARY",
            status="SEALED",
            request={
                "destination_region": HUANCUI,
                "purpose": "COLLECTION",
                "pension_conditions_met": True,
            },
        ),
        PENSION,
        ON,
    )
    # unit 16% and person 8% of 60,000.00: 9,600.00 + 4,800.00, interest 200.00 + 100.00
    assert told.total_fen == 960_000 + 480_000 + 20_000 + 10_000
    assert told.account_fen == 490_000
    assert told.temporary


@pytest.mark.parametrize(
    "request_",
    [
        {"destination_region": HUANCUI},
        {"destination_region": HUANCUI, "purpose": "COLLECTION"},
    ],
)
def test_a_temporary_account_otherwise_stays_sealed(request_: dict[str, Any]) -> None:
    told = pension.statement(
        record(TEMPORARY_ROW, account_kind="TEMPORARY", request=request_), PENSION, ON
    )
    assert (told.total_fen, told.facts["sealed"], told.temporary) == (0, True, True)


def test_an_unproven_lump_sum_of_three_years_stays_behind() -> None:
    paid = [row(year, lump_sum="补1") for year in (2007, 2008, 2009)]
    lump_sum = {"code": "补1", "months": 36, "evidence": None}
    data = record(*THREE_YEARS, *paid, lump_sums=[lump_sum])
    told = pension.statement(data, PENSION, ON)
    # only the three later years: their interest was not earned in 2007-2009, but 2023's and
    # 2024's interest was earned on 2,880.00 more; 100 × 4,800/7,680 = 62.50, and
    # 300 × (4,862.50 + 5,760)/(7,780 + 5,760) = 300 × 10,622.50/13,540 = 235.3582…
    # 4,800 + 62.50 + 5,760 + 235.36 + 3,200 = 14,057.86
    assert told.account_fen == 1_405_786
    assert told.pooled_fen == 2_064_000
    assert (told.months, told.facts["left_out_months"]) == (31, 36)
    proven = {**data, "lump_sums": [{**lump_sum, "evidence": "ARBITRATION"}]}
    # + 36 × 80.00 = 2,880.00 in the account, + 36,000 × 12% = 4,320.00
    assert pension.statement(proven, PENSION, ON).total_fen == 3_480_000 + 288_000 + 432_000


def test_the_form_holds_what_a_destination_reads() -> None:
    told = pension.statement(
        record(*THREE_YEARS, first_insured_on="2023-01-05", unit="样例造船厂"),
        PENSION,
        date(2025, 8, 20),
    )
    assert told.facts["local_from"] == "2023-01"
    assert told.facts["local_to"] == "2025-07"
    assert told.facts["booked_this_year_fen"] == 320_000
    assert told.facts["first_insured_on"] == "2023-01-05"
    assert told.facts["transferred_on"] == "2025-08-20"
    assert told.facts["total_fen"] == told.total_fen
    assert [one["year"] for one in told.rows] == [2023, 2024, 2025]
    assert told.rows[2]["months"] == 7


def test_a_form_is_plain_json_and_its_rows_read_back_give_the_same_sums() -> None:
    told = pension.statement(record(*THREE_YEARS), PENSION, ON)
    rows = json.loads(json.dumps(told.rows))
    assert json.loads(json.dumps(told.facts)) == told.facts
    assert rows_of(rows, DINGHAI) == held(*THREE_YEARS)
    again = pension.statement(record(*rows), PENSION, ON)
    assert again.total_fen == told.total_fen


def test_no_statement_is_drawn_up_for_a_pensioner() -> None:
    with pytest.raises(DomainError) as refused:
        pension.statement(record(*THREE_YEARS, status="PENSIONER"), PENSION, ON)
    assert refused.value.code is pension.PensionCode.PENSIONER_NEVER_MOVES


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"region": "33090"}, "region"),
        ({"status": "DEAD"}, "status"),
        ({"pre1998_fen": 10.5}, "pre1998_fen"),
        ({"pre1998_fen": -1}, "pre1998_fen"),
        ({"pre1998_fne": 1}, "pre1998_fne"),
        ({"rows": [row(2020, booked_fen="80")]}, "rows[0].booked_fen"),
        ({"rows": [row(2020, months=11)]}, "rows[0].months"),
        ({"rows": [row(2020, (5, 4))]}, "rows[0].from_month"),
        ({"rows": [row(2020), row(1900)]}, "rows[1].year"),
        ({"rows": [row(2020, lump_sum="补9")]}, "rows[0].lump_sum"),
        ({"rows": [row(2020, booked_personal_fen=96_001)]}, "rows[0].booked_personal_fen"),
        ({"rows": {"2020": 1}}, "rows"),
        ({"request": None}, "request"),
        ({"request": {"destination_region": JINAN, "purpose": "GIFT"}}, "request.purpose"),
        ({"first_insured_on": "1.7.1996"}, "first_insured_on"),
        ({"arrears_waived": "no"}, "arrears_waived"),
    ],
)
def test_a_wrong_field_is_named_in_a_sentence(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as wrong:
        pension.statement(record(**changes), PENSION, ON)
    assert wrong.value.code is RecordCode.WRONG_FIELD
    assert wrong.value.facts["field"] == field
    assert f"字段 {field} " in wrong.value.message
    assert wrong.value.message.endswith("请改正后再试。")


def test_a_misspelt_field_is_answered_with_the_right_one() -> None:
    with pytest.raises(DomainError, match="是否为 pre1998_fen"):
        pension.statement(record(pre1998_fne=1), PENSION, ON)


ROWS = st.lists(any_row((DINGHAI, PUDONG)), max_size=8)


@given(ROWS, st.randoms(use_true_random=False))
def test_no_order_of_rows_changes_a_total(rows: list[dict[str, Any]], random: Any) -> None:
    shuffled = rows.copy()
    random.shuffle(shuffled)
    one = pension.statement(record(*rows), PENSION, ON)
    other = pension.statement(record(*shuffled), PENSION, ON)
    assert (one.account_fen, one.pooled_fen, one.months) == (
        other.account_fen,
        other.pooled_fen,
        other.months,
    )


@given(ROWS, st.integers(0, 10_000_000))
def test_a_total_is_its_two_parts_and_never_negative(
    rows: list[dict[str, Any]], pre1998: int
) -> None:
    told = pension.statement(record(*rows, pre1998_fen=pre1998), PENSION, ON)
    assert told.account_fen >= pre1998
    assert told.pooled_fen >= 0
    assert told.total_fen == told.account_fen + told.pooled_fen


@given(
    st.lists(any_row(), max_size=4),
    st.integers(1998, 2026),
    st.integers(1, 11),
    st.integers(0, 3_000_000),
    st.integers(0, 100_000),
    st.integers(0, 10_000),
    st.sampled_from([400, 800, 1100, 1300]),
)
def test_a_year_split_in_two_rows_carries_the_same(
    others: list[dict[str, Any]],
    year: int,
    cut: int,
    base: int,
    booked_a_month: int,
    interest_a_month: int,
    rate: int,
) -> None:
    def part(first: int, last: int) -> dict[str, Any]:
        count = last - first + 1
        return row(
            year,
            (first, last),
            monthly_base_fen=base,
            account_rate_bp=rate,
            booked_fen=booked_a_month * count,
            interest_fen=interest_a_month * count,
        )

    whole = pension.statement(record(*others, part(1, 12)), PENSION, ON)
    split = pension.statement(record(*others, part(1, cut), part(cut + 1, 12)), PENSION, ON)
    assert (whole.account_fen, whole.pooled_fen) == (split.account_fen, split.pooled_fen)
    assert whole.months == split.months
