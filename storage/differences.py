"""The cases that work on differences of the reconciliation: which one is missing, which is done.

Called by the reconciliation activity in the transaction that keeps the run. A difference has one
case while it stands; what a clerk has explained stays explained while it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.families import RECONCILIATION
from domain.casework import ActCode
from storage.case_tables import Case
from storage.cases import family_of_case
from storage.ledger_tables import (
    BankEntryRow,
    ReconciliationDifference,
    RemittanceRow,
)
from storage.paper_tables import LetterRow
from storage.step_tables import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A difference that stands."""

    key: str
    kind: str
    letter_no: str
    amount_fen: int
    text: str
    remedy: str
    opened_on: date


async def standing(connection: AsyncConnection) -> tuple[Standing, ...]:
    """Every difference that the last run found."""
    table = ReconciliationDifference
    rows = await connection.execute(
        select(table.__table__).where(table.closed_on.is_(None)).order_by(table.key)
    )
    return tuple(
        Standing(
            key=row.key,
            kind=row.kind,
            letter_no=row.letter_no,
            amount_fen=row.amount_fen,
            text=row.text,
            remedy=row.remedy,
            opened_on=row.opened_on,
        )
        for row in rows
    )


async def unattended(connection: AsyncConnection) -> tuple[Standing, ...]:
    """The differences that stand and that no case works on or has explained."""
    explained = (
        exists()
        .where(Act.case_no == Case.case_no, Act.code == ActCode.DIFFERENCE_EXPLAINED.value)
        .correlate(Case)
    )
    rows = await connection.execute(
        select(Case.filing["facts"], Case.received_on).where(
            family_of_case() == RECONCILIATION.code, or_(Case.closed_at.is_(None), explained)
        )
    )
    attended = {(row[0]["difference"], row[0]["opened_on"]) for row in rows}
    return tuple(
        one
        for one in await standing(connection)
        if (one.key, one.opened_on.isoformat()) not in attended
    )


async def settled(connection: AsyncConnection) -> tuple[tuple[str, str], ...]:
    """(case number, workflow id) of the open cases whose difference is gone."""
    left = {(one.key, one.opened_on.isoformat()) for one in await standing(connection)}
    rows = await connection.execute(
        select(Case.case_no, Case.workflow_id, Case.filing["facts"].label("facts"))
        .where(family_of_case() == RECONCILIATION.code, Case.closed_at.is_(None), Case.started)
        .order_by(Case.case_no)
    )
    return tuple(
        (row.case_no, row.workflow_id)
        for row in rows
        if (row.facts["difference"], row.facts["opened_on"]) not in left
    )


async def account_of(connection: AsyncConnection, found: Standing) -> str | None:
    """Our fund account that a difference is about: by its order, its line or its letter."""
    about = found.key.partition(":")[2]
    account, _, number = about.rpartition(":")
    if number.isdigit():
        return account
    for chosen in (
        select(RemittanceRow.from_account).where(
            or_(RemittanceRow.key == about, RemittanceRow.letter_no == found.letter_no)
        ),
        select(BankEntryRow.account).where(BankEntryRow.letter_no == found.letter_no),
    ):
        row = (await connection.execute(chosen.limit(1))).first()
        if row is not None:
            return str(row[0])
    return None


async def office_of(connection: AsyncConnection, letter_no: str) -> str | None:
    """The office that handles the letter's case here, or None."""
    row = (
        await connection.execute(
            select(Case.filing["desks"]["station"].astext)
            .join(LetterRow, LetterRow.case_no == Case.case_no)
            .where(LetterRow.number == letter_no)
            .limit(1)
        )
    ).first()
    return str(row[0]) if row is not None else None
