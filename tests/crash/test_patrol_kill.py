"""kill -9 of the worker in the middle of a patrol: no half rung, no rung twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date, datetime, time

from sqlalchemy import func, literal, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by

from console.supervising import patrol_now
from domain.calendar import SHANGHAI
from domain.supervision import working_day_after
from storage.database import Database
from storage.supervision_tables import SupervisionRow
from storage.task_tables import Task
from storage.tidings_tables import TidingsRow
from tests.rehearsal.stage import HOME, open_stage

LATE = 20_000
DUE = date(2026, 3, 11)
#: Late tasks of cases whose workflows do not matter here, so that nobody tells them anything.
FILL = (
    """INSERT INTO cases (case_no, kind, workflow_id, workflow_name, filing, started, matter,
        matter_name, home_case_no, peer, intake_office, competent_office, custodian_office, stage,
        holder, filed_at, received_on, closed_at)
    SELECT 'K' || n, 'HOME', 'kill-' || n, '样例', '{}', true, '样例', '样例', 'K' || n, '330902',
        '371002-RS-01', '371002-RS-01', '371002-RS-01', 'REVIEW', 'OURS', now(), :due, now()
    FROM generate_series(1, :late) n""",
    """INSERT INTO tasks (task_id, case_no, workflow_id, kind, title, office, role, clock, due_on,
        opened_at, opened_in)
    SELECT case_no || '/REVIEW/1', case_no, workflow_id, 'REVIEW', '样例', '371002-RS-01',
        'HANDLER', 'REVIEW', :due, now(), 1 FROM cases WHERE case_no LIKE 'K%'""",
)


async def rungs(database: Database) -> Counter[str]:
    """How many tasks stand on each rung."""
    in_order = func.string_agg(
        SupervisionRow.rung, aggregate_order_by(literal(" "), SupervisionRow.id)
    )
    async with database.read() as connection:
        rows = await connection.execute(
            select(SupervisionRow.task_id, in_order)
            .where(SupervisionRow.case_no.like("K%"))
            .group_by(SupervisionRow.task_id)
        )
    return Counter(str(row[1]) for row in rows)


async def test_a_patrol_that_is_killed_leaves_whole_rungs_and_is_finished_once() -> None:
    async with open_stage() as stage:
        database = stage.offices[HOME].database
        async with database.write() as connection:
            await connection.execute(text(FILL[0]), {"due": DUE, "late": LATE})
            await connection.execute(text(FILL[1]), {"due": DUE})
        day = working_day_after(DUE, 2, stage.catalog.calendar)
        at = datetime.combine(day, time(10), SHANGHAI)
        patrol = asyncio.create_task(patrol_now(stage.clients[HOME], HOME, at=at))
        while not await rungs(database):  # noqa: ASYNC110 another process writes them
            await asyncio.sleep(0.01)
        await stage.system.kill(f"worker-{HOME}")
        half = await rungs(database)
        await stage.system.start(f"worker-{HOME}")
        await patrol
        assert 0 < half.total() < LATE
        assert set(half) == {"REMIND OVERDUE URGE"}
        assert await rungs(database) == {"REMIND OVERDUE URGE": LATE}
        async with database.read() as connection:
            told = await connection.scalar(
                select(func.count()).where(TidingsRow.case_no.like("K%"))
            )
            climbing = await connection.scalar(
                select(func.count()).where(Task.laddered, Task.case_no.like("K%"))
            )
        assert told == climbing == LATE
