"""The register of supervision on PostgreSQL: append-only, once each, planned by what changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from activities.patrolling import Patrol
from contracts.cases import PinnedLimit
from contracts.patrolling import PatrolResult
from contracts.tidings import Tidings
from contracts.transitions import ClockChanged, ClockStarted, TaskClosed, TaskOpened
from domain.calendar import SHANGHAI
from domain.limits import Effect, Unit
from domain.supervision import NEVER, working_day_after
from domain.tasks import TaskStatus
from storage import supervision_list
from storage.database import Database
from storage.supervision import NewRecord, put_records
from storage.supervision_list import Wanted
from storage.supervision_tables import SupervisionRecord, SupervisionRow
from storage.task_tables import Task
from storage.tidings_tables import TidingsRow
from tests.storage.builders import CATALOG, TODAY, open_case, record, step

LIMIT = PinnedLimit(length=10, unit=Unit.WD, basis="样例", effect=Effect.ESCALATE)
DUE = working_day_after(TODAY, 10, CATALOG.calendar)


class Story:
    """One case with one task under a limit of ten working days."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.sequence = 1

    async def begin(self) -> None:
        self.filing = await open_case(self.database)
        self.task = f"{self.filing.case_no}/REVIEW/1"
        await record(
            self.database,
            step(
                self.filing,
                1,
                clocks_started=(ClockStarted(kind="DECISION", limit=LIMIT, started_on=TODAY),),
                tasks_opened=(
                    TaskOpened(
                        task_id=self.task,
                        kind="REVIEW",
                        title="审核",
                        office="371002-GA-01",
                        role="HANDLER",
                        clock="DECISION",
                    ),
                ),
                open_tasks=(self.task,),
            ),
        )

    async def clock(
        self, change: str, on: date, *, started: ClockStarted | None = None, **more: object
    ) -> None:
        changed = ClockChanged.model_validate(
            {"kind": "DECISION", "change": change, "on": on, "actor": "HC0103", **more}
        )
        self.sequence += 1
        given = step(
            self.filing,
            self.sequence,
            clocks_started=(started,) if started else (),
            clocks_changed=(changed,),
            open_tasks=(self.task,),
        )
        await record(self.database, given)

    async def due_on(self) -> date | None:
        async with self.database.read() as connection:
            rows = await connection.execute(select(Task.due_on).where(Task.task_id == self.task))
            return rows.scalar_one()

    async def close(self, on: date) -> None:
        self.sequence += 1
        closed = TaskClosed(
            task_id=self.task, status=TaskStatus.DONE, outcome="PASS", command_id=None
        )
        at = datetime.combine(on, time(9), SHANGHAI)
        await record(self.database, step(self.filing, self.sequence, at=at, tasks_closed=(closed,)))

    async def patrol(self, day: date) -> PatrolResult:
        at = datetime.combine(day, time(10), SHANGHAI).astimezone(UTC)
        return await Patrol(self.database, CATALOG, "371002", at).run(lambda: None)

    async def rungs(self) -> list[dict[str, Any]]:
        async with self.database.read() as connection:
            wanted = Wanted(offices=["371002-GA-01"], case_no=self.filing.case_no)
            found = await supervision_list.rungs(connection, wanted)
        return found[::-1]

    async def planned(self) -> tuple[date | None, bool]:
        async with self.database.read() as connection:
            row = await connection.execute(
                select(Task.patrol_on, Task.laddered).where(Task.task_id == self.task)
            )
            found = row.one()
        return found.patrol_on, found.laddered

    async def news(self) -> list[Tidings]:
        async with self.database.read() as connection:
            rows = await connection.execute(
                select(TidingsRow.tidings)
                .where(TidingsRow.case_no == self.filing.case_no)
                .order_by(TidingsRow.id)
            )
            return [Tidings.model_validate(row.tidings) for row in rows]


def after(number: int) -> date:
    return working_day_after(DUE, number, CATALOG.calendar)


@pytest.fixture
async def story(database: Database) -> Story:
    story = Story(database)
    await story.begin()
    return story


async def test_a_task_is_planned_once_and_looked_at_when_its_day_has_come(story: Story) -> None:
    assert await story.planned() == (None, False)
    await story.patrol(TODAY)
    warned_on, laddered = await story.planned()
    assert warned_on is not None
    assert TODAY < warned_on < DUE
    assert not laddered
    assert (await story.patrol(TODAY)).planned == 0
    await story.patrol(warned_on)
    assert [one["rung"] for one in await story.rungs()] == ["REMIND"]
    assert await story.planned() == (after(1), True)


async def test_a_rung_keeps_the_fields_of_the_standard(story: Story) -> None:
    await story.patrol(after(2))
    *_, urge = await story.rungs()
    assert str(urge["number"]).startswith(f"JC371002{after(2):%Y%m%d}")
    assert {name: urge[name] for name in ("content", "rule", "warning", "issuer", "office")} == {
        "content": "NOT_DONE_IN_TIME",
        "rule": "supervision.urge",
        "warning": "RED",
        "issuer": "371002-ZW-01",
        "office": "371002-GA-01",
    }
    assert (urge["due_on"], urge["task_due_on"], urge["days_late"]) == (after(3), DUE, 2)
    (told,) = await story.news()
    assert (told.code, told.supervision_level) == ("URGE", 2)


