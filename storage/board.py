"""What the supervisors' board counts: open tasks and cases by office, and the lists behind them.

One question each, over the indexes of open work; nothing personal is read.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case_tables import Case
from storage.task_tables import Task

Record = dict[str, Any]


async def by_office(
    connection: AsyncConnection, offices: Collection[str], today: date, soon: date
) -> list[Record]:
    """Open tasks of each office: ``open``, ``late`` (before today), ``today``, ``soon`` (after
    today up to that day), ``oldest`` (the first due day). Offices without any are left out."""
    rows = await connection.execute(
        select(
            Task.office,
            func.count().label("open"),
            func.count().filter(_state("late", today, soon)).label("late"),
            func.count().filter(_state("today", today, soon)).label("today"),
            func.count().filter(_state("soon", today, soon)).label("soon"),
            func.min(Task.due_on).label("oldest"),
        )
        .where(Task.office.in_(offices), Task.status == "OPEN")
        .group_by(Task.office)
        .order_by(Task.office)
    )
    return [dict(row) for row in rows.mappings()]


async def open_cases(connection: AsyncConnection, offices: Collection[str]) -> Record:
    """``open`` and ``overdue`` cases of these offices."""
    row = await connection.execute(
        select(
            func.count().label("open"), func.count().filter(Case.overdue).label("overdue")
        ).where(Case.competent_office.in_(offices), Case.closed_at.is_(None))
    )
    return dict(row.mappings().one())


async def tasks_behind(
    connection: AsyncConnection,
    offices: Collection[str],
    state: str,
    today: date,
    soon: date,
    *,
    limit: int,
) -> list[Record]:
    """The open tasks behind a number of :func:`by_office`, most urgent first."""
    rows = await connection.execute(
        select(
            Task.task_id,
            Task.case_no,
            Task.title,
            Task.office,
            Task.assignee,
            Task.due_on,
            Task.clock,
            Case.matter_name,
            Case.holder,
            Case.escalation,
        )
        .join(Case, Case.case_no == Task.case_no)
        .where(Task.office.in_(offices), Task.status == "OPEN", _state(state, today, soon))
        .order_by(Task.due_on.asc().nulls_last(), Task.task_id)
        .limit(limit)
    )
    return [dict(row) for row in rows.mappings()]


def _state(state: str, today: date, soon: date) -> ColumnElement[bool]:
    match state:
        case "late":
            return Task.due_on < today
        case "today":
            return Task.due_on == today
        case "soon":
            return and_(Task.due_on > today, Task.due_on <= soon)
    return Task.task_id.is_not(None)
