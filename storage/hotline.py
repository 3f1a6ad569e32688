"""The register of 12345 tickets: each taken in once, its news told to its case, its replies sent.

Called by activities/ticket_filing.py and activities/hotline_desk.py, by the console's call-back
door and by the worker's hotline round.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts import ids
from contracts.families import ALONE
from contracts.tidings import Tidings, TidingsKind
from domain.casework import ActCode, ClockKind
from domain.hotline import ReplyKind
from storage import tidings
from storage.case_tables import Case
from storage.cases import family_of_case
from storage.hotline_tables import HotlineNewsRow, TicketReply, TicketRow
from storage.step_tables import Act, ClockRow
from storage.task_tables import CommandRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """What the platform has not taken yet. ``days``: of an extension."""

    ticket_no: str
    case_no: str
    kind: ReplyKind
    round: int
    words: str
    office: str
    days: int = 0


async def lock(connection: AsyncConnection, ticket_no: str) -> None:
    """One piece of news of a ticket at a time, until the transaction ends."""
    await connection.execute(
        select(func.pg_advisory_xact_lock(func.hashtext(f"hotline:{ticket_no}")))
    )


async def is_new(
    connection: AsyncConnection,
    *,
    number: int,
    ticket_no: str,
    kind: str,
    facts: dict[str, Any],
    source: str,
    at: datetime,
) -> bool:
    """Keep one piece of news by its number; False where it is on file already."""
    kept = await connection.execute(
        insert(HotlineNewsRow)
        .values(
            number=number,
            ticket_no=ticket_no,
            kind=kind,
            facts=facts,
            source=source,
            taken_at=at,
        )
        .on_conflict_do_nothing()
        .returning(HotlineNewsRow.number)
    )
    return kept.first() is not None


async def case_of(connection: AsyncConnection, ticket_no: str) -> str | None:
    """The case that handles the ticket."""
    found = await connection.execute(
        select(TicketRow.case_no).where(TicketRow.ticket_no == ticket_no)
    )
    return found.scalar_one_or_none()


async def keep_ticket(connection: AsyncConnection, **values: Any) -> None:
    """Put a ticket on file."""
    await connection.execute(insert(TicketRow).values(**values))


async def named_case(connection: AsyncConnection, number: str) -> tuple[str, str] | None:
    """The citizen's case that a ticket names, with the office that handles it."""
    row = (
        await connection.execute(
            select(Case.case_no, Case.competent_office).where(
                Case.case_no == number, Case.kind != "PARCEL", family_of_case().not_in(list(ALONE))
            )
        )
    ).one_or_none()
    return None if row is None else (row.case_no, row.competent_office)


async def tell_case(
    connection: AsyncConnection,
    case_no: str,
    number: int,
    code: str,
    facts: dict[str, str],
    at: datetime,
) -> None:
    """News for the ticket's case, told by the worker's tidings round."""
    await tidings.keep(
        connection,
        ids.case_workflow_id(case_no),
        Tidings(key=f"hotline:{number}", kind=TidingsKind.HOTLINE, code=code, facts=facts),
        at,
        case_no=case_no,
    )


async def command_words(connection: AsyncConnection, command_id: str, name: str) -> str:
    """What a clerk wrote with a decision: ``reason`` or ``evidence``."""
    found = await connection.execute(
        select(CommandRow.body).where(CommandRow.command_id == command_id)
    )
    return str(found.scalar_one().get(name, "")).strip()


async def write_reply(
    connection: AsyncConnection,
    *,
    ticket_no: str,
    kind: ReplyKind,
    round_: int,
    words: str,
    office: str,
    command_id: str | None,
    at: datetime,
) -> None:
    """Draw a reply up; the first one of its kind and round stands."""
    await connection.execute(
        insert(TicketReply)
        .values(
            ticket_no=ticket_no,
            kind=kind.value,
            round=round_,
            words=words,
            office=office,
            command_id=command_id,
            written_at=at,
        )
        .on_conflict_do_nothing()
    )


async def draw_up_extensions(connection: AsyncConnection, at: datetime) -> int:
    """Extensions that were approved and of which the platform has not heard.

    The platform counts rounds by our replies. Each dispatch starts a limit of handling, also that
    to an office whose ticket it was not, so the limit's own number says nothing.
    """
    replies = (
        select(func.count())
        .where(
            Act.case_no == ClockRow.case_no,
            Act.code == ActCode.TICKET_REPLIED.value,
            Act.voided_at.is_(None),
            Act.made_in < ClockRow.made_in,
        )
        .scalar_subquery()
    )
    rows = await connection.execute(
        select(
            TicketRow.ticket_no,
            (replies + 1).label("round"),
            ClockRow.extensions,
            Case.competent_office,
        )
        .join(TicketRow, TicketRow.case_no == ClockRow.case_no)
        .join(Case, Case.case_no == ClockRow.case_no)
        .where(
            ClockRow.kind == ClockKind.HANDLING.value,
            func.jsonb_array_length(ClockRow.extensions) > 0,
            Case.closed_at.is_(None),
        )
    )
    found = rows.all()
    for row in found:
        days = sum(int(one["length"]) for one in row.extensions)
        await write_reply(
            connection,
            ticket_no=row.ticket_no,
            kind=ReplyKind.EXTENSION,
            round_=row.round,
            words=str(days),
            office=row.competent_office,
            command_id=None,
            at=at,
        )
    return len(found)


async def unsent(connection: AsyncConnection, limit: int = 100) -> tuple[Unsent, ...]:
    """Replies that the platform has not taken, oldest first."""
    rows = await connection.execute(
        select(*TicketReply.__table__.columns, TicketRow.case_no)
        .join(TicketRow, TicketRow.ticket_no == TicketReply.ticket_no)
        .where(TicketReply.sent_at.is_(None))
        .order_by(TicketReply.written_at, TicketReply.ticket_no)
        .limit(limit)
    )
    return tuple(
        Unsent(
            ticket_no=row.ticket_no,
            case_no=row.case_no,
            kind=ReplyKind(row.kind),
            round=row.round,
            words=row.words,
            office=row.office,
            days=int(row.words) if row.kind == ReplyKind.EXTENSION else 0,
        )
        for row in rows
    )


async def mark_sent(connection: AsyncConnection, one: Unsent, receipt: str, at: datetime) -> None:
    """The platform has taken it, or refused it for good: ``receipt`` tells which."""
    await connection.execute(
        update(TicketReply)
        .where(
            TicketReply.ticket_no == one.ticket_no,
            TicketReply.kind == one.kind.value,
            TicketReply.round == one.round,
        )
        .values(sent_at=at, receipt=receipt)
    )
