"""Periods: which there are, which are due, and the working days that a bulletin keeps."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bulletins import (
    MAKE_UP,
    BulletinKind,
    DayList,
    before,
    due_periods,
    ends_at,
    period_of,
    read_period,
    written,
)
from domain.calendar import SHANGHAI
from domain.errors import DomainError
from domain.figures import Period
from tests.bulletins.world import CATALOG

DAILY, MONTHLY = BulletinKind.DAILY, BulletinKind.MONTHLY
KINDS = st.sampled_from(BulletinKind)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@given(KINDS, DAYS)
def test_a_period_is_read_as_it_is_written_and_follows_the_one_before(
    kind: BulletinKind, day: date
) -> None:
    period = period_of(kind, day)
    assert period.holds(day)
    assert read_period(kind, written(kind, period)) == period
    assert before(kind, period).last == period.first - timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "words"),
    [(DAILY, "2026-11"), (DAILY, "昨天"), (MONTHLY, "2026-13"), (MONTHLY, "2026-11-01")],
)
def test_a_period_that_is_none_is_refused_with_the_right_form(
    kind: BulletinKind, words: str
) -> None:
    with pytest.raises(DomainError, match="请写成"):
        read_period(kind, words)


def test_the_first_bulletin_is_of_the_last_period_that_is_over() -> None:
    assert due_periods(DAILY, None, date(2026, 11, 23)) == [
        Period(date(2026, 11, 22), date(2026, 11, 22))
    ]
    assert due_periods(MONTHLY, None, date(2026, 11, 1)) == [
        Period(date(2026, 10, 1), date(2026, 10, 31))
    ]


def test_missed_days_are_due_oldest_first_and_not_for_ever() -> None:
    found = due_periods(DAILY, date(2026, 11, 19), date(2026, 11, 23))
    assert [one.first.day for one in found] == [20, 21, 22]
    assert due_periods(DAILY, date(2026, 11, 22), date(2026, 11, 23)) == []
    assert len(due_periods(DAILY, date(2020, 1, 1), date(2026, 11, 23))) == MAKE_UP


def test_a_period_ends_before_the_next_day_begins() -> None:
    midnight = datetime(2026, 12, 1, tzinfo=SHANGHAI)
    assert ends_at(period_of(MONTHLY, date(2026, 11, 9))) == midnight - timedelta(microseconds=1)


@given(DAYS)
def test_a_kept_list_of_days_says_what_the_calendar_said(day: date) -> None:
    calendar = CATALOG.calendar
    kept = DayList.read(DayList.of(calendar, date(2024, 1, 1), date(2027, 12, 31)).kept())
    assert kept.is_working(day) == calendar.is_working(day)
