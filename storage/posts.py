"""The register of further posts: secondments, substitutes, desks at a second office.

Called by `console.staff` for every request of a signed-in person, and by the manager's page.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.offices import Role
from domain.permissions import Post, PostKind
from storage.console_tables import PostRow

_OPEN = PostRow.ended_at.is_(None)


async def of_account(connection: AsyncConnection, account: str, today: date) -> list[Post]:
    """What was given to this account and is in force today."""
    rows = await connection.execute(
        select(*PostRow.__table__.columns).where(PostRow.account == account, _OPEN)
    )
    return [post for row in rows if (post := _post(row)).in_force(today)]


async def by_code(connection: AsyncConnection, code: str, today: date) -> list[Post]:
    """The desks that a staff number has besides its own."""
    rows = await connection.execute(
        select(*PostRow.__table__.columns).where(PostRow.code == code, _OPEN)
    )
    return [post for row in rows if (post := _post(row)).in_force(today)]


async def grant(
    connection: AsyncConnection,
    *,
    account: str,
    code: str,
    office: str,
    roles: Collection[Role],
    kind: PostKind,
    since: date,
    until: date | None,
    for_post: str | None,
    by: str,
    at: datetime,
) -> int:
    """A new desk; returns its number."""
    row = await connection.execute(
        insert(PostRow)
        .values(
            account=account,
            code=code,
            office=office,
            roles=sorted(role.value for role in roles),
            kind=kind.value,
            since=since,
            until=until,
            for_post=for_post,
            granted_by=by,
            granted_at=at,
        )
        .returning(PostRow.id)
    )
    number: int = row.scalar_one()
    return number


async def end(connection: AsyncConnection, number: int, *, by: str, at: datetime) -> bool:
    """End a desk now; False where it is over already."""
    done = await connection.execute(
        update(PostRow).where(PostRow.id == number, _OPEN).values(ended_by=by, ended_at=at)
    )
    return bool(done.rowcount)


async def all_open(connection: AsyncConnection) -> list[dict[str, Any]]:
    """Every desk that has not ended, newest first."""
    rows = await connection.execute(
        select(*PostRow.__table__.columns).where(_OPEN).order_by(PostRow.id.desc())
    )
    return [dict(row) for row in rows.mappings()]


def _post(row: Any) -> Post:
    return Post(
        code=row.code,
        office=row.office,
        roles=frozenset(Role(role) for role in row.roles),
        kind=PostKind(row.kind),
        since=row.since,
        until=row.until,
        for_post=row.for_post,
    )
