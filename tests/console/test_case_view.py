"""Whose days were used, and how the papers of a case read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from catalog.loader import load_catalog
from console.wording.case_view import ball_intervals
from console.wording.labels import valid_words
from domain.attribution import Holder, days_used
from domain.calendar import SHANGHAI
from domain.numbered_papers import FOR_GOOD


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=SHANGHAI)


def held(record: dict[str, Any]) -> list[tuple[str, int, int | None]]:
    return [
        (one.holder.value, one.from_.day, one.to.day if one.to else None)
        for one in ball_intervals(record)
        if one.to is None or one.to > one.from_
    ]


def event(day: int, holder: Holder, code: str = "STEP") -> dict[str, Any]:
    return {"at": at(day), "holder": holder.value, "code": code}


def test_the_ball_is_ours_from_filing_until_it_is_passed_on() -> None:
    record = {
        "filed_at": at(2),
        "closed_at": None,
        "events": [event(3, Holder.OURS), event(5, Holder.THEIRS), event(9, Holder.APPLICANT)],
    }
    assert held(record) == [
        ("OURS", 2, 3),
        ("OURS", 3, 5),
        ("THEIRS", 5, 9),
        ("APPLICANT", 9, None),
    ]


def test_a_closed_case_uses_no_more_days() -> None:
    record = {"filed_at": at(2), "closed_at": at(6), "events": [event(6, Holder.UNCOUNTED)]}
    assert held(record) == [("OURS", 2, 6)]


def test_a_suspended_time_is_nobodys() -> None:
    record = {
        "filed_at": at(2),
        "closed_at": None,
        "events": [
            event(4, Holder.OURS, "SUSPEND"),
            event(5, Holder.OURS),
            event(6, Holder.OURS, "RESUME"),
        ],
    }
    assert held(record) == [
        ("OURS", 2, 4),
        ("UNCOUNTED", 4, 5),
        ("UNCOUNTED", 5, 6),
        ("OURS", 6, None),
    ]


def test_a_first_step_dated_before_the_filing_does_not_overlap() -> None:
    record = {"filed_at": at(2, 10), "closed_at": None, "events": [event(2, Holder.OURS)]}
    used = days_used(ball_intervals(record), load_catalog().calendar, at(4))
    assert used[Holder.OURS] == 2


def test_a_paper_without_a_last_day_says_so() -> None:
    assert valid_words(FOR_GOOD) == "长期"
    assert valid_words(date(2026, 11, 23)) == "2026-11-23" and valid_words(None) is None
