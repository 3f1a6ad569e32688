"""Open clocks counted again on another calendar: once each, with everything that hangs on them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from activities.calendar_checking import CalendarCheckDesk
from activities.calendars import Calendars
from activities.case_register import CaseRegister
from activities.notice_texts import word_notice
from activities.replanning import target_of
from catalog.calendar_files import build_calendar
from console.calendar_desk import read_file
from contracts.calendars import CalendarCheckRequest
from contracts.cases import HukouFiling
from contracts.transitions import ExpiryCheck
from domain.calendar import SHANGHAI
from domain.recount import Change, Outcome
from storage import calendar_findings, calendar_log, clock_log
from storage.case_tables import Case
from storage.database import Database
from storage.recounting import outdated, recount_page, untold
from storage.step_tables import ClockRow
from storage.task_tables import Task
from storage.tidings_tables import TidingsRow
from tests.storage.builders import CATALOG, NOW, PAPERS, open_case, record, step

STARTED = date(2026, 12, 29)
JAN_6, JAN_8 = date(2027, 1, 6), date(2027, 1, 8)
FILE = """
kind: PUBLISHED
year: 2027
notice: 样例通知
published_on: 2026-11-20
holidays:
  - {name: 元旦, from: 2027-01-01, to: 2027-01-05}
