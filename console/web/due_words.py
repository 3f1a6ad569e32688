"""The colour of a due date and its reason: which limit gives it, and how sure it is.

Used by lists, the case page and the board.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from domain.casework import CLOCK_LABELS

#: A due date within so many days is shown as soon.
_SOON_DAYS = 2


@dataclass(frozen=True, slots=True)
class DueWords:
    """``colour`` is late, today, soon, fine, paused or none; ``left`` and ``limit`` say why.

    ``left`` is a sentence with one number, ``days`` that number.
    """

    colour: str
    left: str
    days: int
    limit: str
    provisional: bool

    def said(self, say: Callable[[str], str]) -> str:
        """``left`` with its number, in the reader's language."""
        words = say(self.left)
        return words % self.days if "%d" in words else words


def due_words(
    on: date | None, today: date, clock: str | None, *, provisional: bool = False
) -> DueWords:
    """What a list says about a due date."""
    limit = next((label for kind, label in CLOCK_LABELS.items() if kind == clock), clock or "")
    if on is None:
        if clock is None:
            return DueWords("none", "无时限", 0, "", False)
        return DueWords("paused", "时限中止", 0, limit, provisional)
    days = (on - today).days
    if days < 0:
        return DueWords("late", "已超期 %d 天", -days, limit, provisional)
    if days == 0:
        return DueWords("today", "今天到期", 0, limit, provisional)
    colour = "soon" if days <= _SOON_DAYS else "fine"
    return DueWords(colour, "还有 %d 天", days, limit, provisional)
