"""What steps of a case write, ready made, and what they left in the register; for tests of both."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from contracts.cases import PinnedLimit
from contracts.transitions import (
    ActRecorded,
    CertificateIssued,
    TaskOpened,
)
from domain.clocks import Effect, Unit
from storage.database import Database
from storage.step_tables import Event
from tests.storage.builders import TODAY

LIMIT = PinnedLimit(length=20, unit=Unit.WD, basis="样例依据", promised=10, effect=Effect.ESCALATE)


def task(case_no: str, number: int = 1, clock: str | None = None) -> TaskOpened:
    return TaskOpened(
        task_id=f"{case_no}/REVIEW/{number}",
        kind="REVIEW",
        title="迁入审核",
        office="371002-GA-01",
        role="HANDLER",
        clock=clock,
    )


def act(key: str = "ACCEPTED:0:1", code: str = "ACCEPTED") -> ActRecorded:
    return ActRecorded(key=key, code=code, office="371002-GA-01", actor="HC0101", basis="样例依据")


def permit(key: str, replaces: str | None = None) -> CertificateIssued:
    return CertificateIssued(
        key=key,
        kind="MIGRATION",
        office="371002-GA-01",
        issued_on=TODAY,
        valid_days=30,
        person=1,
        replaces=replaces,
    )


async def counted(database: Database, table: type, case_no: str) -> int:
    async with database.read() as connection:
        return int(
            (
                await connection.execute(
                    select(func.count()).select_from(table).where(table.case_no == case_no)  # type: ignore[attr-defined]
                )
            ).scalar_one()
        )


async def row(database: Database, table: type, case_no: str) -> Any:
    """The only row of the case in that table."""
    async with database.read() as connection:
        found = await connection.execute(
            select(*table.__table__.columns).where(table.case_no == case_no)  # type: ignore[attr-defined]
        )
        return found.one()


async def trail(database: Database, case_no: str) -> list[tuple[int, str, str]]:
    """Step, code and stage of the case's events in their order."""
    async with database.read() as connection:
        found = await connection.execute(
            select(Event.made_in, Event.code, Event.stage)
            .where(Event.case_no == case_no)
            .order_by(Event.made_in, Event.number)
        )
        return [(one.made_in, one.code, one.stage) for one in found]
