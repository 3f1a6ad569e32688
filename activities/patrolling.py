"""督办巡查: one patrol over the late tasks of a locality, batch by batch.

Each batch is one transaction: rungs, endings and the news for the cases stand or fall together, so
a worker that dies in the middle leaves whole batches and the repeat finds only what is left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection
from temporalio import activity

from activities.calendars import Calendars
from catalog.catalog import Catalog
from catalog.models import SupervisionDesk
from catalog.supervision_policies import (
    ladder_policy,
    patrol_hours,
    supervision_desk,
    told_level,
)
from contracts.patrolling import PatrolRequest, PatrolResult
from contracts.tidings import Tidings, TidingsKind
from domain.calendar import SHANGHAI, Calendar
from domain.supervision import (
    NEVER,
    Ended,
    LadderPolicy,
    Rung,
    Step,
    WatchedTask,
    climb,
    days_late,
    looks_on,
    settle,
)
from storage import supervision, tidings
from storage.database import Database
from storage.serials import new_supervision_numbers
from storage.supervision import NewRecord, NewRung, Standing, Watched

#: Small enough that a step of a case waits for no batch, large enough to be one round trip.
BATCH = 500
#: A plan is one date for one task; the first patrol after an upgrade makes one for each.
PLANS = 20_000
PATROL = "PATROL"


@dataclass(slots=True)
class _Batch:
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


class Patrol:
    """The ladder of one locality at one instant."""

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        locality: str,
        at: datetime,
        calendar: Calendar | None = None,
    ) -> None:
        self._database = database
        self._locality = locality
        self._at = at
        self.today = at.astimezone(SHANGHAI).date()
        self._calendar = calendar or catalog.calendar
        self._policy: LadderPolicy = ladder_policy(catalog, locality, self.today)
        self._desk: SupervisionDesk = supervision_desk(catalog, locality)
        self._told_level = told_level(catalog, locality, self.today)
        # Many late tasks share their dates, and counting working days is what costs.
        self._known: dict[object, _Decision] = {}

    async def run(self, beat: Callable[[], None]) -> PatrolResult:
        """Until nothing is left to look at; ``beat`` says that it goes on."""
        total = PatrolResult()
        for batch in (self._plan, self._look):
            while True:
                done = await batch()
                total = total.plus(done)
                beat()
                if not (done.looked or done.planned):
                    break
        return total

    async def _plan(self) -> PatrolResult:
        """The day of the first warning of every task whose date is new."""
        async with self._database.write() as connection:
            await supervision.alone(connection)
            fresh = await supervision.unplanned(connection, PLANS)
            # Thousands of tasks have few different limits.
            known: dict[object, date] = {}
            days = {}
            for one in fresh:
                if one.task not in known:
                    known[one.task] = looks_on(one.task, (), self._policy, self._calendar)
                days[one.task_id] = known[one.task]
            await supervision.plan(connection, days, set())
        return PatrolResult(planned=len(fresh))

    async def _look(self) -> PatrolResult:
        """Climb, close or withdraw, and say when to look again."""
        async with self._database.write() as connection:
            await supervision.alone(connection)
            watched = await supervision.to_look_at(connection, self.today, BATCH)
            ladders = await supervision.standing(connection, [one.task_id for one in watched])
            batch = _Batch()
            for one in watched:
                self._decide(one, ladders.get(one.task_id, Standing()), batch)
            numbers = await self._numbers(connection, len(batch.rungs))
            await supervision.put_rungs(connection, batch.rungs, numbers)
            batch.records += self._referrals(batch.rungs, numbers)
            await supervision.put_records(connection, batch.records)
            of_task = {one.task_id: (one, no) for one, no in zip(batch.rungs, numbers, strict=True)}
            await tidings.keep_all(
                connection,
                [
                    (one.case_no, one.workflow_id, self._tidings(one, of_task.get(one.task_id)))
                    for one in batch.news
                ],
                self._at,
            )
            await supervision.plan(connection, batch.days, batch.laddered)
        ends = [one.kind for one in batch.records]
        return PatrolResult(
            looked=len(watched),
            issued=len(batch.rungs),
            closed=ends.count("CLOSED"),
            withdrawn=ends.count("WITHDRAWN"),
        )

    async def _numbers(self, connection: AsyncConnection, count: int) -> list[str]:
        if not count:
            return []
        return await new_supervision_numbers(connection, self._locality, self.today, count)

    def _decide(self, one: Watched, ladder: Standing, batch: _Batch) -> None:
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

    def _end(self, one: Watched, ladder: Standing, known: _Decision, batch: _Batch) -> None:
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
        by_superior = one.leg and step.rung.level >= self._policy.superior_level
        return NewRung(
            task_id=one.task_id,
            case_no=one.case_no,
            office=one.office,
            rung=step.rung.value,
            round=number,
            content=_content(step.rung, before),
            rule=self._policy.rules[step.rung].key,
            warning=step.rung.warning,
            issuer=self._desk.superior if by_superior else self._desk.lead,
            issued_at=self._at,
            due_on=step.reply_due,
            task_due_on=step.task_due_on,
            days_late=late,
        )

    def _referrals(self, rungs: list[NewRung], numbers: list[str]) -> list[NewRecord]:
        """报请共同上级: a leg's ladder has reached what both localities have in common."""
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

    def _tidings(self, one: Watched, issued: tuple[NewRung, str] | None) -> Tidings:
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
    return "DONE_NEITHER_NOR_ANSWERED" if not before[-1].answered else "ANSWERED_NOT_DONE"


class PatrolDesk:
    """The patrol of one locality, for the worker."""

    def __init__(self, database: Database, calendars: Calendars) -> None:
        self._database = database
        self._calendars = calendars
        self._catalog = calendars.catalog
        self._locality = calendars.locality

    @activity.defn(name="巡查待办")
    async def patrol(self, request: PatrolRequest) -> PatrolResult:
        """Climb the ladders as of ``request.at``; nothing on rest days or out of hours."""
        assert request.at is not None
        local = request.at.astimezone(SHANGHAI)
        async with self._database.read() as connection:
            calendar = (await self._calendars.in_force(connection)).calendar
        if not calendar.is_working(local.date()):
            return PatrolResult(skipped="REST_DAY")
        opens, closes = patrol_hours(self._catalog, self._locality, local.date())
        if not request.by_hand and not opens <= local.hour <= closes:
            return PatrolResult(skipped="OUT_OF_HOURS")
        patrol = Patrol(self._database, self._catalog, self._locality, request.at, calendar)
        return await patrol.run(activity.heartbeat)


__all__ = ["NEVER", "Patrol", "PatrolDesk"]
