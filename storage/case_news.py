"""Which waiting cases rest on a case that has closed since; read by the worker's case round."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from domain.casework import Stage
from storage.case_tables import Case
from storage.step_tables import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A case that waits (its workflow) and the closed case that it waits for."""

    workflow_id: str
    case_no: str
    ending: str


async def waiting_on_closed(connection: AsyncConnection, limit: int = 200) -> tuple[Closed, ...]:
    """By the newest ``WAITS_FOR`` of each case that stands in WAITING, oldest case first."""
    rows = await connection.execute(_statement().limit(limit))
    return tuple(
        Closed(workflow_id=row.workflow_id, case_no=row.case_no, ending=row.ending or "")
        for row in rows
    )


@cache
def _statement() -> Select[str, str, str | None]:
    """Composed once: every round of a worker asks it."""
    waiting, other = aliased(Case), aliased(Case)
    waits_for = (
        select(Event.facts["other_case_no"].astext)
        .where(Event.case_no == waiting.case_no, Event.code == "WAITS_FOR")
        .order_by(Event.id.desc())
        .limit(1)
        .correlate(waiting)
        .scalar_subquery()
    )
    return (
        select(waiting.workflow_id, other.case_no, other.ending)
        .join(other, other.case_no == waits_for)
        .where(waiting.stage == Stage.WAITING.value, other.closed_at.is_not(None))
        .order_by(waiting.case_no)
    )
