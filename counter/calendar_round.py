"""Sees to it that every change of calendar is followed by its re-plan, whatever was away meanwhile.

Runs beside the outbox. At a worker's start it also writes down the calendar that the program ships.
"""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, datetime, timedelta

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities.calendars import Calendars
from contracts import ids
from contracts.calendars import ReplanProgress, ReplanRequest
from storage import calendar_log
from storage.database import Database

#: A re-plan that somebody terminated is started again after this long.
_ASK_AGAIN_SECONDS = 60.0


async def start_replan(client: Client, locality: str, workflow_id: str) -> None:
    """Start the re-plan of one change of calendar; a repeat finds the first."""
    entry = ids.entry_of_replan(workflow_id)
    with contextlib.suppress(WorkflowAlreadyStartedError):
        await client.start_workflow(
            "日历重排",
            ReplanRequest(locality=locality, entry=entry),
            result_type=ReplanProgress,
            id=workflow_id,
            task_queue=ids.task_queue(locality),
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            static_summary=f"日历重排（第 {entry} 号历法变更）",
            rpc_timeout=timedelta(seconds=10),
        )


class CalendarRound:
    """One locality's changes of calendar."""

    def __init__(self, database: Database, client: Client, calendars: Calendars) -> None:
        self._database = database
        self._client = client
        self._calendars = calendars
        self._announced = False
        self._next: dict[str, float] = {}

    async def step(self) -> int:
        """Start what has not come to its end; returns how many re-plans are under way."""
        if not self._announced:
            async with self._database.write() as connection:
                await self._calendars.announce_shipped(connection, datetime.now(UTC))
            self._announced = True
        async with self._database.glance() as connection:
            waiting = await calendar_log.unfinished(connection)
        for workflow_id in waiting:
            now = time.monotonic()
            if now < self._next.get(workflow_id, now):
                continue
            await start_replan(self._client, self._calendars.locality, workflow_id)
            self._next[workflow_id] = now + _ASK_AGAIN_SECONDS
        return len(waiting)
