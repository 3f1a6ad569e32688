"""Days in law: kinds of day, provisional years, office closures, the day of receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from catalog.calendar_files import calendar_content, calendar_of
from catalog.loader import load_catalog
from domain.calendar import SHANGHAI, Calendar, DayKind, YearPlan, received_on

CALENDAR = load_catalog().calendar
OPENS, CLOSES = time(8, 30), time(17, 0)


def received(instant: datetime, calendar: Calendar = CALENDAR) -> date:
    return received_on(instant, OPENS, CLOSES, calendar)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 11, 23), DayKind.WORKDAY),
        (date(2026, 11, 22), DayKind.WEEKEND),
        (date(2026, 10, 1), DayKind.HOLIDAY),
        (date(2026, 2, 15), DayKind.HOLIDAY),
        (date(2026, 2, 14), DayKind.MAKE_UP),
        (date(2027, 1, 1), DayKind.HOLIDAY),
        (date(2027, 1, 2), DayKind.WEEKEND),
        (date(2027, 1, 4), DayKind.WORKDAY),
        (date(2035, 10, 1), DayKind.WORKDAY),
    ],
)
def test_every_day_has_one_kind(day: date, kind: DayKind) -> None:
    assert CALENDAR.kind(day) is kind
    assert CALENDAR.is_working(day) is (kind in (DayKind.WORKDAY, DayKind.MAKE_UP))


def test_days_of_a_year_without_notice_are_provisional() -> None:
    assert CALENDAR.is_provisional(date(2027, 1, 1))
    assert CALENDAR.is_provisional(date(2027, 12, 1))
    assert CALENDAR.holiday_name(date(2027, 2, 6)) == "春节"


def known(*years: int) -> Calendar:
    """A calendar in which only these years have their notice."""
    plans = {year: YearPlan(year, "示例", date(year - 1, 11, 1), {}, frozenset()) for year in years}
    return replace(CALENDAR, years=plans)


def test_the_end_of_december_is_provisional_until_the_next_years_notice_is_known() -> None:
    # The notice of 2019 gave 30 December 2018 to 1 January off, and had Saturday the 29th worked.
    before, after = known(2018), known(2018, 2019)
    moved = [date(2018, 12, day) for day in (29, 30, 31)]
    assert all(before.is_provisional(day) for day in moved)
    assert not before.is_provisional(date(2018, 12, 28))
    assert not any(after.is_provisional(day) for day in moved)
    # No three days that hold 1 January 2027 begin on the Tuesday, and no Tuesday is a make-up day.
    assert not CALENDAR.is_provisional(date(2026, 12, 29))
    assert CALENDAR.is_provisional(date(2026, 12, 30))
    assert CALENDAR.is_provisional(date(2026, 12, 31))
    assert not CALENDAR.is_provisional(date(2025, 12, 31))


def test_a_calendar_that_was_kept_before_says_what_it_said_then() -> None:
    kept = calendar_content(CALENDAR)
    assert calendar_of(CALENDAR.version, kept) == CALENDAR
    del kept["new_year"]
    assert not calendar_of("从前", kept).is_provisional(date(2026, 12, 31))


def test_a_new_year_block_may_begin_in_the_old_years_december() -> None:
    plan = YearPlan(2027, "示例", date(2026, 11, 1), {date(2026, 12, 31): "元旦"}, frozenset())
    calendar = Calendar("示例", {**CALENDAR.years, 2027: plan}, {})
    assert calendar.kind(date(2026, 12, 31)) is DayKind.HOLIDAY
    assert CALENDAR.kind(date(2026, 12, 31)) is DayKind.WORKDAY


def test_publishing_a_year_replaces_its_statutory_days() -> None:
    plan = YearPlan(2027, "示例", date(2026, 11, 1), {date(2027, 1, 4): "元旦"}, frozenset())
    calendar = Calendar("示例", {**CALENDAR.years, 2027: plan}, CALENDAR.provisional_holidays)
    assert calendar.kind(date(2027, 1, 4)) is DayKind.HOLIDAY
    assert calendar.kind(date(2027, 1, 1)) is DayKind.WORKDAY
    assert not calendar.is_provisional(date(2027, 1, 4))


def test_the_next_working_day_is_the_day_itself_when_it_works() -> None:
    assert CALENDAR.next_working(date(2026, 2, 14)) == date(2026, 2, 14)
    assert CALENDAR.next_working(date(2026, 2, 15)) == date(2026, 2, 24)


def test_an_offices_closure_moves_receipt_but_still_counts_as_a_working_day() -> None:
    closed = CALENDAR.with_closed_days([date(2026, 11, 24), date(2026, 11, 28)])
    assert closed.kind(date(2026, 11, 24)) is DayKind.OFFICE_CLOSED
    assert closed.is_working(date(2026, 11, 24))
    assert closed.kind(date(2026, 11, 28)) is DayKind.WEEKEND
    assert received(datetime(2026, 11, 24, 10, tzinfo=SHANGHAI), closed) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 11, 23, 3, 0, tzinfo=SHANGHAI), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 16, 59, 59, tzinfo=SHANGHAI), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 17, 0, tzinfo=SHANGHAI), date(2026, 11, 24)),
        (datetime(2026, 11, 27, 20, 0, tzinfo=SHANGHAI), date(2026, 11, 30)),
        (datetime(2026, 2, 13, 18, 0, tzinfo=SHANGHAI), date(2026, 2, 14)),
        (datetime(2026, 9, 30, 17, 30, tzinfo=SHANGHAI), date(2026, 10, 8)),
        # 08:59 UTC is 16:59 in Shanghai, 17:30 UTC already the next morning there.
        (datetime(2026, 11, 23, 8, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 17, 30, tzinfo=UTC), date(2026, 11, 24)),
    ],
)
def test_a_filing_after_hours_counts_as_received_on_the_next_day_the_office_works(
    instant: datetime, day: date
) -> None:
    assert received(instant) == day


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        received(datetime(2026, 11, 23, 10))


def test_office_hours_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ValueError, match="opens before"):
        received_on(datetime(2026, 11, 23, 10, tzinfo=SHANGHAI), CLOSES, OPENS, CALENDAR)
