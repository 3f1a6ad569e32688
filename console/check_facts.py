"""Reads the facts that the check judges from one locality's database and population register.

Personal data stop here: an identity number becomes a pseudonym that only lasts for one check, and
of written texts only the fact that they are there is passed on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from activities.calendars import Calendars
from adapters.protocols import PopulationRegister
from catalog.catalog import Catalog
from console.check_ladders import read_rungs
from console.check_pseudonyms import Pseudonyms
from console.check_records import (
    access,
    act,
    certificate,
    clock,
    command,
    document,
    event,
    letter,
    task,
    transition,
)
from console.check_transfers import Found, transfer_of
from contracts.families import ALONE
from domain.attribution import Holder
from domain.calendar import SHANGHAI, CalendarBook
from domain.figures import Period
from domain.invariants import facts, papers
from domain.responsibility import Days
from storage import case_tables, paper_tables, scenarios, step_tables, task_tables
from storage.calendar_tables import ClockLine
from storage.database import Database
from storage.responsibility import Known, days_used, first_day


@dataclass(frozen=True, slots=True)
class File:
    """Everything one locality has on file."""

    cases: tuple[facts.Case, ...]
    letters: tuple[papers.Letter, ...]
    accesses: tuple[papers.Access, ...]
    transfers: tuple[Found, ...]
    calendars: CalendarBook


async def read_register(
    register: PopulationRegister, locality: str, pseudonyms: Pseudonyms
) -> list[papers.Registration]:
    """Every registration of a locality's population register."""
    return [
        papers.Registration(
            locality=locality,
            who=pseudonyms.of(one.id_no),
            status=one.status.value,
            station=one.station,
            certificate_no=one.certificate_no,
            arrived_with=one.arrived_with,
        )
        for one in await register.snapshot()
    ]


async def read_locality(
    database: Database,
    locality: str,
    pseudonyms: Pseudonyms,
    catalog: Catalog,
    now: datetime,
    about: Collection[str] | None = None,
) -> File:
    """All cases of a locality, or what belongs to these home cases, in one consistent snapshot.

    ``now`` is the last day of open ones.
    """
    async with database.read() as connection:
        calendars = await Calendars(catalog, locality).book(connection)
        rows = {table: await _rows(connection, table, about) for table in _TABLES}
        rungs = await read_rungs(connection, catalog, locality)
        used = await _used(connection, rows, calendars, now)
        composites = await scenarios.waiting(connection)
    lines: dict[tuple[str, str, int], list[Any]] = defaultdict(list)
    for row in rows[ClockLine]:
        lines[row.case_no, row.kind, row.number].append(row)
    letters = [letter(row, locality) for row in rows[paper_tables.LetterRow]]
    parts: dict[str, dict[str, list[Any]]] = {
        "acts": _by_case(
            (row.case_no, act(row)) for row in rows[step_tables.Act] if row.voided_at is None
        ),
        "tasks": _by_case((row.case_no, task(row)) for row in rows[task_tables.Task]),
        "commands": _by_case((row.case_no, command(row)) for row in rows[task_tables.CommandRow]),
        "transitions": _by_case(
            (row.case_no, transition(row)) for row in rows[step_tables.TransitionRow]
        ),
        "events": _by_case((row.case_no, event(row)) for row in rows[step_tables.Event]),
        "clocks": _by_case(
            (row.case_no, clock(row, lines[row.case_no, row.kind, row.number]))
            for row in rows[step_tables.ClockRow]
        ),
        "certificates": _by_case(
            (row.case_no, certificate(row)) for row in rows[paper_tables.Certificate]
        ),
        "letters": _by_case((one.case_no or "", one) for one in letters),
        "documents": _by_case(
            (row.case_no, document(row)) for row in rows[paper_tables.CaseDocument]
        ),
        "persons": _persons(rows, pseudonyms),
        "rungs": _by_case(rungs),
    }
    notices = _by_case((row.case_no, row.template) for row in rows[step_tables.NoticeRow])
    cases = {
        row.case_no: _case(
            row,
            locality,
            {name: tuple(found.get(row.case_no, ())) for name, found in parts.items()},
            frozenset(notices.get(row.case_no, ())),
            used.get(row.case_no),
            waits_for_items=row.case_no in composites,
        )
        for row in rows[case_tables.Case]
    }
    subjects = {row.case_no: row.subject for row in rows[case_tables.Person] if row.number == 1}
    return File(
        cases=tuple(cases.values()),
        letters=tuple(letters),
        accesses=tuple(access(row, locality) for row in rows[case_tables.DataAccess]),
        transfers=tuple(
            transfer_of(row, locality, subjects[row.case_no], cases[row.case_no], pseudonyms)
            for row in rows[case_tables.Case]
            # A leg has nobody on file until the papers of its request are here.
            if not cases[row.case_no].is_hukou and row.case_no in subjects
        ),
        calendars=calendars,
    )


