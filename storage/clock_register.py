"""The register of running time limits: intervals in, due dates out.

Called while a transition is written and by the explanation of a clock. Due dates are derived from
the stored intervals with the calendar in force; only a change of calendar (`storage.recounting`)
moves one without a step of the case (K2).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.transitions import ClockStarted, DueDate, Transition
from domain.calendar import SHANGHAI, Calendar
from domain.clocks import Clock, Effect, Limit, Unit, derive, due_instant
from domain.estimates import estimate, pause_start
from domain.tasks import TaskStatus
from storage import clock_log
from storage.clock_intervals import changed as changed_intervals
from storage.clock_intervals import extensions_of, pauses_of
from storage.step_tables import ClockRow
from storage.task_tables import Task

#: A running case is told of another calendar: the register has counted, the case takes the date.
RECOUNT = "RECOUNT"


def clock_of(row: Any) -> Clock:
    """The domain's clock from its stored row."""
    return Clock(
        kind=row.kind,
        limit=Limit(row.length, Unit(row.unit), row.basis),
        started_on=row.started_on,
        pauses=pauses_of(row.pauses),
        extensions=extensions_of(row.extensions),
        effect=Effect(row.effect),
        rolls=row.rolls,
    )


async def start_clocks(
    connection: AsyncConnection, transition: Transition, calendar: Calendar
) -> list[DueDate]:
    """Start limits; a kind that ran before gets the next number, its history stays."""
    due = []
    for started in transition.clocks_started:
        limit = started.limit
        clock = Clock(
            kind=started.kind,
            limit=Limit(limit.length, limit.unit, limit.basis),
            started_on=await _starts(connection, transition, started),
            effect=limit.effect,
            rolls=limit.rolls,
        )
        derived = derive(clock, calendar)
        promised = _promised(clock, limit.promised, calendar)
        number = (
            await connection.execute(
                select(func.coalesce(func.max(ClockRow.number), 0)).where(
                    ClockRow.case_no == transition.case_no, ClockRow.kind == started.kind
                )
            )
        ).scalar_one()
        written = await connection.execute(
            insert(ClockRow)
            .values(
                case_no=transition.case_no,
                kind=started.kind,
                number=number + 1,
                length=limit.length,
                unit=limit.unit.value,
                basis=limit.basis,
                promised=limit.promised,
                effect=limit.effect.value,
                rolls=limit.rolls,
                started_on=clock.started_on,
                due_on=derived.due_on,
                promised_on=promised,
                provisional=derived.provisional,
                calendar_version=calendar.version,
                made_in=transition.sequence,
            )
            .returning(*ClockRow.__table__.columns)
        )
        await clock_log.note(
            connection, written.one(), "START", transition.at, made_in=transition.sequence
        )
        due.append(_due(started.kind, derived.due_on, derived.provisional, promised))
    return due


async def _starts(
    connection: AsyncConnection, transition: Transition, started: ClockStarted
) -> date:
    """A limit that watches a pause starts with the pause, so that both end on the day told."""
    for changed in transition.clocks_changed:
        if changed.change == "PAUSE" and changed.stand_in == started.kind:
            row = await running(connection, transition.case_no, changed.kind)
            if row is not None:
                return pause_start(row.started_on, started.started_on)
    return started.started_on


async def stop_clocks(connection: AsyncConnection, transition: Transition) -> None:
    """Stop limits; before others start, so that a kind may begin anew in the same step."""
    for changed in transition.clocks_changed:
        if changed.change != "STOP":
            continue
        row = await running(connection, transition.case_no, changed.kind, lock=True)
        if row is not None:
            await connection.execute(
                update(ClockRow).where(*_here(row)).values(stopped_on=changed.on)
            )
            await clock_log.note(
                connection,
                row,
                changed.change,
                transition.at,
                made_in=transition.sequence,
                calendar_from=row.calendar_version,
                due_from=row.due_on,
            )


