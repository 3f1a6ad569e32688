"""Golden vectors of 行政许可法 arts 32, 42-45: acceptance by silence, 20+10, 45+15, 20, 10."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from catalog.loader import load_catalog
from domain.calendar import SHANGHAI, received_on
from domain.clocks import Clock, Effect, Extension, Limit, Pause, PauseReason, derive
from domain.estimates import estimate
from domain.licensing import Approver, LicensingPeriod
from domain.special_procedures import SpecialProcedure

CATALOG = load_catalog()
CALENDAR = CATALOG.calendar


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def due(
    started_on: date, limit: str, *extensions: Extension, pauses: tuple[Pause, ...] = ()
) -> date:
    clock = Clock(
        kind="DECISION",
        limit=Limit.parse(limit, "示例"),
        started_on=started_on,
        pauses=pauses,
        extensions=extensions,
        effect=Effect.ESCALATE,
    )
    due_on = derive(clock, CALENDAR).due_on
    assert due_on is not None
    return due_on


def policy(key: str) -> str:
    rule = CATALOG.policy(key, "371002", on=day("03-02"))
    return rule.limit or str(rule.value)


@pytest.mark.parametrize(
    ("period", "accepted", "regular", "extended"),
    [
        (LicensingPeriod.ORDINARY, "03-02", "03-30", "04-14"),  # over 清明
        (
            LicensingPeriod.JOINT,
            "08-03",
            "10-10",
            "10-30",
        ),  # over 国庆, ends on a make-up day
        (LicensingPeriod.JOINT, "01-16", "03-26", "04-17"),  # over 春节 and 清明
        (LicensingPeriod.PRELIMINARY, "04-03", "05-07", "05-07"),  # no extension in law
    ],
)
def test_the_periods_of_decision_and_their_extensions_end_as_counted_by_hand(
    period: LicensingPeriod, accepted: str, regular: str, extended: str
) -> None:
    start, key = day(accepted), f"common.{period.value.lower()}"
    limit, cap = policy(f"{key}.review"), int(policy(f"{key}.extension_cap"))
    assert due(start, limit) == day(regular)
    given = (Extension(cap, "HC0002", start, "示例", period.approver),) if cap else ()
    assert due(start, limit, *given) == day(extended)


def test_only_the_joint_period_asks_the_government() -> None:
    approvers = {one: one.approver for one in LicensingPeriod}
    assert approvers.pop(LicensingPeriod.JOINT) is Approver.GOVERNMENT
    assert set(approvers.values()) == {Approver.HEAD}


def test_the_result_is_delivered_within_ten_working_days_of_the_decision() -> None:
    assert due(day("09-30"), policy("common.delivery")) == day("10-20")


@pytest.mark.parametrize(
    ("filed", "received", "silent_until", "decided_until"),
    [
        # On Tuesday in office hours; five working days reach over 春节.
        ((2, 10, 15, 0), "02-10", "02-24", "03-16"),
        # On Thursday night: the day of receipt is Friday, and all else follows from it.
        ((2, 12, 22, 30), "02-13", "02-27", "03-19"),
        # On Friday night before a Sunday that is worked: received on that Sunday.
        ((9, 18, 20, 0), "09-20", "09-28", "10-23"),
    ],
)
def test_acceptance_by_silence_counts_from_the_day_of_receipt(
    filed: tuple[int, int, int, int], received: str, silent_until: str, decided_until: str
) -> None:
    instant = datetime(2026, *filed, tzinfo=SHANGHAI)
    receipt = received_on(instant, time(8, 30), time(17, 0), CALENDAR)
    assert receipt == day(received)
    assert due(receipt, policy("common.intake")) == day(silent_until)
    # The days of silence are the office's own loss: the decision's limit began at receipt.
    assert due(receipt, policy("common.ordinary.review")) == day(decided_until)


def test_an_expert_review_moves_the_end_by_its_real_length_and_the_estimate_by_its_told_one() -> (
    None
):
    told = Limit.parse("15wd", "行政许可法第四十五条")
    running = Pause(
        PauseReason.SPECIAL_PROCEDURE,
        day("03-10"),
        None,
        "告知书第1号",
        SpecialProcedure.EXPERT_REVIEW,
        told,
    )
    clock = Clock(
        kind="DECISION",
        limit=Limit.parse("20wd", "示例"),
        started_on=day("03-02"),
        pauses=(running,),
        effect=Effect.ESCALATE,
    )
    # Told on 10 March to take 15 working days: until the 31st. Five days were used, 15 are left.
    assert estimate(clock, CALENDAR, day("03-11")) == day("04-22")
    # It outlasts that: as long as it runs, nobody can say better than "if it ended today".
    assert estimate(clock, CALENDAR, day("04-08")) == day("04-28")
    ended = Pause(running.reason, running.from_day, day("03-25"), running.evidence)
    assert due(day("03-02"), "20wd", pauses=(ended,)) == day("04-15")
