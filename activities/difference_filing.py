"""Puts one difference of the reconciliation on file as a case; the worker's outbox starts it.

Called inside the transaction that keeps the run, so that finding and filing are one.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from catalog.catalog import Catalog
from catalog.pinning import office_names, rules_of
from contracts.cases import CaseFiling, Desks
from contracts.families import RECONCILIATION
from domain.calendar import SHANGHAI
from storage import cases
from storage import differences as standing
from storage.serials import new_case_number


async def file_difference(
    connection: AsyncConnection,
    catalog: Catalog,
    locality: str,
    found: standing.Standing,
    at: datetime,
) -> str:
    """The number of the new case; its words are on file, its facts are codes and sums."""
    day = at.astimezone(SHANGHAI).date()
    office = await _office(connection, catalog, locality, found)
    name = catalog.locality(locality).name
    filing = CaseFiling(
        case_no=await new_case_number(connection, locality, day),
        locality=locality,
        locality_name=name,
        matter=RECONCILIATION.code,
        matter_name=RECONCILIATION.home,
        matter_version=1,
        catalog_version=catalog.version,
        family=RECONCILIATION.code,
        desks=Desks(intake=office, station=office, bureau=office),
        origin=locality,
        origin_name=name,
        origin_office=None,
        persons=0,
        filed_on=day,
        received_on=day,
        rules=rules_of(catalog, "reconciliation.", locality, locality, on=day),
        office_names=office_names(catalog, locality),
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
