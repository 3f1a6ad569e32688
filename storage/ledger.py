"""The ledger of one locality: posts entries once and tells balances.

Called while a transition is written, by the worker's bank round and by the reconciliation. Every
function works inside the caller's transaction; entries of one letter are booked one at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.money import LedgerEntry
from domain import ledger
from domain.accounts import SIDE_OF, Account, EntryKind
from domain.errors import DomainError
from domain.ledger import Entry, Fact, LedgerProblem, Posting, Standing
from storage.ledger_tables import LedgerEntryRow, LedgerPostingRow


async def post(
    connection: AsyncConnection,
    entry: LedgerEntry,
    at: datetime,
    *,
    case_no: str | None = None,
    made_in: int | None = None,
) -> bool:
    """Book an entry; False where it stands already.

    Raises DomainError where it may not be booked (see domain/ledger.py), or where the same key
    was booked with another content.
    """
    await lock(connection, entry.letter_no)
    rows = await _rows(connection, entry.letter_no)
    undone = {row.undoes for row in rows if row.undoes is not None}
    same = [row for row in rows if row.key == entry.key and row.undoes is None]
    for row in same:
        if row.id not in undone:
            if (row.kind, row.amount_fen) != (entry.kind.value, entry.amount_fen):
                raise DomainError(
                    LedgerProblem.BAD_AMOUNT,
                    "同一凭证号已登记过不同的金额或事项；请先更正，再用新的凭证号登记。",
                )
            return False
    fact = Fact(kind=entry.kind, amount_fen=entry.amount_fen, version=entry.version)
    made = ledger.postings(_standing(rows), fact)
    await _append(
        connection,
        made,
        letter_no=entry.letter_no,
        key=entry.key,
        turn=len(same),
        side=SIDE_OF[entry.kind].value,
        kind=entry.kind.value,
        amount_fen=entry.amount_fen,
        version=entry.version,
        facts=entry.facts,
        case_no=case_no,
        made_in=made_in,
        at=at,
    )
    return True


async def standing(connection: AsyncConnection, letter_no: str) -> Standing:
    """The totals of the letter in this locality's book."""
    return _standing(await _rows(connection, letter_no))


async def balances(connection: AsyncConnection, letter_no: str) -> dict[Account, int]:
    """The balance of every account of the letter here, in fen."""
    found = dict.fromkeys(Account, 0)
    rows = await connection.execute(
        select(LedgerPostingRow.account, func.sum(LedgerPostingRow.amount_fen).label("fen"))
        .where(LedgerPostingRow.letter_no == letter_no)
        .group_by(LedgerPostingRow.account)
    )
    for row in rows:
        found[Account(row.account)] = int(row.fen)
    return found


async def entries(
    connection: AsyncConnection, letter_no: str | None = None
) -> dict[str, list[Entry]]:
    """Entries by letter in the order in which they were booked, undone ones and undoings too."""
    chosen = select(LedgerEntryRow.__table__).order_by(LedgerEntryRow.id)
    lines = select(LedgerPostingRow.__table__).order_by(
        LedgerPostingRow.entry_id, LedgerPostingRow.number
    )
    if letter_no is not None:
        chosen = chosen.where(LedgerEntryRow.letter_no == letter_no)
        lines = lines.where(LedgerPostingRow.letter_no == letter_no)
    postings: dict[int, list[Posting]] = {}
    for line in await connection.execute(lines):
        posting = Posting(Account(line.account), line.amount_fen)
        postings.setdefault(line.entry_id, []).append(posting)
    found: dict[str, list[Entry]] = {}
    rows = (await connection.execute(chosen)).all()
    gone = {row.undoes for row in rows}
    for row in rows:
        entry = Entry(
            key=row.key,
            fact=Fact(kind=EntryKind(row.kind), amount_fen=row.amount_fen, version=row.version),
            postings=tuple(postings.get(row.id, ())),
            at=row.at,
            undone=row.undoes is not None or row.id in gone,
        )
        found.setdefault(row.letter_no, []).append(entry)
    return found


async def undo(connection: AsyncConnection, case_no: str, made_in: int, at: datetime) -> int:
    """Take back what an unconfirmed transition booked; returns how many entries (see realign)."""
    chosen = await connection.execute(
        select(LedgerEntryRow.letter_no)
        .where(LedgerEntryRow.case_no == case_no, LedgerEntryRow.made_in == made_in)
        .distinct()
    )
    count = 0
    for letter_no in sorted(chosen.scalars()):
        await lock(connection, letter_no)
        rows = await _rows(connection, letter_no)
        for row in rows:
            mine = (row.case_no, row.made_in) == (case_no, made_in) and row.undoes is None
            if not mine or any(other.undoes == row.id for other in rows):
                continue
            current = await _rows(connection, letter_no)
            before = ledger.position(_standing(current))
            after = ledger.position(_standing([one for one in current if one.id != row.id]))
            await _append(
                connection,
                ledger.difference(before, after),
                letter_no=letter_no,
                key=f"undo:{row.key}",
                turn=row.turn,
                side=row.side,
                kind=row.kind,
                amount_fen=row.amount_fen,
                version=row.version,
                facts={},
                undoes=row.id,
                case_no=case_no,
                made_in=made_in,
                at=at,
            )
            count += 1
    return count


async def lock(connection: AsyncConnection, letter_no: str) -> None:
    """One booking at a time per letter: each reads the totals that the one before left."""
    await connection.execute(
        select(func.pg_advisory_xact_lock(func.hashtext(f"ledger:{letter_no}")))
    )


async def _rows(connection: AsyncConnection, letter_no: str) -> Sequence[Row[Any]]:
    """The letter's entries in their order, without their postings."""
    found = await connection.execute(
        select(LedgerEntryRow.__table__)
        .where(LedgerEntryRow.letter_no == letter_no)
        .order_by(LedgerEntryRow.id)
    )
    return found.all()


def _standing(rows: Sequence[Row[Any]]) -> Standing:
    gone = {row.undoes for row in rows if row.undoes is not None}
    return Standing(
        Fact(kind=EntryKind(row.kind), amount_fen=row.amount_fen, version=row.version)
        for row in rows
        if row.undoes is None and row.id not in gone
    )


async def _append(connection: AsyncConnection, made: tuple[Posting, ...], **values: Any) -> None:
    number = (
        await connection.execute(
            insert(LedgerEntryRow).values(**values).returning(LedgerEntryRow.id)
        )
    ).scalar_one()
    if made:
        await connection.execute(
            insert(LedgerPostingRow),
            [
                {
                    "entry_id": number,
                    "number": line,
                    "letter_no": values["letter_no"],
                    "account": posting.account.value,
                    "amount_fen": posting.amount_fen,
                }
                for line, posting in enumerate(made, 1)
            ],
        )
