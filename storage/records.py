"""Structured personal content of a case, kept by version: 信息表, application details, snapshots.

Activities write and read it; workflows only ever learn the reference (kind, version, digest).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.documents import as_json, digest_of
from storage.records_tables import CaseRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One version of a record. ``digest``: sha256 of its canonical JSON."""

    case_no: str
    kind: str
    version: int
    digest: str
    letter_no: str | None
    content: dict[str, Any]
    added_at: datetime

    def __repr__(self) -> str:
        """The reference alone: the content is personal and must not reach a log."""
        return f"Record({self.case_no} {self.kind} v{self.version})"


async def put_record(
    connection: AsyncConnection,
    case_no: str,
    kind: str,
    content: dict[str, Any],
    at: datetime,
    *,
    letter_no: str | None = None,
) -> Record:
    """Keep a new version, or return the latest where it says the same (a repeat adds nothing)."""
    await connection.execute(
        select(func.pg_advisory_xact_lock(func.hashtext(f"record:{case_no}:{kind}")))
    )
    digest = digest_of(as_json(content))
    latest = await latest_record(connection, case_no, kind)
    if latest is not None and (latest.digest, latest.letter_no) == (digest, letter_no):
        return latest
    if letter_no is not None:
        # A letter that is delivered again after a newer one must not become the newest.
        for earlier in await all_records(connection, case_no, kind):
            if (earlier.digest, earlier.letter_no) == (digest, letter_no):
                return earlier
    record = Record(
        case_no=case_no,
        kind=kind,
        version=latest.version + 1 if latest else 1,
        digest=digest,
        letter_no=letter_no,
        content=content,
        added_at=at,
    )
    await connection.execute(
        insert(CaseRecord).values(
            case_no=case_no,
            kind=kind,
            version=record.version,
            content=content,
            letter_no=letter_no,
            digest=digest,
            added_at=at,
        )
    )
    return record


async def latest_record(connection: AsyncConnection, case_no: str, kind: str) -> Record | None:
    """The newest version, or None."""
    found = await all_records(connection, case_no, kind)
    return found[-1] if found else None


async def all_records(connection: AsyncConnection, case_no: str, kind: str) -> list[Record]:
    """Every version, oldest first."""
    rows = await connection.execute(
        select(CaseRecord.__table__)
        .where(CaseRecord.case_no == case_no, CaseRecord.kind == kind)
        .order_by(CaseRecord.version)
    )
    return [Record(**row) for row in rows.mappings()]
