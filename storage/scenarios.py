"""The register of composite cases: what their steps ask for, and what became of it.

Called while a transition is written, by the worker's child round, and by the screens that show a
composite case with its children.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.scenario import PinnedChild, ScenarioTerms
from contracts.tidings import Tidings, TidingsKind
from contracts.transitions import Transition
from storage import tidings
from storage.case_tables import Case
from storage.scenario_tables import ScenarioChild

FILE, WITHDRAW = "FILE", "WITHDRAW"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A child that is to be filed."""

    composite_no: str
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwanted:
    """A child whose case is to be withdrawn."""

    composite_no: str
    item: str
    case_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildRow:
    """One child as screens show it; stage and due date are its own case's. ``asked`` False: it
    waits for the items ``after``, or was never started."""

    item: str
    name: str
    after: tuple[str, ...]
    asked: bool
    case_no: str | None = None
    stage: str | None = None
    ending: str | None = None
    due_on: date | None = None
    office: str | None = None
    refused_text: str | None = None


class AlreadyFiled(Exception):
    """The child has a case already, or was refused: nothing is filed twice."""


async def ask(connection: AsyncConnection, transition: Transition) -> None:
    """Keep what the step asks for, in its own transaction."""
    for asked in transition.children:
        if asked.action == FILE:
            await connection.execute(
                insert(ScenarioChild)
                .values(
                    composite_no=transition.case_no,
                    item=asked.item,
                    name=asked.name,
                    made_in=transition.sequence,
                    asked_at=transition.at,
                )
                .on_conflict_do_nothing()
            )
        else:
            await connection.execute(
                update(ScenarioChild)
                .where(
                    ScenarioChild.composite_no == transition.case_no,
                    ScenarioChild.item == asked.item,
                    ScenarioChild.withdraw_asked_at.is_(None),
                )
                .values(withdraw_asked_at=transition.at)
            )


async def wanted(connection: AsyncConnection, limit: int = 50) -> tuple[Wanted, ...]:
    """Children to be filed, oldest first."""
    rows = await connection.execute(
        select(ScenarioChild.composite_no, ScenarioChild.item)
        .where(
            ScenarioChild.case_no.is_(None),
            ScenarioChild.refused.is_(None),
            ScenarioChild.withdraw_asked_at.is_(None),
        )
        .order_by(ScenarioChild.asked_at, ScenarioChild.composite_no, ScenarioChild.item)
        .limit(limit)
    )
    return tuple(Wanted(composite_no=row.composite_no, item=row.item) for row in rows)


async def filed(connection: AsyncConnection, child: Wanted, case_no: str, at: datetime) -> None:
    """The child has become a case, in the transaction that puts it on file; AlreadyFiled."""
    claimed = await connection.execute(
        update(ScenarioChild)
        .where(
            ScenarioChild.composite_no == child.composite_no,
            ScenarioChild.item == child.item,
            ScenarioChild.case_no.is_(None),
            ScenarioChild.refused.is_(None),
        )
        .values(case_no=case_no, filed_at=at)
        .returning(ScenarioChild.item)
    )
    if claimed.first() is None:
        raise AlreadyFiled(child.item)
    await _tell(connection, child, "FILED", {"case_no": case_no}, at)


async def not_filed(
    connection: AsyncConnection, child: Wanted, code: str, text: str, at: datetime
) -> None:
    """The application for the child was not taken in; ``text`` says why and what to do."""
    await connection.execute(
        update(ScenarioChild)
        .where(
            ScenarioChild.composite_no == child.composite_no,
            ScenarioChild.item == child.item,
            ScenarioChild.case_no.is_(None),
        )
        .values(refused=code, refused_text=text)
    )
    await _tell(connection, child, "NOT_FILED", {"reason": code}, at)


async def drop_unfiled(connection: AsyncConnection, at: datetime) -> int:
    """Children that were withdrawn before they were filed: they never will be."""
    rows = (
        await connection.execute(
            update(ScenarioChild)
            .where(
                ScenarioChild.case_no.is_(None),
                ScenarioChild.refused.is_(None),
                ScenarioChild.withdraw_asked_at.is_not(None),
            )
            .values(refused="WITHDRAWN", refused_text="申请人已撤回，未立案。")
            .returning(ScenarioChild.composite_no, ScenarioChild.item)
        )
    ).all()
    for row in rows:
        child = Wanted(composite_no=row.composite_no, item=row.item)
        await _tell(connection, child, "DROPPED", {}, at)
    return len(rows)


async def waiting(connection: AsyncConnection) -> frozenset[str]:
    """Composite cases that wait for an item: asked for, neither refused nor told of its end."""
    rows = await connection.execute(
        select(ScenarioChild.composite_no)
        .where(ScenarioChild.refused.is_(None), ScenarioChild.closed_told_at.is_(None))
        .distinct()
    )
    return frozenset(row.composite_no for row in rows)


async def to_withdraw(connection: AsyncConnection, limit: int = 50) -> tuple[Unwanted, ...]:
    """Children whose open cases are to be withdrawn, oldest first."""
    rows = await connection.execute(
        select(ScenarioChild.composite_no, ScenarioChild.item, ScenarioChild.case_no)
        .join(Case, Case.case_no == ScenarioChild.case_no)
        .where(
            ScenarioChild.withdraw_asked_at.is_not(None),
            ScenarioChild.withdraw_settled_at.is_(None),
            Case.closed_at.is_(None),
        )
        .order_by(ScenarioChild.withdraw_asked_at, ScenarioChild.item)
        .limit(limit)
    )
    return tuple(
        Unwanted(composite_no=row.composite_no, item=row.item, case_no=row.case_no) for row in rows
    )


