"""What the applicant's page tells of a case's result and of the way back: no personal data.

Called by `console.web.progress_view`. Numbers of results, how they were delivered, and the facts
from which the point of no return follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.acts import ActCode
from domain.numbered_papers import CertificateKind, CertificateStatus
from storage.paper_tables import Certificate, LetterRow
from storage.step_tables import Act

_DECIDED = (ActCode.ITEM_GRANTED, ActCode.SERVED)


@dataclass(frozen=True, slots=True)
class Result:
    """A numbered result that is valid; ``valid_until`` is its last day."""

    number: str
    valid_until: date


@dataclass(frozen=True, slots=True)
class Standing:
    """``decided``: an item was granted; ``answered``: the other locality has done its part."""

    decided: bool
    answered: bool


async def results_of(connection: AsyncConnection, case_no: str) -> list[Result]:
    """The case's own valid results, by number."""
    rows = await connection.execute(
        select(Certificate.number, Certificate.valid_until)
        .where(
            Certificate.case_no == case_no,
            Certificate.kind == CertificateKind.RESULT,
            Certificate.status == CertificateStatus.VALID,
        )
        .order_by(Certificate.number)
    )
    return [Result(row.number, row.valid_until) for row in rows]


async def way_delivered(connection: AsyncConnection, case_no: str) -> str:
    """How the result was delivered last (PICKED_UP, MAILED, ELECTRONIC); "" where it was not."""
    found = await connection.execute(
        select(Act.facts["way"].astext)
        .where(Act.case_no == case_no, Act.code == ActCode.DELIVERED, Act.voided_at.is_(None))
        .order_by(Act.id.desc())
        .limit(1)
    )
    return found.scalar_one_or_none() or ""


async def standing_of(connection: AsyncConnection, case_no: str) -> Standing:
    """How far the case is on the way from which nothing leads back."""
    decided = select(Act.id).where(Act.case_no == case_no, Act.code.in_(_DECIDED)).limit(1)
    answered = (
        select(LetterRow.number)
        .where(
            LetterRow.case_no == case_no,
            LetterRow.direction == "IN",
            LetterRow.letter["answer"].astext == "GRANTED",
        )
        .limit(1)
    )
    return Standing(
        (await connection.execute(decided)).first() is not None,
        (await connection.execute(answered)).first() is not None,
    )