async def test_a_rung_and_its_records_can_only_be_added_to(story: Story) -> None:
    await story.patrol(after(2))
    number = str((await story.rungs())[0]["number"])
    for statement in (
        update(SupervisionRow).where(SupervisionRow.number == number).values(rung="CIRCULAR"),
        delete(SupervisionRow).where(SupervisionRow.number == number),
    ):
        with pytest.raises(DBAPIError, match="append-only"):
            async with story.database.write() as connection:
                await connection.execute(statement)


async def test_no_rung_of_a_round_is_there_twice(story: Story) -> None:
    await story.patrol(after(2))
    async with story.database.read() as connection:
        rows = await connection.execute(
            select(SupervisionRow.__table__).where(SupervisionRow.task_id == story.task)
        )
        first = dict(rows.mappings().first() or {})
    del first["id"]
    with pytest.raises(IntegrityError):
        async with story.database.write() as connection:
            await connection.execute(insert(SupervisionRow).values({**first, "number": "JC样例"}))


async def test_work_that_is_done_closes_every_rung_once(story: Story) -> None:
    await story.patrol(after(4))
    await story.close(after(4))
    assert await story.planned() == (None, True)
    assert (await story.patrol(after(4))).closed == 3
    assert await story.planned() == (NEVER, False)
    assert (await story.patrol(after(9))).closed == 0
    for one in await story.rungs():
        assert one["state"] == "CLOSED"
        (check,) = one["records"]
        assert check["facts"]["days_late"] == 4
        assert check["facts"]["done_on"] == after(4).isoformat()


async def test_a_rung_does_not_end_twice(story: Story) -> None:
    await story.patrol(after(2))
    number = str((await story.rungs())[0]["number"])
    ends = [
        NewRecord(
            number=number,
            kind=kind,
            at=datetime.now(UTC),
            actor="PATROL",
            office="371002-ZW-01",
            facts={},
        )
        for kind in ("CLOSED", "WITHDRAWN")
    ]
    async with story.database.write() as connection:
        await put_records(connection, ends)
    async with story.database.read() as connection:
        kept = await connection.execute(
            select(SupervisionRecord.kind).where(SupervisionRecord.number == number)
        )
        assert list(kept.scalars()) == ["CLOSED"]


async def test_a_clock_that_stands_still_lets_the_ladder_stand(story: Story) -> None:
    await story.patrol(DUE)
    await story.clock("PAUSE", DUE, reason="FORCE_MAJEURE")
    await story.patrol(after(30))
    (warned,) = await story.rungs()
    assert warned["state"] == "OPEN"
    assert await story.planned() == (NEVER, True)


async def test_a_pause_that_is_watched_moves_the_ladder_to_the_date_of_the_watch(
    story: Story,
) -> None:
    warned_on = working_day_after(TODAY, 8, CATALOG.calendar)
    await story.patrol(warned_on)
    fifteen = ClockStarted(
        kind="SUSPENSION", limit=LIMIT.model_copy(update={"length": 15}), started_on=warned_on
    )
    paused = {"reason": "SPECIAL_PROCEDURE", "procedure": "EXPERT_REVIEW", "expected": "15wd"}
    await story.clock("PAUSE", warned_on, started=fifteen, stand_in="SUSPENSION", **paused)
    watched = await story.due_on()
    assert watched is not None and watched > DUE
    assert (await story.patrol(after(1))).withdrawn == 1
    await story.patrol(working_day_after(watched, 2, CATALOG.calendar))
    assert [(one["rung"], one["round"], one["task_due_on"]) for one in await story.rungs()] == [
        ("REMIND", 1, DUE),
        *((rung, 2, watched) for rung in ("REMIND", "OVERDUE", "URGE")),
    ]
    resumed = working_day_after(watched, 2, CATALOG.calendar)
    await story.clock("RESUME", resumed, stand_in="SUSPENSION")
    left = await story.due_on()
    assert left is not None and left > resumed, "the limit itself has days left"
    assert (await story.patrol(working_day_after(resumed, 1, CATALOG.calendar))).withdrawn == 3


async def test_a_date_that_moves_withdraws_and_a_later_lateness_begins_a_new_round(
    story: Story,
) -> None:
    await story.patrol(DUE)
    await story.clock("EXTEND", DUE, length=10)
    assert (await story.patrol(after(1))).withdrawn == 1
    (warned,) = await story.rungs()
    assert warned["state"] == "WITHDRAWN"
    await story.patrol(after(12))
    assert [(one["rung"], one["round"]) for one in await story.rungs()] == [
        ("REMIND", 1),
        ("REMIND", 2),
        ("OVERDUE", 2),
        ("URGE", 2),
    ]


async def test_a_ladder_withdrawn_from_a_late_task_is_told_to_the_case(story: Story) -> None:
    await story.patrol(after(1))
    later = DUE + timedelta(days=60)
    async with story.database.write() as connection:
        await connection.execute(
            update(Task).where(Task.task_id == story.task).values(due_on=later)
        )
    await story.patrol(after(2))
    assert [one.code for one in await story.news()] == ["OVERDUE", "WITHDRAWN"]
    planned, laddered = await story.planned()
    assert planned is not None
    assert after(2) < planned < later
    assert not laddered
