"""What a step leaves behind: notices to people, events for the trail, and how the case stands.

Called by `storage.transitions` within the one transaction of the step.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.transitions import Transition
from domain.casework import FINAL_STAGES, Stage
from storage import realign
from storage.case_tables import Case, Person
from storage.clock_register import current_due
from storage.step_tables import Event, NoticeRow

#: Composes a notice's text: (connection, template, facts, command body) -> (text, phone).
Word = Callable[
    [AsyncConnection, str, str, dict[str, str], dict[str, Any]],
    Awaitable[tuple[str, str | None]],
]

_FINAL = frozenset(stage.value for stage in FINAL_STAGES)


async def put_notices(
    connection: AsyncConnection,
    transition: Transition,
    bodies: dict[str, dict[str, Any]],
    word: Word,
) -> None:
    """Notices to be sent, in the words that the facts give them."""
    rows = []
    for notice in transition.notices:
        text, phone = await word(
            connection,
            transition.case_no,
            notice.template,
            notice.facts,
            bodies.get(notice.command_id or "", {}),
        )
        rows.append(
            {
                "case_no": transition.case_no,
                "key": notice.key,
                "template": notice.template,
                "wording": text,
                "phone": phone,
                "next_attempt_at": transition.at,
            }
        )
    if rows:
        await connection.execute(insert(NoticeRow).on_conflict_do_nothing(), rows)


async def put_events(connection: AsyncConnection, transition: Transition) -> None:
    """The step itself and what it noted, numbered after what the case has."""
    noted: list[tuple[str, dict[str, Any]]] = [("STEP", {"causes": list(transition.causes)})]
    noted += [(event.code, dict(event.facts)) for event in transition.events]
    first = await realign.next_number(connection, transition.case_no, transition.sequence)
    rows = [
        {
            "case_no": transition.case_no,
            "made_in": transition.sequence,
            "number": number,
            "code": code,
            "stage": transition.stage,
            "holder": transition.holder.value,
            "office": transition.office,
            "facts": facts,
            "at": transition.at,
        }
        for number, (code, facts) in enumerate(noted, first)
    ]
    await connection.execute(insert(Event).on_conflict_do_nothing(), rows)


async def put_event(
    connection: AsyncConnection, transition: Transition, number: int, code: str
) -> None:
    """What only the register could find out while it wrote the step."""
    await connection.execute(
        insert(Event)
        .values(
            case_no=transition.case_no,
            made_in=transition.sequence,
            number=number,
            code=code,
            stage=transition.stage,
            holder=transition.holder.value,
            office=transition.office,
            facts={},
            at=transition.at,
        )
        .on_conflict_do_nothing()
    )


async def put_case(
    connection: AsyncConnection, transition: Transition, due: dict[str, Any]
) -> None:
    """Where the case stands after the step."""
    values: dict[str, Any] = {
        "stage": transition.stage,
        "holder": transition.holder.value,
        "competent_office": transition.office,
        "custodian_office": transition.custodian,
        "overdue": transition.overdue,
        "escalation": transition.escalation,
        "started": True,
        "due_clock": transition.due_clock,
    }
    if transition.due_clock is None:
        values["due_on"] = None
    else:
        limit = due.get(transition.due_clock) or await current_due(
            connection, transition.case_no, transition.due_clock
        )
        values["due_on"] = limit.due_on if limit else None
    if transition.peer is not None:
        values["peer"], values["peer_case_no"] = transition.peer, transition.peer_case_no
    if transition.mode is not None:
        values["mode"] = transition.mode
    if transition.ending is not None:
        values["ending"] = transition.ending
        values["reason_code"] = transition.reason_code
    if Stage(transition.stage).value in _FINAL:
        values["closed_at"] = transition.at
        await connection.execute(
            update(Person).where(Person.case_no == transition.case_no).values(open=False)
        )
    await connection.execute(
        update(Case).where(Case.case_no == transition.case_no).values(**values)
    )
