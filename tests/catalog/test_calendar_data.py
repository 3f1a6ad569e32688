"""The calendar's data against an independent source, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from catalog.loader import load_catalog

CALENDAR = load_catalog().calendar


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_day_of_a_published_year_agrees_with_chinesecalendar(year: int) -> None:
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    assert len(days) == 365
    wrong = [day for day in days if CALENDAR.is_working(day) != chinese_calendar.is_workday(day)]
    assert wrong == []


def test_every_published_year_names_its_notice() -> None:
    notices = {year: (plan.notice, plan.published_on) for year, plan in CALENDAR.years.items()}
    assert notices == {
        2025: ("国办发明电〔2024〕12号", date(2024, 11, 12)),
        2026: ("国办发明电〔2025〕7号", date(2025, 11, 4)),
    }


@pytest.mark.parametrize(
    ("year", "count"),
    # Thirteen days by the 2024 rules; in 2028 Mid-autumn falls on National Day's third day.
    [(2027, 13), (2028, 12)],
)
def test_unpublished_years_have_exactly_their_statutory_days(year: int, count: int) -> None:
    days = {day: name for day, name in CALENDAR.provisional_holidays.items() if day.year == year}
    assert len(days) == count
    assert {date(year, 1, 1), date(year, 5, 1), date(year, 5, 2)} <= set(days)
    assert {date(year, 10, day) for day in (1, 2, 3)} <= set(days)
    assert all(CALENDAR.is_provisional(day) for day in days)
    # Qingming is the fourth or fifth of April in these decades.
    assert [day.day in (4, 5) for day, name in days.items() if name == "清明节"] == [True]
