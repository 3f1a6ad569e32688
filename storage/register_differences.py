"""Open cases as the nightly 登记核对 compares them, and the differences that it keeps.

Called by the activity 核对登记 and by ``starter.py supervision registers``.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.casework import STAGE_LABELS, Stage
from domain.register_check import Difference, Shown
from storage.case_tables import Case
from storage.supervision_tables import RegisterDifference


async def registered(
    connection: AsyncConnection, workflow_ids: Collection[str] | None = None
) -> dict[str, tuple[str, Shown]]:
    """Open cases that have taken a step: workflow id -> case number and what operators shall see.

    ``workflow_ids``: these only.
    """
    wanted = [Case.closed_at.is_(None), Case.started]
    if workflow_ids is not None:
        wanted.append(Case.workflow_id.in_(workflow_ids))
    rows = await connection.execute(
        select(Case.workflow_id, Case.case_no, Case.stage, Case.overdue, Case.escalation).where(
            *wanted
        )
    )
    return {
        row.workflow_id: (
            row.case_no,
            Shown(STAGE_LABELS[Stage(row.stage)], row.overdue, row.escalation),
        )
        for row in rows
    }


async def keep(
    connection: AsyncConnection, found: Collection[Difference], at: datetime
) -> tuple[int, int]:
    """Keep what stands now; returns (how many are new, how many are gone)."""
    await connection.execute(select(func.pg_advisory_xact_lock(func.hashtext("登记核对"))))
    new = 0
    for one in found:
        written = await connection.execute(
            insert(RegisterDifference)
            .values(
                key=one.key,
                kind=one.kind.value,
                workflow_id=one.workflow_id,
                case_no=one.case_no,
                words=one.text,
                found_at=at,
                seen_at=at,
            )
            .on_conflict_do_update(
                index_elements=["key"],
                index_where=RegisterDifference.gone_at.is_(None),
                set_={"seen_at": at, "words": one.text},
            )
            .returning(RegisterDifference.found_at == at)
        )
        new += bool(written.scalar_one())
    gone = await connection.execute(
        update(RegisterDifference)
        .where(
            RegisterDifference.gone_at.is_(None),
            RegisterDifference.key.not_in([one.key for one in found]),
        )
        .values(gone_at=at)
    )
    return new, gone.rowcount


async def standing(connection: AsyncConnection) -> list[dict[str, Any]]:
    """What stands, oldest first."""
    rows = await connection.execute(
        select(RegisterDifference.__table__)
        .where(RegisterDifference.gone_at.is_(None))
        .order_by(RegisterDifference.id)
    )
    return [dict(row) for row in rows.mappings()]
