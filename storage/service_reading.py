"""What stands behind the case of a rating or of a hotline ticket, for whoever works on it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.hotline_tables import TicketReply, TicketRow
from storage.rating_tables import RatingAppeal, RatingRow

Record = dict[str, Any]


async def ticket_behind(connection: AsyncConnection, case_no: str) -> Record | None:
    """The ticket that the case handles, with the caller and what went back; personal."""
    columns = TicketRow.__table__.columns
    found = await connection.execute(select(*columns).where(TicketRow.case_no == case_no))
    row = found.mappings().one_or_none()
    if row is None:
        return None
    replies = await connection.execute(
        select(TicketReply.round, TicketReply.words, TicketReply.written_at)
        .where(TicketReply.ticket_no == row["ticket_no"])
        .order_by(TicketReply.written_at)
    )
    return {**row, "replies": [dict(one) for one in replies.mappings()]}


async def rating_behind(connection: AsyncConnection, case_no: str) -> Record | None:
    """The rating whose rectification or appeal the case is, with its appeals; may be personal."""
    appealed = select(RatingAppeal.rating_no).where(RatingAppeal.case_no == case_no)
    found = await connection.execute(
        select(*RatingRow.__table__.columns).where(
            or_(RatingRow.rectification == case_no, RatingRow.rating_no.in_(appealed))
        )
    )
    row = found.mappings().one_or_none()
    if row is None:
        return None
    appeals = await connection.execute(
        select(RatingAppeal.party, RatingAppeal.ground, RatingAppeal.words)
        .where(RatingAppeal.rating_no == row["rating_no"])
        .order_by(RatingAppeal.made_at)
    )
    return {**row, "appeals": [dict(one) for one in appeals.mappings()]}
