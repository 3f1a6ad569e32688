"""先转后清: months counted twice are cleared once, whatever arrived first."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.schemes import pension
from domain.schemes.pension_account import carried_balance
from tests.domain.schemes.pension_records import (
    ACCOUNT_RATES,
    DINGHAI,
    HUANCUI,
    PUDONG,
    any_row,
    held,
    row,
)

JULY = 2020 * 12 + 6


def test_the_months_of_one_place_stay_and_the_others_account_is_refunded() -> None:
    rows = [
        *held(row(2019), row(2020), region=DINGHAI),
        # 2,000.00 a month booked at 8%: 160.00 a month; interest 12.00
        *held(
            row(2020, (7, 12), monthly_base_fen=200_000, booked_fen=96_000, interest_fen=1_200),
            region=PUDONG,
        ),
    ]
    cleared = pension.overlaps(rows, ACCOUNT_RATES)
    (overlap,) = cleared.overlaps
    assert (overlap.first, overlap.last) == (JULY, JULY + 5)
    # Dinghai insured first, so it is the proposal until the person chooses
    assert (overlap.kept, overlap.chosen) == (DINGHAI, False)
    assert cleared.undecided == cleared.overlaps
    # 6 × 160.00 + 12.00 = 972.00
    assert cleared.refunds == {PUDONG: 97_200}
    assert cleared.months == 24


def test_the_person_chooses_which_months_stay() -> None:
    rows = [*held(row(2020), region=DINGHAI), *held(row(2020, (7, 12)), region=PUDONG)]
    choices = {month: PUDONG for month in range(JULY, JULY + 3)}
    choices |= {month: DINGHAI for month in range(JULY + 3, JULY + 6)}
    cleared = pension.overlaps(rows, ACCOUNT_RATES, choices)
    assert [(one.kept, one.chosen) for one in cleared.overlaps] == [(PUDONG, True), (DINGHAI, True)]
    # three months of 80.00 from each place
    assert cleared.refunds == {DINGHAI: 24_000, PUDONG: 24_000}
    assert cleared.refund_fen == 48_000
    assert cleared.months == 12
    assert cleared.undecided == ()


def test_interest_of_later_years_goes_back_with_the_money_that_earned_it() -> None:
    rows = [
        *held(row(2020), region=DINGHAI),
        # 960.00 in 2020; 2021 earns 19.20 on 960.00 + 960.00
        *held(row(2020), row(2021, interest_fen=1_920), region=PUDONG),
    ]
    cleared = pension.overlaps(rows, ACCOUNT_RATES, {2020 * 12 + m: DINGHAI for m in range(12)})
    # 960.00 + 19.20 × 960/1,920 = 969.60
    assert cleared.refunds == {PUDONG: 96_960}


def test_a_choice_of_a_place_that_did_not_count_the_month_is_no_choice() -> None:
    rows = [*held(row(2020), region=DINGHAI), *held(row(2020), region=PUDONG)]
    cleared = pension.overlaps(rows, ACCOUNT_RATES, {2020 * 12: HUANCUI})
    assert cleared.overlaps[0].chosen is False


def test_without_an_overlap_nothing_is_refunded() -> None:
    cleared = pension.overlaps(
        [*held(row(2020), region=DINGHAI), *held(row(2021), region=PUDONG)], ACCOUNT_RATES
    )
    assert (cleared.overlaps, cleared.refund_fen, cleared.months) == ((), 0, 24)


@st.composite
def arrivals(draw: st.DrawFn) -> list[dict[str, Any]]:
    return draw(st.lists(any_row((DINGHAI, HUANCUI, PUDONG)), max_size=7))


@given(arrivals(), st.randoms(use_true_random=False), st.data())
def test_no_order_of_arrivals_and_no_repeat_changes_a_total(
    rows: list[dict[str, Any]], random: Any, data: st.DataObject
) -> None:
    months = sorted({month for one in held(*rows) for month in one.months})
    chosen = data.draw(
        st.dictionaries(st.sampled_from(months), st.sampled_from([DINGHAI, HUANCUI, PUDONG]))
        if months
        else st.just({})
    )
    again = rows + data.draw(st.lists(st.sampled_from(rows)) if rows else st.just([]))
    random.shuffle(again)
    one = pension.overlaps(held(*rows), ACCOUNT_RATES, chosen)
    other = pension.overlaps(held(*again), ACCOUNT_RATES, chosen)
    assert one == other


@given(arrivals())
def test_months_count_once_and_a_refund_is_part_of_what_came(rows: list[dict[str, Any]]) -> None:
    given_rows = held(*rows)
    cleared = pension.overlaps(given_rows, ACCOUNT_RATES)
    assert cleared.months == len({month for one in given_rows for month in one.months})
    kept_twice = [one for one in cleared.overlaps if len(set(one.regions)) < 2]
    assert kept_twice == []
    for region, refund in cleared.refunds.items():
        own = {one for one in given_rows if one.region == region}
        assert 0 <= refund <= carried_balance(own, ACCOUNT_RATES) + 1
    assert cleared.refund_fen == sum(cleared.refunds.values())
