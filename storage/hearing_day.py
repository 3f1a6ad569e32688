"""The day and the place of a hearing that a case waits for, as they were told last.

Called by the applicant's page. Place and reason stand in the command behind the act, which its step
names among its causes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.casework import ActCode
from storage.step_tables import Act, Event
from storage.task_tables import CommandRow

_DATED = (ActCode.HEARING_NOTICED, ActCode.HEARING_ANNOUNCED)
#: What ends a hearing that was set: its record on file, or doing without it.
_WAIVED = "HEARING_WAIVED"


@dataclass(frozen=True, slots=True)
class HearingDay:
    """When and where; ``place`` as it was written, "" where it is not on file."""

    day: date
    place: str


async def hearing_ahead(connection: AsyncConnection, case_no: str) -> HearingDay | None:
    """The hearing that is set and neither held nor waived; None without one."""
    last = (
        await connection.execute(
            select(Act.code, Act.facts, Act.made_in)
            .where(
                Act.case_no == case_no,
                Act.code.in_([*_DATED, ActCode.HEARING_HELD]),
                Act.voided_at.is_(None),
            )
            .order_by(Act.id.desc())
            .limit(1)
        )
    ).one_or_none()
    if last is None or last.code == ActCode.HEARING_HELD:
        return None
    steps = (
        await connection.execute(
            select(Event.code, Event.made_in, Event.facts)
            .where(Event.case_no == case_no, Event.made_in >= last.made_in)
            .order_by(Event.id)
        )
    ).all()
    if any(one.code == _WAIVED for one in steps):
        return None
    causes = [
        cause
        for one in steps
        if one.code == "STEP" and one.made_in == last.made_in
        for cause in one.facts.get("causes", ())
    ]
    bodies = await connection.execute(
        select(CommandRow.body).where(
            CommandRow.case_no == case_no, CommandRow.command_id.in_(causes)
        )
    )
    places = [body["place"] for body in bodies.scalars() if body.get("place")]
    return HearingDay(date.fromisoformat(last.facts["day"]), str(places[0]) if places else "")
