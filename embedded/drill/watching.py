"""What a drill looks at in the registers of a locality: moments before a patrol, and the end.

Used by `embedded.drill.play` and `embedded.drill.report`; `embedded.drill.facts` says what it all
means.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from console.office import Office, Record
from console.supervising import SupervisionDesk
from contracts.letters import LetterVerb
from domain.calendar import SHANGHAI
from domain.limits import Unit
from embedded.drill.facts import RungFact, Seen, TaskFact
from storage.case_tables import Case
from storage.ledger_tables import BankEntryRow, RemittanceRow
from storage.paper_tables import LetterRow
from storage.step_tables import ClockRow
from storage.supervision import ANSWERS, ENDS
from storage.task_tables import CommandRow, Task
from storage.tidings_tables import TidingsRow

ALL = 100_000


async def open_tasks(office: Office) -> tuple[Seen, ...]:
    """Every open task with the limit that it is under."""

    async def ask(connection: AsyncConnection) -> tuple[Seen, ...]:
        newest = (
            select(ClockRow.length, ClockRow.unit)
            .where(ClockRow.case_no == Task.case_no, ClockRow.kind == Task.clock)
            .order_by(ClockRow.number.desc())
            .limit(1)
            .lateral()
        )
        rows = await connection.execute(
            select(Task.task_id, Task.due_on, newest.c.length, newest.c.unit)
            .outerjoin(newest, true())
            .where(Task.status == "OPEN")
            .order_by(Task.task_id)
        )
        return tuple(
            Seen(
                task_id=row.task_id,
                due_on=row.due_on,
                length=row.length,
                unit=Unit(row.unit) if row.unit else Unit.WD,
            )
            for row in rows
        )

    return await office.read(ask)


async def stages(office: Office) -> tuple[tuple[str, str, str], ...]:
    """Case, stage and ending of every case of the locality."""
    found = await office.cases(limit=ALL)
    return tuple((one["case_no"], one["stage"], one["ending"] or "") for one in found)


@dataclass(frozen=True, slots=True)
class Sight:
    """What changes when anything happens. ``moving``: how many things are about to go on by
    themselves; ``polled``: how many wait for a bank or a carrier that the rounds ask."""

    moving: int
    polled: int
    stands: tuple[Any, ...]


def together(sights: Iterable[Sight]) -> Sight:
    """The sight of several localities."""
    moving, polled, stands = 0, 0, tuple[Any, ...]()
    for one in sights:
        moving, polled, stands = moving + one.moving, polled + one.polled, stands + one.stands
    return Sight(moving, polled, stands)


async def sight(office: Office) -> Sight:
    """Everything of a locality at one glance."""

    async def ask(connection: AsyncConnection) -> Sight:
        moving = [int((await connection.execute(one)).scalar_one()) for one in _MOVING]
        polled = [int((await connection.execute(one)).scalar_one()) for one in _POLLED]
        cases = await connection.execute(
            select(Case.case_no, Case.stage, Case.holder, Case.due_on, Case.escalation)
        )
        tasks = await connection.execute(
            select(Task.task_id, Task.due_on).where(Task.status == "OPEN")
        )
        stands = sorted(str(tuple(row)) for row in (*cases, *tasks))
        return Sight(sum(moving), sum(polled), tuple(stands))

    return await office.read(ask)


def _count(table: Any, *wanted: Any) -> Select[Any]:
    return select(func.count()).select_from(table).where(*wanted)


#: Commands, news, letters, starts, orders and bank lines that a worker is about to deal with.
_MOVING = (
    _count(CommandRow, CommandRow.status == "PENDING"),
    _count(TidingsRow, TidingsRow.told_at.is_(None)),
    _count(
        LetterRow,
        LetterRow.direction == "OUT",
        LetterRow.receipt.is_(None),
        LetterRow.voided_at.is_(None),
    ),
    _count(Case, ~Case.started),
    _count(RemittanceRow, RemittanceRow.status.in_(("ORDERED", "SENT"))),
    _count(BankEntryRow, BankEntryRow.told_at.is_(None)),
)
_POLLED = (
    _count(RemittanceRow, RemittanceRow.status == "EXECUTED"),
    _count(Case, Case.kind == "PARCEL", Case.holder == "COURIER", Case.closed_at.is_(None)),
)


async def issued(office: Office) -> list[Record]:
    """Every rung of the locality with its records, oldest first."""
    return list(reversed(await SupervisionDesk(office).rungs(limit=ALL)))


async def task_facts(office: Office) -> tuple[TaskFact, ...]:
    """Every task of the locality, open and closed."""

    async def ask(connection: AsyncConnection) -> tuple[TaskFact, ...]:
        rows = await connection.execute(
            select(
                *Task.__table__.columns,
                Case.kind.label("case_kind"),
                Case.home_case_no,
                Case.matter_name,
            )
            .join(Case, Case.case_no == Task.case_no)
            .order_by(Task.opened_at, Task.task_id)
        )
        return tuple(
            TaskFact(
                task_id=row.task_id,
                case_no=row.case_no,
                home_case_no=row.home_case_no,
                locality=office.locality,
                office=row.office,
                kind=row.kind,
                title=row.title,
                matter=row.matter_name,
                leg=row.case_kind == "LEG",
                opened_on=_day(row.opened_at),
                due_on=row.due_on,
                closed_on=_day(row.closed_at) if row.closed_at else None,
            )
            for row in rows
        )

    return await office.read(ask)


async def lateness_letters(office: Office) -> set[str]:
    """Numbers of the rungs of other localities that this one was told of."""

    async def ask(connection: AsyncConnection) -> set[str]:
        rows = await connection.execute(
            select(LetterRow.letter).where(
                LetterRow.direction == "IN",
                LetterRow.verb == LetterVerb.LATENESS,
                LetterRow.receipt.is_not(None),
            )
        )
        return {row.letter["facts"]["number"] for row in rows}

    return await office.read(ask)


async def rung_facts(offices: Mapping[str, Office]) -> tuple[RungFact, ...]:
    """Every rung of every locality; what a locality was told of may be another's."""
    told: set[str] = set()
    for office in offices.values():
        told |= await lateness_letters(office)
    rungs: list[RungFact] = []
    for office in offices.values():
        rungs += [_rung(one, told) for one in await issued(office)]
    return tuple(rungs)


def _rung(one: Record, told: Collection[str]) -> RungFact:
    kinds = [record["kind"] for record in one["records"]]
    answers = [record["at"] for record in one["records"] if record["kind"] in ANSWERS]
    return RungFact(
        number=one["number"],
        task_id=one["task_id"],
        rung=one["rung"],
        round=one["round"],
        issued_at=one["issued_at"],
        issued_on=_day(one["issued_at"]),
        reply_due=one["due_on"],
        task_due_on=one["task_due_on"],
        issuer=one["issuer"],
        office=one["office"],
        warning=one["warning"],
        rule=one["rule"],
        days_late=one["days_late"],
        answered_at=min(answers, default=None),
        ended=next((kind for kind in kinds if kind in ENDS), ""),
        told_home=one["number"] in told,
        records=tuple(kinds),
    )


def _day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()
