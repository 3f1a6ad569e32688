"""Notes and urges on cases, followed cases, and the opinions asked before a task is decided.

Called by the task and case pages.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.desk_tables import CaseNoteRow, FollowRow, SignatureRow
from storage.task_tables import Task


async def note(
    connection: AsyncConnection,
    case_no: str,
    *,
    kind: str,
    by: str,
    text: str,
    at: datetime,
    command_id: str | None = None,
) -> None:
    """Write a note or an urge on a case; under the same command it is written once."""
    await connection.execute(
        upsert(CaseNoteRow)
        .values(case_no=case_no, kind=kind, by=by, text=text, at=at, command_id=command_id)
        .on_conflict_do_nothing(index_elements=[CaseNoteRow.command_id])
    )


async def notes(connection: AsyncConnection, case_no: str) -> list[dict[str, Any]]:
    """Every note of a case, the newest first."""
    rows = await connection.execute(
        select(*CaseNoteRow.__table__.columns)
        .where(CaseNoteRow.case_no == case_no)
        .order_by(CaseNoteRow.id.desc())
    )
    return [dict(row) for row in rows.mappings()]


async def follow(connection: AsyncConnection, account: str, case_no: str, at: datetime) -> None:
    """Follow a case; a repeat changes nothing."""
    await connection.execute(
        upsert(FollowRow)
        .values(account=account, case_no=case_no, since=at)
        .on_conflict_do_nothing()
    )


async def unfollow(connection: AsyncConnection, account: str, case_no: str) -> None:
    """Follow it no more."""
    await connection.execute(
        delete(FollowRow).where(FollowRow.account == account, FollowRow.case_no == case_no)
    )


async def followed(connection: AsyncConnection, account: str) -> set[str]:
    """The numbers of the cases that an account follows."""
    rows = await connection.execute(select(FollowRow.case_no).where(FollowRow.account == account))
    return set(rows.scalars())


async def ask_signature(
    connection: AsyncConnection,
    task_id: str,
    *,
    mode: str,
    signer: str,
    asked_by: str,
    question: str,
    at: datetime,
) -> None:
    """Ask a colleague's opinion on a task."""
    await connection.execute(
        insert(SignatureRow).values(
            task_id=task_id,
            mode=mode,
            signer=signer,
            asked_by=asked_by,
            asked_at=at,
            question=question,
        )
    )


async def signatures(connection: AsyncConnection, task_id: str) -> list[dict[str, Any]]:
    """What was asked on a task and not taken back, oldest first."""
    rows = await connection.execute(
        select(*SignatureRow.__table__.columns)
        .where(SignatureRow.task_id == task_id, SignatureRow.withdrawn_at.is_(None))
        .order_by(SignatureRow.id)
    )
    return [dict(row) for row in rows.mappings()]


async def answers(connection: AsyncConnection, case_no: str) -> list[dict[str, Any]]:
    """Every answer that was given on a task of the case, oldest first."""
    rows = await connection.execute(
        select(*SignatureRow.__table__.columns)
        .join(Task, Task.task_id == SignatureRow.task_id)
        .where(
            Task.case_no == case_no,
            SignatureRow.answer.is_not(None),
            SignatureRow.withdrawn_at.is_(None),
        )
        .order_by(SignatureRow.answered_at, SignatureRow.id)
    )
    return [dict(row) for row in rows.mappings()]


async def sign(
    connection: AsyncConnection, number: int, signer: str, *, answer: str, text: str, at: datetime
) -> bool:
    """Answer; False where it was answered or taken back before, or is another's."""
    done = await connection.execute(
        update(SignatureRow)
        .where(
            SignatureRow.id == number,
            SignatureRow.signer == signer,
            SignatureRow.answer.is_(None),
            SignatureRow.withdrawn_at.is_(None),
        )
        .values(answer=answer, text=text, answered_at=at)
    )
    return bool(done.rowcount)


async def withdraw_signature(
    connection: AsyncConnection, number: int, asked_by: str, at: datetime
) -> bool:
    """Take a question back (减签); False where it was answered before."""
    done = await connection.execute(
        update(SignatureRow)
        .where(
            SignatureRow.id == number,
            SignatureRow.asked_by == asked_by,
            SignatureRow.answer.is_(None),
            SignatureRow.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=at)
    )
    return bool(done.rowcount)
