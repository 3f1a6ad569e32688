"""The register of issued slips, and what of a case only a slip prints.

Called by `console.slip_desk` (issuing) and `console.verifying` (checking a code).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import documents
from storage.case_tables import Case
from storage.records_tables import CaseRecord
from storage.slip_tables import SlipRow

PDF = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSlip:
    """A slip on file; ``document`` is the sha256 digest of its PDF."""

    number: str
    kind: str
    case_no: str
    subject: str
    source: str
    verification_code: str
    content: str
    document: str
    issued_by: str
    issued_at: datetime


async def lock(connection: AsyncConnection, case_no: str) -> None:
    """One slip of a case at a time, until the transaction ends."""
    await connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"slips:{case_no}"))))


async def keep(connection: AsyncConnection, slip: KeptSlip, pdf: bytes) -> None:
    """Put a slip and its PDF on file. The PDF is no paper of the case: no letter takes it along."""
    await documents.put(connection, pdf, PDF, slip.issued_at)
    await connection.execute(insert(SlipRow).values(**asdict(slip)))


async def same_paper(
    connection: AsyncConnection, case_no: str, kind: str, subject: str, source: str
) -> tuple[KeptSlip, bytes] | None:
    """The slip that was made from the same facts before, with its PDF."""
    found = await _slips(
        connection,
        (SlipRow.case_no == case_no)
        & (SlipRow.kind == kind)
        & (SlipRow.subject == subject)
        & (SlipRow.source == source),
    )
    if not found:
        return None
    loaded = await documents.load(connection, found[0].document)
    return None if loaded is None else (found[0], loaded[1])


async def by_code(connection: AsyncConnection, code: str) -> KeptSlip | None:
    """The slip with this verification code in its printed form."""
    found = await _slips(connection, SlipRow.verification_code == code)
    return found[0] if found else None


async def slips_of(connection: AsyncConnection, case_no: str) -> list[KeptSlip]:
    """Every slip issued for a case, oldest first."""
    return await _slips(connection, SlipRow.case_no == case_no)


async def application_of(connection: AsyncConnection, case_no: str) -> dict[str, Any]:
    """The application as filed, with personal data; empty for a leg."""
    row = await connection.execute(select(Case.application).where(Case.case_no == case_no))
    return dict(row.scalar_one() or {})


async def records_of(connection: AsyncConnection, case_no: str) -> dict[str, dict[str, Any]]:
    """The newest structured record of each kind, with personal data, by kind.

    A parcel has those of the case that sent it.
    """
    sender = select(Case.filing["parent_case_no"].astext).where(Case.case_no == case_no)
    rows = await connection.execute(
        select(CaseRecord.kind, CaseRecord.content)
        .where(CaseRecord.case_no.in_((case_no, sender.scalar_subquery())))
        .order_by(CaseRecord.kind, CaseRecord.version)
    )
    return {row.kind: dict(row.content) for row in rows}


async def _slips(connection: AsyncConnection, which: ColumnElement[bool]) -> list[KeptSlip]:
    rows = await connection.execute(
        select(SlipRow.__table__).where(which).order_by(SlipRow.issued_at, SlipRow.number)
    )
    return [KeptSlip(**row) for row in rows.mappings()]
