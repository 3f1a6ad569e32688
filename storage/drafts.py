"""Drafts of applications: kept per account until they are filed, so that nothing typed is lost.

Called by the intake pages. A filed draft keeps only the number of its case: filing it twice finds
the first case.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import cast, delete, insert, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.desk_tables import DraftRow

_OPEN = DraftRow.case_no.is_(None)


async def begin(
    connection: AsyncConnection,
    draft_id: str,
    *,
    account: str,
    clerk: str,
    office: str,
    matter: str,
    now: datetime,
) -> None:
    """An empty draft."""
    await connection.execute(
        insert(DraftRow).values(
            id=draft_id,
            account=account,
            clerk=clerk,
            office=office,
            matter=matter,
            content={},
            created_at=now,
            saved_at=now,
        )
    )


async def find(connection: AsyncConnection, draft_id: str, account: str) -> dict[str, Any] | None:
    """A draft of this account; nobody reads another's."""
    rows = await connection.execute(
        select(*DraftRow.__table__.columns).where(
            DraftRow.id == draft_id, DraftRow.account == account
        )
    )
    row = rows.mappings().one_or_none()
    return dict(row) if row else None


async def held(connection: AsyncConnection, draft_id: str, account: str) -> dict[str, Any] | None:
    """An unfiled draft of this account, which nobody else changes in this transaction."""
    rows = await connection.execute(
        select(*DraftRow.__table__.columns)
        .where(DraftRow.id == draft_id, DraftRow.account == account, _OPEN)
        .with_for_update()
    )
    row = rows.mappings().one_or_none()
    return dict(row) if row else None


async def of_account(connection: AsyncConnection, account: str) -> list[dict[str, Any]]:
    """What this account has begun and not filed, the newest first; without what stands in it."""
    rows = await connection.execute(
        select(DraftRow.id, DraftRow.matter, DraftRow.office, DraftRow.saved_at)
        .where(DraftRow.account == account, _OPEN)
        .order_by(DraftRow.saved_at.desc())
    )
    return [dict(row) for row in rows.mappings()]


async def save(
    connection: AsyncConnection, draft_id: str, account: str, content: dict[str, Any], now: datetime
) -> bool:
    """Keep what was typed beside what ``content`` does not name; False where it was filed
    meanwhile or is not this account's.
    """
    done = await connection.execute(
        update(DraftRow)
        .where(DraftRow.id == draft_id, DraftRow.account == account, _OPEN)
        .values(content=DraftRow.content.op("||")(cast(content, JSONB)), saved_at=now)
    )
    return bool(done.rowcount)


async def change_papers(
    connection: AsyncConnection,
    draft_id: str,
    account: str,
    *,
    added: list[dict[str, Any]],
    removed: str,
    now: datetime,
) -> None:
    """Add uploads to a draft and take away the one of a digest; two at once both count."""
    found = await connection.execute(
        select(DraftRow.content)
        .where(DraftRow.id == draft_id, DraftRow.account == account, _OPEN)
        .with_for_update()
    )
    content = found.scalar_one_or_none()
    if content is None:
        return
    kept = [one for one in content.get("uploads", []) if one["digest"] != removed]
    known = {(one["type"], one["person"], one["digest"]) for one in kept}
    kept += [one for one in added if (one["type"], one["person"], one["digest"]) not in known]
    await save(connection, draft_id, account, {"uploads": kept}, now)


async def filed(connection: AsyncConnection, draft_id: str, case_no: str, now: datetime) -> bool:
    """In the transaction that puts the case on file: this draft became it, once.

    False where another submission of the same draft was first.
    """
    done = await connection.execute(
        update(DraftRow)
        .where(DraftRow.id == draft_id, _OPEN)
        .values(case_no=case_no, content={}, saved_at=now)
    )
    return bool(done.rowcount)


async def told(connection: AsyncConnection, draft_id: str, findings: list[str]) -> None:
    """What the receipt says is missing, for the page that shows it again."""
    await connection.execute(
        update(DraftRow).where(DraftRow.id == draft_id).values(findings=findings)
    )


async def drop(connection: AsyncConnection, draft_id: str, account: str) -> bool:
    """Throw a draft away; a filed one stays."""
    done = await connection.execute(
        delete(DraftRow).where(DraftRow.id == draft_id, DraftRow.account == account, _OPEN)
    )
    return bool(done.rowcount)


async def forget(connection: AsyncConnection, before: datetime) -> int:
    """Delete drafts that nobody has touched since; how many."""
    done = await connection.execute(delete(DraftRow).where(DraftRow.saved_at < before, _OPEN))
    return done.rowcount
