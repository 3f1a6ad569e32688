"""Cases with their trails, written as facts: what the figures and the days are counted from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from catalog.loader import load_catalog
from domain.calendar import SHANGHAI
from domain.casework import FINAL_STAGES
from storage.case_tables import Case
from storage.paper_tables import CaseDocument, DocumentRow, LetterRow
from storage.step_tables import Act, ClockRow, Event
from storage.task_tables import Task

CATALOG = load_catalog()
_numbers = count(1)


def at(day: str, hour: int = 10, minute: int = 0) -> datetime:
    """An instant of November 2026 in Asia/Shanghai: `11-02`."""
    month, number = map(int, day.split("-"))
    return datetime(2026, month, number, hour, minute, tzinfo=SHANGHAI)


def on(day: str) -> date:
    """A day of 2026: `11-02`."""
    return at(day).date()


@dataclass(frozen=True, slots=True)
class Step:
    """One event of the trail, and the acts of its step."""

    at: datetime
    stage: str
    holder: str = "OURS"
    office: str = ""
    code: str = "STEP"
    acts: tuple[str, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Told:
    """A case as a test tells it."""

    office: str
    filed_at: datetime
    steps: Sequence[Step]
    matter: str = "HUKOU-SPOUSE"
    kind: str = "HOME"
    peer: str = "330902"
    ending: str | None = None
    clocks: Sequence[dict[str, Any]] = ()
    letters: Sequence[tuple[datetime, str]] = ()
    sources: Sequence[str] = ()  # of documents
    tasks: int = 0  # decided an hour after filing
    last_tasks: int = 0  # decided when it ended
    case_no: str = field(default_factory=lambda: f"W{next(_numbers):08d}")

    @property
    def closed_at(self) -> datetime | None:
        """When it ended, if it did."""
        final = {stage.value for stage in FINAL_STAGES}
        return next((one.at for one in self.steps if one.stage in final), None)


async def put(connection: AsyncConnection, *cases: Told) -> None:
    """Write the cases."""
    for case in cases:
        await _case(connection, case)
        for number, step in enumerate(case.steps):
            await _step(connection, case, number, step)
        for number, clock in enumerate(case.clocks, 1):
            await connection.execute(insert(ClockRow).values(**_clock(case, number, clock)))
        for number, (sent_at, peer) in enumerate(case.letters, 1):
            await connection.execute(
                insert(LetterRow).values(
                    direction="OUT",
                    number=f"{case.case_no}-{number}",
                    case_no=case.case_no,
                    home_case_no=case.case_no,
                    peer=peer,
                    verb="REQUEST",
                    letter={},
                    digest="",
                    recorded_at=sent_at,
                )
            )
        await _papers_and_tasks(connection, case)


async def _case(connection: AsyncConnection, case: Told) -> None:
    await connection.execute(
        insert(Case).values(
            case_no=case.case_no,
            kind=case.kind,
            workflow_id=f"case-{case.case_no}",
            workflow_name="户口迁移",
            filing={"origin": case.peer} if case.kind == "HOME" else {},
            started=True,
            matter=case.matter,
            matter_name=case.matter,
            home_case_no=case.case_no,
            peer=case.peer,
            intake_office=case.office,
            competent_office=case.office,
            custodian_office=case.office,
            stage=case.steps[-1].stage,
            holder=case.steps[-1].holder,
            ending=case.ending,
            filed_at=case.filed_at,
            received_on=case.filed_at.astimezone(SHANGHAI).date(),
            closed_at=case.closed_at,
        )
    )


async def _step(connection: AsyncConnection, case: Told, number: int, step: Step) -> None:
    office = step.office or case.office
    for place, code in enumerate(dict.fromkeys(("STEP", step.code))):
        await connection.execute(
            insert(Event).values(
                case_no=case.case_no,
                made_in=number,
                number=place,
                code=code,
                stage=step.stage,
                holder=step.holder,
                office=office,
                facts=step.facts if code == step.code else {},
                at=step.at,
            )
        )
    for code in step.acts:
        await connection.execute(
            insert(Act).values(
                case_no=case.case_no,
                key=f"{code}:{number}",
                code=code,
                office=office,
                actor="HC0101",
                basis="",
                person=0,
                facts={},
                effective_on=step.at.date(),
                at=step.at,
                made_in=number,
            )
        )


def _clock(case: Told, number: int, clock: dict[str, Any]) -> dict[str, Any]:
    return {
        "case_no": case.case_no,
        "kind": "DECISION",
        "number": number,
        "length": 20,
        "unit": "wd",
        "basis": "样例",
        "promised": None,
        "effect": "ESCALATE",
        "rolls": True,
        "pauses": [],
        "provisional": False,
        "calendar_version": CATALOG.calendar.version,
        "made_in": 0,
        **clock,
    }


async def _papers_and_tasks(connection: AsyncConnection, case: Told) -> None:
    for number, source in enumerate(case.sources):
        digest = f"{case.case_no}{number:02d}".rjust(64, "0")
        await connection.execute(
            insert(DocumentRow).values(
                digest=digest,
                media_type="text/plain",
                size=0,
                content=b"",
                stored_at=case.filed_at,
            )
        )
        await connection.execute(
            insert(CaseDocument).values(
                case_no=case.case_no,
                type="样例",
                digest=digest,
                source=source,
                added_at=case.filed_at,
            )
        )
    soon = case.filed_at + timedelta(hours=1)
    decided = [soon] * case.tasks + [case.closed_at or soon] * case.last_tasks
    for number, closed_at in enumerate(decided):
        await connection.execute(
            insert(Task).values(
                task_id=f"{case.case_no}-T{number}",
                case_no=case.case_no,
                workflow_id=f"case-{case.case_no}",
                kind="REVIEW",
                title="审核",
                office=case.office,
                role="HANDLER",
                status="DONE",
                opened_at=case.filed_at,
                opened_in=0,
                closed_at=closed_at,
            )
        )