async def change_clocks(
    connection: AsyncConnection, transition: Transition, calendar: Calendar
) -> list[DueDate]:
    """Pause, resume or extend running limits and derive their dates again.

    A limit that had run out under an earlier calendar keeps the date under which it did: what
    happens to it afterwards moves nothing (`domain.clocks.derive`).
    """
    due = []
    for changed in transition.clocks_changed:
        if changed.change == "STOP":
            continue
        row = await running(connection, transition.case_no, changed.kind, lock=True)
        if row is None:
            continue
        if changed.change == RECOUNT:
            due.append(_due(changed.kind, row.due_on, row.provisional, row.promised_on))
            continue
        here = _here(row)
        pauses, extensions = changed_intervals(row, changed)
        await connection.execute(
            update(ClockRow).where(*here).values(pauses=pauses, extensions=extensions)
        )
        again = await running(connection, transition.case_no, changed.kind)
        assert again is not None
        values: dict[str, Any] = {}
        today = transition.at.astimezone(SHANGHAI).date()
        passed = row.due_on is not None and row.due_on < today
        if not passed or row.calendar_version == calendar.version:
            clock = clock_of(again)
            derived = derive(clock, calendar)
            values = {
                "due_on": derived.due_on,
                "promised_on": _promised(clock, again.promised, calendar),
                "provisional": derived.provisional,
                "calendar_version": calendar.version,
            }
            await connection.execute(update(ClockRow).where(*here).values(**values))
            again = await running(connection, transition.case_no, changed.kind)
            assert again is not None
        await clock_log.note(
            connection,
            again,
            changed.change,
            transition.at,
            made_in=transition.sequence,
            calendar_from=row.calendar_version,
            due_from=row.due_on,
        )
        await connection.execute(
            update(Task)
            .where(
                Task.case_no == transition.case_no,
                Task.clock == changed.kind,
                Task.status == TaskStatus.OPEN,
            )
            .values(due_on=again.due_on, provisional=again.provisional)
        )
        due.append(
            _due(
                changed.kind,
                again.due_on,
                again.provisional,
                again.promised_on,
                estimate(clock_of(again), calendar, changed.on),
            )
        )
    return due


async def running(
    connection: AsyncConnection, case_no: str, kind: str, *, lock: bool = False
) -> Row[Any] | None:
    """The running clock of that kind, if any; ``lock``: a re-plan waits until it is written."""
    question = (
        select(*ClockRow.__table__.columns)
        .where(ClockRow.case_no == case_no, ClockRow.kind == kind, ClockRow.stopped_on.is_(None))
        .order_by(ClockRow.number.desc())
        .limit(1)
    )
    return (
        await connection.execute(question.with_for_update() if lock else question)
    ).one_or_none()


async def current_due(connection: AsyncConnection, case_no: str, kind: str) -> DueDate | None:
    """When the running clock of that kind is due."""
    row = await running(connection, case_no, kind)
    return _due(kind, row.due_on, row.provisional, row.promised_on) if row else None


def _promised(clock: Clock, length: int | None, calendar: Calendar) -> date | None:
    """The office's shorter promise, moved by the same pauses and extensions."""
    if length is None:
        return None
    shorter = replace(clock, limit=replace(clock.limit, length=length))
    return derive(shorter, calendar).due_on


def _here(row: Any) -> tuple[Any, ...]:
    return (
        ClockRow.case_no == row.case_no,
        ClockRow.kind == row.kind,
        ClockRow.number == row.number,
    )


def _due(
    kind: str,
    due_on: date | None,
    provisional: bool,
    promised: date | None,
    estimated: date | None = None,
) -> DueDate:
    return DueDate(
        kind=kind,
        due_on=due_on,
        at=due_instant(due_on) if due_on else None,
        provisional=provisional,
        promised_on=promised,
        estimated_on=estimated,
        recheck=True,
    )
