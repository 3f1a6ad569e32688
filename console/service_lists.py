"""Lists of ratings and hotline tickets for the people of one locality, as far as they may see.

Used by the command line. A reader without staff number sees sums and codes, never persons.
"""

from __future__ import annotations

from typing import Any

from console.errors import OfficeCode, OfficeError, database_down
from console.office import Office
from console.rating_desk import RatingDesk
from storage import hotline_views, rating_register
from storage.people import log_access

Record = dict[str, Any]
_CALLER = ("caller_name", "caller_phone", "words")


async def list_ratings(
    office: Office,
    desk: RatingDesk,
    *,
    clerk: str | None,
    of: str | None = None,
    low: bool = False,
    limit: int = 100,
) -> list[Record]:
    """Ratings of the offices that this person may see, newest first."""
    offices = office.visible_offices(clerk, of)
    rows = await office.read(
        lambda connection: rating_register.listed(connection, offices, low=low, limit=limit)
    )
    return desk.shown(rows, clerk)


async def one_rating(
    office: Office, desk: RatingDesk, rating_no: str, *, clerk: str | None
) -> Record:
    """One rating; whoever sees of which case it is leaves a trace (G8)."""
    offices = office.visible_offices(clerk)
    rows = await office.read(
        lambda connection: rating_register.listed(connection, offices, rating_no=rating_no)
    )
    if not rows:
        raise OfficeError(
            OfficeCode.NOT_FOUND,
            f"没有评价 {rating_no}，或您的机构无权查看；请到评价列表核对编号。",
        )
    (shown,) = desk.shown(rows, clerk)
    if clerk is not None and shown["case_no"] is not None:
        await _trace(office, shown["case_no"], clerk, "rating", "差评核实与申诉复核")
    return shown


async def list_tickets(
    office: Office,
    *,
    clerk: str | None,
    of: str | None = None,
    open_only: bool = False,
    limit: int = 100,
) -> list[Record]:
    """Tickets of the offices that this person may see, newest first."""
    offices = office.visible_offices(clerk, of)
    return await office.read(
        lambda connection: hotline_views.tickets(
            connection, offices, open_only=open_only, limit=limit
        )
    )


async def one_ticket(
    office: Office, ticket_no: str, *, clerk: str | None, persons: bool = False
) -> Record:
    """One ticket with its replies; the caller only for a clerk who asks, and with a trace (G8)."""
    offices = office.visible_offices(clerk)
    found = await office.read(
        lambda connection: hotline_views.ticket(connection, ticket_no, offices)
    )
    if found is None:
        raise OfficeError(
            OfficeCode.NOT_FOUND,
            f"没有工单 {ticket_no}，或您的机构无权查看；请到工单列表核对编号。",
        )
    if clerk is None or not persons:
        hidden = dict.fromkeys(_CALLER if clerk is None else _CALLER[:2])
        replies = [{**one, "words": None} if clerk is None else one for one in found["replies"]]
        return {**found, **hidden, "replies": replies}
    await _trace(office, found["case_no"], clerk, "hotline caller", "热线工单办理")
    return found


async def _trace(office: Office, case_no: str, clerk: str, what: str, purpose: str) -> None:
    try:
        async with office.database.write() as connection:
            await log_access(connection, case_no, clerk, what, purpose)
    except OSError as error:
        raise database_down() from error
