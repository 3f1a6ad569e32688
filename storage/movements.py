"""Money and things of one case as people see them: ledger by letter, orders, parcels, statements.

Read by the console beside `storage.views.case`, which decides who may see the case at all.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.letters import LetterVerb
from domain.ledger import balances, standing_of
from storage.case_tables import Case
from storage.ledger import entries
from storage.ledger_tables import RemittanceRow
from storage.paper_tables import LetterRow
from storage.parcel_tables import CustodyEventRow, Parcel
from storage.records_tables import CaseRecord

Record = dict[str, Any]


async def movements(connection: AsyncConnection, case_no: str) -> Record:
    """``details``, ``money``, ``parcels`` and ``statements`` of a case, any of which may be empty.

    Sums are integer fen. A parcel brings its custody events in their order; a statement its kind,
    version, sums and months, and its content, which is personal; so are the details.
    """
    return {
        "details": await _details(connection, case_no),
        "money": await _money(connection, case_no),
        "parcels": await _parcels(connection, Parcel.case_no == case_no),
        "statements": await _statements(connection, case_no),
    }


async def _details(connection: AsyncConnection, case_no: str) -> Record:
    """The fields of a transfer's application by name, as `domain.transfer_intake` reads them."""
    kept = await connection.execute(select(Case.application).where(Case.case_no == case_no))
    return dict((kept.scalar_one_or_none() or {}).get("details") or {})


async def _money(connection: AsyncConnection, case_no: str) -> list[Record]:
    """One entry per request letter under which money moved: its number is the money's name."""
    letters = await connection.execute(
        select(LetterRow.number)
        .where(LetterRow.case_no == case_no, LetterRow.verb == LetterVerb.REQUEST.value)
        .order_by(LetterRow.recorded_at, LetterRow.number)
    )
    found = []
    for number in letters.scalars().all():
        booked = (await entries(connection, number)).get(number, [])
        orders = await connection.execute(
            select(*RemittanceRow.__table__.columns)
            .where(RemittanceRow.letter_no == number)
            .order_by(RemittanceRow.ordered_at, RemittanceRow.key)
        )
        remittances = [dict(row) for row in orders.mappings()]
        if not booked and not remittances:
            continue
        stands = standing_of(booked)
        found.append(
            {
                "letter_no": number,
                "balances": {
                    account.value: fen for account, fen in balances(booked).items() if fen
                },
                "announced_fen": stands.announced,
                "arrived_fen": stands.arrived,
                "credited_fen": stands.credited,
                "remittances": remittances,
            }
        )
    return found


async def parcels_sent_by(connection: AsyncConnection, case_no: str) -> list[Record]:
    """The parcels that this case sent, as they stand on file under numbers of their own."""
    sent = select(Case.case_no).where(
        Case.kind == "PARCEL", Case.filing["parent_case_no"].astext == case_no
    )
    return await _parcels(connection, Parcel.case_no.in_(sent))


async def _parcels(connection: AsyncConnection, which: ColumnElement[bool]) -> list[Record]:
    rows = await connection.execute(
        select(*Parcel.__table__.columns).where(which).order_by(Parcel.opened_at, Parcel.parcel_key)
    )
    parcels = [dict(row) for row in rows.mappings()]
    for parcel in parcels:
        chain = await connection.execute(
            select(*CustodyEventRow.__table__.columns)
            .where(CustodyEventRow.parcel_key == parcel["parcel_key"])
            .order_by(CustodyEventRow.number)
        )
        parcel["events"] = [dict(row) for row in chain.mappings()]
    return parcels


async def _statements(connection: AsyncConnection, case_no: str) -> list[Record]:
    """The newest version of every record of the case that states sums."""
    rows = await connection.execute(
        select(CaseRecord.kind, CaseRecord.version, CaseRecord.letter_no, CaseRecord.content)
        .where(CaseRecord.case_no == case_no)
        .order_by(CaseRecord.kind, CaseRecord.version)
    )
    newest = {row["kind"]: dict(row) for row in rows.mappings()}
    return [
        {
            **one,
            **{
                name: one["content"].get(name)
                for name in ("account_fen", "pooled_fen", "total_fen", "months")
            },
        }
        for one in newest.values()
        if "total_fen" in one["content"]
    ]
