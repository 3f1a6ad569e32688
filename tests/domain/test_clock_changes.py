"""What may be done to a running clock, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast

import pytest

from domain.clocks import (
    Clock,
    ClockCode,
    Effect,
    Extension,
    Limit,
    Pause,
    PauseReason,
    Unit,
    add_pause,
    close_pause,
    extend,
    revoke,
)
from domain.errors import DomainError
from domain.special_procedures import SpecialProcedure

TODAY = date(2026, 11, 27)
CLOCK = Clock(
    kind="TEST",
    limit=Limit.parse("20wd", "示例依据"),
    started_on=date(2026, 11, 20),
    effect=Effect.ESCALATE,
)


TOLD = Limit(15, Unit.WD, "行政许可法第四十五条")


def a_pause(
    from_day: date = date(2026, 11, 24),
    to_day: date | None = None,
    reason: PauseReason = PauseReason.CORRECTION,
    evidence: str = "补正告知书第1号",
    procedure: SpecialProcedure | None = SpecialProcedure.TEST,
    expected: Limit | None = TOLD,
) -> Pause:
    if reason is not PauseReason.SPECIAL_PROCEDURE:
        procedure, expected = None, None
    return Pause(reason, from_day, to_day, evidence, procedure, expected)


def an_extension(length: int = 10, on: date = TODAY, approved_by: str = "HC0002") -> Extension:
    return Extension(length, approved_by, on, "行政许可法第四十二条")


@pytest.mark.parametrize("reason", list(PauseReason))
def test_a_clock_stops_for_every_lawful_reason(reason: PauseReason) -> None:
    paused = add_pause(CLOCK, a_pause(reason=reason), today=TODAY)
    assert paused.pauses == (a_pause(reason=reason),)
    assert CLOCK.pauses == ()


SPECIAL = a_pause(reason=PauseReason.SPECIAL_PROCEDURE)


@pytest.mark.parametrize(
    "pause", [replace(SPECIAL, procedure=None), replace(SPECIAL, expected=None)]
)
def test_a_special_procedure_is_named_with_the_length_that_was_told(pause: Pause) -> None:
    with pytest.raises(DomainError) as caught:
        add_pause(CLOCK, pause, today=TODAY)
    assert caught.value.code is ClockCode.PAUSE_WITHOUT_LENGTH


def test_an_extension_is_taken_back_once_and_does_not_come_back() -> None:
    extended = extend(CLOCK, an_extension(6), 10)
    revoked = revoke(extended, date(2026, 12, 1), "HC0002")
    (taken,) = revoked.extensions
    assert (taken.revoked_on, taken.revoked_by, taken.length) == (date(2026, 12, 1), "HC0002", 6)
    with pytest.raises(DomainError) as caught:
        revoke(revoked, date(2026, 12, 2), "HC0002")
    assert caught.value.code is ClockCode.NOT_EXTENDED
    with pytest.raises(DomainError) as over:
        extend(revoked, an_extension(5), 10)
    assert over.value.code is ClockCode.EXTENSION_OVER_CAP


@pytest.mark.parametrize("clock", [CLOCK, extend(CLOCK, an_extension(3), 10)])
def test_nothing_is_taken_back_that_was_not_given_by_then(clock: Clock) -> None:
    with pytest.raises(DomainError) as caught:
        revoke(clock, date(2026, 11, 26), "HC0002")
    assert caught.value.code is ClockCode.NOT_EXTENDED


def test_waiting_for_a_peer_office_is_no_reason_to_stop() -> None:
    reason = cast(PauseReason, "WAITING_FOR_PEER")
    with pytest.raises(DomainError) as caught:
        add_pause(CLOCK, a_pause(reason=reason), today=TODAY)
    assert caught.value.code is ClockCode.PAUSE_NOT_LAWFUL


@pytest.mark.parametrize(
    ("pause", "code"),
    [
        (a_pause(evidence="  "), ClockCode.PAUSE_WITHOUT_EVIDENCE),
        (a_pause(to_day=date(2026, 11, 23)), ClockCode.PAUSE_BACKWARDS),
        (a_pause(from_day=date(2026, 11, 19)), ClockCode.PAUSE_BEFORE_START),
        (a_pause(from_day=date(2026, 11, 28)), ClockCode.PAUSE_IN_FUTURE),
    ],
)
def test_a_pause_that_is_not_in_order_is_refused(pause: Pause, code: ClockCode) -> None:
    with pytest.raises(DomainError) as caught:
        add_pause(CLOCK, pause, today=TODAY)
    assert caught.value.code is code


def test_a_day_cannot_be_paused_twice_but_pauses_may_touch() -> None:
    paused = add_pause(CLOCK, a_pause(to_day=date(2026, 11, 26)), today=TODAY)
    with pytest.raises(DomainError) as caught:
        add_pause(paused, a_pause(from_day=date(2026, 11, 25)), today=TODAY)
    assert caught.value.code is ClockCode.PAUSE_OVERLAPS
    touching = add_pause(paused, a_pause(from_day=date(2026, 11, 26)), today=TODAY)
    assert len(touching.pauses) == 2
    before = a_pause(date(2026, 11, 23), date(2026, 11, 24))
    assert len(add_pause(touching, before, today=TODAY).pauses) == 3


def test_nothing_is_paused_while_a_pause_is_open() -> None:
    paused = add_pause(CLOCK, a_pause(), today=TODAY)
    with pytest.raises(DomainError) as caught:
        add_pause(paused, a_pause(from_day=date(2026, 11, 27)), today=TODAY)
    assert caught.value.code is ClockCode.PAUSE_OVERLAPS


def test_pauses_are_kept_in_the_order_of_their_days() -> None:
    later = a_pause(date(2026, 11, 26), date(2026, 11, 27))
    earlier = a_pause(date(2026, 11, 23), date(2026, 11, 24))
    clock = add_pause(add_pause(CLOCK, later, today=TODAY), earlier, today=TODAY)
    assert clock.pauses == (earlier, later)


def test_a_resumed_clock_keeps_the_pause_on_file() -> None:
    paused = add_pause(CLOCK, a_pause(), today=TODAY)
    running = close_pause(paused, date(2026, 11, 26))
    assert running.pauses == (a_pause(to_day=date(2026, 11, 26)),)


def test_a_pause_answered_on_the_same_day_costs_nothing() -> None:
    paused = add_pause(CLOCK, a_pause(), today=TODAY)
    assert not close_pause(paused, date(2026, 11, 24)).pauses[0].covers(date(2026, 11, 24))


def test_a_running_clock_cannot_be_resumed() -> None:
    with pytest.raises(DomainError) as caught:
        close_pause(CLOCK, TODAY)
    assert caught.value.code is ClockCode.NOT_PAUSED


def test_a_clock_cannot_resume_before_it_stopped() -> None:
    paused = add_pause(CLOCK, a_pause(), today=TODAY)
    with pytest.raises(DomainError) as caught:
        close_pause(paused, date(2026, 11, 23))
    assert caught.value.code is ClockCode.PAUSE_BACKWARDS


def test_extensions_together_stay_within_the_cap() -> None:
    extended = extend(extend(CLOCK, an_extension(6), 10), an_extension(4), 10)
    assert [extension.length for extension in extended.extensions] == [6, 4]
    with pytest.raises(DomainError) as caught:
        extend(extended, an_extension(1), 10)
    assert caught.value.code is ClockCode.EXTENSION_OVER_CAP
    assert caught.value.facts == {"cap": 10, "asked": 11}


@pytest.mark.parametrize(
    "extension",
    [
        an_extension(length=0),
        an_extension(length=-3),
        an_extension(approved_by=" "),
        an_extension(on=date(2026, 11, 19)),
    ],
)
def test_an_extension_needs_days_an_approver_and_a_date_after_the_start(
    extension: Extension,
) -> None:
    with pytest.raises(DomainError) as caught:
        extend(CLOCK, extension, 10)
    assert caught.value.code is ClockCode.EXTENSION_WRONG
