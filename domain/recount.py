"""Counting a running clock again when the calendar changes: what moves, and what must not.

Called by the re-plan of all open clocks and by the check of a single one whose timer has run out,
so that both always give the same answer (docs/decisions/0026-calendars.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.calendar import Calendar
from domain.clocks import derive
from domain.limits import Clock


class Change(StrEnum):
    """Why another calendar is in force."""

    SHIPPED = "SHIPPED"  # a release of the program brought it
    PUBLISHED = "PUBLISHED"
    CORRECTED = "CORRECTED"  # a later notice for a year that had one
    WITHDRAWN = "WITHDRAWN"  # what was published was wrong

    @property
    def label(self) -> str:
        """The change in Chinese."""
        return _LABELS[self]


_LABELS = {
    Change.SHIPPED: "随程序发布",
    Change.PUBLISHED: "公布",
    Change.CORRECTED: "更正",
    Change.WITHDRAWN: "撤回",
}


class Outcome(StrEnum):
    """What the new calendar did to one clock."""

    MOVED = "MOVED"
    CONFIRMED = "CONFIRMED"  # the same day, no longer provisional (or provisional again)
    SAME = "SAME"
    EXPIRED = "EXPIRED"  # its last day had passed before: it stays expired
    KEPT = "KEPT"  # its new last day would have passed already: it keeps the one that was told


@dataclass(frozen=True, slots=True)
class Dates:
    """What a calendar gives for one clock; `due_on` is None while it is paused without an end."""

    due_on: date | None
    promised_on: date | None
    provisional: bool


Count = Callable[[Clock, int | None], Dates]


def counter(calendar: Calendar) -> Count:
    """Counts clocks on one calendar; equal intervals are counted once.

    The kind and the basis of a limit move no date, so ten thousand clocks that began on the same
    day with the same length cost one derivation.
    """
    known: dict[tuple[Clock, int | None], Dates] = {}

    def count(clock: Clock, promised: int | None) -> Dates:
        bare = replace(clock, kind="", limit=replace(clock.limit, basis=""))
        key = (bare, promised)
        found = known.get(key)
        if found is None:
            derived = derive(bare, calendar)
            shorter = None
            if promised is not None:
                limit = replace(bare.limit, length=promised)
                shorter = derive(replace(bare, limit=limit), calendar).due_on
            found = known[key] = Dates(derived.due_on, shorter, derived.provisional)
        return found

    return count


def recount(told: Dates, new: Dates, *, on: date, change: Change) -> tuple[Outcome, Dates]:
    """Which dates hold after a change of calendar that came into force here on day `on`.

    A last day that had passed when the change came stays: its effect, if it had one, was lawful.
    Only where the change says that the earlier calendar was wrong does such a clock run again,
    and only if its right last day still lies ahead. A last day is never moved into the past:
    nobody can keep a day that was not known before it was over.
    """
    if told.due_on is not None and told.due_on < on:
        ahead = new.due_on is None or new.due_on >= on
        if not (change is Change.WITHDRAWN and ahead):
            return Outcome.EXPIRED, told
    elif new.due_on is not None and new.due_on < on:
        return Outcome.KEPT, told
    if told.due_on != new.due_on or told.promised_on != new.promised_on:
        return Outcome.MOVED, new
    return (Outcome.SAME if told.provisional == new.provisional else Outcome.CONFIRMED), new
