"""Which rungs their offices have not been sent word of, and that they have.

Called by `counter.rung_round`. That word was sent is a record of the rung (``TOLD``), which nobody
is shown and which the ladder does not ask for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.supervision import LADDER, Rung
from storage.case_tables import Case
from storage.supervision import ENDS, TOLD
from storage.supervision_tables import SupervisionRecord, SupervisionRow
from storage.task_tables import Task

#: Rungs of one round.
AT_ONCE = 40
#: A warning and the mere word that something is late stand in the morning digest.
_TOLD_OF = tuple(one.value for one in LADDER if one.level >= Rung.URGE.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """A rung whose office has no word of it; ``id`` in the order of issue."""

    id: int
    number: str
    office: str
    rung: str
    case_no: str
    matter: str
    title: str
    task_due_on: date
    days_late: int
    due_on: date | None


async def untold(
    connection: AsyncConnection,
    *,
    after: int = 0,
    numbers: Collection[str] | None = None,
    limit: int = AT_ONCE,
) -> tuple[Untold, ...]:
    """Rungs from 催办 up that still stand and that no word was sent of, oldest first: those issued
    after the one with this id, or of these numbers."""
    recorded = exists().where(
        SupervisionRecord.number == SupervisionRow.number,
        SupervisionRecord.kind.in_((TOLD, *ENDS)),
    )
    which = SupervisionRow.id > after if numbers is None else SupervisionRow.number.in_(numbers)
    rows = await connection.execute(
        select(
            SupervisionRow.id,
            SupervisionRow.number,
            SupervisionRow.office,
            SupervisionRow.rung,
            SupervisionRow.case_no,
            Case.matter_name.label("matter"),
            Task.title,
            SupervisionRow.task_due_on,
            SupervisionRow.days_late,
            SupervisionRow.due_on,
        )
        .join(Task, Task.task_id == SupervisionRow.task_id)
        .join(Case, Case.case_no == SupervisionRow.case_no)
        .where(which, SupervisionRow.rung.in_(_TOLD_OF), ~recorded)
        .order_by(SupervisionRow.id)
        .limit(limit)
    )
    return tuple(Untold(**row) for row in rows.mappings())


async def told(connection: AsyncConnection, one: Untold, receipt: str, at: datetime) -> None:
    """The platform has taken it, or will not: ``receipt`` tells which. Once for a rung."""
    await connection.execute(
        insert(SupervisionRecord)
        .values(
            number=one.number,
            kind=TOLD,
            at=at,
            actor="OUTBOX",
            office=one.office,
            facts={"receipt": receipt},
            command_id=f"told:{one.number}",
        )
        .on_conflict_do_nothing(index_elements=["command_id"])
    )
