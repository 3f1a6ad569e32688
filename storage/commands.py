"""Commands of people before and after they are sent: stored first, settled once.

Called by the console and the worker's outbox. One command per workflow is in flight, so that what
was committed but not yet confirmed is always repeated before anything else is asked.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.commands import Command
from storage.task_tables import CommandRow


async def put(
    connection: AsyncConnection,
    workflow_id: str,
    case_no: str,
    command: Command,
    body: dict[str, Any],
    now: datetime,
) -> bool:
    """Store a command as PENDING; False where this id is known already.

    Raises IntegrityError when another command of the workflow is in flight.
    """
    stored = await connection.execute(
        insert(CommandRow)
        .values(
            command_id=command.command_id,
            workflow_id=workflow_id,
            case_no=case_no,
            command=command.model_dump(mode="json"),
            body=body,
            sent_at=now,
        )
        .on_conflict_do_nothing(index_elements=["command_id"])
        .returning(CommandRow.command_id)
    )
    return stored.first() is not None


async def find(connection: AsyncConnection, command_id: str) -> Any | None:
    """The stored command with status and receipt."""
    return (
        await connection.execute(
            select(*CommandRow.__table__.columns).where(CommandRow.command_id == command_id)
        )
    ).one_or_none()


async def settle(
    connection: AsyncConnection,
    command_id: str,
    status: str,
    receipt: dict[str, Any],
    now: datetime,
) -> None:
    """DONE with the receipt, or REJECTED with the code; the first settlement stays."""
    await connection.execute(
        update(CommandRow)
        .where(CommandRow.command_id == command_id, CommandRow.status == "PENDING")
        .values(status=status, receipt=receipt, settled_at=now)
    )


async def left_over(connection: AsyncConnection, now: datetime, older_than: timedelta) -> list[Any]:
    """Commands in flight for longer than they should be."""
    rows = await connection.execute(
        select(*CommandRow.__table__.columns)
        .where(CommandRow.status == "PENDING", CommandRow.sent_at <= now - older_than)
        .order_by(CommandRow.sent_at)
        .limit(200)
    )
    return list(rows)
