"""What the patrol reads and writes: tasks to look at, their ladders, new rungs and endings.

Called by the activity 督办巡查 inside one transaction per batch; see storage/supervision_list.py
for what people see. Tasks are locked while their ladder is decided, so that a clock that moves in
the same moment is not overwritten by a plan made from its old date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, Text, and_, bindparam, func, select, text, true, update
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import SHANGHAI
from domain.limits import Unit
from domain.supervision import Rung, Step, WatchedTask
from domain.tasks import TaskStatus
from storage.case_tables import Case
from storage.step_tables import ClockRow
from storage.supervision_tables import SupervisionRecord, SupervisionRow
from storage.task_tables import Task

ANSWERS = ("REPLIED", "INTERVIEWED", "CHECKED")
ENDS = ("CLOSED", "WITHDRAWN")
#: Word of the rung was sent to its office's mailbox; the ladder does not depend on it.
TOLD = "TOLD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One task that the patrol looks at; ``leg``: another locality waits for it."""

    task_id: str
    case_no: str
    workflow_id: str
    office: str
    leg: bool
    task: WatchedTask


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The rungs of a task's newest round, lowest first; ``ended``: the next one begins anew."""

    round: int = 0
    ended: bool = True
    numbers: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRung:
    """A row of ``supervision``, its number given when it is written."""

    task_id: str
    case_no: str
    office: str
    rung: str
    round: int
    content: str
    rule: str
    warning: str
    issuer: str
    issued_at: datetime
    due_on: date | None
    task_due_on: date
    days_late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """A row of ``supervision_records``."""

    number: str
    kind: str
    at: datetime
    actor: str
    office: str
    reason: str = ""
    words: str = ""
    facts: dict[str, Any]
    command_id: str | None = None


async def alone(connection: AsyncConnection) -> None:
    """One batch at a time, until the transaction ends: two patrols at once are one."""
    await connection.execute(select(func.pg_advisory_xact_lock(func.hashtext("督办巡查"))))


async def unplanned(connection: AsyncConnection, limit: int) -> tuple[Watched, ...]:
    """Tasks without rungs whose date is new to the patrol; locked."""
    return await _watched(
        connection,
        and_(
            Task.patrol_on.is_(None),
            Task.status == text("'OPEN'"),
            Task.due_on.is_not(None),
            ~Task.laddered,
        ),
        limit,
    )


async def to_look_at(connection: AsyncConnection, today: date, limit: int) -> tuple[Watched, ...]:
    """Open tasks whose day has come, and tasks with open rungs that changed; locked."""
    # Two questions, because each has an index of its own.
    come = await _watched(
        connection, and_(Task.patrol_on <= today, Task.status == text("'OPEN'")), limit
    )
    if len(come) >= limit:
        return come
    changed = and_(Task.patrol_on.is_(None), Task.laddered)
    return come + await _watched(connection, changed, limit - len(come))


async def plan(connection: AsyncConnection, days: dict[str, date], laddered: set[str]) -> None:
    """When each task is looked at again, and whether it has open rungs now."""
    if not days:
        return
    lists = func.unnest(
        bindparam("ids", list(days), ARRAY(Text)),
        bindparam("days", list(days.values()), ARRAY(Date)),
        bindparam("open", [task_id in laddered for task_id in days], ARRAY(Boolean)),
    )
    wanted = lists.table_valued("task_id", "day", "open", name="wanted").render_derived()
    await connection.execute(
        update(Task)
        .where(Task.task_id == wanted.c.task_id)
        .values(patrol_on=wanted.c.day, laddered=wanted.c.open)
    )


async def standing(connection: AsyncConnection, task_ids: Sequence[str]) -> dict[str, Standing]:
    """The newest round of each of these tasks."""
    records = (
        select(
            func.coalesce(func.bool_or(SupervisionRecord.kind.in_(ANSWERS)), False).label("told"),
            func.coalesce(func.bool_or(SupervisionRecord.kind.in_(ENDS)), False).label("ended"),
        )
        .where(SupervisionRecord.number == SupervisionRow.number)
        .lateral()
    )
    rows = await connection.execute(
        select(SupervisionRow, records.c.told, records.c.ended)
        .join(records, true())
        .where(SupervisionRow.task_id.in_(task_ids))
        .order_by(SupervisionRow.task_id, SupervisionRow.round, SupervisionRow.id)
    )
    found: dict[str, Standing] = {}
    for row in rows:
        before = found.get(row.task_id)
        if before is None or before.round != row.round:
            before = Standing(round=row.round)
        step = Step(
            rung=Rung(row.rung),
            issued_on=row.issued_at.astimezone(SHANGHAI).date(),
            task_due_on=row.task_due_on,
            reply_due=row.due_on,
            answered=row.told,
        )
        found[row.task_id] = Standing(
            round=row.round,
            ended=row.ended,
            numbers=(*before.numbers, row.number),
            steps=(*before.steps, step),
        )
    return found


async def put_rungs(
    connection: AsyncConnection, rungs: Sequence[NewRung], numbers: Sequence[str]
) -> None:
    """Issue rungs under these numbers; a rung of a task and round that is there stays."""
    if rungs:
        rows = [
            {**_values(one), "number": number} for one, number in zip(rungs, numbers, strict=True)
        ]
        await connection.execute(insert(SupervisionRow), rows)


async def put_records(connection: AsyncConnection, records: Sequence[NewRecord]) -> None:
    """Append what became of rungs; an ended rung does not end twice."""
    if records:
        await connection.execute(
            insert(SupervisionRecord).on_conflict_do_nothing(), [_values(one) for one in records]
        )


def _values(one: NewRung | NewRecord) -> dict[str, Any]:
    return {field.name: getattr(one, field.name) for field in fields(one)}


async def _watched(connection: AsyncConnection, which: Any, limit: int) -> tuple[Watched, ...]:
    chosen = (
        select(Task.task_id)
        .where(which)
        .limit(limit)
        # What a step is writing in this moment is looked at next time.
        .with_for_update(key_share=True, skip_locked=True)
    )
    ids = list((await connection.execute(chosen)).scalars())
    if not ids:
        return ()
    limits = (
        select(ClockRow.length, ClockRow.unit)
        .where(ClockRow.case_no == Task.case_no, ClockRow.kind == Task.clock)
        .order_by(ClockRow.number.desc())
        .limit(1)
        .lateral()
    )
    rows = await connection.execute(
        select(
            Task.task_id,
            Task.case_no,
            Task.workflow_id,
            Task.office,
            Task.due_on,
            Task.status,
            Task.closed_at,
            Case.kind,
            limits.c.length,
            limits.c.unit,
        )
        .join(Case, Case.case_no == Task.case_no)
        .outerjoin(limits, true())
        .where(Task.task_id == func.any(bindparam("ids", ids, ARRAY(Text))))
        .order_by(Task.task_id)
    )
    return tuple(
        Watched(
            task_id=row.task_id,
            case_no=row.case_no,
            workflow_id=row.workflow_id,
            office=row.office,
            leg=row.kind == "LEG",
            task=WatchedTask(
                due_on=row.due_on,
                open=row.status == TaskStatus.OPEN,
                closed_on=row.closed_at.astimezone(SHANGHAI).date() if row.closed_at else None,
                superseded=row.status == TaskStatus.SUPERSEDED,
                length=row.length,
                unit=Unit(row.unit) if row.unit else Unit.WD,
            ),
        )
        for row in rows
    )
