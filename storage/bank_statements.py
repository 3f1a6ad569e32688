"""The intake of the bank's statement: every line is kept once and booked in the same transaction.

The worker's bank round asks for the lines after :func:`last_number` and hands each to
:func:`take_in`. A line that names no letter of ours waits under a pseudo letter until a clerk says
where it belongs (docs/rules.md A0 rule 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.money import (
    BankEntry,
    BankEntryKind,
    LedgerEntry,
    RemittancePurpose,
    Taken,
    letter_of_reference,
    payout_account,
    unknown_letter,
)
from domain.accounts import EntryKind
from domain.errors import DomainError
from domain.ledger import LedgerProblem
from storage import ledger, remittances
from storage.ledger_tables import BankEntryRow, LedgerEntryRow, RemittanceRow
from storage.paper_tables import LetterRow


async def last_number(connection: AsyncConnection, account: str) -> int:
    """The last line of the account's statement that was taken in, 0 before the first."""
    found = await connection.execute(
        select(func.max(BankEntryRow.number)).where(BankEntryRow.account == account)
    )
    return int(found.scalar_one() or 0)


async def last_numbers(connection: AsyncConnection, accounts: Sequence[str]) -> dict[str, int]:
    """The same for several accounts in one question."""
    newest = [
        select(func.coalesce(func.max(BankEntryRow.number), 0))
        .where(BankEntryRow.account == account)
        .scalar_subquery()
        for account in accounts
    ]
    row = (await connection.execute(select(*newest))).one()
    return dict(zip(accounts, map(int, row), strict=True))


async def take_in(connection: AsyncConnection, entry: BankEntry, at: datetime) -> Taken:
    """Keep the line and book what it says; a line that is known has no second effect."""
    letter_no = letter_of_reference(entry.reference)
    known = await _is_ours(connection, letter_no)
    if not known:
        letter_no = unknown_letter(entry.account, entry.number)
    kept = await connection.execute(
        insert(BankEntryRow)
        .values(
            **entry.model_dump(exclude={"kind"}),
            kind=entry.kind.value,
            letter_no=letter_no,
            known=known,
            taken_at=at,
        )
        .on_conflict_do_nothing()
        .returning(BankEntryRow.number)
    )
    new = kept.first() is not None
    if new:
        await _book(connection, entry, letter_no, known, at)
    else:
        row = (
            await connection.execute(
                select(BankEntryRow.letter_no, BankEntryRow.known).where(
                    BankEntryRow.account == entry.account, BankEntryRow.number == entry.number
                )
            )
        ).one()
        letter_no, known = row.letter_no, row.known
    return Taken(
        letter_no=letter_no,
        total_arrived_fen=(await ledger.standing(connection, letter_no)).arrived,
        new=new,
        known=known,
    )


async def assign(
    connection: AsyncConnection, account: str, number: int, letter_no: str, at: datetime
) -> Taken:
    """A clerk found the letter of an unknown arrival: it moves there. A repeat changes nothing.

    Raises DomainError where the line is unknown, is no arrival, or belongs to another letter.
    """
    pseudo = unknown_letter(account, number)
    await ledger.lock(connection, pseudo)
    row = (
        (
            await connection.execute(
                select(BankEntryRow.__table__).where(
                    BankEntryRow.account == account, BankEntryRow.number == number
                )
            )
        )
        .mappings()
        .one_or_none()
    )
    fits = row is not None and row["letter_no"] in (pseudo, letter_no)
    if row is None or not fits or row["kind"] != BankEntryKind.ARRIVED.value:
        raise DomainError(
            LedgerProblem.NOT_ENOUGH, "该笔来款不存在、不是来款或已归入别的联系函；请核对流水号。"
        )
    if not row["known"]:
        entry = BankEntry.model_validate(dict(row))
        await ledger.post(
            connection,
            LedgerEntry(
                key=f"assigned:{letter_no}",
                letter_no=pseudo,
                kind=EntryKind.REASSIGNED,
                amount_fen=entry.amount_fen,
                facts={"letter": letter_no},
            ),
            at,
        )
        await connection.execute(
            update(BankEntryRow)
            .where(BankEntryRow.account == account, BankEntryRow.number == number)
            .values(letter_no=letter_no, known=True, told_at=None)
        )
        await _book(connection, entry, letter_no, True, at)
    arrived = (await ledger.standing(connection, letter_no)).arrived
    return Taken(letter_no=letter_no, total_arrived_fen=arrived, new=not row["known"])


