"""The rungs of the ladder as people see them, and what people record about one.

Called by `console.supervising`. A rung's state follows from its records; nothing is stored twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.supervision import ANSWERS, ENDS, NewRecord
from storage.supervision_tables import SupervisionRecord, SupervisionRow
from storage.tables import Case, Task

Record = dict[str, Any]
_OVER = (*ENDS, "CHECKED")


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """A record as it stands; ``known``: the command had been carried out before."""

    record: Record
    known: bool


async def rungs(
    connection: AsyncConnection,
    offices: Sequence[str],
    *,
    rung: str | None = None,
    open_only: bool = False,
    case_no: str | None = None,
    limit: int = 100,
) -> list[Record]:
    """Rungs that address these offices, newest first."""
    wanted: list[ColumnElement[bool]] = [SupervisionRow.office.in_(offices)]
    if rung is not None:
        wanted.append(SupervisionRow.rung == rung)
    if case_no is not None:
        wanted.append(SupervisionRow.case_no == case_no)
    if open_only:
        over = exists().where(
            SupervisionRecord.number == SupervisionRow.number, SupervisionRecord.kind.in_(_OVER)
        )
        wanted.append(~over)
    return await _rungs(connection, wanted, limit)


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
        .where(SupervisionRecord.number.in_([one["number"] for one in found]))
        .order_by(SupervisionRecord.id)
    )
    of_rung: dict[str, list[Record]] = {}
    for record in records.mappings():
        of_rung.setdefault(record["number"], []).append(dict(record))
    return [_with_state(one, of_rung.get(one["number"], [])) for one in found]


def _with_state(rung: Record, records: list[Record]) -> Record:
    """状态时间 and 结果描述 of GB/T 39046 table 11 follow from the records."""
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
        "records": records,
    }
