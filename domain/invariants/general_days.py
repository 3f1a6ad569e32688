"""K4: the days of a case are all given to somebody, each to one, and to whom the trail says.

Source: docs/rules.md B3 用时责任 and D K4. The totals are read from the register, set-based; here
they are held against the plain counter of `domain.responsibility` and against the calendar.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from domain.attribution import Holder
from domain.calendar import Calendar
from domain.casework import FINAL_STAGES
from domain.invariants.facts import Case, Found, UsedDays
from domain.invariants.registers import Registers
from domain.invariants.words import holder_word
from domain.responsibility import Days, days_by_share, holdings, span, total

_FINAL = frozenset(stage.value for stage in FINAL_STAGES)
#: The events that say who holds the ball; the others repeat what the step before them said.
_TURNS = frozenset({"STEP", "SUSPEND", "RESUME", "REGISTER_REALIGNED"})


@dataclass(frozen=True, slots=True)
class _Turn:
    """An event of the trail as `domain.responsibility` reads it."""

    code: str
    holder: str
    office: str
    at: datetime


def days_add_up(registers: Registers) -> Found:
    """K4: ours, theirs, applicant, courier and uncounted together are the calendar's days."""
    for case in registers.cases:
        if case.used is None:
            continue
        calendar = registers.book(case.locality).in_force
        ended_at = _ended_at(case)
        whole = span(case.filed_at, ended_at or case.used.as_of, calendar)
        told = total(case.used.days.values())
        if told != whole:
            yield case.broken(
                "K4",
                f"各方用时合计 {told.calendar} 日（{told.working} 个工作日），按日历应为 "
                f"{whole.calendar} 日（{whole.working} 个工作日）；请核对流水。",
            )
            continue
        own = _plainly(case, case.used, ended_at, calendar)
        for holder in Holder:
            days = case.used.days.get(holder, Days())
            if days != own[holder]:
                yield case.broken(
                    "K4",
                    f"“{holder_word(holder)}”用时登记为 {days.calendar} 日，"
                    f"按流水推算为 {own[holder].calendar} 日；请核对流水。",
                )


def _plainly(
    case: Case, used: UsedDays, ended_at: datetime | None, calendar: Calendar
) -> dict[Holder, Days]:
    turns = [
        _Turn(one.code, one.holder, one.office, one.at) for one in case.events if one.code in _TURNS
    ]
    held = holdings(case.filed_at, case.intake, turns, (), "")
    found: dict[Holder, Days] = defaultdict(Days)
    for share, days in days_by_share(held, ended_at, calendar, used.as_of).items():
        found[share.holder] += days
    return found


def _ended_at(case: Case) -> datetime | None:
    """When the trail reached the final stage in which it stays; steps never lie before what they
    follow. A final step that history never confirmed is followed by what is true instead.
    """
    latest, ended = case.filed_at, None
    for one in case.events:
        latest = max(latest, one.at)
        ended = (ended or latest) if one.stage in _FINAL else None
    return ended
