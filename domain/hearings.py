"""听证: on which days a hearing may be held after its announcement.

Pure date rules of 行政许可法 arts 46-48; the lengths are policies (`hearing.*`), all in working
days (art 82). Called by `console.hearing`, which sets a hearing's day; how far a hearing has come
is told by `domain.hearing_steps`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.calendar import ONE_DAY, Calendar
from domain.clocks import Clock, Effect, Limit, derive
from domain.errors import DomainError


class HearingCode(StrEnum):
    HEARING_HELD_LATE = "HEARING_HELD_LATE"
    HEARING_NOTICE_SHORT = "HEARING_NOTICE_SHORT"
    HEARING_DAY_OFF = "HEARING_DAY_OFF"


@dataclass(frozen=True, slots=True)
class HearingRules:
    """The three lengths: to ask after being told, to hold after being asked, to announce before."""

    ask: Limit
    hold: Limit
    notice: Limit


def hold_from(noticed_on: date, rules: HearingRules, calendar: Calendar) -> date:
    """The first day on which a hearing may be held after its announcement.

    Reading of 七日前: the days of the notice lie whole between announcement and hearing.
    """
    return calendar.next_working(_end(noticed_on, rules.notice, calendar) + ONE_DAY)


def check_day(
    on: date, *, noticed_on: date, last: date | None, rules: HearingRules, calendar: Calendar
) -> None:
    """Whether a hearing may be set for that day; ``last`` None: announced, nobody asked (art 46).

    DomainError: HEARING_DAY_OFF, HEARING_NOTICE_SHORT, HEARING_HELD_LATE.
    """
    if not calendar.is_working(on):
        raise DomainError(
            HearingCode.HEARING_DAY_OFF, "听证应安排在工作日举行，请另定日期。", held_on=on
        )
    first = hold_from(noticed_on, rules, calendar)
    if on < first:
        raise DomainError(
            HearingCode.HEARING_NOTICE_SHORT,
            f"听证须提前通知，按通知之日最早可于{first}举行，请改期。",
            first_day=first,
        )
    if last is not None and on > last:
        raise DomainError(
            HearingCode.HEARING_HELD_LATE,
            f"听证应于{last}前举行，请改期；确已逾期的，须说明理由并报告负责人。",
            last_day=last,
        )


def _end(started_on: date, limit: Limit, calendar: Calendar) -> date:
    clock = Clock(kind="HEARING", limit=limit, started_on=started_on, effect=Effect.ESCALATE)
    due_on = derive(clock, calendar).due_on
    assert due_on is not None  # it has no pause
    return due_on
