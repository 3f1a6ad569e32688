"""What a lost attempt has written gives way to what history says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from contracts.transitions import (
    ClockChanged,
    ClockStarted,
    NoticeQueued,
    PersonChanged,
    TaskClosed,
)
from storage.case_tables import Case, Person
from storage.database import Database
from storage.paper_tables import Certificate
from storage.realign import StaleAttempt
from storage.step_tables import Act, ClockRow, Event, NoticeRow, TransitionRow
from storage.task_tables import Task
from tests.storage.builders import NOW, TODAY, open_case, record, step
from tests.storage.step_parts import LIMIT, act, counted, permit, row, task, trail


async def test_an_unconfirmed_step_gives_way_to_what_history_says(database: Database) -> None:
    """Worker and server died after the commit: another event now comes under the same number."""
    filing = await open_case(database)
    review = f"{filing.case_no}/REVIEW/1"
    await record(
        database,
        step(filing, 1, tasks_opened=(task(filing.case_no),), open_tasks=(review,)),
    )
    await record(
        database,
        step(
            filing,
            2,
            causes=("c-lost",),
            stage="APPROVAL",
            tasks_closed=(TaskClosed(task_id=review, status="DONE", command_id="c-lost"),),
            tasks_opened=(task(filing.case_no, 2),),
            acts=(act("REVIEWED:0:2", "REVIEWED"),),
            certificates_issued=(permit("MIGRATION:1:2"),),
            open_tasks=(f"{filing.case_no}/REVIEW/2",),
        ),
    )
    await record(
        database,
        step(filing, 2, causes=("clock:DECISION",), overdue=True, open_tasks=(review,)),
    )
    async with database.read() as connection:
        tasks = dict(
            (
                await connection.execute(
                    select(Task.task_id, Task.status).where(Task.case_no == filing.case_no)
                )
            ).all()
        )
        voided = (
            await connection.execute(
                select(Act.voided_at).where(Act.case_no == filing.case_no, Act.code == "REVIEWED")
            )
        ).scalar_one()
        papers = (
            await connection.execute(
                select(Certificate.status).where(Certificate.case_no == filing.case_no)
            )
        ).scalar_one()
        case = (
            await connection.execute(select(Case.stage).where(Case.case_no == filing.case_no))
        ).scalar_one()
        said = (
            await connection.execute(
                select(func.count())
                .select_from(Event)
                .where(Event.case_no == filing.case_no, Event.code == "REGISTER_REALIGNED")
            )
        ).scalar_one()
    assert tasks == {review: "OPEN", f"{filing.case_no}/REVIEW/2": "SUPERSEDED"}
    assert voided is not None
    assert papers == "VOID"
    assert case == "SUBMITTED"
    assert said == 1


async def test_a_case_that_only_a_lost_attempt_has_closed_goes_on(database: Database) -> None:
    """Two steps of one attempt never reach history, and the second had closed the case."""
    filing = await open_case(database)
    number, review = filing.case_no, f"{filing.case_no}/REVIEW/1"
    clock = ClockStarted(kind="DECISION", limit=LIMIT, started_on=TODAY)
    opened = {"tasks_opened": (task(number, clock="DECISION"),), "open_tasks": (review,)}
    await record(database, step(filing, 1, due_clock="DECISION", clocks_started=(clock,), **opened))
    await record(database, step(filing, 2, causes=("c-lost",), open_tasks=(review,)))
    lost = step(
        filing,
        3,
        causes=("answer",),
        stage="WITHDRAWN",
        ending="WITHDRAWN",
        tasks_closed=(TaskClosed(task_id=review, status="SUPERSEDED"),),
        clocks_changed=(ClockChanged(kind="DECISION", change="STOP", on=TODAY),),
        persons=(PersonChanged(person=1, status="ENDED"),),
        notices=(NoticeQueued(key="ENDED_WITHDRAWN:3", template="ENDED_WITHDRAWN"),),
    )
    await record(database, lost)
    assert (await row(database, Case, number)).closed_at is not None

    later = {"at": NOW + timedelta(seconds=12), "due_clock": "DECISION", "open_tasks": (review,)}
    await record(database, step(filing, 2, causes=("track:1",), **later))
    case = await row(database, Case, number)
    assert (case.closed_at, case.ending, case.stage) == (None, None, "SUBMITTED")
    assert case.due_on == date(2026, 12, 21)
    assert (await row(database, ClockRow, number)).stopped_on is None
    assert (await row(database, Task, number)).status == "OPEN"
    person = await row(database, Person, number)
    assert (person.status, person.open) == ("OPEN", True)
    assert await counted(database, NoticeRow, number) == 0
    assert await trail(database, number) == [
        (1, "STEP", "SUBMITTED"),
        (2, "STEP", "SUBMITTED"),
        (2, "STEP", "SUBMITTED"),
        (3, "STEP", "WITHDRAWN"),
        (3, "REGISTER_REALIGNED", "SUBMITTED"),
    ]

    # What is left of the lost attempt writes no more, and its third step is free again.
    with pytest.raises(StaleAttempt):
        await record(database, lost)
    await record(database, step(filing, 3, stage="REVIEW", causes=("c-next",), **later))
    assert (await trail(database, number))[-1] == (3, "STEP", "REVIEW")
    assert await counted(database, TransitionRow, number) == 3