async def withdrawal_settled(
    connection: AsyncConnection, child: Unwanted, refused: str, at: datetime
) -> None:
    """The child's case took the withdrawal, or refused it with that code."""
    await connection.execute(
        update(ScenarioChild)
        .where(ScenarioChild.composite_no == child.composite_no, ScenarioChild.item == child.item)
        .values(withdraw_settled_at=at)
    )
    if refused:
        one = Wanted(composite_no=child.composite_no, item=child.item)
        await _tell(connection, one, "NOT_WITHDRAWN", {"reason": refused}, at)


async def has_news(connection: AsyncConnection) -> bool:
    """Whether any child has closed, or was withdrawn before it was filed, and nobody was told."""
    closed = (
        select(ScenarioChild.item)
        .join(Case, Case.case_no == ScenarioChild.case_no)
        .where(ScenarioChild.closed_told_at.is_(None), Case.closed_at.is_not(None))
    )
    dropped = select(ScenarioChild.item).where(
        ScenarioChild.case_no.is_(None),
        ScenarioChild.refused.is_(None),
        ScenarioChild.withdraw_asked_at.is_not(None),
    )
    found = await connection.execute(select(exists(closed) | exists(dropped)))
    return bool(found.scalar_one())


async def tell_closed(connection: AsyncConnection, at: datetime, limit: int = 50) -> int:
    """Tell composites of children whose cases have closed since; returns how many."""
    rows = (
        await connection.execute(
            select(
                ScenarioChild.composite_no,
                ScenarioChild.item,
                Case.case_no,
                Case.ending,
                Case.reason_code,
            )
            .join(Case, Case.case_no == ScenarioChild.case_no)
            .where(ScenarioChild.closed_told_at.is_(None), Case.closed_at.is_not(None))
            .order_by(Case.closed_at)
            .limit(limit)
            .with_for_update(of=ScenarioChild.__table__, skip_locked=True)
        )
    ).all()
    for row in rows:
        child = Wanted(composite_no=row.composite_no, item=row.item)
        facts = {
            "case_no": row.case_no,
            "ending": row.ending or "",
            "reason": row.reason_code or "",
        }
        await _tell(connection, child, "CLOSED", facts, at)
        await connection.execute(
            update(ScenarioChild)
            .where(ScenarioChild.composite_no == row.composite_no, ScenarioChild.item == row.item)
            .values(closed_told_at=at)
        )
    return len(rows)


async def children_of(connection: AsyncConnection, composite_no: str) -> tuple[ChildRow, ...]:
    """All items of a composite case, in the order of its bundle; none for any other case."""
    filing = (
        await connection.execute(select(Case.filing).where(Case.case_no == composite_no))
    ).scalar_one_or_none()
    if not filing or not filing.get("scenario"):
        return ()
    rows = await connection.execute(
        select(
            ScenarioChild.item,
            ScenarioChild.case_no,
            ScenarioChild.refused_text,
            Case.stage,
            Case.ending,
            Case.due_on,
            Case.competent_office,
        )
        .outerjoin(Case, Case.case_no == ScenarioChild.case_no)
        .where(ScenarioChild.composite_no == composite_no)
    )
    asked = {row.item: row for row in rows}
    return tuple(
        _shown(child, asked.get(child.item))
        for child in ScenarioTerms.model_validate(filing["scenario"]).children
    )


def _shown(child: PinnedChild, row: Any) -> ChildRow:
    if row is None:
        return ChildRow(item=child.item, name=child.name, after=child.after, asked=False)
    return ChildRow(
        item=child.item,
        name=child.name,
        after=child.after,
        asked=True,
        case_no=row.case_no,
        stage=row.stage,
        ending=row.ending,
        due_on=row.due_on,
        office=row.competent_office,
        refused_text=row.refused_text,
    )


async def composite_of(connection: AsyncConnection, case_no: str) -> str | None:
    """The composite case that a case is a child of."""
    found: str | None = (
        await connection.execute(
            select(ScenarioChild.composite_no).where(ScenarioChild.case_no == case_no)
        )
    ).scalar_one_or_none()
    return found


async def _tell(
    connection: AsyncConnection, child: Wanted, code: str, facts: dict[str, str], at: datetime
) -> None:
    workflow_id = (
        await connection.execute(select(Case.workflow_id).where(Case.case_no == child.composite_no))
    ).scalar_one()
    await tidings.keep(
        connection,
        str(workflow_id),
        Tidings(
            key=f"child:{child.item}:{code}",
            kind=TidingsKind.CHILD,
            code=code,
            facts={"item": child.item, **facts},
        ),
        at,
        case_no=child.composite_no,
    )


async def take_back(connection: AsyncConnection, composite_no: str, sequence: int) -> None:
    """What a step asked for that history never confirmed, as far as nothing came of it yet."""
    await connection.execute(
        delete(ScenarioChild).where(
            ScenarioChild.composite_no == composite_no,
            ScenarioChild.made_in == sequence,
            ScenarioChild.case_no.is_(None),
            ScenarioChild.refused.is_(None),
        )
    )
