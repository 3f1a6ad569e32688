"""The persons of a case: written at intake, when papers arrive, when identities change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import case, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.families import HUKOU
from storage.case_tables import DataAccess, Person, PersonVersion

_OWN = frozenset({"number", "relation", "name", "id_no"})


async def put_person(
    connection: AsyncConnection,
    case_no: str,
    side: str,
    record: dict[str, Any],
    *,
    scheme: str = HUKOU.code,
    subject: str | None = None,
    replaced_by: str | None = None,
) -> None:
    """Write a person's record; with ``replaced_by`` the earlier version is kept (once per cause).

    ``subject`` is what the case moves, the person's own relation unless given. Raises
    IntegrityError when it has another open case of that scheme on this side (H5).
    """
    number = int(record["number"])
    details = {key: value for key, value in record.items() if key not in _OWN}
    before = (
        await connection.execute(
            select(Person.name, Person.id_no, Person.details).where(
                Person.case_no == case_no, Person.number == number
            )
        )
    ).one_or_none()
    if before is None:
        await connection.execute(
            insert(Person).values(
                case_no=case_no,
                number=number,
                side=side,
                scheme=scheme,
                subject=subject or record["id_no"],
                relation=record["relation"],
                name=record["name"],
                id_no=record["id_no"],
                details=details,
            )
        )
        return
    changed = (before.name, before.id_no) != (record["name"], record["id_no"])
    if not changed or replaced_by is None:
        return
    await connection.execute(
        insert(PersonVersion)
        .values(
            case_no=case_no,
            number=number,
            name=before.name,
            id_no=before.id_no,
            details=before.details,
            replaced_by=f"{replaced_by}:{number}",
            replaced_at=datetime.now(UTC),
        )
        .on_conflict_do_nothing()
    )
    await connection.execute(
        update(Person)
        .where(Person.case_no == case_no, Person.number == number)
        .values(
            name=record["name"],
            id_no=record["id_no"],
            subject=case((Person.subject == before.id_no, record["id_no"]), else_=Person.subject),
            details={**before.details, **details},
        )
    )


async def open_elsewhere(
    connection: AsyncConnection,
    side: str,
    subjects: list[str],
    case_no: str,
    *,
    scheme: str = HUKOU.code,
) -> str | None:
    """The number of another open case that moves one of these on this side."""
    return (
        await connection.execute(
            select(Person.case_no)
            .where(
                Person.side == side,
                Person.open,
                Person.scheme == scheme,
                Person.subject.in_(subjects),
                Person.case_no != case_no,
            )
            .limit(1)
        )
    ).scalar_one_or_none()


async def log_access(
    connection: AsyncConnection, case_no: str, actor: str, what: str, purpose: str
) -> None:
    """Every reading of personal data has case and purpose (G8)."""
    await connection.execute(
        insert(DataAccess).values(
            case_no=case_no, actor=actor, what=what, purpose=purpose, at=datetime.now(UTC)
        )
    )


async def log_accesses(
    connection: AsyncConnection, case_nos: Sequence[str], actor: str, what: str, purpose: str
) -> None:
    """The same for a list that showed the persons of several cases."""
    now = datetime.now(UTC)
    await connection.execute(
        insert(DataAccess),
        [
            {"case_no": case_no, "actor": actor, "what": what, "purpose": purpose, "at": now}
            for case_no in case_nos
        ],
    )
