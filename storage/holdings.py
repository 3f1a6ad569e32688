"""Reads money and parcels of one locality as the facts that the invariants judge.

Called by the console's check, which puts the localities together. No personal data come out.
"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.parcels import counted
from domain.custody import CustodyCode
from domain.invariants.custody import CustodyFact, ParcelFact
from domain.invariants.money import Book, Remittance
from domain.transports import ItemKind, Service
from storage import ledger
from storage.case_tables import Case
from storage.ledger_tables import LedgerEntryRow, RemittanceRow
from storage.parcel_tables import CustodyEventRow, Parcel
from storage.parcels import custody_of


async def books(
    connection: AsyncConnection, locality: str, letter_no: str | None = None
) -> tuple[Book, ...]:
    """This locality's book of every letter, or of one."""
    steps: dict[str, dict[str, int]] = defaultdict(dict)
    cases: dict[str, tuple[str, str]] = {}
    rows = await connection.execute(
        select(
            LedgerEntryRow.letter_no,
            LedgerEntryRow.key,
            LedgerEntryRow.case_no,
            LedgerEntryRow.made_in,
            Case.peer,
        )
        .outerjoin(Case, Case.case_no == LedgerEntryRow.case_no)
        .where(LedgerEntryRow.letter_no == letter_no if letter_no else true())
        .order_by(LedgerEntryRow.id)
    )
    for row in rows:
        if row.made_in is not None:
            steps[row.letter_no][row.key] = row.made_in
        if row.case_no is not None:
            cases[row.letter_no] = (row.case_no, row.peer)
    return tuple(
        Book(
            locality=locality,
            peer=cases[letter_no][1] if letter_no in cases else None,
            letter_no=letter_no,
            case_no=cases[letter_no][0] if letter_no in cases else None,
            entries=tuple(entries),
            made_in=steps[letter_no],
        )
        for letter_no, entries in (await ledger.entries(connection, letter_no)).items()
    )


async def remittance_facts(
    connection: AsyncConnection, locality: str, letter_no: str | None = None
) -> tuple[Remittance, ...]:
    """Every order to the bank, or those under one letter."""
    rows = await connection.execute(
        select(RemittanceRow.__table__)
        .where(RemittanceRow.letter_no == letter_no if letter_no else true())
        .order_by(RemittanceRow.key)
    )
    return tuple(
        Remittance(
            locality=locality,
            case_no=row.case_no,
            key=row.key,
            letter_no=row.letter_no,
            purpose=row.purpose,
            amount_fen=row.amount_fen,
            status=row.status,
            made_in=row.made_in,
        )
        for row in rows
    )


async def parcel_facts(connection: AsyncConnection, locality: str) -> tuple[ParcelFact, ...]:
    """This locality's copy of every parcel with its events."""
    events: dict[str, list[CustodyFact]] = defaultdict(list)
    rows = await connection.execute(
        select(CustodyEventRow.__table__).order_by(
            CustodyEventRow.parcel_key, CustodyEventRow.number
        )
    )
    for row in rows:
        events[row.parcel_key].append(
            CustodyFact(
                key=row.key,
                code=CustodyCode(row.code),
                party=row.party,
                custodian=row.custodian,
                waybill=row.facts.get("waybill", ""),
                counted=counted(row.facts),
            )
        )
    parcels = await connection.execute(
        select(Parcel.__table__, Case.closed_at)
        .join(Case, Case.case_no == Parcel.case_no)
        .order_by(Parcel.parcel_key)
    )
    return tuple(
        ParcelFact(
            locality=locality,
            case_no=row.case_no,
            parcel_key=row.parcel_key,
            service=Service(row.service),
            from_locality=row.from_locality,
            from_office=row.from_office,
            to_office=row.to_office,
            kinds=frozenset(ItemKind(item["kind"]) for item in row.items),
            listed={item["code"]: item["count"] for item in row.items},
            seal_no=row.seal_no,
            stands=custody_of(row),
            events=tuple(events[row.parcel_key]),
            closed=row.closed_at is not None,
        )
        for row in parcels
    )
