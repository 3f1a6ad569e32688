"""kill -9 of the worker while it counts thousands of clocks again: each is counted exactly once."""

from __future__ import annotations

from sqlalchemy import func, select, text

from console.calendar_desk import CalendarDesk
from storage import calendar_log
from storage.calendar_tables import ClockLine
from storage.database import Database
from storage.step_tables import ClockRow
from tests.rehearsal.stage import HOME, open_stage
from tests.rehearsal.story import Story
from tests.stories.test_calendar import (
    DEFINITE,
    FILED_ON,
    PROVISIONAL,
    SUPERVISOR,
    filed,
    moved,
    notice,
)

MANY = 12_000
#: Open clocks of cases that run nowhere: the register's part of a re-plan, without the telling.
CASES = text("""
    INSERT INTO cases (case_no, kind, workflow_id, workflow_name, filing, matter, matter_name,
                       home_case_no, peer, intake_office, competent_office, custodian_office,
                       stage, holder, filed_at, received_on, due_on, due_clock)
    SELECT 'X' || n, 'HOME', 'x-' || n, '户口迁移', '{}', 'HUKOU-SPOUSE', '样例', 'X' || n,
           '330902', '371002-GA-01', '371002-GA-01', '371002-GA-01', 'SUBMITTED', 'OURS', now(),
           CAST(:filed AS date), CAST(:due AS date), 'INTAKE'
    FROM generate_series(1, :many) AS n
""")
CLOCKS = text("""
    INSERT INTO clocks (case_no, kind, number, length, unit, basis, effect, rolls, started_on,
                        due_on, provisional, calendar_version, made_in)
    SELECT 'X' || n, 'INTAKE', 1, 5, 'wd', '样例依据', 'ESCALATE', true, CAST(:filed AS date),
           CAST(:due AS date), true, CAST(:version AS text), 1
    FROM generate_series(1, :many) AS n
""")


async def fill(database: Database, version: str) -> None:
    async with database.write() as connection:
        known = {"many": MANY, "filed": FILED_ON, "due": PROVISIONAL}
        await connection.execute(CASES, known)
        await connection.execute(CLOCKS, {**known, "version": version})


async def test_a_killed_replan_goes_on_and_counts_no_clock_twice() -> None:
    async with open_stage() as stage:
        office = stage.offices[HOME]
        story: Story = await filed(stage)
        await fill(office.database, office.calendars.shipped.version)
        done = await CalendarDesk(office).publish(notice(), clerk=SUPERVISOR)
        assert done.entry is not None

        async def under_way() -> bool:
            rows = await office.read(calendar_log.replans)
            return any(row.entry == done.entry and row.counted for row in rows)

        await story.until(under_way, "the first page")
        await stage.system.kill(f"worker-{HOME}")
        await stage.system.start(f"worker-{HOME}")

        async def finished() -> bool:
            return not await office.read(calendar_log.unfinished)

        await story.until(finished, "the end of the re-plan", patience=150)
        await moved(story, DEFINITE)
        async with office.database.read() as connection:
            lines = await connection.execute(
                select(func.count(), func.count(func.distinct(ClockLine.case_no))).where(
                    ClockLine.entry == done.entry, ClockLine.case_no.like("X%")
                )
            )
            assert tuple(lines.one()) == (MANY, MANY)
            dates = await connection.execute(
                select(ClockRow.due_on, ClockRow.calendar_version)
                .where(ClockRow.case_no.like("X%"))
                .distinct()
            )
            assert [tuple(row) for row in dates] == [(DEFINITE, done.version_to)]
            (row,) = [
                one for one in await calendar_log.replans(connection) if one.entry == done.entry
            ]
            assert row.counted == row.moved == row.total
