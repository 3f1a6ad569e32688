"""Opening a case: the application goes on file before any workflow starts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts import ids
from contracts.cases import CaseFiling, HukouFiling
from contracts.families import HUKOU, PARCEL_PROCEDURE, family
from contracts.parcels import ParcelFiling
from domain.calendar import SHANGHAI
from storage.case_tables import Case
from storage.parcels import open_parcel
from storage.serials import new_case_number


async def put_case(
    connection: AsyncConnection,
    filing: CaseFiling,
    *,
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
            workflow_name=family(filing.family).home,
            filing=filing.model_dump(mode="json"),
            matter=filing.matter,
            matter_name=filing.matter_name,
            mode=filing.mode,
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


async def put_parcel(
    connection: AsyncConnection, filing: ParcelFiling, at: datetime, *, made_in: int
) -> None:
    """Open the procedure 寄递 of a parcel with a case number of its own, once per parcel."""
    workflow_id = ids.parcel_workflow_id(filing.parcel.parcel_key)
    known = await connection.execute(
        select(Case.case_no).where(Case.workflow_id == workflow_id).with_for_update()
    )
    if known.first() is not None:
        return
    today = at.astimezone(SHANGHAI).date()
    number = await new_case_number(connection, filing.locality, today)
    filing = filing.model_copy(update={"case_no": number})
    office = filing.parcel.from_office
    await connection.execute(
        insert(Case).values(
            case_no=number,
            kind="PARCEL",
            workflow_id=workflow_id,
            workflow_name=PARCEL_PROCEDURE,
            filing=filing.model_dump(mode="json"),
            matter=filing.matter,
            matter_name=filing.matter_name,
            home_case_no=filing.home_case_no,
            peer=filing.parcel.to_locality,
            intake_office=office,
            competent_office=office,
            custodian_office=office,
            stage="PACKING",
            holder="OURS",
            filed_at=at,
            received_on=today,
        )
    )
    await open_parcel(connection, filing.parcel, at, case_no=number, made_in=made_in)


async def unstarted_parcels(connection: AsyncConnection) -> list[ParcelFiling]:
    """Parcels whose procedure has not been started yet, oldest first."""
    rows = await connection.execute(
        select(Case.filing)
        .where(~Case.started, Case.kind == "PARCEL")
        .order_by(Case.case_no)
        .limit(200)
    )
    return [ParcelFiling.model_validate(row.filing) for row in rows]


def filing_of(stored: dict[str, Any]) -> CaseFiling:
    """A stored filing as the input of its procedure."""
    model = HukouFiling if stored.get("family", HUKOU.code) == HUKOU.code else CaseFiling
    return model.model_validate(stored)


def family_of_case() -> ColumnElement[str]:
    """The family of a case as a column ``family``: it is pinned in the filing, or in the letter."""
    return func.coalesce(
        Case.filing["family"].astext, Case.filing["letter"]["family"].astext, HUKOU.code
    ).label("family")


async def unstarted(connection: AsyncConnection) -> list[CaseFiling]:
    """Cases on file whose workflow has not been started yet, oldest first."""
    rows = await connection.execute(
        select(Case.filing)
        .where(~Case.started, Case.kind == "HOME")
        .order_by(Case.case_no)
        .limit(200)
    )
    return [filing_of(row.filing) for row in rows]


async def mark_started(connection: AsyncConnection, case_no: str) -> None:
    """The workflow of the case runs."""
    await connection.execute(update(Case).where(Case.case_no == case_no).values(started=True))
