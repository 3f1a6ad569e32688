"""Broken examples of G4, G5, G6 and K2: trail, clocks and waiting."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.calendar import CalendarBook
from domain.invariants.facts import LimitLine, PauseTaken, RunningLimit
from domain.invariants.registers import Registers
from domain.limits import Extension
from tests.domain.invariant_damage import (
    EARLIER,
    Broken,
    case,
    clocks,
    paused,
    tasks,
)
from tests.domain.invariant_facts import CALENDAR, NOW, TODAY, clock, event
from tests.domain.invariant_world import change, landed, on_the_way


def with_books(world: Registers) -> Registers:
    """Every locality has kept an earlier calendar, and the one in force has been counted on."""
    book = CalendarBook(
        CALENDAR, {"样例": replace(CALENDAR, version="样例")}, since=TODAY, settled=True
    )
    return replace(world, calendars=dict.fromkeys(world.localities, book))


def torn(limit: RunningLimit) -> RunningLimit:
    """A limit whose log says where it stands, but not how it came there."""
    last = LimitLine(
        cause="PUBLISHED",
        calendar_to=limit.calendar_version,
        due_from=EARLIER,
        due_to=limit.due_on,
        promised_to=limit.promised_on,
        provisional=limit.provisional,
    )
    first = replace(last, cause="START", due_from=None, due_to=TODAY)
    return replace(limit, log=(first, last))


BROKEN: list[Broken] = [
    (
        "G4",
        "the stage differs from the trail",
        "最后一条流水",
        lambda: case(landed(), "HOME", holder="OURS"),
    ),
    (
        "G4",
        "a step is missing",
        "环节编号有缺漏",
        lambda: case(landed(), "HOME", transitions=landed().cases[0].transitions[1:]),
    ),
    (
        "G4",
        "a step without a line in the trail",
        "在流水与办理记录中不一致",
        lambda: case(landed(), "HOME", events=landed().cases[0].events[1:]),
    ),
    (
        "G4",
        "ended at the wrong stage",
        "阶段却是“已归档”",
        lambda: case(landed(), "HOME", ending="WITHDRAWN"),
    ),
    ("G4", "closed without an ending", "不相符", lambda: case(landed(), "HOME", ending=None)),
    (
        "G5",
        "a pause without lawful reason",
        "不是法定中止事由",
        lambda: paused(reason="WAITING_FOR_PEER"),
    ),
    ("G5", "a pause without evidence", "没有依据", lambda: paused(evidence="")),
    ("G5", "a pause on an unknown command", "没有书面依据", lambda: paused(evidence="c-unknown")),
    ("G5", "a pause before its start", "前后颠倒", lambda: paused(from_day=EARLIER)),
    (
        "G5",
        "a pause that is not in the trail",
        "流水中没有记载",
        lambda: change(
            paused(),
            "HOME",
            lambda home: replace(home, events=tuple(e for e in home.events if e.code != "SUSPEND")),
        ),
    ),
    (
        "G5",
        "a stop that is not in the trail",
        "流水中记载0次",
        lambda: change(
            landed(),
            "HOME",
            lambda home: replace(
                home, events=tuple(e for e in home.events if e.code != "CLOCK_STOPPED")
            ),
        ),
    ),
    (
        "G5",
        "two runs of one limit at a time",
        "前一次仍在计时",
        lambda: clocks(on_the_way(), clock("DECISION", stopped=False), clock("DECISION", number=2)),
    ),
    (
        "G5",
        "a suspension without effect",
        "没有落到任何时限上",
        lambda: change(
            on_the_way(),
            "HOME",
            lambda home: replace(home, events=(event("SUSPEND", 1, 7, home), *home.events)),
        ),
    ),
    (
        "G6",
        "nothing ends the wait",
        "没有待办、没有时限",
        lambda: tasks(on_the_way(), "HOME", "LANDING", status="SUPERSEDED"),
    ),
    (
        "G6",
        "nobody has the ball",
        "没有球在谁手",
        lambda: case(on_the_way(), "HOME", holder="UNCOUNTED"),
    ),
    (
        "G6",
        "a bundle of which no item is at work",
        "没有待办、没有时限",
        lambda: case(
            tasks(on_the_way(), "HOME", "LANDING", status="SUPERSEDED"), "HOME", stage="CHILDREN"
        ),
    ),
    (
        "G6",
        "nobody keeps the papers",
        "材料保管机构",
        lambda: case(on_the_way(), "HOME", custodian=""),
    ),
    (
        "G6",
        "a filed case that never began",
        "没有启动办理",
        lambda: case(
            on_the_way(), "HOME", transitions=(), events=(), filed_at=NOW - timedelta(hours=2)
        ),
    ),
    (
        "G6",
        "an open task behind a closed case",
        "仍有1项待办",
        lambda: tasks(landed(), "HOME", "REVIEW", status="OPEN"),
    ),
    (
        "G6",
        "a clock that runs on",
        "仍在计时",
        lambda: clocks(landed(), clock("DECISION", stopped=False)),
    ),
    (
        "K2",
        "a due date too early",
        "登记为 2026-11-23 届满",
        lambda: clocks(landed(), clock("DECISION", due_on=TODAY)),
    ),
    (
        "K2",
        "a pause that moved nothing",
        "重新推算为 2026-12-28",
        lambda: clocks(
            on_the_way(),
            clock(
                "DECISION",
                stopped=False,
                pauses=(
                    PauseTaken(
                        reason="INVESTIGATION",
                        from_day=TODAY + timedelta(1),
                        to_day=TODAY + timedelta(8),
                        evidence="样例文书",
                    ),
                ),
            ),
        ),
    ),
    (
        "K2",
        "an extension that moved nothing",
        "重新推算为 2026-12-28",
        lambda: clocks(landed(), clock("DECISION", extensions=(Extension(5, "X", TODAY, "样例"),))),
    ),
    (
        "K2",
        "an outdated calendar",
        "登记时按日历 old",
        lambda: clocks(
            on_the_way(),
            clock("DECISION", stopped=False, calendar_version="old", due_on=TODAY + timedelta(40)),
        ),
    ),
    (
        "K2",
        "a date that its own calendar does not give",
        "重新推算为",
        lambda: with_books(
            clocks(
                on_the_way(),
                clock(
                    "DECISION",
                    stopped=False,
                    calendar_version="样例",
                    due_on=TODAY + timedelta(40),
                ),
            )
        ),
    ),
    (
        "K2",
        "a clock that no re-plan has reached",
        "没有随",
        lambda: with_books(
            clocks(on_the_way(), clock("DECISION", stopped=False, calendar_version="样例"))
        ),
    ),
    (
        "K2",
        "a date that is not on the log",
        "与时限记录的最后一行不符",
        lambda: clocks(on_the_way(), clock("DECISION", stopped=False, log=())),
    ),
    (
        "K2",
        "a log with a line missing",
        "时限记录中断",
        lambda: clocks(on_the_way(), torn(clock("DECISION", stopped=False))),
    ),
    (
        "K2",
        "a promise that differs",
        "承诺",
        lambda: clocks(landed(), clock("DECISION", promised=10, promised_on=TODAY)),
    ),
]
