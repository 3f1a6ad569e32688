"""Who read what and who did what: pages of the log of accesses, of commands, of posts and of keys.

Called by `console.web.audit`. Rows carry staff numbers, case numbers and codes, no personal data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Text, cast, literal, literal_column, select, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import SHANGHAI
from storage.api_tables import ApiKeyRow
from storage.case_tables import DataAccess
from storage.console_tables import PostRow
from storage.task_tables import CommandRow

Record = dict[str, Any]
#: Literal, as the index of that expression is written.
_ACTOR: Any = literal_column("(commands.command ->> 'actor')", Text)


class Trail(StrEnum):
    """What can be looked through."""

    READS = "reads"
    ACTS = "acts"
    POSTS = "posts"
    KEYS = "keys"


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """One page, newest first. ``first`` and ``last`` are days in Asia/Shanghai, both included;
    ``after`` is the instant and number of the last row seen."""

    trail: Trail
    actor: str | None = None
    case_no: str | None = None
    first: date | None = None
    last: date | None = None
    after: tuple[datetime, str] | None = None
    limit: int = 100


async def page(connection: AsyncConnection, asked: AuditQuestion) -> list[Record]:
    """Rows as {at, row_id, actor, case_no, what, words}; one more than the limit where more are."""
    statement = {
        Trail.READS: _reads,
        Trail.ACTS: _acts,
        Trail.POSTS: _posts,
        Trail.KEYS: _keys,
    }[asked.trail](asked)
    rows = await connection.execute(statement.limit(asked.limit + 1))
    return [dict(row) for row in rows.mappings()]


def _reads(asked: AuditQuestion) -> Any:
    statement = select(
        DataAccess.at,
        DataAccess.id.label("row_id"),
        DataAccess.actor,
        DataAccess.case_no,
        DataAccess.what,
        DataAccess.purpose.label("words"),
    ).order_by(DataAccess.id.desc())
    if asked.actor:
        statement = statement.where(DataAccess.actor == asked.actor)
    if asked.case_no:
        statement = statement.where(DataAccess.case_no == asked.case_no)
    if asked.after:
        statement = statement.where(DataAccess.id < int(asked.after[1]))
    return statement.where(*_days(asked, DataAccess.at))


def _acts(asked: AuditQuestion) -> Any:
    command = CommandRow.command
    statement = select(
        CommandRow.sent_at.label("at"),
        CommandRow.command_id.label("row_id"),
        _ACTOR.label("actor"),
        CommandRow.case_no,
        command["verb"].astext.label("what"),
        command["task_id"].astext.label("task_id"),
        command["outcome"].astext.label("outcome"),
        command["assignee"].astext.label("assignee"),
        CommandRow.status.label("words"),
        CommandRow.body["via"].astext.label("via"),
    ).order_by(CommandRow.sent_at.desc(), CommandRow.command_id.desc())
    if asked.actor:
        statement = statement.where(asked.actor == _ACTOR)
    if asked.case_no:
        statement = statement.where(CommandRow.case_no == asked.case_no)
    if asked.after:
        here = tuple_(CommandRow.sent_at, CommandRow.command_id)
        there = tuple_(literal(asked.after[0], CommandRow.sent_at.type), literal(asked.after[1]))
        statement = statement.where(here < there)
    return statement.where(*_days(asked, CommandRow.sent_at))


def _posts(asked: AuditQuestion) -> Any:
    sides = [
        select(
            at.label("at"),
            PostRow.id.label("number"),
            by.label("actor"),
            literal(what).label("what"),
            PostRow.code,
            PostRow.office,
            PostRow.kind,
            PostRow.roles,
        ).where(at.is_not(None))
        for at, by, what in (
            (PostRow.granted_at, PostRow.granted_by, "GRANTED"),
            (PostRow.ended_at, PostRow.ended_by, "ENDED"),
        )
    ]
    return _begun_and_ended(asked, sides)


def _keys(asked: AuditQuestion) -> Any:
    """Given and revoked; ``actor`` is the manager, or whom the key acts for."""
    sides = [
        select(
            at.label("at"),
            ApiKeyRow.id.label("number"),
            by.label("actor"),
            literal(what).label("what"),
            ApiKeyRow.name,
            ApiKeyRow.code,
            ApiKeyRow.office,
            ApiKeyRow.expires_at,
        ).where(at.is_not(None))
        for at, by, what in (
            (ApiKeyRow.issued_at, ApiKeyRow.issued_by, "ISSUED"),
            (ApiKeyRow.revoked_at, ApiKeyRow.revoked_by, "REVOKED"),
        )
    ]
    return _begun_and_ended(asked, sides)


def _begun_and_ended(asked: AuditQuestion, sides: list[Any]) -> Any:
    """Beginnings and ends of one kind of row as one trail; either person may be asked for."""
    both = union_all(*sides).subquery("both")
    row_id = cast(both.c.number, Text).label("row_id")
    statement = select(
        *both.c, row_id, literal("-").label("case_no"), both.c.code.label("words")
    ).order_by(both.c.at.desc(), both.c.number.desc())
    if asked.actor:
        statement = statement.where((both.c.actor == asked.actor) | (both.c.code == asked.actor))
    if asked.after:
        statement = statement.where(both.c.at < asked.after[0])
    return statement.where(*_days(asked, both.c.at))


def _days(asked: AuditQuestion, at: Any) -> list[Any]:
    found = []
    if asked.first:
        found.append(at >= datetime.combine(asked.first, time.min, SHANGHAI))
    if asked.last:
        following = asked.last + timedelta(days=1)
        found.append(at < datetime.combine(following, time.min, SHANGHAI))
    return found
