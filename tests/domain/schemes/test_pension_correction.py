"""A corrected table replaces the wrong one; only the difference is money."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.schemes import pension
from tests.domain.schemes.pension_records import ON, PENSION, any_row, record, row


def test_a_corrected_row_replaces_the_wrong_one_and_the_difference_is_owed() -> None:
    wrong = record(row(2020), row(2021))
    right = pension.corrected(wrong, [row(2021, monthly_base_fen=150_000, booked_fen=144_000)])
    before, after = (pension.statement(one, PENSION, ON) for one in (wrong, right))
    change = pension.difference(before, after)
    # account 2021: 18,000 × 8% = 1,440.00 for 960.00; pooled: 6,000.00 more × 12% = 720.00
    assert (change.account_fen, change.pooled_fen, change.total_fen) == (48_000, 72_000, 120_000)
    assert change.months == 0
    assert change.steps[-1].result == "1,200.00"


def test_a_sum_that_was_too_high_comes_back() -> None:
    wrong = record(row(2020, booked_fen=100_000))
    right = pension.corrected(wrong, [row(2020)])
    change = pension.difference(*(pension.statement(one, PENSION, ON) for one in (wrong, right)))
    assert change.total_fen == -4_000
    assert change.steps[-1].result == "-40.00"


@given(st.lists(any_row(), max_size=5), st.lists(any_row(), max_size=4))
def test_a_correction_made_again_changes_nothing(
    rows: list[dict[str, Any]], corrections: list[dict[str, Any]]
) -> None:
    once = pension.corrected(record(*rows), corrections)
    assert pension.corrected(once, corrections) == once
    restated = {one["year"] for one in corrections}
    untouched = [one for one in rows if one["year"] not in restated]
    assert once["rows"] == untouched + corrections


def test_a_year_may_be_split_and_joined_again() -> None:
    joined = record(row(2020))
    split = pension.corrected(joined, [row(2020, (1, 6)), row(2020, (7, 12))])
    assert len(split["rows"]) == 2
    assert pension.corrected(split, [row(2020)]) == joined


@given(st.lists(any_row(), min_size=1, max_size=5))
def test_differences_of_corrections_add_up_to_the_last_statement(
    rows: list[dict[str, Any]],
) -> None:
    steps = [record()]
    for one in rows:
        steps.append(pension.corrected(steps[-1], [one]))
    told = [pension.statement(one, PENSION, ON) for one in steps]
    changes = [pension.difference(a, b) for a, b in pairwise(told)]
    assert sum(one.total_fen for one in changes) == told[-1].total_fen
