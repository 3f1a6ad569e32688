"""The filing of a case that nobody applied for: a difference, a low rating, a hotline ticket.

Called where such a case is put on file; both sides are the locality itself.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from catalog.catalog import Catalog
from catalog.pinning import office_names, rules_of
from contracts.cases import CaseFiling, Desks
from contracts.families import Family
from domain.calendar import SHANGHAI
from storage.serials import new_case_number


async def office_filing(
    connection: AsyncConnection,
    catalog: Catalog,
    locality: str,
    family: Family,
    at: datetime,
    *,
    prefix: str,
    desks: Desks,
    facts: dict[str, str],
) -> CaseFiling:
    """A filing under a fresh number; ``prefix`` of its policies, ``facts`` hold no person."""
    day, name = at.astimezone(SHANGHAI).date(), catalog.locality(locality).name
    return CaseFiling(
        case_no=await new_case_number(connection, locality, day),
        locality=locality,
        locality_name=name,
        matter=family.code,
        matter_name=family.home,
        matter_version=1,
        catalog_version=catalog.version,
        family=family.code,
        desks=desks,
        origin=locality,
        origin_name=name,
        origin_office=None,
        persons=0,
        filed_on=day,
        received_on=day,
        rules=rules_of(catalog, prefix, locality, locality, on=day),
        office_names=office_names(catalog, locality),
        facts=facts,
    )
