"""What one patrol decides on each task: rungs, endings, news and the day of the next look.

Used by `activities.patrolling`, which reads and writes; nothing here asks the database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from catalog.catalog import Catalog
from catalog.supervision_policies import ladder_policy, supervision_desk, told_level
from contracts.tidings import Tidings, TidingsKind
from domain.calendar import SHANGHAI, Calendar
from domain.supervision import (
    Ended,
    Rung,
    Step,
    WatchedTask,
    climb,
    days_late,
    looks_on,
    settle,
)
from storage.supervision import NewRecord, NewRung, Standing, Watched

PATROL = "PATROL"


@dataclass(slots=True)
class Batch:
    """What one batch decides, written in one go."""

    rungs: list[NewRung] = field(default_factory=list)
    records: list[NewRecord] = field(default_factory=list)
    news: list[Watched] = field(default_factory=list)
    days: dict[str, date] = field(default_factory=dict)
    laddered: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Decision:
    """What the rules say of one task today; ``late`` in working days."""

    ended: Ended | None
    new: tuple[Step, ...]
    looks_on: date
    late: int


class Ladders:
    """The rules of one locality at one instant, applied to one task after the other."""

    def __init__(self, catalog: Catalog, locality: str, at: datetime, calendar: Calendar) -> None:
        self._at = at
        self.today = at.astimezone(SHANGHAI).date()
        self._calendar = calendar
        self._policy = ladder_policy(catalog, locality, self.today)
        self._desk = supervision_desk(catalog, locality)
        self._told_level = told_level(catalog, locality, self.today)
        # Many late tasks share their dates, and counting working days is what costs.
        self._known: dict[object, _Decision] = {}
        self._first_looks: dict[WatchedTask, date] = {}

    def first_look(self, task: WatchedTask) -> date:
        """The day of the first warning. Thousands of tasks have few different limits."""
        known = self._first_looks.get(task)
        if known is None:
            known = looks_on(task, (), self._policy, self._calendar)
            self._first_looks[task] = known
        return known

    def decide(self, one: Watched, ladder: Standing, batch: Batch) -> None:
        """One task: what ends its ladder, what is issued on it, when it is looked at again."""
        steps = () if ladder.ended else ladder.steps
        number = ladder.round + 1 if ladder.ended else ladder.round
        withdrawn = False
        known = self._known.get((one.task, steps))
        if known is None:
            known = self._known[one.task, steps] = self._decision(one.task, steps)
        if known.ended is not None:
            self._end(one, ladder, known, batch)
            withdrawn = known.ended is Ended.DUE_MOVED and steps[-1].rung.level > 0
            steps, number = (), number + 1
        before = steps
        for step in known.new:
            batch.rungs.append(self._rung(one, number, step, before, known.late))
            before = (*before, step)
        if (known.new and known.new[-1].rung.level > 0) or withdrawn:
            batch.news.append(one)
        batch.days[one.task_id] = known.looks_on
        if before:
            batch.laddered.add(one.task_id)

    def _decision(self, task: WatchedTask, steps: tuple[Step, ...]) -> _Decision:
        ended = settle(task, steps, self._policy, self.today, self._calendar)
        left = () if ended else steps
        new = climb(task, left, self._policy, self.today, self._calendar)
        on = task.closed_on or self.today
        return _Decision(
            ended=ended,
            new=new,
            looks_on=looks_on(task, (*left, *new), self._policy, self._calendar),
            late=days_late(task.due_on, on, self._calendar),
        )

    def _end(self, one: Watched, ladder: Standing, known: _Decision, batch: Batch) -> None:
        """Every rung of the round gets its closing check: how late, and whether it was answered."""
        on = one.task.closed_on or self.today
        for number, step in zip(ladder.numbers, ladder.steps, strict=True):
            batch.records.append(
                NewRecord(
                    number=number,
                    kind="WITHDRAWN" if known.ended is Ended.DUE_MOVED else "CLOSED",
                    at=self._at,
                    actor=PATROL,
                    office=self._desk.lead,
                    reason=str(known.ended),
                    facts={
                        "days_late": known.late,
                        "answered": step.answered,
                        "task_due_on": one.task.due_on.isoformat() if one.task.due_on else "",
                        "done_on": on.isoformat(),
                    },
                )
            )

    def _rung(
        self, one: Watched, number: int, step: Step, before: tuple[Step, ...], late: int
    ) -> NewRung:
        own = one.office == self._desk.lead
        return NewRung(
            task_id=one.task_id,
            case_no=one.case_no,
            office=one.office,
            rung=step.rung.value,
            round=number,
            content=_content(step.rung, before),
            rule=self._policy.rules[step.rung].key,
            warning=step.rung.warning,
            issuer=self._desk.superior
            if self._policy.by_superior(step.rung, leg=one.leg, own=own)
            else self._desk.lead,
            issued_at=self._at,
            due_on=step.reply_due,
            task_due_on=step.task_due_on,
            days_late=late,
        )

    def referrals(self, rungs: list[NewRung], numbers: list[str]) -> list[NewRecord]:
        """报请上级: a leg's ladder has reached what both localities have in common, or the lead
        office itself is late."""
        return [
            NewRecord(
                number=number,
                kind="REFERRED",
                at=self._at,
                actor=PATROL,
                office=self._desk.superior,
                reason=one.content,
                facts={"from": self._desk.lead},
            )
            for one, number in zip(rungs, numbers, strict=True)
            if one.issuer == self._desk.superior
        ]

    def tidings(self, one: Watched, issued: tuple[NewRung, str] | None) -> Tidings:
        """The case hears of its highest rung; a leg tells the other locality from a level on."""
        if issued is None or Rung(issued[0].rung).level == 0:
            return Tidings(
                key=f"supervision:{one.task_id}:withdrawn:{self._at.isoformat()}",
                kind=TidingsKind.SUPERVISION,
                code="WITHDRAWN",
                facts={"task": one.task_id},
            )
        rung, number = issued
        level = Rung(rung.rung).level
        return Tidings(
            key=f"supervision:{number}",
            kind=TidingsKind.SUPERVISION,
            code=rung.rung,
            facts={
                "task": one.task_id,
                "level": str(level),
                "number": number,
                "due_on": rung.task_due_on.isoformat(),
                "days_late": str(rung.days_late),
                "tell_peer": "yes" if one.leg and level >= self._told_level else "",
            },
        )


def _content(rung: Rung, before: tuple[Step, ...]) -> str:
    """督办内容 as a code."""
    if rung is Rung.REMIND:
        return "DUE_SOON"
    if rung in (Rung.OVERDUE, Rung.URGE):
        return "NOT_DONE_IN_TIME"
    return "NOT_ANSWERED" if not before[-1].answered else "ANSWERED_NOT_DONE"
