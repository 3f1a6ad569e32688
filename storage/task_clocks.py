"""Which limit an open task follows while its own stands still.

Called while a transition is written. A task under a paused limit follows the one that stands in for
it, so that worklist, patrol and a new plan of the calendar see a date that is running.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.transitions import DueDate, Transition
from domain.tasks import TaskStatus
from storage.task_tables import Task


async def follow(
    connection: AsyncConnection, transition: Transition, due: Mapping[str, DueDate]
) -> None:
    """Hand the open tasks of a paused limit to its stand-in, and back when it runs on."""
    for changed in transition.clocks_changed:
        if not changed.stand_in or changed.change not in ("PAUSE", "RESUME"):
            continue
        ways = (changed.kind, changed.stand_in)
        leaves, takes = ways if changed.change == "PAUSE" else ways[::-1]
        now = due.get(takes)
        await connection.execute(
            update(Task)
            .where(
                Task.case_no == transition.case_no,
                Task.clock == leaves,
                Task.status == TaskStatus.OPEN,
            )
            .values(
                clock=takes,
                due_on=now.due_on if now else None,
                provisional=bool(now and now.provisional),
            )
        )
