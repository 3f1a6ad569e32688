"""Documents by content address: the same bytes are kept once, under their sha256 digest."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.letters import ManifestItem
from storage.paper_tables import CaseDocument, DocumentRow

JSON = "application/json"


def digest_of(content: bytes) -> str:
    """sha256 in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def as_json(value: Any) -> bytes:
    """The one byte form of a structured document, so that its digest is reproducible."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


async def keep(
    connection: AsyncConnection,
    content: bytes,
    *,
    case_no: str,
    type_: str,
    media_type: str,
    source: str,
    now: datetime,
    person: int = 0,
) -> ManifestItem:
    """Keep a document on a case; a repeat changes nothing."""
    digest = await put(connection, content, media_type, now)
    await connection.execute(
        insert(CaseDocument)
        .values(
            case_no=case_no, type=type_, digest=digest, person=person, source=source, added_at=now
        )
        .on_conflict_do_nothing()
    )
    return ManifestItem(
        digest=digest,
        type=type_,
        media_type=media_type,
        size=len(content),
        person=person or None,
    )


async def put(connection: AsyncConnection, content: bytes, media_type: str, now: datetime) -> str:
    """Keep bytes under their digest, which is returned; a repeat changes nothing."""
    digest = digest_of(content)
    await connection.execute(
        insert(DocumentRow)
        .values(
            digest=digest, media_type=media_type, size=len(content), content=content, stored_at=now
        )
        .on_conflict_do_nothing()
    )
    return digest


async def load(connection: AsyncConnection, digest: str) -> tuple[str, bytes] | None:
    """(media type, content) of a document, or None."""
    row = (
        await connection.execute(
            select(DocumentRow.media_type, DocumentRow.content).where(DocumentRow.digest == digest)
        )
    ).one_or_none()
    return (row.media_type, row.content) if row else None


async def manifest(
    connection: AsyncConnection, case_no: str, *, sources: tuple[str, ...] = ()
) -> list[ManifestItem]:
    """What is on the case, oldest first; invalidated documents are left out."""
    statement = (
        select(
            CaseDocument.digest,
            CaseDocument.type,
            CaseDocument.person,
            DocumentRow.media_type,
            DocumentRow.size,
        )
        .join(DocumentRow, DocumentRow.digest == CaseDocument.digest)
        .where(CaseDocument.case_no == case_no, ~CaseDocument.invalid)
        .order_by(CaseDocument.id)
    )
    if sources:
        statement = statement.where(CaseDocument.source.in_(sources))
    return [
        ManifestItem(
            digest=row.digest,
            type=row.type,
            media_type=row.media_type,
            size=row.size,
            person=row.person or None,
        )
        for row in await connection.execute(statement)
    ]
