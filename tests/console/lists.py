"""Cases with tasks for the tests of the console's lists, written without any workflow."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, update

from contracts import ids
from domain.calendar import SHANGHAI
from domain.task_table import TASKS
from storage.case_tables import Case
from storage.database import Database
from storage.task_tables import Task
from tests.storage.builders import open_case

STATION, OTHER = "371002-GA-01", "371002-RS-01"


def today() -> date:
    return datetime.now(SHANGHAI).date()


async def case_with_task(
    database: Database,
    *id_numbers: str,
    office: str = STATION,
    kind: str = "REVIEW",
    number: int = 1,
    days: int | None = 5,
    case: dict[str, Any] | None = None,
    **changes: Any,
) -> str:
    """A case of its own with one open task that is due in so many days; the task's number."""
    filing = await open_case(database, *id_numbers)
    task_id = ids.task_id(filing.case_no, kind, number)
    spec = TASKS[kind]
    async with database.write() as connection:
        await connection.execute(
            update(Case)
            .where(Case.case_no == filing.case_no)
            .values(
                competent_office=office,
                intake_office=office,
                custodian_office=office,
                **(case or {}),
            )
        )
        values = {
            "task_id": task_id,
            "case_no": filing.case_no,
            "workflow_id": ids.case_workflow_id(filing.case_no),
            "kind": kind,
            "title": spec.title,
            "office": office,
            "role": spec.role.value,
            "clock": "DECISION" if days is not None else None,
            "due_on": today() + timedelta(days=days) if days is not None else None,
            "opened_at": datetime.now(UTC),
            "opened_in": 1,
            **changes,
        }
        await connection.execute(insert(Task).values(**values))
    return task_id
