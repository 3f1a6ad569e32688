"""Due dates: the golden vectors agreed first, then what each line of the explanation says."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from catalog.loader import load_catalog
from domain.calendar import SHANGHAI, DayKind
from domain.clocks import (
    Clock,
    ClockCode,
    Effect,
    Extension,
    Limit,
    Pause,
    PauseReason,
    Unit,
    derive,
    due_instant,
)
from domain.errors import DomainError
from domain.estimates import expected_end, pause_start

CALENDAR = load_catalog().calendar


def a_clock(
    started_on: date,
    limit: str,
    *,
    pauses: tuple[Pause, ...] = (),
    extensions: tuple[Extension, ...] = (),
    rolls: bool = True,
) -> Clock:
    return Clock(
        kind="TEST",
        limit=Limit.parse(limit, "示例依据"),
        started_on=started_on,
        pauses=pauses,
        extensions=extensions,
        effect=Effect.ESCALATE,
        rolls=rolls,
    )


def a_pause(from_day: date, to_day: date | None) -> Pause:
    return Pause(PauseReason.SPECIAL_PROCEDURE, from_day, to_day, "特别程序告知书第1号")


def due(clock: Clock) -> date | None:
    return derive(clock, CALENDAR).due_on


@pytest.mark.parametrize(
    ("received", "limit", "expected"),
    [
        (date(2026, 1, 30), "5wd", date(2026, 2, 6)),
        (date(2026, 1, 30), "15wd", date(2026, 2, 27)),
        (date(2026, 2, 13), "20wd", date(2026, 3, 19)),
        (date(2026, 4, 30), "5wd", date(2026, 5, 11)),
        (date(2026, 9, 18), "10wd", date(2026, 10, 9)),
        (date(2026, 9, 24), "15wd", date(2026, 10, 22)),
        (date(2026, 12, 1), "20wd", date(2026, 12, 29)),
    ],
)
def test_the_golden_vectors_of_working_days_hold(
    received: date, limit: str, expected: date
) -> None:
    derivation = derive(a_clock(received, limit), CALENDAR)
    assert derivation.due_on == expected
    assert not derivation.provisional
    assert derivation.calendar_version == CALENDAR.version


def test_a_limit_that_crosses_into_an_unpublished_year_is_provisional() -> None:
    derivation = derive(a_clock(date(2026, 12, 11), "20wd"), CALENDAR)
    # 1 January 2027 is a statutory day in any case; the notice can only add to that.
    assert derivation.due_on == date(2027, 1, 11)
    assert derivation.provisional


@pytest.mark.parametrize(
    ("started", "limit", "rolls", "expected"),
    [
        (date(2026, 11, 23), "3cd", True, date(2026, 11, 26)),
        (date(2026, 11, 25), "3cd", True, date(2026, 11, 30)),  # ends on a Saturday
        (date(2026, 9, 28), "3cd", True, date(2026, 10, 8)),  # ends on National Day
        (date(2026, 2, 11), "3cd", True, date(2026, 2, 14)),  # ends on a make-up Saturday
        (date(2026, 11, 25), "3cd", False, date(2026, 11, 28)),
        (date(2026, 8, 26), "40cd", False, date(2026, 10, 5)),
        (date(2026, 9, 5), "30cd", True, date(2026, 10, 8)),
    ],
)
def test_calendar_days_roll_off_a_holiday_unless_they_are_a_validity(
    started: date, limit: str, rolls: bool, expected: date
) -> None:
    assert due(a_clock(started, limit, rolls=rolls)) == expected


def test_the_validity_of_a_certificate_is_certain_even_in_an_unpublished_year() -> None:
    derivation = derive(a_clock(date(2026, 12, 11), "40cd", rolls=False), CALENDAR)
    assert derivation.due_on == date(2027, 1, 20)
    assert not derivation.provisional
    assert derive(a_clock(date(2026, 12, 11), "40cd"), CALENDAR).provisional


def test_paused_days_are_not_counted_and_the_day_of_resumption_is() -> None:
    pause = a_pause(date(2026, 11, 24), date(2026, 11, 26))
    clock = a_clock(date(2026, 11, 20), "5wd", pauses=(pause,))
    derivation = derive(clock, CALENDAR)
    counted = [one.day.day for one in derivation.days if one.counted]
    assert counted == [23, 26, 27, 30, 1]
    assert derivation.due_on == date(2026, 12, 1)


def test_a_limit_paused_without_an_end_has_no_due_date() -> None:
    clock = a_clock(date(2026, 11, 20), "5wd", pauses=(a_pause(date(2026, 11, 24), None),))
    assert derive(clock, CALENDAR).days[-1].day == date(2026, 11, 23)
    derivation = derive(clock, CALENDAR, today=date(2026, 11, 26))
    assert derivation.due_on is None
    assert [one.why for one in derivation.days[-3:]] == ["暂停：特别程序"] * 3


def test_a_pause_begun_after_the_last_day_revives_nothing() -> None:
    clock = a_clock(date(2026, 11, 20), "2wd", pauses=(a_pause(date(2026, 11, 25), None),))
    assert due(clock) == date(2026, 11, 24)


def test_a_pause_on_a_rolled_last_day_moves_it_on() -> None:
    pause = a_pause(date(2026, 11, 29), date(2026, 12, 2))
    assert due(a_clock(date(2026, 11, 25), "3cd", pauses=(pause,))) == date(2026, 12, 2)


def test_an_extension_approved_in_time_adds_days_and_one_approved_late_adds_none() -> None:
    in_time = Extension(10, "分局负责人", date(2026, 11, 27), "行政许可法第四十二条")
    late = Extension(10, "分局负责人", date(2026, 11, 28), "行政许可法第四十二条")
    assert due(a_clock(date(2026, 11, 20), "5wd")) == date(2026, 11, 27)
    assert due(a_clock(date(2026, 11, 20), "5wd", extensions=(in_time,))) == date(2026, 12, 11)
    assert due(a_clock(date(2026, 11, 20), "5wd", extensions=(late,))) == date(2026, 11, 27)


def test_an_extension_approved_on_a_rolled_day_is_still_in_time() -> None:
    monday = Extension(2, "分局负责人", date(2026, 11, 30), "示例依据")
    # Three days end on Saturday the 28th; Sunday and Monday become the fourth and fifth.
    assert due(a_clock(date(2026, 11, 25), "3cd", extensions=(monday,))) == date(2026, 11, 30)


def test_pause_and_extension_together_keep_both_effects() -> None:
    pause = a_pause(date(2026, 11, 24), date(2026, 11, 26))
    extension = Extension(3, "分局负责人", date(2026, 11, 30), "示例依据")
    clock = a_clock(date(2026, 11, 20), "5wd", pauses=(pause,), extensions=(extension,))
    assert due(clock) == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("revoked_on", "expected"),
    [
        (date(2026, 11, 24), date(2026, 11, 27)),  # its days were not begun: the former date
        (date(2026, 11, 27), date(2026, 11, 27)),
        (date(2026, 12, 2), date(2026, 12, 2)),  # already used: the day of the revocation
        (date(2026, 12, 5), date(2026, 12, 7)),  # on a Saturday: the next working day
        (date(2026, 12, 14), date(2026, 12, 11)),  # it had ended before: nothing is taken back
    ],
)
def test_an_extension_taken_back_ends_the_limit_that_day_at_the_earliest(
    revoked_on: date, expected: date
) -> None:
    given = Extension(10, "分局负责人", date(2026, 11, 23), "示例", revoked_on=revoked_on)
    derivation = derive(a_clock(date(2026, 11, 20), "5wd", extensions=(given,)), CALENDAR)
    assert derivation.due_on == expected


def test_what_was_decided_about_a_limit_stands_in_its_explanation() -> None:
    given = Extension(10, "分局负责人", date(2026, 11, 23), "示例", revoked_on=date(2026, 12, 2))
    clock = a_clock(date(2026, 11, 20), "5wd", extensions=(given,))
    lines = {one.day.day: one.why for one in derive(clock, CALENDAR).days}
    assert lines[23] == "第1日，当日批准延长10个工作日"
    assert lines[1] == "第7日"
    assert lines[2] == "原期限已满，至此日止，当日撤销延长10个工作日"


def test_every_day_is_explained_in_chinese() -> None:
    derivation = derive(a_clock(date(2026, 2, 13), "2wd"), CALENDAR)
    lines = {one.day: one.why for one in derivation.days}
    assert lines[date(2026, 2, 13)] == "起算日不计"
    assert lines[date(2026, 2, 14)] == "调休上班，计入，第1日"
    assert lines[date(2026, 2, 15)] == "法定节假日：春节"
    assert lines[date(2026, 2, 24)] == "第2日"
    weekend = derive(a_clock(date(2026, 11, 20), "1wd"), CALENDAR).days[1]
    assert (weekend.why, weekend.kind, weekend.number) == ("周末", DayKind.WEEKEND, None)
    rolled = derive(a_clock(date(2026, 11, 25), "3cd"), CALENDAR).days
    assert [one.why for one in rolled[3:]] == ["第3日", "周末，顺延", "顺延至此日"]


def test_an_offices_own_closure_is_counted_and_said_so() -> None:
    closed = CALENDAR.with_closed_days([date(2026, 11, 23)])
    derivation = derive(a_clock(date(2026, 11, 20), "1wd"), closed)
    assert derivation.due_on == date(2026, 11, 23)
    assert derivation.days[-1].why == "本机构不办公，依法仍计入，第1日"


def test_the_due_instant_is_the_end_of_the_last_day_in_shanghai() -> None:
    instant = due_instant(date(2026, 12, 31))
    assert instant == datetime(2027, 1, 1, tzinfo=SHANGHAI)
    assert instant.utcoffset() == timedelta(hours=8)


def test_a_limit_is_read_with_its_unit() -> None:
    limit = Limit.parse("15wd", "示例依据")
    assert (limit.length, limit.unit, str(limit)) == (15, Unit.WD, "15wd")
    assert limit.label == "15个工作日"
    assert Limit.parse("40cd", "").label == "40日（自然日）"


@pytest.mark.parametrize("text", ["", "15", "wd", "0wd", "-1wd", "1.5wd", "15 wd", "15WD", "5日"])
def test_a_limit_without_a_clear_unit_is_refused(text: str) -> None:
    with pytest.raises(DomainError) as caught:
        Limit.parse(text, "示例依据")
    assert caught.value.code is ClockCode.MALFORMED_LIMIT


@pytest.mark.parametrize("length", ["1wd", "5wd", "15wd", "5cd", "30cd"])
def test_the_limit_that_watches_a_pause_ends_on_the_day_that_was_told(length: str) -> None:
    days = [date(2026, 1, 1) + timedelta(number) for number in range(300)]
    for today in [day for day in days if not CALENDAR.is_working(day)]:
        monday = CALENDAR.next_working(today)
        begun = pause_start(monday, today)
        pause = Pause(
            PauseReason.SPECIAL_PROCEDURE,
            begun,
            None,
            "特别程序告知书第1号",
            expected=Limit.parse(length, "示例依据"),
        )
        watching = a_clock(begun, length)
        assert due(watching) == expected_end(pause, CALENDAR)
        assert pause_start(today, monday) == monday, "a limit that runs stands still from today"
