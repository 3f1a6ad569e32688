"""The orders to the bank: one alive or done for each letter and purpose (P6).

Queued while a transition is written, given to the bank by the worker's outbox, followed by the
bank round. Called inside the caller's transaction.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import RowMapping, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.money import RemittanceOrdered
from domain.errors import DomainError
from domain.ledger import LedgerProblem
from storage.ledger import lock
from storage.ledger_tables import RemittanceRow


async def order_remittance(
    connection: AsyncConnection,
    order: RemittanceOrdered,
    at: datetime,
    *,
    case_no: str,
    made_in: int,
) -> bool:
    """Queue an order to the bank; False where it stands already.

    Raises DomainError (SENT_ALREADY) where another order of the letter and purpose is alive.
    """
    await lock(connection, order.letter_no)
    values = {
        **order.model_dump(mode="json"),
        "status": "ORDERED",
        "case_no": case_no,
        "made_in": made_in,
        "ordered_at": at,
        "changed_at": at,
    }
    same = (
        await connection.execute(select(RemittanceRow.status).where(RemittanceRow.key == order.key))
    ).scalar_one_or_none()
    if same is not None and same != "VOID":
        return False
    alive = await connection.execute(
        select(RemittanceRow.key).where(
            RemittanceRow.letter_no == order.letter_no,
            RemittanceRow.purpose == order.purpose.value,
            RemittanceRow.status.not_in(("BOUNCED", "VOID")),
        )
    )
    if alive.first() is not None:
        raise DomainError(
            LedgerProblem.SENT_ALREADY, "本函已有一笔划款在途或已成功；须待退汇后方可重新划款。"
        )
    await connection.execute(
        insert(RemittanceRow)
        .values(**values)
        .on_conflict_do_update(index_elements=[RemittanceRow.key], set_=values)
    )
    return True


async def unsent_remittances(connection: AsyncConnection) -> tuple[RemittanceOrdered, ...]:
    """The orders that the bank has not been given, for the worker's outbox."""
    rows = await connection.execute(
        select(RemittanceRow.__table__)
        .where(RemittanceRow.status == "ORDERED")
        .order_by(RemittanceRow.ordered_at, RemittanceRow.key)
    )
    return tuple(_order(row) for row in rows.mappings())


async def remittances(
    connection: AsyncConnection, letter_no: str
) -> tuple[tuple[RemittanceOrdered, str], ...]:
    """All orders of a letter with their status, oldest first."""
    rows = await connection.execute(
        select(RemittanceRow.__table__)
        .where(RemittanceRow.letter_no == letter_no)
        .order_by(RemittanceRow.ordered_at, RemittanceRow.key)
    )
    return tuple((_order(row), row["status"]) for row in rows.mappings())


async def amount_of(connection: AsyncConnection, key: str) -> int | None:
    """What was ordered under this key, in fen, or None."""
    found = await connection.execute(
        select(RemittanceRow.amount_fen).where(RemittanceRow.key == key)
    )
    amount = found.scalar_one_or_none()
    return None if amount is None else int(amount)


async def mark_sent(connection: AsyncConnection, key: str, receipt: str, at: datetime) -> None:
    """The bank took the order under its own number; a statement that was faster is kept."""
    await connection.execute(
        update(RemittanceRow).where(RemittanceRow.key == key).values(receipt=receipt)
    )
    await _mark(connection, key, "SENT", ("ORDERED",), at)


async def mark_executed(connection: AsyncConnection, key: str, at: datetime) -> None:
    """The statement shows that the order left our account."""
    await _mark(connection, key, "EXECUTED", ("ORDERED", "SENT"), at)


async def mark_bounced(connection: AsyncConnection, key: str, at: datetime) -> None:
    """The money came back; the letter may be paid again."""
    await _mark(connection, key, "BOUNCED", ("ORDERED", "SENT", "EXECUTED"), at)


async def _mark(
    connection: AsyncConnection, key: str, status: str, after: tuple[str, ...], at: datetime
) -> None:
    await connection.execute(
        update(RemittanceRow)
        .where(RemittanceRow.key == key, RemittanceRow.status.in_(after))
        .values(status=status, changed_at=at)
    )


def _order(row: RowMapping) -> RemittanceOrdered:
    return RemittanceOrdered.model_validate(dict(row))


async def void_unconfirmed(
    connection: AsyncConnection, case_no: str, made_in: int, at: datetime
) -> None:
    """Take back what an unconfirmed transition ordered (see realign).

    An order that the bank has been given stays: the reconciliation will ask about it.
    """
    await connection.execute(
        update(RemittanceRow)
        .where(
            RemittanceRow.case_no == case_no,
            RemittanceRow.made_in == made_in,
            RemittanceRow.status == "ORDERED",
        )
        .values(status="VOID", changed_at=at)
    )
