"""Counting open clocks again on another calendar, page by page, and what hangs on their dates.

A page is one transaction: clocks, their log, worklist, cases, news for the running cases and the
re-plan's own place move together, so that a worker that dies leaves whole pages behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, Text, cast, exists, func, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.tidings import Tidings, TidingsKind
from domain.casework import ActCode
from domain.limits import Clock
from domain.recount import Change, Count, Dates, Outcome, recount
from storage.case_tables import Case
from storage.clock_register import clock_of
from storage.step_tables import Act, ClockRow, NoticeRow
from storage.tidings_tables import TidingsRow

_ACCEPTED = (ActCode.ACCEPTED.value, ActCode.DEEMED_ACCEPTED.value)
_ROWS = """
    SELECT * FROM unnest(
        CAST(:case_no AS text[]), CAST(:kind AS text[]), CAST(:number AS bigint[]),
        CAST(:due_on AS date[]), CAST(:promised_on AS date[]), CAST(:provisional AS boolean[]),
        CAST(:version_from AS text[]), CAST(:due_from AS date[]), CAST(:outcome AS text[])
    ) AS v (case_no, kind, number, due_on, promised_on, provisional, version_from, due_from,
            outcome)
"""
_CLOCKS = text(f"""
    WITH v AS ({_ROWS}), counted AS (
        UPDATE clocks AS c
        SET due_on = v.due_on, promised_on = v.promised_on, provisional = v.provisional,
            calendar_version = CASE v.outcome WHEN 'KEPT' THEN c.calendar_version
                                              ELSE CAST(:version AS text) END
        FROM v
        WHERE c.case_no = v.case_no AND c.kind = v.kind AND c.number = v.number
        RETURNING c.*, v.version_from, v.due_from, v.outcome
    )
    INSERT INTO clock_log (case_no, kind, number, cause, calendar_from, calendar_to, due_from,
                           due_to, promised_to, provisional, pauses, extensions, entry, at)
    SELECT case_no, kind, number,
           CASE outcome WHEN 'KEPT' THEN 'KEPT' ELSE CAST(:cause AS text) END,
           version_from, calendar_version, due_from, due_on, promised_on, provisional, pauses,
           extensions, :entry, :at
    FROM counted
    ON CONFLICT DO NOTHING
""")
_TASKS = text(f"""
    WITH v AS ({_ROWS})
    UPDATE tasks AS t SET due_on = v.due_on, provisional = v.provisional
    FROM v
    WHERE t.case_no = v.case_no AND t.clock = v.kind AND t.status = 'OPEN'
""")
#: A case of before the column `due_clock` is known by the date that it shows.
_CASES = text(f"""
    WITH v AS ({_ROWS})
    UPDATE cases AS c SET due_on = v.due_on
    FROM v
    WHERE c.case_no = v.case_no
      AND (c.due_clock = v.kind
           OR (c.due_clock IS NULL AND c.due_on IS NOT DISTINCT FROM v.due_from
               AND c.due_on IS NOT NULL))
