"""The register of further posts: secondments, substitutes, desks at a second office.

Called by `console.staff` for every request of a signed-in person, and by the manager's page.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.offices import Role
from domain.permissions import Post, PostKind
from storage.console_tables import PostRow

_OPEN = PostRow.ended_at.is_(None)


def of_number(code: str) -> str:
    """The account that a post is given to where only the staff number is known: whoever signs in
    with that number vouched for."""
    return f"staff:{code}"


async def of_account(
    connection: AsyncConnection, account: str, today: date, numbers: Collection[str] = ()
) -> list[Post]:
    """What was given to this account, or to a staff number vouched for it, and holds today."""
    accounts = [account, *(of_number(code) for code in numbers)]
    rows = await connection.execute(
        select(*PostRow.__table__.columns).where(PostRow.account.in_(accounts), _OPEN)
    )
    return [post for row in rows if (post := _post(row)).in_force(today)]


async def by_code(
    connection: AsyncConnection, code: str, today: date, *, besides: str = ""
) -> list[Post]:
    """The desks that a staff number has besides its own, but for what one command gave."""
    rows = await connection.execute(
        select(*PostRow.__table__.columns).where(
            PostRow.code == code, PostRow.command_id.is_distinct_from(besides), _OPEN
        )
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
    command_id: str | None = None,
) -> int:
    """A new desk; returns its number. The same command gives the same desk."""
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
            command_id=command_id,
        )
        .on_conflict_do_nothing(index_elements=[PostRow.command_id])
        .returning(PostRow.id)
    )
    number: int | None = row.scalar_one_or_none()
    if number is None:
        known = await connection.execute(select(PostRow.id).where(PostRow.command_id == command_id))
        number = known.scalar_one()
    return number


async def end(connection: AsyncConnection, number: int, *, by: str, at: datetime) -> bool:
    """End a desk now; False where it is over already."""
    done = await connection.execute(
        update(PostRow).where(PostRow.id == number, _OPEN).values(ended_by=by, ended_at=at)
    )
    return bool(done.rowcount)


async def listed(connection: AsyncConnection, limit: int = 200) -> list[dict[str, Any]]:
    """Desks that were given, newest first: those in force, and those that have ended."""
    rows = await connection.execute(
        select(*PostRow.__table__.columns)
        .order_by(PostRow.ended_at.is_not(None), PostRow.id.desc())
        .limit(limit)
    )
    return [dict(row) for row in rows.mappings()]


async def at_offices(
    connection: AsyncConnection, offices: Collection[str], today: date
) -> list[Post]:
    """Desks at these offices that were given to somebody and hold today."""
    rows = await connection.execute(
        select(*PostRow.__table__.columns).where(PostRow.office.in_(offices), _OPEN)
    )
    return [post for row in rows if (post := _post(row)).in_force(today)]


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
