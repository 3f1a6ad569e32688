"""Every business id has an inverse, and the inverse of another kind of id refuses it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import ids

REGIONS = st.from_regex(r"[1-9][0-9]{5}", fullmatch=True).filter(str.isascii)
CASES = st.builds(
    ids.case_number,
    REGIONS,
    st.dates(date(2000, 1, 1), date(2999, 12, 31)),
    st.integers(1, 9_999_999),
)
LETTERS = st.builds(ids.letter_no, CASES, st.integers(1, 99))
PARCELS = st.builds(ids.parcel_key, CASES, st.integers(1, 99))


@given(REGIONS, st.dates(date(2000, 1, 1), date(2999, 12, 31)), st.integers(1, 9_999_999))
def test_a_case_number_gives_its_region_day_and_serial_back(
    region: str, day: date, serial: int
) -> None:
    assert ids.parse_case_number(ids.case_number(region, day, serial)) == (region, day, serial)


@given(CASES, LETTERS, PARCELS)
def test_every_workflow_id_gives_back_what_it_was_made_of(
    case: str, letter: str, parcel: str
) -> None:
    assert ids.case_of_workflow(ids.case_workflow_id(case)) == case
    assert ids.letter_of_leg(ids.leg_workflow_id(letter)) == letter
    assert ids.parcel_of_workflow(ids.parcel_workflow_id(parcel)) == parcel


@given(CASES, st.integers(1, 99), st.sampled_from(["REVIEW", "INTAKE_CHECK"]))
def test_letters_and_tasks_give_their_case_back(case: str, number: int, kind: str) -> None:
    assert ids.case_of_letter(ids.letter_no(case, number)) == case
    assert ids.parse_task_id(ids.task_id(case, kind, number)) == (case, kind, number)


@given(REGIONS, st.integers(1, 999_999), st.from_regex(r"[0-9a-f]{12}", fullmatch=True))
def test_a_replan_gives_its_change_of_calendar_back(region: str, entry: int, version: str) -> None:
    assert ids.entry_of_replan(ids.replan_workflow_id(region, entry, version)) == entry


@pytest.mark.parametrize(
    ("inverse", "other"),
    [
        (ids.case_of_workflow, ids.leg_workflow_id("3710022026112300000017-01")),
        (ids.letter_of_leg, ids.parcel_workflow_id("3710022026112300000017-P01")),
        (ids.parcel_of_workflow, ids.case_workflow_id("3710022026112300000017")),
        (ids.entry_of_replan, ids.case_workflow_id("3710022026112300000017")),
        (ids.case_of_letter, "3710022026112300000017"),
        (ids.case_of_letter, "3710022026112300000017-P01"),
        (ids.parse_task_id, "3710022026112300000017/1"),
        (ids.parse_case_number, "3710022026112300000017-01"),
    ],
)
def test_an_id_of_another_kind_is_refused(inverse: Callable[[str], object], other: str) -> None:
    with pytest.raises(ids.MalformedId):
        inverse(other)
