"""A step of a case is written whole, and once, whatever repeats it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from contracts.transitions import (
    ClockChanged,
    ClockStarted,
    EventNoted,
    NoticeQueued,
    PersonChanged,
)
from domain.estimates import expected_end
from storage.case_tables import Case, Person
from storage.clock_register import clock_of, running
from storage.database import Database
from storage.paper_tables import Certificate
from storage.step_tables import Act, ClockRow, Event, NoticeRow
from storage.task_tables import Task
from tests.storage.builders import CATALOG, NOW, TODAY, identity, open_case, record, step
from tests.storage.step_parts import LIMIT, act, counted, permit, task


async def test_a_step_written_twice_has_one_effect_and_the_first_answer(
    database: Database,
) -> None:
    filing = await open_case(database)
    transition = step(
        filing,
        1,
        stage="REVIEW",
        due_clock="DECISION",
        acts=(act(),),
        tasks_opened=(task(filing.case_no, clock="DECISION"),),
        clocks_started=(ClockStarted(kind="DECISION", limit=LIMIT, started_on=TODAY),),
        certificates_issued=(permit("PERMIT:0:1"),),
        notices=(NoticeQueued(key="ACCEPTED:1", template="ACCEPTED"),),
        events=(EventNoted(code="SAMPLE"),),
        open_tasks=(f"{filing.case_no}/REVIEW/1",),
    )
    first = await record(database, transition)
    # A worker that died before history knew would come back with another instant.
    again = await record(database, transition.model_copy(update={"at": NOW + timedelta(hours=1)}))

    assert again == first
    assert first.due[0].due_on == date(2026, 12, 21)
    for table, count in ((Task, 1), (Act, 1), (ClockRow, 1), (Certificate, 1), (NoticeRow, 1)):
        assert await counted(database, table, filing.case_no) == count, table
    assert await counted(database, Event, filing.case_no) == 2


async def test_the_case_shows_stage_holder_and_due_date_of_its_last_step(
    database: Database,
) -> None:
    filing = await open_case(database)
    await record(
        database,
        step(
            filing,
            1,
            stage="REVIEW",
            due_clock="DECISION",
            clocks_started=(ClockStarted(kind="DECISION", limit=LIMIT, started_on=TODAY),),
        ),
    )
    async with database.read() as connection:
        case = (
            await connection.execute(
                select(Case.stage, Case.holder, Case.due_on, Case.started).where(
                    Case.case_no == filing.case_no
                )
            )
        ).one()
    assert tuple(case) == ("REVIEW", "OURS", date(2026, 12, 21), True)


async def test_a_step_that_fails_half_way_leaves_nothing(database: Database) -> None:
    filing = await open_case(database)
    await record(database, step(filing, 1, certificates_issued=(permit("MIGRATION:1:1"),)))
    broken = step(
        filing,
        2,
        acts=(act("ISSUED:1:2", "CERTIFICATE_ISSUED"),),
        # A second live certificate for the same person, without voiding the first (G2).
        certificates_issued=(permit("MIGRATION:1:2"),),
    )
    with pytest.raises(IntegrityError):
        await record(database, broken)
    assert await counted(database, Act, filing.case_no) == 0
    assert await counted(database, Certificate, filing.case_no) == 1


async def test_a_reissued_certificate_voids_the_old_one_and_has_a_new_number(
    database: Database,
) -> None:
    filing = await open_case(database)
    old = (
        await record(database, step(filing, 1, certificates_issued=(permit("MIGRATION:1:1"),)))
    ).certificates["MIGRATION:1:1"]
    new = (
        await record(
            database,
            step(
                filing,
                2,
                certificates_issued=(permit("MIGRATION:1:2", replaces=old.number),),
            ),
        )
    ).certificates["MIGRATION:1:2"]
    async with database.read() as connection:
        statuses = dict(
            (
                await connection.execute(
                    select(Certificate.number, Certificate.status).where(
                        Certificate.case_no == filing.case_no
                    )
                )
            ).all()
        )
    assert statuses == {old.number: "VOID", new.number: "VALID"}
    assert old.number != new.number


async def test_pause_resume_and_extension_move_the_date_that_the_intervals_imply(
    database: Database,
) -> None:
    filing = await open_case(database)
    await record(
        database,
        step(
            filing,
            1,
            clocks_started=(ClockStarted(kind="DECISION", limit=LIMIT, started_on=TODAY),),
        ),
    )

    async def change(sequence: int, change: str, on: date, length: int = 0) -> date | None:
        result = await record(
            database,
            step(
                filing,
                sequence,
                clocks_changed=(
                    ClockChanged(
                        kind="DECISION",
                        change=change,
                        on=on,
                        reason="INVESTIGATION",
                        actor="HC0103",
                        length=length,
                        command_id="c-sample",
                    ),
                ),
            ),
        )
        return result.due[0].due_on

    assert await change(2, "PAUSE", date(2026, 11, 25)) is None
    # Paused from Wednesday, running again on Monday: three working days are not counted.
    assert await change(3, "RESUME", date(2026, 11, 30)) == date(2026, 12, 24)
    assert await change(4, "EXTEND", date(2026, 12, 1), 5) == date(2026, 12, 31)


async def test_a_pause_begun_before_the_first_day_of_its_limit_is_watched_from_that_day(
    database: Database,
) -> None:
    saturday, monday = date(2026, 11, 21), date(2026, 11, 23)
    filing = await open_case(database)
    decision_limit = ClockStarted(kind="DECISION", limit=LIMIT, started_on=monday)
    await record(database, step(filing, 1, clocks_started=(decision_limit,)))
    fifteen = LIMIT.model_copy(update={"length": 15})
    paused = ClockChanged(
        kind="DECISION",
        change="PAUSE",
        on=saturday,
        reason="SPECIAL_PROCEDURE",
        actor="HC0103",
        command_id="c-sample",
        procedure="EXPERT_REVIEW",
        expected="15wd",
        stand_in="SUSPENSION",
    )
    watching = ClockStarted(kind="SUSPENSION", limit=fifteen, started_on=saturday)
    await record(database, step(filing, 2, clocks_started=(watching,), clocks_changed=(paused,)))
    async with database.read() as connection:
        decision = await running(connection, filing.case_no, "DECISION")
        suspension = await running(connection, filing.case_no, "SUSPENSION")
    assert decision is not None and suspension is not None
    (pause,) = clock_of(decision).pauses
    assert suspension.started_on == pause.from_day == monday
    assert suspension.due_on == expected_end(pause, CATALOG.calendar)


async def test_acts_and_events_can_be_neither_changed_nor_deleted(database: Database) -> None:
    filing = await open_case(database)
    await record(database, step(filing, 1, acts=(act(),)))
    for statement in (
        "UPDATE acts SET actor = 'X'",
        "DELETE FROM acts",
        "UPDATE events SET code = 'X'",
        "DELETE FROM events",
    ):
        with pytest.raises(DBAPIError, match="append-only"):
            async with database.write() as connection:
                await connection.execute(
                    text(f"{statement} WHERE case_no = :case"), {"case": filing.case_no}
                )


async def test_one_person_has_one_open_migration_and_may_apply_again_afterwards(
    database: Database,
) -> None:
    person = identity()
    filing = await open_case(database, person)
    with pytest.raises(IntegrityError):
        await open_case(database, person)
    await record(
        database,
        step(filing, 1, stage="WITHDRAWN", persons=(PersonChanged(person=1, status="ENDED"),)),
    )
    again = await open_case(database, person)
    assert again.case_no != filing.case_no
    async with database.read() as connection:
        open_ones = (
            await connection.execute(
                select(Person.case_no).where(Person.id_no == person, Person.open)
            )
        ).scalars()
        assert list(open_ones) == [again.case_no]
