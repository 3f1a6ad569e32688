"""Which rungs the policies ask for, counted day by day from what the patrols had before them. Pure.

The patrol reckons with dates (`domain.supervision`); this counts days, and reads the policy rows
itself, so that the verdict of a drill does not repeat the rules that it is to check.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from domain.calendar import ONE_DAY, Calendar
from domain.limits import Unit
from embedded.drill.facts import Facts, Patrolled, Seen, TaskFact

#: Lowest first, as docs/runbook/supervision.md lists them.
RUNGS = (
    "REMIND",
    "OVERDUE",
    "URGE",
    "SUPERVISION_ORDER",
    "RECTIFY_BY",
    "INTERVIEW",
    "CIRCULAR",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """What the policies of a locality say of one rung, in working days."""

    rung: str
    level: int
    after: int
    reply: int
    must_answer: bool
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """A locality's ladder as its policy rows and its data file have it on one day."""

    rungs: tuple[Configured, ...]
    warn_share: int
    warn_days: int
    told_level: int
    superior_level: int
    own_level: int
    lead: str
    superior: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One rung that has to be there."""

    task_id: str
    rung: str
    round: int
    issued_on: date
    reply_due: date | None
    task_due_on: date
    warning: str
    rule: str
    level: int
    days_late: int
    by_superior: bool
    tells: bool
    """Whether the home is told by letter of this very one: the highest of its patrol."""


#: (task, round, rung) -> when it was answered, if ever.
Answers = Mapping[tuple[str, int, str], datetime | None]
#: (locality, day) -> what is configured there on that day.
Rules = Callable[[str, date], Configuration]


@dataclass(slots=True)
class _Ladder:
    """The newest round of one task: `steps` of it, lowest first; `told` is every rung so far."""

    round: int = 1
    steps: list[Due] = field(default_factory=list)
    told: list[Due] = field(default_factory=list)
    ended: dict[int, str] = field(default_factory=dict)

    def end(self, how: str) -> None:
        self.ended[self.round] = how
        self.steps = []
        self.round += 1


@dataclass(frozen=True, slots=True)
class Expectation:
    """Every rung that has to be there, and how rounds of (task, round) have ended."""

    rungs: tuple[Due, ...]
    ended: Mapping[tuple[str, int], str]


def expect(facts: Facts, rules: Rules, calendar: Calendar) -> Expectation:
    """Walk through the patrols in their order and climb where the policies say so."""
    tasks = {task.task_id: task for task in facts.tasks}
    answers = {(one.task_id, one.round, one.rung): one.answered_at for one in facts.rungs}
    ladders: dict[str, _Ladder] = {}
    for patrol in sorted(facts.patrols, key=lambda one: one.at):
        if not calendar.is_working(patrol.day):
            continue
        seen = {one.task_id: one for one in patrol.seen}
        for task_id, ladder in ladders.items():
            over = task_id not in seen and tasks[task_id].locality == patrol.locality
            if over and ladder.steps:
                ladder.end("CLOSED")
        walk = _Walk(patrol, rules(patrol.locality, patrol.day), answers, calendar)
        for task_id, task in seen.items():
            ladder = ladders.setdefault(task_id, _Ladder())
            walk.look(ladder, task, tasks[task_id])
    return Expectation(
        tuple(one for ladder in ladders.values() for one in ladder.told),
        {(task, number): how for task, one in ladders.items() for number, how in one.ended.items()},
    )


@dataclass(frozen=True, slots=True)
class _Walk:
    """One patrol at one task after the other."""

    patrol: Patrolled
    here: Configuration
    answers: Answers
    calendar: Calendar

    def look(self, ladder: _Ladder, task: Seen, fact: TaskFact) -> None:
        """End a round whose date moved away, then climb as far as today allows."""
        if task.due_on is None:
            return
        if ladder.steps and task.due_on > ladder.steps[-1].task_due_on:
            only_warned = len(ladder.steps) == 1
            stands = self._warned(task) if only_warned else self.patrol.day > task.due_on
            if not stands:
                ladder.end("WITHDRAWN")
        begun = len(ladder.told)
        while len(ladder.steps) < len(self.here.rungs) and self._is_due(ladder, task):
            self._issue(ladder, task, fact)
        new = ladder.told[begun:]
        if fact.leg and new and new[-1].level >= max(self.here.told_level, 1):
            ladder.told[-1] = replace(new[-1], tells=True)
            ladder.steps[-1] = ladder.told[-1]

    def _is_due(self, ladder: _Ladder, task: Seen) -> bool:
        assert task.due_on is not None
        rung = self.here.rungs[len(ladder.steps)]
        if rung.level == 0:
            return self._warned(task)
        reached = self._late(task.due_on) >= rung.after
        last = ladder.steps[-1]
        if last.reply_due is None:
            return reached
        if self.patrol.day <= last.reply_due:
            return False
        answered = self.answers.get((task.task_id, ladder.round, last.rung))
        silent = answered is None or answered >= self.patrol.at
        return reached or (silent and self.here.rungs[last.level].must_answer)

    def _issue(self, ladder: _Ladder, task: Seen, fact: TaskFact) -> None:
        assert task.due_on is not None
        rung = self.here.rungs[len(ladder.steps)]
        due = Due(
            task_id=task.task_id,
            rung=rung.rung,
            round=ladder.round,
            issued_on=self.patrol.day,
            reply_due=self._after(rung.reply) if rung.reply else None,
            task_due_on=task.due_on,
            warning="RED" if rung.level else "YELLOW",
            rule=rung.rule,
            level=rung.level,
            days_late=self._late(task.due_on),
            by_superior=self._by_superior(rung.level, fact),
            tells=False,
        )
        ladder.steps.append(due)
        ladder.told.append(due)

    def _by_superior(self, level: int, fact: TaskFact) -> bool:
        """A leg's upper rungs, and what the lead office would have to tell itself."""
        here = self.here
        of_leg = fact.leg and level >= here.superior_level
        return of_leg or (fact.office == here.lead and level >= here.own_level)

    def _late(self, due_on: date) -> int:
        """Working days after the due date, today counted."""
        return self._working(due_on + ONE_DAY, self.patrol.day)

    def _warned(self, task: Seen) -> bool:
        """Whether so little is left that a warning is due."""
        assert task.due_on is not None
        today, length = self.patrol.day, task.length or 0
        if today > task.due_on:
            return True
        # Today counts as left while it is not over; the due date itself is the last day.
        left = self._working(today, task.due_on - ONE_DAY)
        share = length * self.here.warn_share // 100
        if task.unit is Unit.CD:
            if (task.due_on - today).days >= max(length, 1):
                return False
            return left <= self.here.warn_days or (task.due_on - today).days <= share
        few = max(share, self.here.warn_days)
        return left <= (few if task.length is None else min(few, task.length - 1))

    def _working(self, first: date, last: date) -> int:
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return sum(self.calendar.is_working(day) for day in days)

    def _after(self, number: int) -> date:
        day = self.patrol.day
        while number > 0:
            day += ONE_DAY
            number -= self.calendar.is_working(day)
        return day
