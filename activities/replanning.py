"""重排时限: counts all open clocks of a locality again when its calendar has changed.

Called by the workflow 日历重排, some pages at a time. The place that was reached is kept in the
transaction of what was changed: a repeat goes on there, and no clock is counted twice.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from temporalio import activity

from activities.calendars import Calendars, InForce
from activities.notice_texts import due_date_moved
from contracts.calendars import CalendarCheckRequest, ReplanProgress, ReplanRequest
from domain.recount import Outcome, counter
from storage import calendar_log, recounting
from storage.calendar_tables import ReplanRow
from storage.database import Database
from storage.recounting import Target

#: Clocks per transaction: its cases wait for it, so it should be over within a second.
PAGE = 2000
#: One call counts, or waits, about this long; then the workflow shows how far it has come.
STRETCH_SECONDS = 10.0
_COUNTS = ("counted", "moved", "confirmed", "same", "expired", "kept")


def target_of(now: InForce) -> Target:
    """What clocks are counted by when this calendar has come into force."""
    return Target(
        entry=now.entry,
        version=now.calendar.version,
        change=now.change,
        on=now.on or date.min,
        at=datetime.now(UTC),
        count=counter(now.calendar),
        word=due_date_moved,
    )


class ReplanDesk:
    """The re-plans of one locality."""

    def __init__(
        self,
        database: Database,
        calendars: Calendars,
        look: Callable[[CalendarCheckRequest], Awaitable[object]],
        page: int = PAGE,
    ) -> None:
        """``look``: the check of the calendar, whose findings a new calendar settles or brings."""
        self._database = database
        self._calendars = calendars
        self._look = look
        self._page = page

    @activity.defn(name="重排时限")
    async def count(self, request: ReplanRequest) -> ReplanProgress:
        """Count until there is no clock left, or for a stretch."""
        until = time.monotonic() + STRETCH_SECONDS
        target: Target | None = None
        while True:
            progress, target = await self._one_page(request, target)
            activity.heartbeat(progress.counted)
            if not progress.counting or time.monotonic() > until:
                return progress

    @activity.defn(name="等候告知办件")
    async def tell(self, request: ReplanRequest) -> ReplanProgress:
        """Wait, for a stretch at most, until every running case has been told.

        When the urgent ones have been, nothing can take effect by a date that holds no more; that
        moment is kept apart from the end.
        """
        until = time.monotonic() + STRETCH_SECONDS
        while True:
            progress = await self._progress(request.entry)
            activity.heartbeat(progress.untold)
            reached = {}
            if not progress.urgent_untold and not progress.armed:
                reached["armed_at"] = datetime.now(UTC)
            if not progress.untold:
                reached["finished_at"] = datetime.now(UTC)
            if reached:
                async with self._database.write() as connection:
                    await calendar_log.change_replan(connection, request.entry, **reached)
                await self._look(CalendarCheckRequest(locality=request.locality))
                progress = progress.model_copy(update={"armed": not progress.urgent_untold})
            if not progress.untold or time.monotonic() > until:
                return progress
            # Counting what is left reads all of it: the more there is, the less often.
            await asyncio.sleep(min(5.0, max(0.2, progress.untold / 5000)))

    async def _one_page(
        self, request: ReplanRequest, target: Target | None
    ) -> tuple[ReplanProgress, Target | None]:
        async with self._database.write() as connection:
            # One page at a time, should a call that was given up still be running.
            row = await _locked(connection, request.entry)
            now = await self._calendars.in_force(connection)
            if now.entry != request.entry:
                values: dict[str, Any] = {"superseded_by": now.entry}
            else:
                target = target or target_of(now)
                if row.total is None:
                    total = await recounting.outdated(connection, target.version)
                    await calendar_log.change_replan(connection, request.entry, total=total)
                after = row.case_no, row.kind, row.number
                page = await recounting.recount_page(connection, target, after, self._page)
                values = {
                    outcome.value.lower(): getattr(row, outcome.value.lower())
                    + page.outcomes[outcome]
                    for outcome in Outcome
                }
                values["counted"] = row.counted + page.outcomes.total()
                values["tidings"] = row.tidings + page.tidings
                values["urgent"] = row.urgent + page.urgent
                if page.last is not None:
                    case_no, kind, number = page.last
                    values |= {"case_no": case_no, "kind": kind, "number": number}
            if "kind" not in values:
                values["counted_at"] = datetime.now(UTC)
            await calendar_log.change_replan(connection, request.entry, **values)
        return await self._progress(request.entry), target

    async def _progress(self, entry: int) -> ReplanProgress:
        async with self._database.read() as connection:
            row = (
                await connection.execute(
                    select(*ReplanRow.__table__.columns).where(ReplanRow.entry == entry)
                )
            ).one()
            now = await self._calendars.in_force(connection)
            # Nothing is waited for while there is still something to count.
            waiting = recounting.Untold(0, 0)
            if row.counted_at:
                waiting = await recounting.untold(connection, entry)
        return ReplanProgress(
            entry=entry,
            version=now.calendar.version,
            total=row.total or 0,
            counting=row.counted_at is None,
            untold=waiting.all,
            urgent_untold=waiting.urgent,
            armed=row.armed_at is not None,
            superseded_by=row.superseded_by,
            **{name: getattr(row, name) for name in (*_COUNTS, "tidings", "urgent")},
        )


async def _locked(connection: Any, entry: int) -> Any:
    return (
        await connection.execute(
            select(*ReplanRow.__table__.columns).where(ReplanRow.entry == entry).with_for_update()
        )
    ).one()
