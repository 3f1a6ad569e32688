"""Whom a joint case waits for, and what may carry it past a part."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.joint import (
    Before,
    PartStanding,
    PartState,
    may_go_on_promise,
    may_leave_out,
    stand_against,
    waits_for,
)


def part(number: int = 1, **changes: Any) -> PartStanding:
    values: dict[str, Any] = {
        "before": Before.REVIEW,
        "required": True,
        "on_commitment": False,
        "state": PartState.ASKED,
        **changes,
    }
    return PartStanding(number=number, **values)


any_part = st.builds(
    PartStanding,
    number=st.integers(1, 8),
    before=st.sampled_from(Before),
    required=st.booleans(),
    on_commitment=st.booleans(),
    state=st.sampled_from(PartState),
    late=st.booleans(),
    settled=st.booleans(),
)


def test_what_comes_before_the_review_holds_it_and_the_rest_holds_the_conclusion() -> None:
    parts = (part(1), part(2, before=Before.CONCLUSION))
    assert waits_for(parts, Before.REVIEW) == (1,)
    assert waits_for(parts, Before.CONCLUSION) == (1, 2)


def test_a_refusal_holds_until_the_lead_has_taken_note_and_then_bars_the_grant() -> None:
    refused = part(state=PartState.REFUSED)
    assert waits_for((refused,), Before.REVIEW) == (1,)
    noted = part(state=PartState.REFUSED, settled=True)
    assert waits_for((noted,), Before.REVIEW) == ()
    assert stand_against((refused,)) == stand_against((noted,)) == (1,)


@pytest.mark.parametrize("late", [True, False])
@pytest.mark.parametrize("on_commitment", [True, False])
def test_only_a_late_part_that_takes_a_promise_is_overtaken_on_one(
    late: bool, on_commitment: bool
) -> None:
    standing = part(late=late, on_commitment=on_commitment)
    assert may_go_on_promise(standing) is (late and on_commitment)


@given(any_part)
def test_a_promise_never_stands_for_an_answer_that_was_given(standing: PartStanding) -> None:
    if standing.state is not PartState.ASKED:
        assert not may_go_on_promise(standing)


@given(st.lists(any_part, max_size=8))
def test_an_optional_part_neither_holds_nor_bars(parts: list[PartStanding]) -> None:
    optional = {one.number for one in parts} - {one.number for one in parts if one.required}
    for before in Before:
        assert not optional & set(waits_for(parts, before))
    assert not optional & set(stand_against(parts))
    assert all(not one.required for one in parts if may_leave_out(one))


@given(st.lists(any_part, max_size=8))
def test_silence_is_never_consent(parts: list[PartStanding]) -> None:
    silent = {one.number for one in parts if one.required and one.state is PartState.ASKED}
    assert silent <= set(waits_for(parts, Before.CONCLUSION))
