"""The rungs of the ladder as people see them, and what people record about one.

Called by `console.supervising`; `storage.digests` takes what waits for an answer. A rung's state
follows from its records and from its task; nothing is stored twice.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.tasks import TaskStatus
from storage.case_tables import Case
from storage.supervision import ANSWERS, ENDS, TOLD, NewRecord
from storage.supervision_tables import SupervisionRecord, SupervisionRow
from storage.task_tables import Task

Record = dict[str, Any]


class Listed(StrEnum):
    """Which rungs of a list are wanted."""

    AWAITING = "awaiting"  # its office has to answer, and has not
    OPEN = "open"  # neither ended with its work or date, nor checked after the work was done
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """A record as it stands; ``known``: the command had been carried out before."""

    record: Record
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A question for rungs that address these offices."""

    offices: Collection[str]
    listed: Listed = Listed.ALL
    rung: str | None = None
    case_no: str | None = None


async def rungs(
    connection: AsyncConnection, wanted: Wanted, *, limit: int = 100, after: str = ""
) -> list[Record]:
    """Newest first; ``after``: from the one that follows the rung of this number."""
    conditions = _conditions(wanted)
    if after:
        place = await connection.execute(
            select(SupervisionRow.issued_at, SupervisionRow.id).where(
                SupervisionRow.number == after
            )
        )
        found = place.one_or_none()
        if found is not None:
            here = tuple_(SupervisionRow.issued_at, SupervisionRow.id)
            conditions.append(here < tuple_(found.issued_at, found.id))
    return await _rungs(connection, conditions, limit)


async def count(connection: AsyncConnection, wanted: Wanted) -> int:
    """How many there are."""
    question = (
        select(func.count())
        .select_from(SupervisionRow)
        .join(Task, Task.task_id == SupervisionRow.task_id)
        .where(*_conditions(wanted))
    )
    found: int = (await connection.execute(question)).scalar_one()
    return found


async def awaiting(connection: AsyncConnection, offices: Collection[str]) -> list[Record]:
    """``number``, ``office``, ``rung``, ``case_no``, ``title`` and ``due_on`` of what these offices
    have to answer, the earliest first."""
    rows = await connection.execute(
        select(
            SupervisionRow.number,
            SupervisionRow.office,
            SupervisionRow.rung,
            SupervisionRow.case_no,
            Task.title,
            SupervisionRow.due_on,
        )
        .join(Task, Task.task_id == SupervisionRow.task_id)
        .where(*_conditions(Wanted(offices=offices, listed=Listed.AWAITING)))
        .order_by(SupervisionRow.due_on, SupervisionRow.id)
    )
    return [dict(row) for row in rows.mappings()]


async def rung_of(connection: AsyncConnection, number: str) -> Record | None:
    """One rung with its records."""
    found = await _rungs(connection, [SupervisionRow.number == number], 1)
    return found[0] if found else None


async def lock(connection: AsyncConnection, number: str) -> None:
    """One record of a rung at a time, until the transaction ends."""
    await connection.execute(
        select(SupervisionRow.id).where(SupervisionRow.number == number).with_for_update()
    )


async def append(connection: AsyncConnection, record: NewRecord) -> Appended:
    """Append what a person did; a repeat under its command id returns what was written first."""
    values = {name: getattr(record, name) for name in record.__slots__}
    written = await connection.execute(
        insert(SupervisionRecord)
        .values(**values)
        .on_conflict_do_nothing(index_elements=["command_id"])
        .returning(SupervisionRecord.id)
    )
    known = written.first() is None
    found = await by_command(connection, record.command_id or "")
    assert found is not None
    return Appended(record=found, known=known)


async def by_command(connection: AsyncConnection, command_id: str) -> Record | None:
    """The record that a command wrote."""
    row = await connection.execute(
        select(SupervisionRecord.__table__).where(SupervisionRecord.command_id == command_id)
    )
    found = row.mappings().one_or_none()
    return dict(found) if found is not None else None


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [SupervisionRow.office.in_(wanted.offices)]
    if wanted.rung is not None:
        found.append(SupervisionRow.rung == wanted.rung)
    if wanted.case_no is not None:
        found.append(SupervisionRow.case_no == wanted.case_no)
    undone = Task.status == TaskStatus.OPEN
    if wanted.listed is Listed.AWAITING:
        # Few tasks have open rungs: the register begins with those, not with every rung there was.
        found += [undone, Task.laddered.is_(True), SupervisionRow.due_on.is_not(None)]
        found.append(~_recorded(*ANSWERS, *ENDS))
    elif wanted.listed is Listed.OPEN:
        found += [~_recorded(*ENDS), or_(undone, ~_recorded("CHECKED"))]
    return found


def _recorded(*kinds: str) -> ColumnElement[bool]:
    return exists().where(
        SupervisionRecord.number == SupervisionRow.number, SupervisionRecord.kind.in_(kinds)
    )


async def _rungs(
    connection: AsyncConnection, wanted: list[ColumnElement[bool]], limit: int
) -> list[Record]:
    rows = await connection.execute(
        select(
            SupervisionRow.__table__,
            Task.title.label("task_title"),
            Task.status.label("task_status"),
            Case.matter_name,
        )
        .join(Task, Task.task_id == SupervisionRow.task_id)
        .join(Case, Case.case_no == SupervisionRow.case_no)
        .where(*wanted)
        .order_by(SupervisionRow.issued_at.desc(), SupervisionRow.id.desc())
        .limit(limit)
    )
    found = [dict(row) for row in rows.mappings()]
    records = await connection.execute(
        select(SupervisionRecord.__table__)
        .where(
            SupervisionRecord.number.in_([one["number"] for one in found]),
            SupervisionRecord.kind != TOLD,
        )
        .order_by(SupervisionRecord.id)
    )
    of_rung: dict[str, list[Record]] = {}
    for record in records.mappings():
        of_rung.setdefault(record["number"], []).append(dict(record))
    return [_with_state(one, of_rung.get(one["number"], [])) for one in found]


def _with_state(rung: Record, records: list[Record]) -> Record:
    """状态时间 and 结果描述 of GB/T 39046 table 11 follow from the records.

    ``open``: as in the list of what is not over; an answer that was checked ends nothing.
    """
    kinds = [one["kind"] for one in records]
    if "WITHDRAWN" in kinds:
        state = "WITHDRAWN"
    elif "CHECKED" in kinds:
        state = "CHECKED"
    elif "CLOSED" in kinds:
        state = "CLOSED"
    else:
        state = "ANSWERED" if set(kinds) & set(ANSWERS) else "OPEN"
    state_at: datetime = records[-1]["at"] if records else rung["issued_at"]
    return {
        **rung,
        "state": state,
        "state_at": state_at,
        "answered": bool(set(kinds) & set(ANSWERS)),
        "open": not set(kinds) & set(ENDS)
        and ("CHECKED" not in kinds or rung["task_status"] == TaskStatus.OPEN),
        "records": records,
    }