""")

_Key = tuple[str, str, int]
#: The words to an applicant: matter, case number, the limit's last day so far and from now on.
Word = Callable[[str, str, date | None, date | None], str]
#: The news of a date that lies later: the timer wakes before it and asks the register.
_NO_HURRY = date.max


@dataclass(frozen=True, slots=True)
class Target:
    """What is counted by: the entry of the log with its calendar, and how it counts."""

    entry: int
    version: str
    change: Change
    on: date  # the day on which it came into force here
    at: datetime
    count: Count
    word: Word


@dataclass(slots=True)
class Page:
    """What one page did; ``last`` is the key of its last clock, None: there was none."""

    last: _Key | None = None
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    tidings: int = 0
    urgent: int = 0  # of them, those that a timer must hear of before it would wake


@dataclass(frozen=True, slots=True)
class Untold:
    """How many cases have not heard; ``urgent``: of a date that lies earlier than their timer."""

    urgent: int
    all: int


@dataclass(frozen=True, slots=True)
class _Counted:
    row: Any
    outcome: Outcome
    dates: Dates


async def recount_page(connection: AsyncConnection, target: Target, after: _Key, size: int) -> Page:
    """Count the next clocks that another calendar has dated, in the order of their keys."""
    key = tuple_(ClockRow.case_no, ClockRow.kind, ClockRow.number)
    rows = (
        await connection.execute(
            _clocks()
            .where(ClockRow.calendar_version != target.version, key > tuple_(*after))
            .order_by(ClockRow.case_no, ClockRow.kind, ClockRow.number)
            .limit(size)
            .with_for_update(of=ClockRow)
        )
    ).all()
    if not rows:
        return Page()
    last = rows[-1]
    page = await _apply(connection, target, rows)
    page.last = last.case_no, last.kind, last.number
    return page


async def recount_one(connection: AsyncConnection, target: Target, case_no: str, kind: str) -> None:
    """Count one running clock that the re-plan has not come to yet, as it would be counted there.

    The case that asks has the answer at once; it is told all the same, for the trail and the
    applicant.
    """
    rows = (
        await connection.execute(
            _clocks()
            .where(
                ClockRow.case_no == case_no,
                ClockRow.kind == kind,
                ClockRow.calendar_version != target.version,
            )
            .with_for_update(of=ClockRow)
        )
    ).all()
    if rows:
        await _apply(connection, target, rows)


async def outdated(connection: AsyncConnection, version: str) -> int:
    """How many open clocks another calendar has dated."""
    found = await connection.execute(
        select(func.count())
        .select_from(ClockRow)
        .where(ClockRow.stopped_on.is_(None), ClockRow.calendar_version != version)
    )
    return int(found.scalar_one())


async def untold(connection: AsyncConnection, entry: int) -> Untold:
    """How many pieces of news of a re-plan have not reached their case."""
    row = (
        await connection.execute(
            select(
                func.count().filter(TidingsRow.needed_by < _NO_HURRY).label("urgent"),
                func.count().label("all"),
            )
            .select_from(TidingsRow)
            .where(TidingsRow.told_at.is_(None), TidingsRow.key.like(f"calendar:{entry}:%"))
        )
    ).one()
    return Untold(urgent=row.urgent, all=row.all)


def count_of(row: Any, target: Target) -> tuple[Outcome, Dates]:
    """What the target's calendar does to one stored clock."""
    clock: Clock = clock_of(row)
    told = Dates(row.due_on, row.promised_on, row.provisional)
    new = target.count(clock, row.promised)
    return recount(told, new, on=target.on, change=target.change)


def _clocks() -> Any:
    accepted = exists().where(
        Act.case_no == ClockRow.case_no, Act.code.in_(_ACCEPTED), Act.voided_at.is_(None)
    )
    return (
        select(
            *ClockRow.__table__.columns,
            Case.workflow_id,
            Case.matter_name,
            Case.phone,
            (Case.started & Case.closed_at.is_(None)).label("runs"),
            ((Case.kind == "HOME") & (Case.due_clock == ClockRow.kind) & accepted).label("tell"),
        )
        .join(Case, Case.case_no == ClockRow.case_no)
        .where(ClockRow.stopped_on.is_(None))
    )


async def _apply(connection: AsyncConnection, target: Target, rows: Sequence[Row[Any]]) -> Page:
    counted = [_Counted(row, *count_of(row, target)) for row in rows]
    page = Page(outcomes=Counter(one.outcome for one in counted))
    written = [one for one in counted if one.outcome is not Outcome.EXPIRED]
    changed = [one for one in counted if one.outcome in (Outcome.MOVED, Outcome.CONFIRMED)]
    if written:
        await connection.execute(
            _CLOCKS,
            {
                **_columns(written),
                "version": target.version,
                "cause": target.change.value,
                "entry": target.entry,
                "at": target.at,
            },
        )
    if changed:
        columns = _columns(changed)
        await connection.execute(_TASKS, columns)
        await connection.execute(_CASES, columns)
        await _notify(connection, target, changed)
        told = await _tell(connection, target, changed)
        page.tidings, page.urgent = len(told), sum(day < _NO_HURRY for day in told)
    return page


