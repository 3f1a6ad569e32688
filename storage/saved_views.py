"""How each person wants to see the lists: columns, and filters kept under a name.

Called by `console.web.worklist`. Choices hold codes only, nothing about any applicant.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.console_tables import SavedView


async def of_view(connection: AsyncConnection, account: str, view: str) -> dict[str, Any]:
    """Choices of this account for one list, by name; the columns stand under the empty name."""
    rows = await connection.execute(
        select(SavedView.name, SavedView.choice)
        .where(SavedView.account == account, SavedView.view == view)
        .order_by(SavedView.name)
    )
    return {row.name: row.choice for row in rows}


async def keep(
    connection: AsyncConnection, account: str, view: str, name: str, choice: dict[str, Any]
) -> None:
    """Keep a choice; one of the same name is replaced."""
    values = {"choice": choice, "saved_at": datetime.now(UTC)}
    await connection.execute(
        insert(SavedView)
        .values(account=account, view=view, name=name, **values)
        .on_conflict_do_update(
            index_elements=[SavedView.account, SavedView.view, SavedView.name], set_=values
        )
    )


async def number_of(connection: AsyncConnection, account: str) -> int:
    """How many choices an account keeps."""
    found: int = (
        await connection.execute(
            select(func.count()).select_from(SavedView).where(SavedView.account == account)
        )
    ).scalar_one()
    return found


async def drop(connection: AsyncConnection, account: str, view: str, name: str) -> None:
    """Forget a choice."""
    await connection.execute(
        delete(SavedView).where(
            SavedView.account == account, SavedView.view == view, SavedView.name == name
        )
    )
