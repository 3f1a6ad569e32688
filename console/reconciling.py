"""Running the reconciliation on demand: the same workflow that the Schedule starts each morning."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from contracts import ids
from contracts.reconciling import ReconcileRequest, ReconcileResult
from storage.database import Database
from storage.differences import Standing, standing

if TYPE_CHECKING:
    from temporalio.client import Client

_PATIENCE = timedelta(minutes=2)


async def reconcile_now(
    client: Client, database: Database, locality: str, *, at: datetime | None = None
) -> tuple[Standing, ...]:
    """Compare as things stand ``at`` (now unless given); the differences that are left."""
    await client.execute_workflow(
        "对账",
        ReconcileRequest(locality=locality, at=at),
        result_type=ReconcileResult,
        id=f"对账-{locality}-{uuid.uuid4()}",
        task_queue=ids.task_queue(locality),
        execution_timeout=_PATIENCE,
        static_summary="对账（人工启动）",
    )
    async with database.read() as connection:
        return await standing(connection)
