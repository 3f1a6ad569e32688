"""听证: asked for within five days, held within twenty, announced seven days before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from catalog.loader import load_catalog
from domain.errors import DomainError
from domain.hearings import (
    HearingCode,
    HearingRules,
    ask_until,
    check_hearing,
    hold_from,
    hold_until,
)

CATALOG = load_catalog()
CALENDAR = CATALOG.calendar
RULES = HearingRules(
    *(
        CATALOG.policy(f"hearing.{name}", "371002", on=date(2026, 9, 1)).as_limit()
        for name in ("ask", "hold", "notice")
    )
)


def test_the_three_days_are_working_days_around_two_holidays() -> None:
    assert ask_until(date(2026, 9, 21), RULES, CALENDAR) == date(2026, 9, 29)
    assert hold_until(date(2026, 9, 22), RULES, CALENDAR) == date(2026, 10, 27)
    # Announced on 28 September: the seventh day is 13 October, the hearing on the day after.
    assert hold_from(date(2026, 9, 28), RULES, CALENDAR) == date(2026, 10, 14)


def test_a_notice_whose_days_end_before_a_weekend_leads_to_monday() -> None:
    assert hold_from(date(2026, 11, 18), RULES, CALENDAR) == date(2026, 11, 30)


REGULAR: dict[str, Any] = {
    "told_on": date(2026, 9, 21),
    "asked_on": date(2026, 9, 22),
    "noticed_on": date(2026, 9, 28),
    "held_on": date(2026, 10, 14),
}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"asked_on": date(2026, 9, 30)}, HearingCode.HEARING_ASKED_LATE),
        ({"held_on": date(2026, 10, 13)}, HearingCode.HEARING_NOTICE_SHORT),
        ({"held_on": date(2026, 10, 28)}, HearingCode.HEARING_HELD_LATE),
        ({"held_on": date(2026, 10, 18)}, HearingCode.HEARING_DAY_OFF),
    ],
)
def test_a_hearing_out_of_time_is_refused_with_the_day_that_would_be_in_time(
    changes: dict[str, Any], code: HearingCode
) -> None:
    with pytest.raises(DomainError) as caught:
        check_hearing(**{**REGULAR, **changes}, rules=RULES, calendar=CALENDAR)
    assert caught.value.code is code


@pytest.mark.parametrize("held_on", [date(2026, 10, 14), date(2026, 10, 27)])
def test_a_hearing_on_the_first_or_the_last_possible_day_is_in_order(held_on: date) -> None:
    check_hearing(**{**REGULAR, "held_on": held_on}, rules=RULES, calendar=CALENDAR)
