"""归档: packs the file of a case into one listing document.

The electronic file is the archive (国令716 art 12). Called at the end of every procedure.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from temporalio import activity

from contracts.acts import Archived, ArchiveRequest
from storage import documents
from storage.case_tables import Case
from storage.database import Database
from storage.paper_tables import Certificate, LetterRow
from storage.step_tables import Act, Event


class Archive:
    """The archive of one locality."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="归档")
    async def pack(self, request: ArchiveRequest) -> Archived:
        """List papers by digest, acts, certificates, letters, trail; a repeat is the same."""
        async with self._database.write() as connection:
            papers = [
                item
                for item in await documents.manifest(connection, request.case_no)
                if item.type != "ARCHIVE_PACKAGE"
            ]
            case = (
                await connection.execute(
                    select(Case.matter, Case.home_case_no, Case.filed_at).where(
                        Case.case_no == request.case_no
                    )
                )
            ).one()
            package: dict[str, Any] = {
                "title": "办件归档包",
                "case_no": request.case_no,
                "home_case_no": case.home_case_no,
                "matter": case.matter,
                "papers": [item.model_dump(mode="json") for item in papers],
                "acts": await _rows(
                    connection,
                    select(Act.key, Act.code, Act.office, Act.actor, Act.basis, Act.person, Act.at)
                    .where(Act.case_no == request.case_no, Act.voided_at.is_(None))
                    .order_by(Act.id),
                ),
                "certificates": await _rows(
                    connection,
                    select(Certificate.number, Certificate.kind, Certificate.status)
                    .where(Certificate.case_no == request.case_no)
                    .order_by(Certificate.number),
                ),
                "letters": await _rows(
                    connection,
                    select(LetterRow.direction, LetterRow.number, LetterRow.digest)
                    .where(LetterRow.case_no == request.case_no)
                    .order_by(LetterRow.number, LetterRow.direction),
                ),
                "trail": await _rows(
                    connection,
                    select(Event.made_in, Event.code, Event.stage, Event.holder, Event.at)
                    .where(Event.case_no == request.case_no)
                    .order_by(Event.made_in, Event.number),
                ),
            }
            kept = await documents.keep(
                connection,
                documents.as_json(package),
                case_no=request.case_no,
                type_="ARCHIVE_PACKAGE",
                media_type=documents.JSON,
                source="OFFICE",
                now=case.filed_at,
            )
        return Archived(digest=kept.digest, papers=len(papers))


async def _rows(connection: Any, statement: Any) -> list[dict[str, Any]]:
    rows = await connection.execute(statement)
    return [
        {
            key: value.isoformat() if hasattr(value, "isoformat") else value
            for key, value in row.items()
        }
        for row in rows.mappings()
    ]
