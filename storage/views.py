"""What people see: worklists, cases and their history. Lists come from here, never from Temporal.

``visible_offices`` of the console decides what a clerk may see; every list, search and detail takes
that set and nothing else decides it (one policy function, design pitfall 6).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.tasks import TaskStatus
from storage.base import Base
from storage.case_tables import Case, Person
from storage.cases import family_of_case
from storage.paper_tables import CaseDocument, Certificate, DocumentRow, LetterRow
from storage.step_tables import Act, ClockRow, Event, NoticeRow
from storage.task_tables import CommandRow, Task

Record = dict[str, Any]

_CASE_COLUMNS = (
    Case.case_no,
    Case.kind,
    Case.matter,
    Case.matter_name,
    family_of_case(),
    Case.mode,
    Case.home_case_no,
    Case.peer,
    Case.peer_case_no,
    Case.intake_office,
    Case.competent_office,
    Case.custodian_office,
    Case.stage,
    Case.holder,
    Case.ending,
    Case.reason_code,
    Case.due_on,
    Case.due_clock,
    Case.overdue,
    Case.escalation,
    Case.filed_at,
    Case.received_on,
    Case.closed_at,
    Case.started,
    Case.workflow_id,
)


async def worklist(
    connection: AsyncConnection,
    offices: Collection[str],
    *,
    role: str | None = None,
    assignee: str | None = None,
    home_case_no: str | None = None,
    limit: int = 100,
) -> list[Record]:
    """Open tasks of these offices, of one joint case where it is named, most urgent first."""
    statement = (
        select(
            Task.task_id,
            Task.case_no,
            Task.kind,
            Task.title,
            Task.office,
            Task.role,
            Task.assignee,
            Task.due_on,
            Task.provisional,
            Task.opened_at,
            Task.findings,
            Case.matter_name,
            family_of_case(),
            Case.peer,
            Case.home_case_no,
        )
        .join(Case, Case.case_no == Task.case_no)
        .where(Task.office.in_(offices), Task.status == "OPEN")
        .order_by(Task.due_order, Task.task_id)
        .limit(limit)
    )
    if role:
        statement = statement.where(Task.role == role)
    if assignee:
        statement = statement.where(Task.assignee == assignee)
    if home_case_no:
        statement = statement.where(Case.home_case_no == home_case_no)
    return await _records(connection, statement)


async def task(
    connection: AsyncConnection, task_id: str, offices: Collection[str]
) -> Record | None:
    """One task of these offices, open or closed."""
    found = await _records(
        connection,
        select(*_shown(Task), family_of_case())
        .join(Case, Case.case_no == Task.case_no)
        .where(Task.task_id == task_id, Task.office.in_(offices)),
    )
    return found[0] if found else None


async def decided_kinds(connection: AsyncConnection, case_no: str) -> frozenset[str]:
    """Kinds of tasks that somebody has decided in a case: the steps that it has passed."""
    rows = await connection.execute(
        select(Task.kind).where(Task.case_no == case_no, Task.status == TaskStatus.DONE).distinct()
    )
    return frozenset(rows.scalars())


async def cases(
    connection: AsyncConnection,
    offices: Collection[str],
    *,
    open_only: bool = False,
    family: str | None = None,
    home_case_no: str | None = None,
    limit: int = 100,
) -> list[Record]:
    """Cases in which these offices take part, newest first; of one family, or of one joint case,
    where it is named.
    """
    statement = (
        select(*_CASE_COLUMNS)
        .where(seen_by(offices))
        .order_by(Case.filed_at.desc(), Case.case_no.desc())
        .limit(limit)
    )
    if open_only:
        statement = statement.where(Case.closed_at.is_(None))
    if family is not None:
        statement = statement.where(family_of_case() == family)
    if home_case_no is not None:
        statement = statement.where(Case.home_case_no == home_case_no)
    return await _records(connection, statement)


async def case(
    connection: AsyncConnection, case_no: str, offices: Collection[str]
) -> Record | None:
    """One case with everything on file, except the contents of its documents."""
    found = await _records(
        connection, select(*_CASE_COLUMNS).where(Case.case_no == case_no, seen_by(offices))
    )
    if not found:
        return None
    record = found[0]
    here = {
        "persons": (Person, (Person.number,)),
        "tasks": (Task, (Task.opened_at, Task.task_id)),
        "acts": (Act, (Act.id,)),
        "clocks": (ClockRow, (ClockRow.started_on, ClockRow.kind, ClockRow.number)),
        "certificates": (Certificate, (Certificate.made_in, Certificate.number)),
        "letters": (LetterRow, (LetterRow.recorded_at, LetterRow.number)),
        "notices": (NoticeRow, (NoticeRow.id,)),
        "events": (Event, (Event.id,)),
        "commands": (CommandRow, (CommandRow.sent_at,)),
    }
    for name, (table, order) in here.items():
        record[name] = await _records(
            connection,
            select(*_shown(table)).where(table.__table__.c.case_no == case_no).order_by(*order),
        )
    record["documents"] = await _records(
        connection,
        select(
            CaseDocument.type,
            CaseDocument.digest,
            CaseDocument.person,
            CaseDocument.source,
            CaseDocument.invalid,
            DocumentRow.media_type,
            DocumentRow.size,
        )
        .join(DocumentRow, DocumentRow.digest == CaseDocument.digest)
        .where(CaseDocument.case_no == case_no)
        .order_by(CaseDocument.id),
    )
    return record


def _shown(table: type[Base]) -> list[Any]:
    """What a table says; the helpers of sorting say nothing new."""
    return [column for column in table.__table__.columns if column.name != "due_order"]


def seen_by(offices: Collection[str]) -> Any:
    """A case is seen by its offices, and by every office that had a task on it."""
    had_task = (
        select(Task.task_id)
        .where(and_(Task.case_no == Case.case_no, Task.office.in_(offices)))
        .exists()
    )
    return or_(
        Case.intake_office.in_(offices),
        Case.competent_office.in_(offices),
        Case.custodian_office.in_(offices),
        had_task,
    )


async def _records(connection: AsyncConnection, statement: Any) -> list[Record]:
    return [dict(row) for row in (await connection.execute(statement)).mappings()]
