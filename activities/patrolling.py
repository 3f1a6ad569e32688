"""督办巡查: one patrol over the late tasks of a locality, batch by batch.

Each batch is one transaction: rungs, endings and the news for the cases stand or fall together, so
a worker that dies in the middle leaves whole batches and the repeat finds only what is left.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection
from temporalio import activity

from activities.calendars import Calendars
from activities.patrol_ladders import Batch, Ladders
from catalog.catalog import Catalog
from catalog.supervision_policies import patrol_hours
from contracts.patrolling import PatrolRequest, PatrolResult
from domain.calendar import SHANGHAI, Calendar
from storage import referrals, supervision, tidings
from storage.database import Database
from storage.serials import new_supervision_numbers
from storage.supervision import Standing

#: Small enough that a step of a case waits for no batch, large enough to be one round trip.
BATCH = 500
#: A plan is one date for one task; the first patrol after an upgrade makes one for each.
PLANS = 20_000


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
        self._ladders = Ladders(catalog, locality, at, calendar or catalog.calendar)

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
            days = {one.task_id: self._ladders.first_look(one.task) for one in fresh}
            await supervision.plan(connection, days, set())
        return PatrolResult(planned=len(fresh))

    async def _look(self) -> PatrolResult:
        """Climb, close or withdraw, and say when to look again."""
        async with self._database.write() as connection:
            await supervision.alone(connection)
            watched = await supervision.to_look_at(connection, self._ladders.today, BATCH)
            known = await supervision.standing(connection, [one.task_id for one in watched])
            batch = Batch()
            for one in watched:
                self._ladders.decide(one, known.get(one.task_id, Standing()), batch)
            numbers = await self._numbers(connection, len(batch.rungs))
            await supervision.put_rungs(connection, batch.rungs, numbers)
            referred = self._ladders.referrals(batch.rungs, numbers)
            await supervision.put_records(connection, [*batch.records, *referred])
            of_number = {no: one.task_id for one, no in zip(batch.rungs, numbers, strict=True)}
            subjects = [(one.number, of_number[one.number]) for one in referred]
            await referrals.draw_up(connection, subjects, self._at)
            of_task = {one.task_id: (one, no) for one, no in zip(batch.rungs, numbers, strict=True)}
            news = [
                (one.case_no, one.workflow_id, self._ladders.tidings(one, of_task.get(one.task_id)))
                for one in batch.news
            ]
            await tidings.keep_all(connection, news, self._at)
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
        return await new_supervision_numbers(connection, self._locality, self._ladders.today, count)


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
