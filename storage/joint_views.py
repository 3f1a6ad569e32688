"""The parts of a joint case as screens show them; read by the desk that looks at cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.general import GeneralTerms
from storage.case_tables import Case
from storage.step_tables import Act, ClockRow

_STATES = {
    "PART_DONE": "已办结",
    "PART_REFUSED": "不同意",
    "PART_PROMISED": "凭承诺先行办理",
    "PROMISE_KEPT": "承诺经核查属实",
    "PROMISE_FALSE": "承诺经核查不实",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """One part: who performs it, until when, and what came of it last."""

    number: int
    label: str
    locality: str
    office: str
    before: str
    required: bool
    state: str
    due_on: date | None


async def parts_of(connection: AsyncConnection, case_no: str) -> tuple[PartRow, ...]:
    """The parts in their order; none where the case is no joint one."""
    filing = (
        await connection.execute(select(Case.filing).where(Case.case_no == case_no))
    ).scalar_one_or_none()
    if not filing or not filing.get("general") or filing.get("family") != "GENERAL_JOINT":
        return ()
    terms = GeneralTerms.model_validate(filing["general"])
    acts = (
        await connection.execute(
            select(Act.code, Act.facts, Act.office)
            .where(Act.case_no == case_no, Act.code.in_(_STATES), Act.voided_at.is_(None))
            .order_by(Act.id)
        )
    ).all()
    last: dict[str, tuple[str, str]] = {}
    for act in acts:
        named = act.facts.get("part")
        for label in [named] if named else str(act.facts.get("parts", "")).split("；"):
            last[label] = (act.code, act.office)
    clocks = (
        await connection.execute(
            select(ClockRow.kind, ClockRow.due_on, ClockRow.stopped_on)
            .where(ClockRow.case_no == case_no, ClockRow.kind.like("PART\\_%"))
            .order_by(ClockRow.number)
        )
    ).all()
    running = {row.kind: row.due_on for row in clocks if row.stopped_on is None}
    asked = {row.kind for row in clocks}
    return tuple(
        PartRow(
            number=part.number,
            label=part.label,
            locality=part.locality,
            office=part.office,
            before=part.before,
            required=part.required,
            state=_STATES[last[part.label][0]]
            if part.label in last
            else ("办理中" if f"PART_{part.number}" in asked else "未开始"),
            due_on=running.get(f"PART_{part.number}"),
        )
        for part in terms.parts
    )