_TABLES: tuple[Any, ...] = (
    case_tables.Case,
    case_tables.Person,
    case_tables.PersonVersion,
    task_tables.Task,
    task_tables.CommandRow,
    step_tables.TransitionRow,
    step_tables.Act,
    step_tables.Event,
    step_tables.ClockRow,
    ClockLine,
    paper_tables.Certificate,
    paper_tables.LetterRow,
    paper_tables.CaseDocument,
    case_tables.DataAccess,
    step_tables.NoticeRow,
)


async def _rows(
    connection: AsyncConnection, table: Any, about: Collection[str] | None
) -> list[Any]:
    """Whole rows in the order of their keys; the register's own columns only, no documents."""
    keys = tuple(table.__table__.primary_key.columns)
    found = await connection.execute(
        select(*table.__table__.columns).where(belongs(table, about)).order_by(*keys)
    )
    return list(found)


async def _used(
    connection: AsyncConnection, rows: Mapping[Any, list[Any]], book: CalendarBook, now: datetime
) -> dict[str, facts.UsedDays]:
    """Whose days, as every list and bulletin totals them: up to now, or to a later step."""
    as_of = max([now, *(row.at for row in rows[step_tables.Event])])
    today = as_of.astimezone(SHANGHAI).date()
    found: dict[str, dict[Holder, Days]] = defaultdict(dict)
    for one in await days_used(
        connection,
        book.in_force,
        Known(as_of),
        sorted({row.intake_office for row in rows[case_tables.Case]}),
        from_day=await first_day(connection, Period(today, today)),
        to_day=today,
        by=("case_no",),
    ):
        found[one.case_no][one.holder] = Days(one.working, one.calendar)
    trailed = {row.case_no for row in rows[step_tables.Event]}
    return {
        row.case_no: facts.UsedDays(as_of=as_of, days=found[row.case_no])
        for row in rows[case_tables.Case]
        if row.kind in ("HOME", "LEG") and row.matter not in ALONE and row.case_no in trailed
    }


def belongs(table: Any, about: Collection[str] | None) -> ColumnElement[bool]:
    """Whether a row is one of these home cases', or of what was opened for them."""
    if about is None:
        return true()
    if "home_case_no" in table.__table__.columns:
        return or_(table.case_no.in_(about), table.home_case_no.in_(about))
    cases = select(case_tables.Case.case_no).where(belongs(case_tables.Case, about))
    own: ColumnElement[bool] = table.case_no.in_(cases)
    if table is case_tables.DataAccess:
        # A paper that a peer has from another case is not pulled again: that reading counts.
        return or_(own, case_tables.DataAccess.actor.startswith("peer:"))
    return own


def _by_case(pairs: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for case_no, fact in pairs:
        found[case_no].append(fact)
    return found


def _persons(rows: Mapping[Any, list[Any]], pseudonyms: Pseudonyms) -> dict[str, list[Any]]:
    former: dict[tuple[str, int], set[str]] = defaultdict(set)
    for version in rows[case_tables.PersonVersion]:
        former[version.case_no, version.number].add(pseudonyms.of(version.id_no))
    return _by_case(
        (
            row.case_no,
            facts.Person(
                number=row.number,
                who=pseudonyms.of(row.id_no),
                status=row.status,
                open=row.open,
                former=frozenset(former[row.case_no, row.number]),
            ),
        )
        for row in rows[case_tables.Person]
    )


def _case(
    row: Any,
    locality: str,
    parts: Mapping[str, tuple[Any, ...]],
    notices: frozenset[str],
    used: facts.UsedDays | None,
    *,
    waits_for_items: bool,
) -> facts.Case:
    desks = row.filing["desks"]
    return facts.Case(
        locality=locality,
        case_no=row.case_no,
        kind=row.kind,
        family=row.filing.get("family") or row.filing.get("letter", {}).get("family", facts.HUKOU),
        home_case_no=row.home_case_no,
        stage=row.stage,
        holder=row.holder,
        office=row.competent_office,
        custodian=row.custodian_office,
        intake=desks["intake"],
        station=desks["station"],
        bureau=desks["bureau"],
        ending=row.ending,
        overdue=row.overdue,
        escalation=row.escalation,
        closed=row.closed_at is not None,
        filed_at=row.filed_at,
        waits_for_items=waits_for_items,
        notices=notices,
        used=used,
        **parts,
    )
