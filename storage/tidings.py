"""News between cases of one locality: written with the step that causes them, told afterwards.

Called while a transition is written, by the courier's call-backs and by the worker's tidings round.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.tidings import Tidings
from storage.case_tables import Case
from storage.tidings_tables import TidingsRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """One piece of news; ``closed``: its addressee needs none any more."""

    id: int
    to_workflow: str
    tidings: Tidings
    closed: bool


async def keep(
    connection: AsyncConnection,
    to_workflow: str,
    tidings: Tidings,
    at: datetime,
    *,
    case_no: str,
    made_in: int | None = None,
) -> None:
    """Keep news for a case of this locality; a repeat under its key is nothing new."""
    await connection.execute(
        insert(TidingsRow)
        .values(
            case_no=case_no,
            made_in=made_in,
            to_workflow=to_workflow,
            key=tidings.key,
            tidings=tidings.model_dump(mode="json"),
            recorded_at=at,
        )
        .on_conflict_do_nothing()
    )


async def keep_all(
    connection: AsyncConnection, news: Sequence[tuple[str, str, Tidings]], at: datetime
) -> None:
    """Keep news for many cases: (case number, its workflow, what there is to tell)."""
    if news:
        await connection.execute(
            insert(TidingsRow).on_conflict_do_nothing(),
            [
                {
                    "case_no": case_no,
                    "to_workflow": to_workflow,
                    "key": tidings.key,
                    "tidings": tidings.model_dump(mode="json"),
                    "recorded_at": at,
                }
                for case_no, to_workflow, tidings in news
            ],
        )


async def untold(
    connection: AsyncConnection, cases: int = 50, *, but: Collection[str] = ()
) -> tuple[Untold, ...]:
    """What the cases that need news soonest have not been told; of each case all, oldest first.

    ``but``: workflows that did not take theirs just now.
    """
    waiting = (
        select(TidingsRow.to_workflow, TidingsRow.needed_by, TidingsRow.id)
        .join(Case, Case.workflow_id == TidingsRow.to_workflow)
        .where(TidingsRow.told_at.is_(None), Case.started, TidingsRow.to_workflow.not_in(but))
        .order_by(TidingsRow.needed_by, TidingsRow.id)
        .limit(cases)
        .subquery()
    )
    rows = await connection.execute(
        select(
            TidingsRow.id,
            TidingsRow.to_workflow,
            TidingsRow.tidings,
            Case.closed_at,
        )
        .join(Case, Case.workflow_id == TidingsRow.to_workflow)
        .where(
            TidingsRow.told_at.is_(None), TidingsRow.to_workflow.in_(select(waiting.c.to_workflow))
        )
        .order_by(TidingsRow.id)
    )
    return tuple(
        Untold(
            id=row.id,
            to_workflow=row.to_workflow,
            tidings=Tidings.model_validate(row.tidings),
            closed=row.closed_at is not None,
        )
        for row in rows
    )


async def mark_told(connection: AsyncConnection, numbers: Sequence[int], at: datetime) -> None:
    """The cases have been told, or are closed and need no news."""
    await connection.execute(
        update(TidingsRow).where(TidingsRow.id.in_(numbers)).values(told_at=at)
    )


async def take_back(connection: AsyncConnection, case_no: str, sequence: int) -> None:
    """News of a step that history never confirmed, as far as nobody has heard them."""
    await connection.execute(
        delete(TidingsRow).where(
            TidingsRow.case_no == case_no,
            TidingsRow.made_in == sequence,
            TidingsRow.told_at.is_(None),
        )
    )
