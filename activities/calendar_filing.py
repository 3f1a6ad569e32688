"""Puts one finding of the calendar check on file as a case; the worker's outbox starts it.

Called inside the transaction that keeps the findings, so that finding and filing are one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.lead_office import lead_office
from activities.office_case import office_filing
from catalog.catalog import Catalog
from contracts.cases import Desks
from contracts.families import CALENDAR
from storage import cases


async def file_finding(
    connection: AsyncConnection, catalog: Catalog, locality: str, found: Any, at: datetime
) -> str:
    """The number of the new case, for the locality's lead office; DomainError NO_LEAD_OFFICE.

    ``found`` is a row of the findings. Its words are on file, its facts are codes.
    """
    office = lead_office(catalog, locality)
    filing = await office_filing(
        connection,
        catalog,
        locality,
        CALENDAR,
        at,
        prefix="calendar.",
        desks=Desks(intake=office, station=office, bureau=office),
        facts={
            "finding": found.key,
            "kind": found.kind,
            "opened_on": found.opened_on.isoformat(),
        },
    )
    await cases.put_case(
        connection,
        filing,
        application={"text": found.text, "remedy": found.remedy},
        phone=None,
        filed_at=at,
    )
    return filing.case_no
