"""Takes news of the 12345 platform in: a ticket becomes a case once, later news are told to it.

Called by the console's call-back door and by the worker's hotline round, each inside one
transaction; doubles and a ticket that comes both ways do no harm.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.lead_office import lead_office
from activities.office_case import office_filing
from adapters.hotline.protocol import HotlineEvent
from catalog.catalog import Catalog
from contracts.cases import Desks
from contracts.families import HOTLINE
from domain.hotline import HotlineNews
from storage import cases, hotline


async def take_news(
    connection: AsyncConnection,
    catalog: Catalog,
    locality: str,
    event: HotlineEvent,
    *,
    source: str,
    at: datetime,
) -> bool:
    """Take one piece of news in; False where it is about a ticket that is not here yet."""
    await hotline.lock(connection, event.ticket_no)
    case_no = await hotline.case_of(connection, event.ticket_no)
    if event.kind is HotlineNews.UNREADABLE:
        await _keep(connection, event, {}, source, at)
        return True
    if case_no is None and event.kind is not HotlineNews.TICKET:
        return False
    facts = {"verdict": event.verdict or "", "round": str(event.round)}
    told = facts if event.kind is HotlineNews.CALLED_BACK else {}
    if not await _keep(connection, event, told, source, at):
        return True
    if event.kind is HotlineNews.TICKET:
        if case_no is None:
            await _open(connection, catalog, locality, event, at)
        return True
    await hotline.tell_case(
        connection,
        case_no or "",
        event.number,
        event.kind.value,
        told,
        at,
    )
    return True


async def _keep(
    connection: AsyncConnection,
    event: HotlineEvent,
    told: dict[str, str],
    source: str,
    at: datetime,
) -> bool:
    """On file by its number; False where it was there before."""
    return await hotline.is_new(
        connection,
        number=event.number,
        ticket_no=event.ticket_no,
        kind=event.kind.value,
        facts=told,
        source=source,
        at=at,
    )


async def _open(
    connection: AsyncConnection,
    catalog: Catalog,
    locality: str,
    event: HotlineEvent,
    at: datetime,
) -> None:
    """File the case; what the caller said stays in the register of tickets."""
    content = event.content
    assert content is not None  # the protocol sees to it
    lead = lead_office(catalog, locality)
    about = (
        await hotline.named_case(connection, content.about_case_no)
        if content.about_case_no
        else None
    )
    filing = await office_filing(
        connection,
        catalog,
        locality,
        HOTLINE,
        at,
        prefix="hotline.",
        desks=Desks(intake=lead, station=lead, bureau=lead),
        facts={
            "ticket": event.ticket_no,
            "category": content.category,
            "about": about[0] if about else "",
            "suggested": about[1] if about else "",
        },
    )
    await cases.put_case(
        connection, filing, application={"ticket": event.ticket_no}, phone=None, filed_at=at
    )
    await hotline.keep_ticket(
        connection,
        ticket_no=event.ticket_no,
        case_no=filing.case_no,
        category=content.category,
        about_case_no=about[0] if about else None,
        caller_name=content.caller_name,
        caller_phone=content.caller_phone,
        words=content.words,
        called_at=content.called_at,
        taken_at=at,
    )
