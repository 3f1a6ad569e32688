"""听证: announced seven working days before, held on a working day and in time."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.loader import load_catalog
from domain.errors import DomainError
from domain.hearings import (
    HearingCode,
    HearingRules,
    check_day,
    hold_from,
)

CATALOG = load_catalog()
CALENDAR = CATALOG.calendar
RULES = HearingRules(
    *(
        CATALOG.policy(f"hearing.{name}", "371002", on=date(2026, 9, 1)).as_limit()
        for name in ("ask", "hold", "notice")
    )
)


def test_the_days_of_a_notice_are_working_days_around_two_holidays() -> None:
    # Announced on 28 September: the seventh day is 13 October, the hearing on the day after.
    assert hold_from(date(2026, 9, 28), RULES, CALENDAR) == date(2026, 10, 14)


def test_a_notice_whose_days_end_before_a_weekend_leads_to_monday() -> None:
    assert hold_from(date(2026, 11, 18), RULES, CALENDAR) == date(2026, 11, 30)


NOTICED, LAST = date(2026, 9, 28), date(2026, 10, 27)


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2026, 10, 13), HearingCode.HEARING_NOTICE_SHORT),
        (date(2026, 10, 28), HearingCode.HEARING_HELD_LATE),
        (date(2026, 10, 18), HearingCode.HEARING_DAY_OFF),
    ],
)
def test_a_hearing_out_of_time_is_refused_with_a_code(on: date, code: HearingCode) -> None:
    with pytest.raises(DomainError) as caught:
        check_day(on, noticed_on=NOTICED, last=LAST, rules=RULES, calendar=CALENDAR)
    assert caught.value.code is code


@pytest.mark.parametrize("on", [date(2026, 10, 14), LAST])
def test_a_hearing_on_the_first_or_the_last_possible_day_is_in_order(on: date) -> None:
    check_day(on, noticed_on=NOTICED, last=LAST, rules=RULES, calendar=CALENDAR)


def test_a_hearing_that_nobody_asked_for_has_no_last_day() -> None:
    on = date(2027, 3, 1)
    check_day(on, noticed_on=NOTICED, last=None, rules=RULES, calendar=CALENDAR)
