"""Which version of an item's definition is in force on a day, by the log of what was published.

Used by `activities.definitions`; the log itself is kept by `storage.definition_log`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DefinitionChange(StrEnum):
    """What happened to a definition in a locality."""

    DRAFTED = "DRAFTED"  # laid open for review, without effect
    PUBLISHED = "PUBLISHED"
    WITHDRAWN = "WITHDRAWN"  # what was published is taken back

    @property
    def label(self) -> str:
        """The change in Chinese."""
        return _LABELS[self]


_LABELS = {
    DefinitionChange.DRAFTED: "起草",
    DefinitionChange.PUBLISHED: "公布",
    DefinitionChange.WITHDRAWN: "撤回",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log, as far as force depends on it.

    ``withdraws`` is the number of the publication that a withdrawal takes back; ``first_day`` the
    day from which a publication is in force.
    """

    number: int
    change: DefinitionChange
    version: str
    first_day: date | None = None
    withdraws: int | None = None


def standing(lines: Iterable[Line], *, seen: date | None = None) -> list[Line]:
    """The publications that nobody has taken back, in the order in which they come into force.

    ``seen``: only those that are in force by that day. Of two for the same day the later one
    counts, so the last of the list is the one in force.
    """
    published: dict[int, Line] = {}
    for line in lines:
        if line.change is DefinitionChange.PUBLISHED:
            published[line.number] = line
        elif line.change is DefinitionChange.WITHDRAWN and line.withdraws is not None:
            published.pop(line.withdraws, None)
    counted = [
        line
        for line in published.values()
        if line.first_day is not None and (seen is None or line.first_day <= seen)
    ]
    return sorted(counted, key=lambda line: (line.first_day or date.min, line.number))


def in_force(lines: Iterable[Line], on: date) -> Line | None:
    """The publication in force on a day; None: what the program ships."""
    found = standing(lines, seen=on)
    return found[-1] if found else None