def _columns(counted: Sequence[_Counted]) -> dict[str, list[Any]]:
    return {
        "case_no": [one.row.case_no for one in counted],
        "kind": [one.row.kind for one in counted],
        "number": [one.row.number for one in counted],
        "due_on": [one.dates.due_on for one in counted],
        "promised_on": [one.dates.promised_on for one in counted],
        "provisional": [one.dates.provisional for one in counted],
        "version_from": [one.row.calendar_version for one in counted],
        "due_from": [one.row.due_on for one in counted],
        "outcome": [one.outcome.value for one in counted],
    }


async def _notify(connection: AsyncConnection, target: Target, changed: Sequence[_Counted]) -> None:
    """Applicants hear at once; the running case has nothing to add to what is known here."""
    rows = [
        {
            "case_no": one.row.case_no,
            "key": f"DUE_DATE_MOVED:{target.entry}:{one.row.kind}:{one.row.number}",
            "template": "DUE_DATE_MOVED",
            "wording": target.word(
                one.row.matter_name, one.row.case_no, one.row.due_on, one.dates.due_on
            ),
            "phone": one.row.phone,
            "next_attempt_at": target.at,
        }
        for one in changed
        if one.row.runs and one.row.tell and one.row.due_on != one.dates.due_on
    ]
    if rows:
        await connection.execute(insert(NoticeRow).on_conflict_do_nothing(), rows)


async def _tell(
    connection: AsyncConnection, target: Target, changed: Sequence[_Counted]
) -> list[date]:
    """News for the running cases: they take the date from the register, not from the news.

    Returns the day until which each piece is needed.
    """
    rows: list[dict[str, Any]] = [
        {
            "case_no": one.row.case_no,
            "to_workflow": one.row.workflow_id,
            "key": f"calendar:{target.entry}:{one.row.kind}:{one.row.number}",
            "tidings": _tidings(target, one).model_dump(mode="json"),
            "recorded_at": target.at,
            "needed_by": needed_by(one.row.due_on, one.dates.due_on, target.on),
        }
        for one in changed
        if one.row.runs
    ]
    if rows:
        await connection.execute(insert(TidingsRow).on_conflict_do_nothing(), rows)
    return [row["needed_by"] for row in rows]


def needed_by(told: date | None, new: date | None, today: date) -> date:
    """The first day on which a case that has not heard could be wrong; date.max: on none.

    A timer that was set for a later day must hear of it before the new one is over. One that was
    set for an earlier day wakes by itself and asks the register. One that has run out by a calendar
    that was wrong is armed by nothing else, and its case is shown late.
    """
    if told is None or new is None:
        return _NO_HURRY
    if told < today:
        return today
    return new if new < told else _NO_HURRY


def _tidings(target: Target, one: _Counted) -> Tidings:
    passed = one.row.due_on is not None and one.row.due_on < target.on
    return Tidings(
        key=f"calendar:{target.entry}:{one.row.kind}:{one.row.number}",
        kind=TidingsKind.CALENDAR,
        code=one.row.kind,
        facts={"version": target.version, **({"expired": "WRONGLY"} if passed else {})},
    )


# ---------------------------------------------------------------------- what would move


#: What tells two clocks apart that are counted alike.
_OWN = frozenset({"case_no", "number", "made_in", "basis", "stopped_on", "calendar_version"})


async def alike(connection: AsyncConnection, version: str) -> Sequence[Row[Any]]:
    """Open clocks that another calendar has dated, those alike as one row; ``clocks``: how many.

    Rows have the columns of a clock that its derivation needs, with matter and office.
    """
    same = (
        *(one for one in ClockRow.__table__.columns if one.name not in _OWN),
        Case.matter,
        Case.competent_office,
    )
    question: Select[Any] = (
        select(*same, cast("", Text).label("basis"), func.count().label("clocks"))
        .join(Case, Case.case_no == ClockRow.case_no)
        .where(ClockRow.stopped_on.is_(None), ClockRow.calendar_version != version)
        .group_by(*same)
    )
    rows: Sequence[Row[Any]] = (await connection.execute(question)).all()
    return rows
