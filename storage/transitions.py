"""Writes one transition of a case in one transaction, once.

Called by the activity ``CaseRegister.record``. What a step holds is written by `storage.step_work`,
`step_goods` and `step_traces`, and by the registers of clocks, letters and certificates. A worker
that dies between the commit and the workflow's own record repeats the transition under the same
sequence: the first answer is returned.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.letters import Letter
from contracts.transitions import LetterDrafted, Transition, TransitionResult
from domain.calendar import Calendar
from storage import realign, scenarios, task_clocks
from storage.certificates import change_certificates, issue_certificates, keep_received
from storage.clock_register import change_clocks, start_clocks, stop_clocks
from storage.letter_register import file_receipts, keep_drafts, void_letters
from storage.step_goods import put_money, put_parcels
from storage.step_tables import TransitionRow
from storage.step_traces import Word, put_case, put_events, put_notices
from storage.step_work import put_acts, put_persons, put_tasks
from storage.task_tables import CommandRow

__all__ = ["DrawUp", "Word", "fingerprint", "write"]

#: Composes and attaches the papers of one letter: returns it with manifest and grant.
DrawUp = Callable[[AsyncConnection, LetterDrafted], Awaitable[Letter]]


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
    """Write everything the transition says, or return what was answered the first time.

    Raises StaleAttempt where a later attempt of the workflow's worker has written meanwhile.
    """
    await realign.refuse_stale(connection, transition)
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
            await realign.written_again(connection, transition)
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
    await put_tasks(connection, transition, bodies, {item.kind: item for item in due})
    await put_acts(connection, transition, bodies)
    await put_persons(connection, transition, bodies)
    letters = {}
    for draft in transition.letters:
        letters[draft.letter.number] = await draw_up(connection, draft)
    await keep_drafts(connection, transition, letters)
    await void_letters(connection, transition)
    await file_receipts(connection, transition)
    await put_money(connection, transition)
    await put_parcels(connection, transition)
    await scenarios.ask(connection, transition)
    await put_notices(connection, transition, bodies, word)
    await put_events(connection, transition)
    await put_case(connection, transition, {item.kind: item for item in due})

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
