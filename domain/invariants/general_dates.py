"""K2: every stored date follows from its intervals, its calendar and its log.

Sources: docs/rules.md B2 and D K2; docs/decisions/0026-calendars.md for what another calendar does.
"""

from __future__ import annotations

from domain.calendar import CalendarBook
from domain.invariants.facts import Case, Found, LimitLine, RunningLimit
from domain.invariants.registers import Registers
from domain.invariants.words import clock_word
from domain.limits import Clock, Effect, Limit, Pause, PauseReason, Unit
from domain.recount import Count, counter

_REASONS = {reason.value for reason in PauseReason}
#: Lines with which a clock comes on the log, or leaves it: nothing precedes or follows from them.
_APART = frozenset({"BEFORE_LOG", "START", "UNDONE"})


def due_dates_follow_from_intervals(registers: Registers) -> Found:
    """K2: each stored due date is what its intervals give under the calendar it names."""
    counts: dict[tuple[str, str], Count] = {}
    for case in registers.cases:
        book = registers.book(case.locality)
        for stored in case.clocks:
            clock = _clock(stored)
            known = book.knows(stored.calendar_version)
            if clock is None or (not known and stored.stopped_on is not None):
                continue  # G5 reports it, or it ended under a calendar of before they were kept
            calendar = book.of(stored.calendar_version)
            count = counts.setdefault((case.locality, calendar.version), counter(calendar))
            yield from _date(case, stored, clock, count, known)
            yield from _log(case, stored)
            if stored.stopped_on is None and known:
                now = counts.setdefault(
                    (case.locality, book.in_force.version), counter(book.in_force)
                )
                yield from _left_behind(case, stored, clock, now, book)


def _date(case: Case, stored: RunningLimit, clock: Clock, count: Count, known: bool) -> Found:
    derived = count(clock, stored.promised)
    name = f"“{clock_word(stored.kind)}”第{stored.number}次"
    if (derived.due_on, derived.provisional) != (stored.due_on, stored.provisional):
        under = "" if known else f"（登记时按日历 {stored.calendar_version}）"
        yield case.broken(
            "K2",
            f"{name}登记为 {stored.due_on} 届满{under}，重新推算为 {derived.due_on}；"
            "请核对起止和日历。",
        )
    if stored.promised is not None and derived.promised_on != stored.promised_on:
        yield case.broken(
            "K2",
            f"承诺{name}登记为 {stored.promised_on}，重新推算为 {derived.promised_on}。",
        )


def _log(case: Case, stored: RunningLimit) -> Found:
    """The log ends where the clock stands, and no line of it is missing."""
    if stored.log is None:
        return
    name = f"“{clock_word(stored.kind)}”第{stored.number}次"
    last = stored.log[-1] if stored.log else None
    if last is None or _said(last) != (
        stored.calendar_version,
        stored.due_on,
        stored.promised_on,
        stored.provisional,
    ):
        yield case.broken("K2", f"{name}与时限记录的最后一行不符；请核对由来。")
    for before, line in zip(stored.log, stored.log[1:], strict=False):
        if line.cause not in _APART and line.due_from != before.due_to:
            yield case.broken(
                "K2",
                f"{name}的时限记录中断：前一行至 {before.due_to}，后一行自 {line.due_from}；"
                "请核对。",
            )


def _left_behind(
    case: Case, stored: RunningLimit, clock: Clock, count: Count, book: CalendarBook
) -> Found:
    """After a re-plan only what had run out, or would have, still has its earlier date."""
    behind = stored.calendar_version != book.in_force.version
    if not behind or not book.settled or book.since is None:
        return
    derived = count(clock, None)
    ahead = [one is None or one >= book.since for one in (stored.due_on, derived.due_on)]
    if all(ahead):
        yield case.broken(
            "K2",
            f"“{clock_word(stored.kind)}”第{stored.number}次仍按日历 {stored.calendar_version}，"
            f"没有随 {book.in_force.version} 重排；请查看日历重排流程。",
        )


def _said(line: LimitLine) -> tuple[object, ...]:
    return line.calendar_to, line.due_to, line.promised_to, line.provisional


def _clock(stored: RunningLimit) -> Clock | None:
    """The domain's clock; None where a pause has no lawful reason."""
    if any(pause.reason not in _REASONS for pause in stored.pauses):
        return None
    return Clock(
        kind=stored.kind,
        limit=Limit(stored.length, Unit(stored.unit), stored.basis),
        started_on=stored.started_on,
        pauses=tuple(
            Pause(PauseReason(one.reason), one.from_day, one.to_day, one.evidence)
            for one in stored.pauses
        ),
        extensions=stored.extensions,
        effect=Effect(stored.effect),
        rolls=stored.rolls,
    )
