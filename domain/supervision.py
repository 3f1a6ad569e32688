"""The supervision ladder (督办): which rung a late task stands on, and which one comes next.

Pure rules for the patrol: `next_rung` says what is to be issued today, `looks_on` when the task
has to be looked at again, `settle` what ends a ladder. Nothing here decides a case or does another
office's work (docs/rules.md B5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from domain.calendar import ONE_DAY, Calendar
from domain.limits import Unit

#: Nothing to look at until something about the task changes.
NEVER = date.max


class Rung(StrEnum):
    """The rungs, lowest first; issued by the lead office of the locality or its superior."""

    REMIND = "REMIND"
    OVERDUE = "OVERDUE"
    URGE = "URGE"
    SUPERVISION_ORDER = "SUPERVISION_ORDER"
    RECTIFY_BY = "RECTIFY_BY"
    INTERVIEW = "INTERVIEW"
    CIRCULAR = "CIRCULAR"

    @property
    def label(self) -> str:
        """The rung's Chinese name."""
        return _LABELS[self]

    @property
    def level(self) -> int:
        """督办级别: 0 for a warning before the date, 1 for overdue, up to 6."""
        return LADDER.index(self)

    @property
    def warning(self) -> str:
        """预警类型: a yellow card before the due date has passed, a red one after it."""
        return "YELLOW" if self is Rung.REMIND else "RED"

    @property
    def on_paper(self) -> bool:
        """Whether the rung is a numbered slip that is handed to the office."""
        return self.level >= Rung.SUPERVISION_ORDER.level


_LABELS = {
    Rung.REMIND: "提醒",
    Rung.OVERDUE: "超期",
    Rung.URGE: "催办",
    Rung.SUPERVISION_ORDER: "督办单",
    Rung.RECTIFY_BY: "限期整改",
    Rung.INTERVIEW: "约谈",
    Rung.CIRCULAR: "通报",
}
LADDER = tuple(Rung)


class Ended(StrEnum):
    """Why a ladder ends."""

    DONE = "DONE"  # the task was decided
    SUPERSEDED = "SUPERSEDED"  # the law or another event settled it
    DUE_MOVED = "DUE_MOVED"  # paused, extended or counted anew: it is not late any more


@dataclass(frozen=True, slots=True)
class RungRule:
    """How one rung is climbed, in working days.

    ``distance``: it is reached on that working day after the due date. ``answer_within``: how long
    the office has; 0 for a mere notice. ``must_answer``: whether silence brings the next rung at
    once. ``key`` names the policy row, the 规则编号 of the record.
    """

    key: str
    distance: int
    answer_within: int = 0
    must_answer: bool = False


@dataclass(frozen=True, slots=True)
class LadderPolicy:
    """A locality's ladder. A warning is given when ``warn_share`` per cent of the limit or
    ``warn_days`` working days are left, whichever is longer; from ``superior_level`` on the common
    superior issues the rungs of a leg, from ``own_level`` on those that address the lead office."""

    rules: Mapping[Rung, RungRule]
    warn_share: int
    warn_days: int
    superior_level: int
    own_level: int = 1

    def by_superior(self, rung: Rung, *, leg: bool, own: bool) -> bool:
        """Whether the superior issues it. ``own``: it addresses the lead office, which cannot
        supervise itself; ``leg``: another locality waits for the task."""
        return (leg and rung.level >= self.superior_level) or (own and rung.level >= self.own_level)


@dataclass(frozen=True, slots=True)
class WatchedTask:
    """What the ladder knows of a task. ``due_on`` None: its clock stands still."""

    due_on: date | None
    open: bool = True
    closed_on: date | None = None
    superseded: bool = False
    length: int | None = None  # of its limit, in ``unit``
    unit: Unit = Unit.WD


@dataclass(frozen=True, slots=True)
class Step:
    """A rung that was issued: ``task_due_on`` is the date that it rested on."""

    rung: Rung
    issued_on: date
    task_due_on: date
    reply_due: date | None = None
    answered: bool = False


def next_rung(
    task: WatchedTask,
    ladder: Sequence[Step],
    policy: LadderPolicy,
    today: date,
    calendar: Calendar,
) -> Rung | None:
    """The rung to be issued today on top of ``ladder`` (this round's, in order), if any.

    Rungs come one after the other. One that was never answered is followed as soon as its reply
    date has passed; an answered one only at the next rung's own distance, and never before the
    time to answer is over. Late patrols thus issue every rung later and leave none out.
    """
    if not task.open or task.due_on is None or len(ladder) == len(LADDER):
        return None
    rung = LADDER[len(ladder)]
    return rung if _ready_on(rung, task, ladder, policy, calendar) <= today else None


