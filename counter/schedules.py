"""The Schedules of one locality: what runs every day without anybody asking.

Created with the namespaces (``embedded provision``) and again at each worker's start. A repeat
leaves what stands, so that an operator who pauses or moves one is not overruled.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
from contracts.bulletins import BulletinRequest, DigestRequest
from contracts.calendars import CalendarCheckRequest
from contracts.patrolling import PatrolRequest
from contracts.payload import Payload
from contracts.reconciling import ReconcileRequest
from contracts.register_check import RegisterCheckRequest

#: A server that was away longer than this starts with the next day's run.
_CATCH_UP = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class Routine:
    """One thing that a locality does by the clock (Asia/Shanghai).

    ``workflow`` is the published name of the procedure and the first part of the Schedule's id.
    """

    workflow: str
    summary: str
    request: Callable[[str], Payload]
    times: tuple[ScheduleCalendarSpec, ...]
    catch_up: timedelta = _CATCH_UP

    def schedule(self, locality: str) -> Schedule:
        """What the server is asked to keep; a run that is still going is never doubled."""
        return Schedule(
            action=ScheduleActionStartWorkflow(
                self.workflow,
                self.request(locality),
                id=schedule_id(self.workflow, locality),
                task_queue=ids.task_queue(locality),
                static_summary=self.summary,
            ),
            spec=ScheduleSpec(calendars=self.times, time_zone_name="Asia/Shanghai"),
            policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=self.catch_up),
        )


def at(
    hour: int,
    minute: int = 0,
    *,
    until: int | None = None,
    day_of_week: Sequence[ScheduleRange] = (ScheduleRange(0, 6),),
    day_of_month: Sequence[ScheduleRange] = (ScheduleRange(1, 31),),
) -> ScheduleCalendarSpec:
    """Once a day, or every hour up to ``until``; weekday (0: Sunday) or day narrow it down."""
    return ScheduleCalendarSpec(
        hour=[ScheduleRange(hour, until or hour)],
        minute=[ScheduleRange(minute)],
        day_of_week=day_of_week,
        day_of_month=day_of_month,
    )


ROUTINES: tuple[Routine, ...] = (
    # Before the offices open, after the banks have closed their day.
    Routine("对账", "每日对账", lambda code: ReconcileRequest(locality=code), (at(4, 30),)),
    # Monday, before the offices open.
    Routine(
        "日历检查",
        "每周检查历法",
        lambda code: CalendarCheckRequest(locality=code),
        (at(6, 30, day_of_week=(ScheduleRange(1),)),),
        catch_up=timedelta(days=6),
    ),
    # After the reconciliation, whose new cases are started by then.
    Routine(
        "登记核对",
        "每日登记核对",
        lambda code: RegisterCheckRequest(locality=code),
        (at(5, 30),),
    ),
    # Hours and working days of a locality are policy and calendar: the patrol itself knows them. A
    # missed hour is not made up for, because the next one finds the same tasks.
    Routine(
        "督办巡查",
        "每小时督办巡查",
        lambda code: PatrolRequest(locality=code),
        (at(7, 10, until=21),),
        catch_up=timedelta(minutes=30),
    ),
    # When the day before is over for everybody; a day that was missed is made up by the next run.
    Routine(
        "日通报",
        "发布日通报",
        lambda code: BulletinRequest(locality=code, kind="DAILY"),
        (at(6, 30),),
    ),
    Routine(
        "月通报",
        "发布月通报",
        lambda code: BulletinRequest(locality=code, kind="MONTHLY"),
        (at(7, day_of_month=(ScheduleRange(1),)),),
        timedelta(days=27),
    ),
    # Every day: which of them are working days is for the calendar to say, not for the Schedule.
    Routine(
        "晨报",
        "编制各机构晨报",
        lambda code: DigestRequest(locality=code),
        (at(8),),
        timedelta(hours=9),
    ),
)


def schedule_id(workflow: str, locality: str) -> str:
    """The Schedule of one routine of the locality."""
    return f"{workflow}-{locality}"


async def create_schedules(client: Client, locality: str) -> None:
    """Create what is missing."""
    for routine in ROUTINES:
        with contextlib.suppress(ScheduleAlreadyRunningError):
            await client.create_schedule(
                schedule_id(routine.workflow, locality),
                routine.schedule(locality),
                rpc_timeout=timedelta(seconds=10),
            )
