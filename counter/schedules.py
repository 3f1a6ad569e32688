"""The Schedules of one locality: what runs every day without anybody asking.

Created with the namespaces (``embedded provision``) and again at each worker's start. A repeat
leaves what stands, so that an operator who pauses or moves one is not overruled.
"""

from __future__ import annotations

import contextlib
from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
)

from contracts import ids
from contracts.reconciling import ReconcileRequest

#: Before the offices open, after the banks have closed their day.
_HOUR, _MINUTE = 4, 30
#: A server that was away longer than this starts with the next day's run.
_CATCH_UP = timedelta(hours=20)


def reconciliation_schedule_id(locality: str) -> str:
    """The Schedule of the locality's daily reconciliation."""
    return f"对账-{locality}"


async def create_schedules(client: Client, locality: str) -> None:
    """Create what is missing."""
    schedule = Schedule(
        action=ScheduleActionStartWorkflow(
            "对账",
            ReconcileRequest(locality=locality),
            id=f"对账-{locality}",
            task_queue=ids.task_queue(locality),
            static_summary="每日对账",
        ),
        spec=ScheduleSpec(
            calendars=[
                ScheduleCalendarSpec(hour=[ScheduleRange(_HOUR)], minute=[ScheduleRange(_MINUTE)])
            ],
            time_zone_name="Asia/Shanghai",
        ),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=_CATCH_UP),
    )
    with contextlib.suppress(ScheduleAlreadyRunningError):
        await client.create_schedule(
            reconciliation_schedule_id(locality), schedule, rpc_timeout=timedelta(seconds=10)
        )
