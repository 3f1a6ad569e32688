"""How the offices of a drill behave: prompt, late, silent, wrong; drawn from the seed alone. Pure.

`embedded.drill.play` asks it what an office does with a task today. The same seed gives the same
conduct for the same task, however fast the machine is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

from domain.calendar import Calendar
from domain.supervision import Rung, working_day_after


class Temper(StrEnum):
    """What an office is like; each is played in every drill that has offices enough."""

    PROMPT = "勤"
    USUAL = "平"
    SLOW = "拖"
    IDLE = "怠"


class Manner(StrEnum):
    """What it does with one task."""

    PROMPT = "PROMPT"  # within a few working days, in time
    LATE = "LATE"  # `days` working days after the due date
    SILENT = "SILENT"  # on the day after rung `until`; None: never


#: Weights of prompt, late and silent.
_WEIGHTS = {
    Temper.PROMPT: (90, 8, 2),
    Temper.USUAL: (70, 20, 10),
    Temper.SLOW: (45, 40, 15),
    Temper.IDLE: (25, 35, 40),
}
_WAKES = (Rung.URGE, Rung.SUPERVISION_ORDER, Rung.RECTIFY_BY, Rung.INTERVIEW, Rung.CIRCULAR, None)
_LATEST_DAYS = 12
_PROMPT_DAYS = 2
#: A task without a due date has no lateness: whoever is slow takes so many working days.
_NO_LIMIT_DAYS = 3
_MISTAKE_PERCENT = 20
_ANSWER_PERCENT = 55
_INTERVIEW_PERCENT = 60
_CHECK_PERCENT = 40


@dataclass(frozen=True, slots=True)
class Conduct:
    """One office and one task. ``days``: working days, after opening or after the due date."""

    manner: Manner
    days: int = 0
    until: Rung | None = None
    mistaken: bool = False
    """It first decides wrongly, where its post has a way to."""

    def acts(
        self,
        *,
        opened_on: date,
        due_on: date | None,
        issued: Collection[tuple[Rung, date]],
        today: date,
        calendar: Calendar,
    ) -> bool:
        """Whether the office decides the task today; ``issued``: the rungs on it, with their
        days."""
        if due_on is None:
            wait = self.days if self.manner is Manner.PROMPT else _NO_LIMIT_DAYS
            return today >= working_day_after(opened_on, wait, calendar)
        match self.manner:
            case Manner.PROMPT:
                return today >= min(working_day_after(opened_on, self.days, calendar), due_on)
            case Manner.LATE:
                return today >= working_day_after(due_on, self.days, calendar)
            case Manner.SILENT:
                return any(rung is self.until and day < today for rung, day in issued)


def tempers(seed: int, offices: Sequence[str]) -> dict[str, Temper]:
    """Every office with its temper: dealt round after round, so that none is left out."""
    random = Random(f"{seed}/offices")
    shuffled = sorted(offices)
    random.shuffle(shuffled)
    kinds = tuple(Temper)
    return {office: kinds[number % len(kinds)] for number, office in enumerate(shuffled)}


def conduct(seed: int, task: str, temper: Temper) -> Conduct:
    """What an office of that temper does with a task; ``task`` names it independently of numbers
    that the system gives."""
    random = Random(f"{seed}/{task}")
    mistaken = random.randrange(100) < _MISTAKE_PERCENT
    match random.choices(tuple(Manner), _WEIGHTS[temper])[0]:
        case Manner.LATE:
            return Conduct(Manner.LATE, random.randint(1, _LATEST_DAYS), mistaken=mistaken)
        case Manner.SILENT:
            return Conduct(Manner.SILENT, until=random.choice(_WAKES))
        case _:
            return Conduct(Manner.PROMPT, random.randint(1, _PROMPT_DAYS), mistaken=mistaken)


@dataclass(frozen=True, slots=True)
class Response:
    """What becomes of one rung: answered by the office or not, checked by the supervisor or not.

    ``after`` working days; an answer that would come too late is one that does not come.
    """

    answers: bool
    after: int
    checks: bool


def response(seed: int, rung: Rung, task: str, round_: int) -> Response:
    """How office and supervisor treat a rung of a task."""
    random = Random(f"{seed}/{task}/{round_}/{rung}")
    percent = _INTERVIEW_PERCENT if rung is Rung.INTERVIEW else _ANSWER_PERCENT
    return Response(
        answers=random.randrange(100) < percent,
        after=random.randint(0, 1),
        checks=random.randrange(100) < _CHECK_PERCENT,
    )
