"""The daily reconciliation: reads what is compared, keeps runs and differences.

Called by the reconciliation activity of each locality, in one transaction: a difference opens one
task, stays open while runs find it, and closes with the first run that does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import SHANGHAI
from domain.reconciliation_facts import BankFact, Difference, DifferenceKind, OrderFact
from storage.ledger_tables import (
    BankEntryRow,
    ReconciliationDifference,
    ReconciliationRun,
    RemittanceRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """What a run changed: the differences that are new, and the keys of those that are gone."""

    opened: tuple[Difference, ...]
    closed: tuple[str, ...]


async def order_facts(connection: AsyncConnection) -> tuple[OrderFact, ...]:
    """Every order to the bank that stands, for the comparison."""
    rows = await connection.execute(
        select(RemittanceRow.__table__)
        .where(RemittanceRow.status != "VOID")
        .order_by(RemittanceRow.key)
    )
    return tuple(
        OrderFact(
            key=row.key,
            letter_no=row.letter_no,
            purpose=row.purpose,
            amount_fen=row.amount_fen,
            status=row.status,
            ordered_on=row.ordered_at.astimezone(SHANGHAI).date(),
        )
        for row in rows
    )


async def bank_facts(connection: AsyncConnection) -> tuple[BankFact, ...]:
    """Every line of the statement that was taken in, for the comparison."""
    rows = await connection.execute(
        select(BankEntryRow.__table__).order_by(BankEntryRow.account, BankEntryRow.number)
    )
    return tuple(
        BankFact(
            account=row.account,
            number=row.number,
            kind=row.kind,
            amount_fen=row.amount_fen,
            reference=row.reference,
            letter_no=row.letter_no,
            known=row.known,
        )
        for row in rows
    )


async def record_run(
    connection: AsyncConnection, day: date, found: Iterable[Difference], at: datetime
) -> RunResult:
    """Keep the day's run; a repeat of the same day opens nothing twice."""
    by_key = {one.key: one for one in found}
    await connection.execute(
        insert(ReconciliationRun)
        .values(day=day, at=at, found=len(by_key))
        .on_conflict_do_update(
            index_elements=[ReconciliationRun.day], set_={"at": at, "found": len(by_key)}
        )
    )
    known = {one.key for one in await open_differences(connection)}
    gone = sorted(known - set(by_key))
    opened = [by_key[key] for key in sorted(set(by_key) - known)]
    table = ReconciliationDifference
    if gone:
        await connection.execute(
            update(table)
            .where(table.key.in_(gone), table.closed_on.is_(None))
            .values(closed_on=day)
        )
    for key in sorted(known & set(by_key)):
        one = by_key[key]
        await connection.execute(
            update(table)
            .where(table.key == key, table.closed_on.is_(None))
            .values(seen_on=day, amount_fen=one.amount_fen, text=one.text)
        )
    for one in opened:
        values = {
            "kind": one.kind.value,
            "letter_no": one.letter_no,
            "amount_fen": one.amount_fen,
            "text": one.text,
            "remedy": one.remedy,
            "seen_on": day,
            "closed_on": None,
        }
        # What a run of the same day had closed is open again, not opened a second time.
        await connection.execute(
            insert(table)
            .values(key=one.key, opened_on=day, **values)
            .on_conflict_do_update(index_elements=[table.key, table.opened_on], set_=values)
        )
    return RunResult(opened=tuple(opened), closed=tuple(gone))


async def open_differences(connection: AsyncConnection) -> tuple[Difference, ...]:
    """What the last runs found and nobody has settled yet."""
    table = ReconciliationDifference
    rows = await connection.execute(
        select(table.__table__).where(table.closed_on.is_(None)).order_by(table.key)
    )
    return tuple(
        Difference(
            key=row.key,
            kind=DifferenceKind(row.kind),
            letter_no=row.letter_no,
            amount_fen=row.amount_fen,
            text=row.text,
            remedy=row.remedy,
        )
        for row in rows
    )
