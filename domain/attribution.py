"""Whose days were used: splits the working days of a case among those who held the ball.

Called by the progress page, the supervisor's board and the bulletin.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from domain.calendar import ONE_DAY, SHANGHAI, Calendar
from domain.errors import DomainError


class AttributionCode(StrEnum):
    INTERVALS_OVERLAP = "INTERVALS_OVERLAP"
    INTERVAL_BACKWARDS = "INTERVAL_BACKWARDS"


class Holder(StrEnum):
    """Who had to act next; UNCOUNTED is a lawful pause or a time nobody is answerable for."""

    OURS = "OURS"
    THEIRS = "THEIRS"
    APPLICANT = "APPLICANT"
    COURIER = "COURIER"
    UNCOUNTED = "UNCOUNTED"


@dataclass(frozen=True, slots=True)
class BallInterval:
    """`holder` had the ball from `from_` up to `to` (None: has it now); aware instants."""

    holder: Holder
    from_: datetime
    to: datetime | None


def days_used(
    intervals: Iterable[BallInterval], calendar: Calendar, now: datetime
) -> dict[Holder, int]:
    """Working days per holder, every holder present.

    A working day belongs to whoever held the ball when it began (00:00 Asia/Shanghai); a day that
    began in a gap is UNCOUNTED. That is the rule of every limit in law, start day not counted: an
    office that takes over on Monday at ten uses its first day on Tuesday, exactly as its own clock
    says. The day of filing belongs to nobody, today belongs to whoever held the ball this morning.
    The sum is therefore the number of working days after the first day up to the last one.

    DomainError: INTERVALS_OVERLAP, INTERVAL_BACKWARDS.
    """
    ordered = sorted((one for one in intervals if one.from_ <= now), key=_order)
    _check(ordered)
    used = dict.fromkeys(Holder, 0)
    if not ordered:
        return used
    ends_at = ordered[-1].to
    last_day = _local_day(now if ends_at is None else min(ends_at, now))
    day = _local_day(ordered[0].from_) + ONE_DAY
    position = 0
    while day <= last_day:
        begins = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
        while position + 1 < len(ordered) and ordered[position + 1].from_ <= begins:
            position += 1
        if calendar.is_working(day):
            used[_holder_at(ordered[position], begins)] += 1
        day += ONE_DAY
    return used


def _order(interval: BallInterval) -> tuple[datetime, bool, datetime]:
    # Somebody who passed the ball on at once comes before whoever then kept it.
    return interval.from_, interval.to is None, interval.to or interval.from_


def _holder_at(interval: BallInterval, instant: datetime) -> Holder:
    held = interval.to is None or instant < interval.to
    return interval.holder if held else Holder.UNCOUNTED


def _local_day(instant: datetime) -> date:
    return instant.astimezone(SHANGHAI).date()


def _check(ordered: list[BallInterval]) -> None:
    for one in ordered:
        if one.to is not None and one.to < one.from_:
            raise DomainError(
                AttributionCode.INTERVAL_BACKWARDS,
                "办理阶段的结束时间早于开始时间，请系统管理员核对该办件的阶段记录。",
            )
    for one, following in pairwise(ordered):
        if one.to is None or one.to > following.from_:
            raise DomainError(
                AttributionCode.INTERVALS_OVERLAP,
                "两个办理阶段的时间相互重叠，请系统管理员核对该办件的阶段记录。",
            )
