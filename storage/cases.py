"""Opening a case: the application goes on file before any workflow starts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts import ids
from contracts.cases import HukouFiling
from storage.tables import Case


async def put_case(
    connection: AsyncConnection,
    filing: HukouFiling,
    *,
    workflow_name: str,
    application: dict[str, Any],
    phone: str | None,
    filed_at: datetime,
) -> None:
    """Put a new case on file, not yet started."""
    await connection.execute(
        insert(Case).values(
            case_no=filing.case_no,
            kind="HOME",
            workflow_id=ids.case_workflow_id(filing.case_no),
            workflow_name=workflow_name,
            filing=filing.model_dump(mode="json"),
            matter=filing.matter,
            matter_name=filing.matter_name,
            home_case_no=filing.case_no,
            peer=filing.origin,
            intake_office=filing.desks.intake,
            competent_office=filing.desks.intake,
            custodian_office=filing.desks.intake,
            stage="SUBMITTED",
            holder="OURS",
            filed_at=filed_at,
            received_on=filing.received_on,
            phone=phone,
            application=application,
        )
    )


async def unstarted(connection: AsyncConnection) -> list[HukouFiling]:
    """Cases on file whose workflow has not been started yet, oldest first."""
    rows = await connection.execute(
        select(Case.filing)
        .where(~Case.started, Case.kind == "HOME")
        .order_by(Case.case_no)
        .limit(200)
    )
    return [HukouFiling.model_validate(row.filing) for row in rows]


async def mark_started(connection: AsyncConnection, case_no: str) -> None:
    """The workflow of the case runs."""
    await connection.execute(update(Case).where(Case.case_no == case_no).values(started=True))
