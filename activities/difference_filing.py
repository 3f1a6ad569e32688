"""Puts one difference of the reconciliation on file as a case; the worker's outbox starts it.

Called inside the transaction that keeps the run, so that finding and filing are one.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.office_case import office_filing
from catalog.catalog import Catalog
from contracts.cases import Desks
from contracts.families import RECONCILIATION
from storage import cases
from storage import differences as standing


async def file_difference(
    connection: AsyncConnection,
    catalog: Catalog,
    locality: str,
    found: standing.Standing,
    at: datetime,
) -> str:
    """The number of the new case; its words are on file, its facts are codes and sums."""
    office = await _office(connection, catalog, locality, found)
    filing = await office_filing(
        connection,
        catalog,
        locality,
        RECONCILIATION,
        at,
        prefix="reconciliation.",
        desks=Desks(intake=office, station=office, bureau=office),
        facts={
            "difference": found.key,
            "kind": found.kind,
            "letter_no": found.letter_no,
            "amount_fen": str(found.amount_fen),
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


async def _office(
    connection: AsyncConnection, catalog: Catalog, locality: str, found: standing.Standing
) -> str:
    """Who handles the letter's case, else the agency of the fund account's family."""
    office = await standing.office_of(connection, found.letter_no)
    if office is not None:
        return office
    account = await standing.account_of(connection, found) or ""
    family = account.partition("-")[2]
    agencies = catalog.locality(locality).agencies
    for matter in catalog.transfers.values():
        if matter.family == family and matter.agency in agencies:
            return agencies[matter.agency]
    return next(iter(agencies.values()))