async def _is_ours(connection: AsyncConnection, letter_no: str) -> bool:
    """Whether a letter register, the ledger or an order here knows the number."""
    if not letter_no:
        return False
    found = await connection.execute(
        select(
            or_(
                exists().where(LetterRow.number == letter_no),
                exists().where(LedgerEntryRow.letter_no == letter_no),
                exists().where(RemittanceRow.letter_no == letter_no),
            )
        )
    )
    return bool(found.scalar_one())


async def _book(
    connection: AsyncConnection, entry: BankEntry, letter_no: str, known: bool, at: datetime
) -> None:
    kind, amount = await _entry_kind(connection, entry, letter_no, known), entry.amount_fen
    if entry.kind is BankEntryKind.EXECUTED:
        await remittances.mark_executed(connection, entry.reference, at)
        ordered = await remittances.amount_of(connection, entry.reference)
        executed = await _lines(connection, entry, BankEntryKind.EXECUTED)
        # Only what this line took above the order; what earlier lines took is booked already.
        amount = min(amount, max(0, executed - (ordered or 0)))
        if not known or amount == 0:
            return
    await ledger.post(
        connection,
        LedgerEntry(
            key=f"bank:{entry.account}:{entry.number}",
            letter_no=letter_no,
            kind=kind,
            amount_fen=amount,
            facts={"account": entry.account, "line": str(entry.number)},
        ),
        at,
    )
    if entry.kind is BankEntryKind.BOUNCED:
        ordered = await remittances.amount_of(connection, entry.reference)
        executed = await _lines(connection, entry, BankEntryKind.EXECUTED)
        bounced = await _lines(connection, entry, BankEntryKind.BOUNCED)
        # One of two executions that comes back is the bank's repair: the order stays paid.
        if ordered is not None and bounced - max(0, executed - ordered) >= ordered:
            await remittances.mark_bounced(connection, entry.reference, at)


async def _lines(connection: AsyncConnection, entry: BankEntry, kind: BankEntryKind) -> int:
    """What the lines of a kind that name the same order add up to, in fen."""
    found = await connection.execute(
        select(func.coalesce(func.sum(BankEntryRow.amount_fen), 0)).where(
            BankEntryRow.account == entry.account,
            BankEntryRow.reference == entry.reference,
            BankEntryRow.kind == kind.value,
        )
    )
    return int(found.scalar_one())


async def _entry_kind(
    connection: AsyncConnection, entry: BankEntry, letter_no: str, known: bool
) -> EntryKind:
    """What the line means in this locality's book: it sent the letter's money, or awaits it."""
    if not known:
        return EntryKind.ARRIVED
    returning = f"/{RemittancePurpose.RETURN.value}/" in entry.reference
    if entry.kind is BankEntryKind.EXECUTED:
        return EntryKind.RETURN_OVEREXECUTED if returning else EntryKind.OVEREXECUTED
    if entry.kind is BankEntryKind.BOUNCED:
        return EntryKind.RETURN_BOUNCED if returning else EntryKind.BOUNCED
    if entry.account == payout_account(entry.account[:6]):
        return EntryKind.PAID_OUT
    standing = await ledger.standing(connection, letter_no)
    sent = standing.total(EntryKind.SENT)
    return EntryKind.RETURN_ARRIVED if sent else EntryKind.ARRIVED
