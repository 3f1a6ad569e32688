"""What a step says of work and people: its tasks, the acts that were made, the persons of the case.

Called by `storage.transitions` within the one transaction of the step.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.transitions import Transition
from domain.calendar import SHANGHAI
from domain.tasks import TaskStatus
from storage.case_tables import Person
from storage.clock_register import current_due
from storage.people import put_person
from storage.referrals import REPORTED, draw_up
from storage.step_tables import Act
from storage.step_traces import put_event
from storage.task_tables import Task

#: Event numbers, far above a step's own, for corrections to a number that is taken.
_TAKEN = 900
_ENDED_PERSONS = frozenset({"LANDED", "RESTORED", "DECEASED", "ENDED"})


async def put_tasks(
    connection: AsyncConnection,
    transition: Transition,
    bodies: dict[str, dict[str, Any]],
    due: dict[str, Any],
) -> None:
    """Close, hold and open tasks; ``due``: what the step's clocks derived, by kind."""
    for closed in transition.tasks_closed:
        await connection.execute(
            update(Task)
            .where(Task.task_id == closed.task_id, Task.status == TaskStatus.OPEN)
            .values(
                status=closed.status,
                outcome=closed.outcome,
                reason_code=closed.reason_code,
                command_id=closed.command_id,
                decided_by=bodies.get(closed.command_id or "", {}).get("_actor"),
                closed_at=transition.at,
                closed_in=transition.sequence,
            )
        )
    reported = [one for one in transition.tasks_closed if one.outcome == REPORTED]
    await draw_up(connection, [(one.task_id, one.task_id) for one in reported], transition.at)
    for held in transition.tasks_held:
        await connection.execute(
            update(Task)
            .where(Task.task_id == held.task_id, Task.status == TaskStatus.OPEN)
            .values(assignee=held.assignee)
        )
    if not transition.tasks_opened:
        return
    rows = []
    for opened in transition.tasks_opened:
        limit = due.get(opened.clock or "") or (
            await current_due(connection, transition.case_no, opened.clock)
            if opened.clock
            else None
        )
        rows.append(
            {
                "task_id": opened.task_id,
                "case_no": transition.case_no,
                "workflow_id": transition.workflow_id,
                "kind": opened.kind,
                "title": opened.title,
                "office": opened.office,
                "role": opened.role,
                "person": opened.person,
                "clock": opened.clock,
                "findings": list(opened.findings),
                "due_on": limit.due_on if limit else None,
                "provisional": bool(limit and limit.provisional),
                "opened_at": transition.at,
                "opened_in": transition.sequence,
            }
        )
    await connection.execute(insert(Task).on_conflict_do_nothing(), rows)


async def put_acts(
    connection: AsyncConnection, transition: Transition, bodies: dict[str, dict[str, Any]]
) -> None:
    """Acts with the reason and the texts of the command that asked for them."""
    if not transition.acts:
        return
    rows = [
        {
            "case_no": transition.case_no,
            "key": act.key,
            "code": act.code,
            "office": act.office,
            "actor": act.actor,
            "basis": act.basis,
            "person": act.person,
            "reason": bodies.get(act.command_id or "", {}).get("reason"),
            "facts": {
                **act.facts,
                **{
                    name: value
                    for name, value in bodies.get(act.command_id or "", {}).items()
                    if name in ("defects", "remedy", "evidence")
                },
            },
            "effective_on": act.effective_on or transition.at.astimezone(SHANGHAI).date(),
            "at": transition.at,
            "made_in": transition.sequence,
        }
        for act in transition.acts
    ]
    await connection.execute(insert(Act).on_conflict_do_nothing(), rows)


async def put_persons(
    connection: AsyncConnection, transition: Transition, bodies: dict[str, dict[str, Any]]
) -> None:
    """Corrections of identity, and what became of each person."""
    for correction in transition.corrections:
        relation = (
            await connection.execute(
                select(Person.relation).where(
                    Person.case_no == transition.case_no, Person.number == correction.person
                )
            )
        ).scalar_one()
        identity = bodies[correction.command_id]["identity"]
        try:
            async with connection.begin_nested():
                await put_person(
                    connection,
                    transition.case_no,
                    "HOME",
                    {"number": correction.person, "relation": relation, **identity},
                    replaced_by=correction.command_id,
                )
        except IntegrityError:
            # The new number has another open migration (H5): the case keeps what it had.
            await put_event(connection, transition, _TAKEN + correction.person, "IDENTITY_TAKEN")
    for changed in transition.persons:
        await connection.execute(
            update(Person)
            .where(Person.case_no == transition.case_no, Person.number == changed.person)
            .values(status=changed.status, open=changed.status not in _ENDED_PERSONS)
        )
