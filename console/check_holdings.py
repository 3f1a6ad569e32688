"""Reads money and parcels of the localities as the facts that the check judges.

The side that receives is read before the side that sends: what has arrived must have been sent.
Acts and orders of one ending come out of one snapshot, so that a step is seen whole or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.accounts import Side
from domain.casework import ActCode
from domain.invariants.custody import Holdings, ParcelFact
from domain.invariants.money import Book, Ending, Money, Remittance
from storage import holdings
from storage.case_tables import Case
from storage.database import Database
from storage.step_tables import Act

_ENDING = (ActCode.RELEASED.value, ActCode.STATEMENT_ISSUED.value)


@dataclass(frozen=True, slots=True)
class Look:
    """What one snapshot of one locality says."""

    books: tuple[Book, ...]
    remittances: tuple[Remittance, ...]
    endings: tuple[Ending, ...]
    parcels: tuple[ParcelFact, ...]


async def read_holdings(databases: Mapping[str, Database]) -> tuple[Money, Holdings]:
    """Money and parcels of all localities, the receiving sides first."""
    receiving = [await _look(database, code) for code, database in databases.items()]
    sending = [await _look(database, code) for code, database in databases.items()]
    localities = frozenset(databases)
    money = Money(
        localities=localities,
        books=(
            *(book for one in receiving for book in one.books if not _sends(book)),
            *(book for one in sending for book in one.books if _sends(book)),
        ),
        remittances=tuple(order for one in sending for order in one.remittances),
        endings=tuple(ending for one in sending for ending in one.endings),
    )
    parcels = (
        *(parcel for one in receiving for parcel in one.parcels if not _sent_here(parcel)),
        *(parcel for one in sending for parcel in one.parcels if _sent_here(parcel)),
    )
    return money, Holdings(localities=localities, parcels=parcels, originals=())


async def _look(database: Database, locality: str) -> Look:
    async with database.read() as connection:
        return Look(
            books=await holdings.books(connection, locality),
            remittances=await holdings.remittance_facts(connection, locality),
            endings=await _endings(connection, locality),
            parcels=await holdings.parcel_facts(connection, locality),
        )


async def _endings(connection: AsyncConnection, locality: str) -> tuple[Ending, ...]:
    """The legs whose ending act issued a table; a release that moves no sums is none."""
    rows = await connection.execute(
        select(Act.case_no, Act.code, Act.made_in, Act.facts, Case.request_letter)
        .join(Case, Case.case_no == Act.case_no)
        .where(
            Act.code.in_(_ENDING),
            Act.voided_at.is_(None),
            Case.kind == "LEG",
            Case.request_letter.is_not(None),
        )
        .order_by(Act.id)
    )
    acts: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        acts.setdefault((row.case_no, row.request_letter), {}).setdefault(row.code, row)
    found = []
    for (case_no, letter_no), made in acts.items():
        ended, table = (made.get(code) for code in _ENDING)
        if table is None and (ended is None or "total_fen" not in ended.facts):
            continue
        found.append(
            Ending(
                locality=locality,
                case_no=case_no,
                letter_no=letter_no,
                ended_in=ended.made_in if ended else None,
                table_in=table.made_in if table else None,
                amount_fen=int(ended.facts.get("total_fen", "0")) if ended else 0,
            )
        )
    return tuple(found)


def _sends(book: Book) -> bool:
    return book.side is Side.ORIGIN


def _sent_here(parcel: ParcelFact) -> bool:
    return parcel.locality == parcel.from_locality
