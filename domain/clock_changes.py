"""Changing a clock: pausing it, letting it run on, extending it, taking an extension back.

Each only as the law allows. Called by the tests of what a clock is and by whoever changes one
outside a case; every function returns a new clock.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.errors import DomainError
from domain.limits import Clock, ClockCode, Extension, Pause, PauseReason


def add_pause(clock: Clock, pause: Pause, *, today: date) -> Clock:
    """Stop the clock from `pause.from_day`.

    DomainError: PAUSE_NOT_LAWFUL for a reason outside PauseReason (such as waiting for a peer
    office), PAUSE_WITHOUT_EVIDENCE, PAUSE_WITHOUT_LENGTH for a special procedure that is not named
    or whose length nobody could tell the applicant (行政许可法第四十五条), PAUSE_BACKWARDS,
    PAUSE_BEFORE_START, PAUSE_IN_FUTURE, PAUSE_OVERLAPS.
    """
    # The reason may come from storage or a form as plain text, whatever its annotation says.
    if str(pause.reason) not in set(PauseReason):
        raise DomainError(
            ClockCode.PAUSE_NOT_LAWFUL,
            "该事由不能停止计时：等待对方机构不停止其时限。如确有补正、特别程序、"
            "经批准的调查或不可抗力，请选择相应事由并附依据。",
            reason=str(pause.reason),
        )
    if not pause.evidence.strip():
        raise DomainError(
            ClockCode.PAUSE_WITHOUT_EVIDENCE, "暂停计时须有依据文书，请填写文书编号后再提交。"
        )
    special = pause.reason is PauseReason.SPECIAL_PROCEDURE
    if special and (pause.procedure is None or pause.expected is None):
        raise DomainError(
            ClockCode.PAUSE_WITHOUT_LENGTH,
            "特别程序须写明是哪一种和预计所需时间，并书面告知申请人，请补全后再提交。",
        )
    if pause.to_day is not None and pause.to_day < pause.from_day:
        raise DomainError(ClockCode.PAUSE_BACKWARDS, "恢复日期早于暂停日期，请核对两个日期。")
    if pause.from_day < clock.started_on:
        raise DomainError(
            ClockCode.PAUSE_BEFORE_START,
            "暂停日期早于时限起算日，请改为起算日或之后的日期。",
            started_on=clock.started_on,
        )
    if pause.from_day > today:
        raise DomainError(
            ClockCode.PAUSE_IN_FUTURE, "不能预先暂停计时，请在事由发生当日办理。", today=today
        )
    if any(_overlap(pause, other) for other in clock.pauses):
        raise DomainError(
            ClockCode.PAUSE_OVERLAPS, "这段时间已经暂停计时，不必重复办理，请核对原暂停记录。"
        )
    pauses = sorted((*clock.pauses, pause), key=lambda one: one.from_day)
    return replace(clock, pauses=tuple(pauses))


def close_pause(clock: Clock, on: date) -> Clock:
    """Let the clock run on; `on` is the first day counted again.

    DomainError: NOT_PAUSED when no pause is open, PAUSE_BACKWARDS when `on` precedes it.
    """
    opened = next((pause for pause in clock.pauses if pause.to_day is None), None)
    if opened is None:
        raise DomainError(ClockCode.NOT_PAUSED, "该时限没有处于暂停状态，无需恢复，请刷新页面。")
    if on < opened.from_day:
        raise DomainError(
            ClockCode.PAUSE_BACKWARDS,
            "恢复日期早于暂停日期，请核对两个日期。",
            from_day=opened.from_day,
        )
    pauses = tuple(
        replace(pause, to_day=on) if pause is opened else pause for pause in clock.pauses
    )
    return replace(clock, pauses=pauses)


def extend(clock: Clock, extension: Extension, cap: int) -> Clock:
    """Add days in the limit's unit; `cap` bounds all extensions of this clock together.

    A revoked one counts towards the cap: taking it back does not give the chance a second time.

    DomainError: EXTENSION_WRONG (no length, no approver or basis, approved before the start),
    EXTENSION_OVER_CAP. An extension approved after the last day is kept on file but moves no
    date: see `domain.clocks.derive`.
    """
    complete = extension.approved_by.strip() and extension.basis.strip()
    if extension.length <= 0 or not complete or extension.on < clock.started_on:
        raise DomainError(
            ClockCode.EXTENSION_WRONG,
            "延长时限须写明天数、批准人和依据，且批准日期不早于起算日，请补全后再提交。",
        )
    total = extension.length + sum(other.length for other in clock.extensions)
    if total > cap:
        raise DomainError(
            ClockCode.EXTENSION_OVER_CAP,
            f"累计延长不得超过{cap}{clock.limit.unit.label}，请减少天数。",
            cap=cap,
            asked=total,
        )
    return replace(clock, extensions=(*clock.extensions, extension))


def revoke(clock: Clock, on: date, by: str) -> Clock:
    """Take the standing extension back from `on`; days of the past are never taken.

    DomainError: NOT_EXTENDED when no extension stands on that day.
    """
    standing = next(
        (one for one in clock.extensions if one.revoked_on is None and one.on <= on), None
    )
    if standing is None:
        raise DomainError(
            ClockCode.NOT_EXTENDED, "该时限没有生效的延期，无需撤销，请核对办件的时限记录。"
        )
    extensions = tuple(
        replace(one, revoked_on=on, revoked_by=by) if one is standing else one
        for one in clock.extensions
    )
    return replace(clock, extensions=extensions)


def _overlap(one: Pause, other: Pause) -> bool:
    one_ends_first = one.to_day is not None and one.to_day <= other.from_day
    other_ends_first = other.to_day is not None and other.to_day <= one.from_day
    return not (one_ends_first or other_ends_first)