def looks_on(
    task: WatchedTask, ladder: Sequence[Step], policy: LadderPolicy, calendar: Calendar
) -> date:
    """The first day on which `next_rung` has something to say while nothing changes."""
    if not task.open or task.due_on is None or len(ladder) == len(LADDER):
        return NEVER
    return _ready_on(LADDER[len(ladder)], task, ladder, policy, calendar)


def climb(
    task: WatchedTask,
    ladder: Sequence[Step],
    policy: LadderPolicy,
    today: date,
    calendar: Calendar,
) -> tuple[Step, ...]:
    """Every rung that one patrol issues. Asked again on the same day, it gives none.

    More than one only where notices without an answer were missed: whatever asks an office for
    something leaves it the time to answer first.
    """
    steps = list(ladder)
    while (rung := next_rung(task, steps, policy, today, calendar)) is not None:
        assert task.due_on is not None
        steps.append(issued(rung, task.due_on, policy, today, calendar))
    return tuple(steps[len(ladder) :])


def issued(rung: Rung, due_on: date, policy: LadderPolicy, today: date, calendar: Calendar) -> Step:
    """The rung as issued today, with the last day to answer it."""
    within = policy.rules[rung].answer_within
    reply_due = working_day_after(today, within, calendar) if within else None
    return Step(rung, today, due_on, reply_due)


def settle(
    task: WatchedTask,
    ladder: Sequence[Step],
    policy: LadderPolicy,
    today: date,
    calendar: Calendar,
) -> Ended | None:
    """What ends this round of the ladder: the work is done, or it is not late any more.

    A clock that stands still ends nothing. A date that has not moved ends nothing either: then it
    is today that went back, as in a rehearsal.
    """
    if not ladder:
        return None
    if not task.open:
        return Ended.SUPERSEDED if task.superseded else Ended.DONE
    if task.due_on is None or task.due_on <= ladder[-1].task_due_on:
        return None
    begins = task.due_on + ONE_DAY
    if len(ladder) == 1:
        begins = _ready_on(ladder[0].rung, task, (), policy, calendar)
    return Ended.DUE_MOVED if today < begins else None


def days_late(due_on: date | None, on: date, calendar: Calendar) -> int:
    """Working days after the due date up to ``on``; 0 while it is not late."""
    if due_on is None:
        return 0
    days = (due_on + timedelta(days=number) for number in range(1, (on - due_on).days + 1))
    return sum(calendar.is_working(day) for day in days)


def answered(step: Step) -> Step:
    """The same rung with its answer."""
    return replace(step, answered=True)


def working_day_after(day: date, number: int, calendar: Calendar) -> date:
    """The ``number``-th working day after ``day``; ``day`` itself for 0."""
    while number > 0:
        day += ONE_DAY
        number -= calendar.is_working(day)
    return day


def _ready_on(
    rung: Rung,
    task: WatchedTask,
    ladder: Sequence[Step],
    policy: LadderPolicy,
    calendar: Calendar,
) -> date:
    assert task.due_on is not None
    if rung is Rung.REMIND:
        return _warned_on(task, policy, calendar)
    own = working_day_after(task.due_on, policy.rules[rung].distance, calendar)
    last = ladder[-1]
    if last.reply_due is None:
        return own
    after = working_day_after(last.reply_due, 1, calendar)
    silent = policy.rules[last.rung].must_answer and not last.answered
    return after if silent else max(own, after)


def _warned_on(task: WatchedTask, policy: LadderPolicy, calendar: Calendar) -> date:
    """The first day with so little left; a limit of few days is warned of on its second one."""
    assert task.due_on is not None
    share = (task.length or 0) * policy.warn_share // 100
    if task.unit is Unit.CD:
        by_days = _working_day_before(task.due_on, policy.warn_days, calendar)
        begins = task.due_on - timedelta(days=max((task.length or 0) - 1, 0))
        return max(min(by_days, task.due_on - timedelta(days=share)), begins)
    left = max(share, policy.warn_days)
    if task.length is not None:
        left = min(left, task.length - 1)
    return _working_day_before(task.due_on, left, calendar)


def _working_day_before(day: date, number: int, calendar: Calendar) -> date:
    while number > 0:
        day -= ONE_DAY
        number -= calendar.is_working(day)
    return day
