"""Writes one transition of a case in one transaction, once.

Called by the activity ``CaseRegister.record``. A worker that dies between the commit and the
workflow's own record repeats the transition under the same sequence: the first answer is returned.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.letters import Letter
from contracts.transitions import LetterDrafted, Transition, TransitionResult
from domain.calendar import SHANGHAI, Calendar
from domain.casework import FINAL_STAGES, Stage
from domain.tasks import TaskStatus
from storage import ledger, realign, scenarios, task_clocks, tidings
from storage.cases import put_parcel
from storage.certificates import change_certificates, issue_certificates, keep_received
from storage.clock_register import change_clocks, current_due, start_clocks, stop_clocks
from storage.letter_register import file_receipts, keep_drafts, void_letters
from storage.parcels import add_event, open_parcel
from storage.people import put_person
from storage.remittances import order_remittance
from storage.tables import Act, Case, CommandRow, Event, NoticeRow, Person, Task, TransitionRow

#: Composes and attaches the papers of one letter: returns it with manifest and grant.
DrawUp = Callable[[AsyncConnection, LetterDrafted], Awaitable[Letter]]
#: Composes a notice's text: (connection, template, facts, command body) -> (text, phone).
Word = Callable[
    [AsyncConnection, str, str, dict[str, str], dict[str, Any]],
    Awaitable[tuple[str, str | None]],
]

_FINAL = frozenset(stage.value for stage in FINAL_STAGES)
#: Event numbers, far above a step's own, for corrections to a number that is taken.
_TAKEN = 900
_ENDED_PERSONS = frozenset({"LANDED", "RESTORED", "DECEASED", "ENDED"})


def fingerprint(transition: Transition) -> str:
    """What makes two transitions the same step: not the instant, but causes, stage and effects."""
    facts = [
        list(transition.causes),
        transition.stage,
        sorted(transition.open_tasks),
        sorted(act.key for act in transition.acts),
        [item.letter.number for item in transition.letters],
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


async def write(
    connection: AsyncConnection,
    transition: Transition,
    calendar: Calendar,
    draw_up: DrawUp,
    word: Word,
) -> TransitionResult:
    """Write everything the transition says, or return what was answered the first time."""
    mark = fingerprint(transition)
    claimed = await connection.execute(
        insert(TransitionRow)
        .values(
            workflow_id=transition.workflow_id,
            sequence=transition.sequence,
            case_no=transition.case_no,
            causes=list(transition.causes),
            fingerprint=mark,
            result={},
            at=transition.at,
        )
        .on_conflict_do_nothing()
        .returning(TransitionRow.sequence)
    )
    if claimed.first() is None:
        stored = (
            await connection.execute(
                select(TransitionRow.fingerprint, TransitionRow.result).where(
                    TransitionRow.workflow_id == transition.workflow_id,
                    TransitionRow.sequence == transition.sequence,
                )
            )
        ).one()
        if stored.fingerprint == mark:
            return TransitionResult.model_validate(stored.result)
        await realign.undo_unconfirmed(connection, transition, mark)

    bodies = await _command_bodies(connection, transition)
    # Voided first: a permit may be replaced by the next one in the same step.
    await change_certificates(connection, transition)
    certificates = await issue_certificates(connection, transition)
    await keep_received(connection, transition)
    await stop_clocks(connection, transition)
    due = await start_clocks(connection, transition, calendar)
    due += await change_clocks(connection, transition, calendar)
    await task_clocks.follow(connection, transition, {item.kind: item for item in due})
    await _tasks(connection, transition, bodies, {item.kind: item for item in due})
    await _acts(connection, transition, bodies)
    await _persons(connection, transition, bodies)
    letters = {}
    for draft in transition.letters:
        letters[draft.letter.number] = await draw_up(connection, draft)
    await keep_drafts(connection, transition, letters)
    await void_letters(connection, transition)
    await file_receipts(connection, transition)
    await _money(connection, transition)
    await _parcels(connection, transition)
    await scenarios.ask(connection, transition)
    await _notices(connection, transition, bodies, word)
    await _events(connection, transition)
    await _case(connection, transition, {item.kind: item for item in due})

    result = TransitionResult(due=tuple(due), certificates=certificates, letters=letters)
    if due or certificates or letters:
        await connection.execute(
            update(TransitionRow)
            .where(
                TransitionRow.workflow_id == transition.workflow_id,
                TransitionRow.sequence == transition.sequence,
            )
            .values(result=result.model_dump(mode="json"))
        )
    return result


async def _command_bodies(
    connection: AsyncConnection, transition: Transition
) -> dict[str, dict[str, Any]]:
    # An act may be written after the step that took its command: letters and registers come first.
    wanted = {cause for cause in transition.causes if cause.startswith("c-")}
    wanted |= {closed.command_id for closed in transition.tasks_closed if closed.command_id}
    wanted |= {act.command_id for act in transition.acts if act.command_id}
    wanted |= {notice.command_id for notice in transition.notices if notice.command_id}
    wanted |= {correction.command_id for correction in transition.corrections}
    if not wanted:
        return {}
    rows = await connection.execute(
        select(CommandRow.command_id, CommandRow.body, CommandRow.command).where(
            CommandRow.command_id.in_(wanted)
        )
    )
    return {row.command_id: {**row.body, "_actor": row.command["actor"]} for row in rows}


async def _tasks(
    connection: AsyncConnection,
    transition: Transition,
    bodies: dict[str, dict[str, Any]],
    due: dict[str, Any],
) -> None:
    for closed in transition.tasks_closed:
        await connection.execute(
            update(Task)
            .where(Task.task_id == closed.task_id, Task.status == TaskStatus.OPEN)
            .values(
                status=closed.status,
                outcome=closed.outcome,
                reason_code=closed.reason_code,
                command_id=closed.command_id,
                decided_by=bodies.get(closed.command_id or "", {}).get("_actor"),
                closed_at=transition.at,
                closed_in=transition.sequence,
            )
        )
    for held in transition.tasks_held:
        await connection.execute(
            update(Task)
            .where(Task.task_id == held.task_id, Task.status == TaskStatus.OPEN)
            .values(assignee=held.assignee)
        )
    if not transition.tasks_opened:
        return
    rows = []
    for opened in transition.tasks_opened:
        limit = due.get(opened.clock or "") or (
            await current_due(connection, transition.case_no, opened.clock)
            if opened.clock
            else None
        )
        rows.append(
            {
                "task_id": opened.task_id,
                "case_no": transition.case_no,
                "workflow_id": transition.workflow_id,
                "kind": opened.kind,
                "title": opened.title,
                "office": opened.office,
                "role": opened.role,
                "person": opened.person,
                "clock": opened.clock,
                "findings": list(opened.findings),
                "due_on": limit.due_on if limit else None,
                "provisional": bool(limit and limit.provisional),
                "opened_at": transition.at,
                "opened_in": transition.sequence,
            }
        )
    await connection.execute(insert(Task).on_conflict_do_nothing(), rows)


async def _acts(
    connection: AsyncConnection, transition: Transition, bodies: dict[str, dict[str, Any]]
) -> None:
    if not transition.acts:
        return
    rows = [
        {
            "case_no": transition.case_no,
            "key": act.key,
            "code": act.code,
            "office": act.office,
            "actor": act.actor,
            "basis": act.basis,
            "person": act.person,
            "reason": bodies.get(act.command_id or "", {}).get("reason"),
            "facts": {
                **act.facts,
                **{
                    name: value
                    for name, value in bodies.get(act.command_id or "", {}).items()
                    if name in ("defects", "remedy", "evidence")
                },
            },
            "effective_on": act.effective_on or transition.at.astimezone(SHANGHAI).date(),
            "at": transition.at,
            "made_in": transition.sequence,
        }
        for act in transition.acts
    ]
    await connection.execute(insert(Act).on_conflict_do_nothing(), rows)


async def _persons(
    connection: AsyncConnection, transition: Transition, bodies: dict[str, dict[str, Any]]
) -> None:
    for correction in transition.corrections:
        relation = (
            await connection.execute(
                select(Person.relation).where(
                    Person.case_no == transition.case_no, Person.number == correction.person
                )
            )
        ).scalar_one()
        identity = bodies[correction.command_id]["identity"]
        try:
            async with connection.begin_nested():
                await put_person(
                    connection,
                    transition.case_no,
                    "HOME",
                    {"number": correction.person, "relation": relation, **identity},
                    replaced_by=correction.command_id,
                )
        except IntegrityError:
            # The new number has another open migration (H5): the case keeps what it had.
            await _event(connection, transition, _TAKEN + correction.person, "IDENTITY_TAKEN")
    for changed in transition.persons:
        await connection.execute(
            update(Person)
            .where(Person.case_no == transition.case_no, Person.number == changed.person)
            .values(status=changed.status, open=changed.status not in _ENDED_PERSONS)
        )


async def _money(connection: AsyncConnection, transition: Transition) -> None:
    """Entries and orders stand or fall with the act that they belong to (P4)."""
    for entry in transition.ledger:
        await ledger.post(
            connection,
            entry,
            transition.at,
            case_no=transition.case_no,
            made_in=transition.sequence,
        )
    for order in transition.remittances:
        await order_remittance(
            connection,
            order,
            transition.at,
            case_no=transition.case_no,
            made_in=transition.sequence,
        )


async def _parcels(connection: AsyncConnection, transition: Transition) -> None:
    for parcel in transition.parcels:
        await open_parcel(
            connection,
            parcel,
            transition.at,
            case_no=transition.case_no,
            made_in=transition.sequence,
        )
    for event in transition.custody:
        await add_event(connection, event, transition.at, made_in=transition.sequence)
    for dispatch in transition.dispatches:
        await put_parcel(connection, dispatch, transition.at, made_in=transition.sequence)
    for sent in transition.tidings:
        await tidings.keep(
            connection,
            sent.to_workflow,
            sent.tidings,
            transition.at,
            case_no=transition.case_no,
            made_in=transition.sequence,
        )


async def _notices(
    connection: AsyncConnection,
    transition: Transition,
    bodies: dict[str, dict[str, Any]],
    word: Word,
) -> None:
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


async def _events(connection: AsyncConnection, transition: Transition) -> None:
    noted: list[tuple[str, dict[str, Any]]] = [("STEP", {"causes": list(transition.causes)})]
    noted += [(event.code, dict(event.facts)) for event in transition.events]
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
        for number, (code, facts) in enumerate(noted)
    ]
    await connection.execute(insert(Event).on_conflict_do_nothing(), rows)


async def _event(
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


async def _case(connection: AsyncConnection, transition: Transition, due: dict[str, Any]) -> None:
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
