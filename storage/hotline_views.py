"""What people see of 12345 tickets: lists, one ticket, and the tickets that name a case."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case_tables import Case
from storage.hotline_tables import TicketReply, TicketRow
from storage.views import seen_by

Record = dict[str, Any]

_COLUMNS = (
    TicketRow.ticket_no,
    TicketRow.case_no,
    TicketRow.category,
    TicketRow.about_case_no,
    TicketRow.called_at,
    Case.stage,
    Case.ending,
    Case.competent_office,
    Case.due_on,
    Case.overdue,
    Case.closed_at,
)


async def tickets(
    connection: AsyncConnection,
    offices: Collection[str],
    *,
    open_only: bool = False,
    limit: int = 100,
) -> list[Record]:
    """Tickets that these offices work on or have worked on, newest first; nothing personal."""
    statement = (
        select(*_COLUMNS)
        .join(Case, Case.case_no == TicketRow.case_no)
        .where(seen_by(offices))
        .order_by(TicketRow.called_at.desc(), TicketRow.ticket_no)
        .limit(limit)
    )
    if open_only:
        statement = statement.where(Case.closed_at.is_(None))
    return [dict(row) for row in (await connection.execute(statement)).mappings()]


async def ticket(
    connection: AsyncConnection, ticket_no: str, offices: Collection[str]
) -> Record | None:
    """One ticket with the caller, what was said and what went back."""
    row = (
        (
            await connection.execute(
                select(*_COLUMNS, TicketRow.caller_name, TicketRow.caller_phone, TicketRow.words)
                .join(Case, Case.case_no == TicketRow.case_no)
                .where(TicketRow.ticket_no == ticket_no, seen_by(offices))
            )
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        return None
    replies = await connection.execute(
        select(
            TicketReply.kind,
            TicketReply.round,
            TicketReply.words,
            TicketReply.office,
            TicketReply.written_at,
            TicketReply.sent_at,
            TicketReply.receipt,
        )
        .where(TicketReply.ticket_no == ticket_no)
        .order_by(TicketReply.written_at)
    )
    return {**row, "replies": [dict(one) for one in replies.mappings()]}


async def tickets_about(connection: AsyncConnection, case_no: str) -> list[Record]:
    """Tickets that name the case, oldest first; nothing personal."""
    rows = await connection.execute(
        select(*_COLUMNS)
        .join(Case, Case.case_no == TicketRow.case_no)
        .where(TicketRow.about_case_no == case_no)
        .order_by(TicketRow.called_at)
    )
    return [dict(one) for one in rows.mappings()]
