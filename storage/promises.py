"""承诺登记: who promised what instead of a proof, what the check found, what was put right since.

The register follows from the acts of cases; only that a false promise was repaired is written here.
Read by filing (a false promise bars new ones) and by the command line.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from storage.case_tables import Case, Person
from storage.promise_tables import PromiseRepair
from storage.step_tables import Act

ACCEPTED, KEPT, FALSE = "PROMISE_ACCEPTED", "PROMISE_KEPT", "PROMISE_FALSE"


async def false_promise(connection: AsyncConnection, number: str) -> str | None:
    """The case in which this person or enterprise promised what was not so, unless repaired."""
    found = await connection.execute(
        select(Act.case_no)
        .join(Person, and_(Person.case_no == Act.case_no, Person.number == 1))
        .where(Act.code == FALSE, Act.voided_at.is_(None), Person.id_no == number)
        .where(~exists().where(PromiseRepair.case_no == Act.case_no))
        .order_by(Act.id)
        .limit(1)
    )
    return found.scalar_one_or_none()


async def promises(connection: AsyncConnection, *, limit: int) -> list[dict[str, Any]]:
    """The newest promises first, without names: case, item, materials and what became of them."""
    kept, false = aliased(Act), aliased(Act)
    rows = await connection.execute(
        select(
            Act.case_no,
            Case.matter,
            Case.matter_name,
            Act.facts,
            Act.effective_on,
            kept.effective_on.label("kept_on"),
            false.effective_on.label("false_on"),
            PromiseRepair.repaired_on,
        )
        .join(Case, Case.case_no == Act.case_no)
        .outerjoin(kept, and_(kept.case_no == Act.case_no, kept.code == KEPT))
        .outerjoin(false, and_(false.case_no == Act.case_no, false.code == FALSE))
        .outerjoin(PromiseRepair, PromiseRepair.case_no == Act.case_no)
        .where(Act.code == ACCEPTED)
        .order_by(Act.id.desc())
        .limit(limit)
    )
    return [
        {
            "case_no": row.case_no,
            "matter": row.matter,
            "matter_name": row.matter_name,
            "materials": str(row.facts.get("materials", "")).split("、"),
            "promised_on": row.effective_on,
            "checked_on": row.kept_on or row.false_on,
            "state": _state(row),
            "repaired_on": row.repaired_on,
        }
        for row in rows
    ]


def _state(row: Any) -> str:
    if row.false_on is not None:
        return "REPAIRED" if row.repaired_on is not None else "FALSE"
    return "KEPT" if row.kept_on is not None else "OPEN"


async def repair(
    connection: AsyncConnection, case_no: str, *, actor: str, reason: str, on: date, at: datetime
) -> bool:
    """Write that the false promise of a case was put right; False where it was before."""
    done = await connection.execute(
        insert(PromiseRepair)
        .values(case_no=case_no, actor=actor, reason=reason, repaired_on=on, at=at)
        .on_conflict_do_nothing()
        .returning(PromiseRepair.case_no)
    )
    return done.scalar_one_or_none() is not None


async def is_false(connection: AsyncConnection, case_no: str) -> bool:
    """Whether the promise of a case was found to be false."""
    found = await connection.execute(
        select(Act.id).where(Act.case_no == case_no, Act.code == FALSE, Act.voided_at.is_(None))
    )
    return found.first() is not None
