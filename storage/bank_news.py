"""Which statement lines a running case has not heard of yet; read and settled by the bank round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.money import BankEntryKind
from storage.case_tables import Case
from storage.ledger_tables import BankEntryRow
from storage.paper_tables import LetterRow


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One line and the workflow it is for. ``total_fen``: all of its kind for that letter here."""

    account: str
    number: int
    kind: BankEntryKind
    letter_no: str
    reference: str
    amount_fen: int
    total_fen: int
    workflow_id: str
    closed: bool


async def untold(connection: AsyncConnection, limit: int = 200) -> tuple[News, ...]:
    """Known lines that no case has been told of, oldest first."""
    total = (
        select(func.sum(BankEntryRow.amount_fen))
        .where(
            BankEntryRow.letter_no == LetterRow.number,
            BankEntryRow.kind == BankEntryKind.ARRIVED.value,
            BankEntryRow.known,
        )
        .correlate(LetterRow)
        .scalar_subquery()
    )
    rows = await connection.execute(
        select(
            BankEntryRow.account,
            BankEntryRow.number,
            BankEntryRow.kind,
            BankEntryRow.letter_no,
            BankEntryRow.reference,
            BankEntryRow.amount_fen,
            func.coalesce(total, 0).label("total_fen"),
            Case.workflow_id,
            Case.closed_at,
        )
        .join(LetterRow, LetterRow.number == BankEntryRow.letter_no)
        .join(Case, Case.case_no == LetterRow.case_no)
        .where(BankEntryRow.told_at.is_(None), BankEntryRow.known)
        .order_by(BankEntryRow.account, BankEntryRow.number)
        .limit(limit)
    )
    return tuple(
        News(
            account=row.account,
            number=row.number,
            kind=BankEntryKind(row.kind),
            letter_no=row.letter_no,
            reference=row.reference,
            amount_fen=row.amount_fen,
            total_fen=int(row.total_fen),
            workflow_id=row.workflow_id,
            closed=row.closed_at is not None,
        )
        for row in rows
    )


async def mark_told(connection: AsyncConnection, account: str, number: int, at: datetime) -> None:
    """The case has been told."""
    await connection.execute(
        update(BankEntryRow)
        .where(BankEntryRow.account == account, BankEntryRow.number == number)
        .values(told_at=at)
    )
