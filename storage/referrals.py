"""报请上级: what is put before the superior, drawn up with its cause, sent once, listed till then.

Called by the patrol (rungs that the superior issues), by a case's step (REPORT_SUPERIOR), by
`counter.referral_round` (sending) and by the console. Nothing personal is in it: what a clerk wrote
stays with the decision.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case_tables import Case
from storage.referral_tables import Referral
from storage.supervision_tables import SupervisionRow
from storage.task_tables import Task

#: The decision of a task that puts its matter before the superior.
REPORTED = "REPORT_SUPERIOR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request, with what it is about. ``rung`` is empty where a clerk asked for it."""

    subject: str
    task_id: str
    case_no: str
    matter_name: str
    task_title: str
    office: str
    peer: str
    due_on: date | None
    rung: str
    drawn_up_at: datetime
    attempts: int
    sent_at: datetime | None
    receipt: str | None

    @property
    def state(self) -> str:
        """WAITING 待送上级, SENT, or REFUSED by the platform that carries it."""
        if self.sent_at is None:
            return "WAITING"
        return "REFUSED" if (self.receipt or "").startswith("REFUSED:") else "SENT"


async def draw_up(
    connection: AsyncConnection, subjects: Sequence[tuple[str, str]], at: datetime
) -> None:
    """Keep (subject, task) each once; the worker's round sends them."""
    if subjects:
        await connection.execute(
            insert(Referral).on_conflict_do_nothing(),
            [
                {"subject": subject, "task_id": task, "drawn_up_at": at}
                for subject, task in subjects
            ],
        )


def _requests() -> Select[*tuple[Any, ...]]:
    asked: Select[*tuple[Any, ...]] = (
        select(
            Referral.subject,
            Referral.task_id,
            Task.case_no,
            Case.matter_name,
            Task.title.label("task_title"),
            Task.office,
            Case.peer,
            Task.due_on,
            SupervisionRow.rung,
            Referral.drawn_up_at,
            Referral.attempts,
            Referral.sent_at,
            Referral.receipt,
        )
        .join(Task, Task.task_id == Referral.task_id)
        .join(Case, Case.case_no == Task.case_no)
        .outerjoin(SupervisionRow, SupervisionRow.number == Referral.subject)
    )
    return asked


async def _read(
    connection: AsyncConnection, asked: Select[*tuple[Any, ...]]
) -> tuple[Request, ...]:
    rows = await connection.execute(asked)
    return tuple(Request(**{**row, "rung": row["rung"] or ""}) for row in rows.mappings())


async def unsent(
    connection: AsyncConnection, now: datetime, limit: int = 100
) -> tuple[Request, ...]:
    """Requests that no receipt is on file for and whose next attempt has come, oldest first."""
    return await _read(
        connection,
        _requests()
        .where(Referral.sent_at.is_(None), Referral.next_attempt_at <= now)
        .order_by(Referral.drawn_up_at, Referral.subject)
        .limit(limit),
    )


async def listed(
    connection: AsyncConnection, offices: Collection[str], *, limit: int = 100
) -> tuple[Request, ...]:
    """Requests about tasks of these offices: what is still to be sent first, then newest first."""
    return await _read(
        connection,
        _requests()
        .where(Task.office.in_(list(offices)))
        .order_by(Referral.sent_at.is_not(None), Referral.drawn_up_at.desc(), Referral.subject)
        .limit(limit),
    )


async def find(connection: AsyncConnection, subject: str) -> Request | None:
    """The request about that rung or task."""
    found = await _read(connection, _requests().where(Referral.subject == subject))
    return found[0] if found else None


async def settle(connection: AsyncConnection, subject: str, receipt: str, at: datetime) -> None:
    """The platform has taken it, or refused it for good: ``receipt`` tells which."""
    await _change(connection, subject, sent_at=at, receipt=receipt)


async def put_off(connection: AsyncConnection, one: Request, until: datetime) -> None:
    """The platform did not answer."""
    await _change(connection, one.subject, attempts=one.attempts + 1, next_attempt_at=until)


async def _change(connection: AsyncConnection, subject: str, **values: object) -> None:
    await connection.execute(
        update(Referral)
        .where(Referral.subject == subject, Referral.sent_at.is_(None))
        .values(**values)
    )