make_up: []
"""
CALENDARS = Calendars(CATALOG, "371002")
FIVE = {
    "kind": "INTAKE",
    "limit": {
        "length": 5,
        "unit": "wd",
        "basis": "样例依据",
        "effect": "DEEMED_ACCEPTED",
        "rolls": True,
        "promised": 3,
    },
    "started_on": STARTED.isoformat(),
}


@pytest_asyncio.fixture
async def filing(database: Database) -> HukouFiling:
    """A case whose five days cross into a year without a notice, with a task under them."""
    filing = await open_case(database)
    task = {
        "task_id": f"{filing.case_no}/INTAKE_CHECK/1",
        "kind": "INTAKE_CHECK",
        "title": "样例",
        "office": "371002-GA-01",
        "role": "INTAKE",
        "clock": "INTAKE",
    }
    await record(
        database, step(filing, 1, clocks_started=[FIVE], tasks_opened=[task], due_clock="INTAKE")
    )
    return filing


async def change(database: Database, what: Change, at: datetime = NOW) -> None:
    """2027 is in force, or not any more."""
    files = list(CALENDARS.files)
    if what is not Change.WITHDRAWN:
        files.append(("2027", read_file(FILE.encode(), "2027.yaml")))
    async with database.write() as connection:
        await CALENDARS.put_in_force(connection, build_calendar(files), what, actor="HC0902", at=at)


async def count_all(database: Database) -> dict[Outcome, int]:
    """As the activity does, one clock per page."""
    found: dict[Outcome, int] = dict.fromkeys(Outcome, 0)
    after = ("", "", 0)
    while True:
        async with database.write() as connection:
            target = target_of(await CALENDARS.in_force(connection))
            page = await recount_page(connection, target, after, 1)
        if page.last is None:
            return found
        after = page.last
        for outcome, number in page.outcomes.items():
            found[outcome] += number


async def clock_of_case(database: Database, case_no: str) -> ClockRow:
    async with database.read() as connection:
        return (
            await connection.execute(
                select(*ClockRow.__table__.columns).where(ClockRow.case_no == case_no)
            )
        ).one()  # type: ignore[return-value]


async def test_clock_task_case_log_and_news_move_together_and_only_once(
    database: Database, filing: HukouFiling
) -> None:
    before = await clock_of_case(database, filing.case_no)
    assert (before.due_on, before.provisional) == (JAN_6, True)
    await change(database, Change.PUBLISHED)
    assert (await count_all(database))[Outcome.MOVED] >= 1
    assert sum((await count_all(database)).values()) == 0, "a repeat finds nothing to count"

    after = await clock_of_case(database, filing.case_no)
    assert (after.due_on, after.promised_on, after.provisional) == (
        JAN_8,
        date(2027, 1, 6),
        False,
    )
    async with database.read() as connection:
        task = (
            await connection.execute(
                select(Task.due_on, Task.provisional).where(Task.case_no == filing.case_no)
            )
        ).one()
        assert tuple(task) == (JAN_8, False)
        due = await connection.execute(select(Case.due_on).where(Case.case_no == filing.case_no))
        assert due.scalar_one() == JAN_8
        start, moved = await clock_log.lines(connection, filing.case_no)
        assert (start.cause, moved.cause) == ("START", "PUBLISHED")
        assert (moved.due_from, moved.due_to) == (JAN_6, JAN_8)
        assert (moved.calendar_from, moved.calendar_to) == (
            before.calendar_version,
            after.calendar_version,
        )
        news = (
            await connection.execute(
                select(TidingsRow.key).where(TidingsRow.case_no == filing.case_no)
            )
        ).scalars()
        assert [key.split(":")[2] for key in news] == ["INTAKE"]
        left = await untold(connection, moved.entry)
        assert left.all >= 1 and left.urgent == 0, "its timer wakes before the later date"
        assert await outdated(connection, after.calendar_version) == 0
    await change(database, Change.WITHDRAWN)
    await count_all(database)
    back = await clock_of_case(database, filing.case_no)
    assert (back.due_on, back.calendar_version) == (JAN_6, before.calendar_version)


async def test_what_had_run_out_stays_and_what_would_have_is_kept(
    database: Database, filing: HukouFiling
) -> None:
    late = datetime(2027, 1, 7, 9, tzinfo=SHANGHAI)
    await change(database, Change.PUBLISHED, at=late)
    await count_all(database)
    assert (await clock_of_case(database, filing.case_no)).due_on == JAN_6, "it had run out"

    other = await open_case(database)
    await record_with(database, other)
    assert (await clock_of_case(database, other.case_no)).due_on == JAN_8
    await change(database, Change.WITHDRAWN, at=late)
    assert (await count_all(database))[Outcome.KEPT] == 1
    kept = await clock_of_case(database, other.case_no)
    assert kept.due_on == JAN_8
    async with database.read() as connection:
        assert [one.cause for one in await clock_log.lines(connection, other.case_no)] == [
            "START",
            "KEPT",
        ]
    assert (await count_all(database))[Outcome.KEPT] == 1, "looked at again, noted once"
    async with database.read() as connection:
        assert len(await clock_log.lines(connection, other.case_no)) == 2


async def record_with(database: Database, filing: HukouFiling) -> None:
    """A step as the activity writes it: by the calendar in force."""
    register = CaseRegister(database, CALENDARS, PAPERS.draw_up, word_notice)
    await register.record(step(filing, 1, clocks_started=[FIVE], due_clock="INTAKE"))


async def test_at_the_end_of_a_limit_the_register_counts_by_the_calendar_in_force(
    database: Database, filing: HukouFiling
) -> None:
    register = CaseRegister(database, CALENDARS, PAPERS.draw_up, word_notice)
    asked = ExpiryCheck(
        case_no=filing.case_no, kind="INTAKE", at=datetime(2027, 1, 7, tzinfo=SHANGHAI)
    )
    assert (await register.recheck(asked)).due_on == JAN_6
    await change(database, Change.PUBLISHED)
    assert (await register.recheck(asked)).due_on == JAN_8
    assert (await register.recheck(asked)).due_on == JAN_8
    async with database.read() as connection:
        assert len(await clock_log.lines(connection, filing.case_no)) == 2
    gone = asked.model_copy(update={"kind": "DECISION"})
    assert (await register.recheck(gone)).at == gone.at, "nothing runs: it is over"
    await change(database, Change.WITHDRAWN)


@pytest.mark.parametrize(
    "table", ["calendar_versions", "calendar_log", "office_closures", "clock_log"]
)
async def test_what_was_said_cannot_be_changed(
    database: Database, filing: HukouFiling, table: str
) -> None:
    await change(database, Change.PUBLISHED)
    async with database.write() as connection:
        await calendar_log.close_days(
            connection,
            "371002-GA-01",
            [date(2026, 8, 13)],  # no limit of any test runs over it
            closed=True,
            reason="台风",
            evidence="样例通告",
            actor="HC0902",
            at=NOW,
        )
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.write() as connection:
            await connection.execute(text(f"DELETE FROM {table}"))
    await change(database, Change.WITHDRAWN)


async def test_a_closure_moves_the_day_of_receipt_until_it_is_taken_back(
    database: Database,
) -> None:
    office, day = "371002-GA-01", date(2026, 8, 12)
    for closed in (True, False):
        async with database.write() as connection:
            await calendar_log.close_days(
                connection,
                office,
                [day],
                closed=closed,
                reason="台风",
                evidence="样例通告",
                actor="HC0902",
                at=NOW,
            )
            seen = await CALENDARS.of_office(connection, office)
        assert (day in seen.closed_days) is closed
        assert seen.is_working(day), "a limit in law runs on"


async def test_the_weekly_check_notes_each_finding_once_until_it_is_gone(
    database: Database, filing: HukouFiling
) -> None:
    desk = CalendarCheckDesk(database, CALENDARS)

    async def look(at: datetime) -> set[str]:
        await desk.check(CalendarCheckRequest(locality="371002", at=at))
        async with database.read() as connection:
            rows = [row.key for row in await calendar_findings.standing(connection)]
        assert len(rows) == len(set(rows))
        return set(rows)

    september = datetime(2026, 9, 7, 6, 30, tzinfo=SHANGHAI)
    november = september + timedelta(days=63)
    assert await look(september) & {"NOTICE:2027", "PROVISIONAL"} == set()
    assert await look(november) >= {"NOTICE:2027", "PROVISIONAL"}
    assert await look(november + timedelta(days=7)) >= {"NOTICE:2027", "PROVISIONAL"}
    await change(database, Change.PUBLISHED)
    await count_all(database)
    assert "NOTICE:2027" not in await look(november + timedelta(days=14))
    async with database.write() as connection:
        await connection.execute(
            update(ClockRow)
            .where(ClockRow.case_no == filing.case_no)
            .values(stopped_on=datetime.now(UTC).date())
        )
    await change(database, Change.WITHDRAWN)
