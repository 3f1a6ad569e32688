"""What the case page asks beside `storage.views.case`: news, terms, one document.

Whoever calls has asked the policy whether the case may be seen.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.families import ALONE, is_item
from storage.case_tables import Case, Person
from storage.cases import family_of_case
from storage.paper_tables import CaseDocument, DocumentRow
from storage.step_tables import ClockRow, Event
from storage.task_tables import Task
from storage.views import seen_by

_PROGRESS = (
    *("case_no", "kind", "matter", "matter_name", "mode", "peer", "stage", "holder", "ending"),
    *("due_on", "received_on", "closed_at", "started", "competent_office"),
    "workflow_id",
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of a case with its bytes."""

    type: str
    media_type: str
    content: bytes


async def newest_event(connection: AsyncConnection, case_no: str, offices: Collection[str]) -> int:
    """The number of the case's newest event; 0 before the first, and for a case of others."""
    found = await connection.execute(
        select(func.max(Event.id))
        .join(Case, Case.case_no == Event.case_no)
        .where(Event.case_no == case_no, seen_by(offices))
    )
    return found.scalar_one() or 0


async def generic_terms(
    connection: AsyncConnection, case_no: str, matter: str
) -> dict[str, Any] | None:
    """The pinned definition of an item under a generic procedure, as stored; else None."""
    if not is_item(matter):
        return None
    found = await connection.execute(select(Case.filing["general"]).where(Case.case_no == case_no))
    terms: dict[str, Any] | None = found.scalar_one_or_none()
    return terms


async def document_of(connection: AsyncConnection, case_no: str, digest: str) -> Paper | None:
    """A document that is on this case; None for any other."""
    row = (
        await connection.execute(
            select(CaseDocument.type, DocumentRow.media_type, DocumentRow.content)
            .join(DocumentRow, DocumentRow.digest == CaseDocument.digest)
            .where(CaseDocument.case_no == case_no, CaseDocument.digest == digest)
            .limit(1)
        )
    ).one_or_none()
    return Paper(row.type, row.media_type, row.content) if row else None


async def progress_of(connection: AsyncConnection, case_no: str) -> dict[str, Any] | None:
    """An applicant's case as its progress is told: stages, dates and offices, nothing personal.

    None for a number that is no applicant's case here: a leg, a parcel, an internal case.
    """
    found = await connection.execute(
        select(
            *(getattr(Case, name) for name in _PROGRESS),
            family_of_case(),
        ).where(Case.case_no == case_no, Case.kind == "HOME", family_of_case().not_in(list(ALONE)))
    )
    row = found.mappings().one_or_none()
    if row is None:
        return None
    record = dict(row)
    record["general"] = await generic_terms(connection, case_no, record["matter"])
    events = await connection.execute(
        select(Event.stage, Event.at, Event.code).where(Event.case_no == case_no).order_by(Event.id)
    )
    record["events"] = [dict(one) for one in events.mappings()]
    running = await connection.execute(
        select(ClockRow.kind, ClockRow.due_on).where(
            ClockRow.case_no == case_no, ClockRow.stopped_on.is_(None)
        )
    )
    record["running"] = {one.kind: one.due_on for one in running}
    return record


async def papers_asked(connection: AsyncConnection, case_no: str) -> dict[str, Any]:
    """The numbers of a case's persons, what its steps found, and what is among its papers."""
    persons = await connection.execute(
        select(Person.number).where(Person.case_no == case_no).order_by(Person.number)
    )
    found = await connection.execute(select(Task.findings).where(Task.case_no == case_no))
    papers = await connection.execute(
        select(CaseDocument.type, CaseDocument.person, CaseDocument.invalid).where(
            CaseDocument.case_no == case_no
        )
    )
    return {
        "persons": list(persons.scalars()),
        "findings": sorted({str(one) for each in found.scalars() for one in each}),
        "documents": [dict(one) for one in papers.mappings()],
    }
