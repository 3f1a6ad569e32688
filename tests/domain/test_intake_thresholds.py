"""The form check applies the ages and windows of the policy table."""

from __future__ import annotations

from datetime import date

import pytest

from domain.hukou_intake import (
    DefectCode,
    find_defects,
)
from tests.domain.applications import (
    CATALOG,
    HOME,
    TODAY,
    born,
    found,
    graduate_case,
    parent_case,
)


@pytest.mark.parametrize(
    ("id_no", "old_enough"),
    [
        (born(1966, 1), True),  # sixty today
        (born(1966, 1, day=24), False),  # sixty tomorrow
        (born(1971, 2), True),
        (born(1971, 2, day=24), False),
    ],
)
def test_a_parent_must_have_reached_the_age_of_the_policy(id_no: str, old_enough: bool) -> None:
    expected = [] if old_enough else [("PARENT_TOO_YOUNG", "migrants[0].id_no")]
    assert found(parent_case(id_no)) == expected


@pytest.mark.parametrize(
    ("graduated_on", "code"),
    [
        (date(2024, 11, 23), None),
        (date(2024, 11, 22), DefectCode.GRADUATION_TOO_LONG_AGO),
        (date(2026, 11, 23), None),
        (date(2026, 11, 24), DefectCode.GRADUATION_IN_FUTURE),
    ],
)
def test_a_graduate_applies_within_the_window_of_the_policy(
    graduated_on: date, code: DefectCode | None
) -> None:
    expected = [] if code is None else [(code.value, "graduated_on")]
    assert found(graduate_case(graduated_on)) == expected


def test_a_graduation_on_leap_day_lapses_after_the_28th_of_february() -> None:
    rules = CATALOG.intake_rules("HUKOU-GRADUATION", HOME, on=TODAY)
    application = graduate_case(date(2024, 2, 29))
    results = [
        find_defects(application, rules, destination_locality=HOME, today=day)
        for day in (date(2026, 2, 28), date(2026, 3, 1))
    ]
    assert [len(defects) for defects in results] == [0, 1]
