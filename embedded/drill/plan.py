"""What a drill plays: which case is filed on which day where, by the seed alone. Pure.

`embedded.drill.play` carries it out; how the offices then behave is `embedded.drill.conduct`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from domain.calendar import ONE_DAY, Calendar

#: Cases come in during the first part of the drill, so that their limits run out within it.
_FILING_SHARE = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCase:
    """The ``number``-th case, from 1: an example played by people of its own."""

    number: int
    example: str
    filed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A drill from its first to its last day, both played."""

    seed: int
    first: date
    last: date
    cases: tuple[PlannedCase, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """Every day, rest days too."""
        count = (self.last - self.first).days + 1
        return tuple(self.first + timedelta(days=number) for number in range(count))


def draw(
    seed: int, *, first: date, days: int, cases: int, examples: Sequence[str], calendar: Calendar
) -> Plan:
    """A plan of ``cases`` cases over ``days`` calendar days from ``first`` on.

    Every example is dealt once before one comes again: a drill shows as many kinds as it has cases.
    """
    random = Random(f"{seed}/plan")
    last = first + timedelta(days=days - 1)
    # Filed in the first part only, on working days.
    until = first + timedelta(days=max(int(days * _FILING_SHARE), 1))
    open_days = _working_days(first, until, calendar) or [first]
    dealt: list[str] = []
    while len(dealt) < cases:
        deck = sorted(examples)
        random.shuffle(deck)
        dealt += deck
    planned = tuple(
        PlannedCase(number=number, example=example, filed_on=random.choice(open_days))
        for number, example in enumerate(dealt[:cases], 1)
    )
    return Plan(seed=seed, first=first, last=last, cases=planned)


def first_working_day(after: date, calendar: Calendar) -> date:
    """The next working day after a date."""
    day = after + ONE_DAY
    while not calendar.is_working(day):
        day += ONE_DAY
    return day


def _working_days(first: date, until: date, calendar: Calendar) -> list[date]:
    days = (first + timedelta(days=number) for number in range((until - first).days + 1))
    return [day for day in days if calendar.is_working(day)]
