"""News of a calendar: by the day until which they are needed, in one signal, applicants at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from contracts.cases import HukouFiling
from contracts.tidings import Tidings, TidingsKind
from counter.tidings_round import signals
from domain.recount import Change
from storage.case_tables import Case
from storage.database import Database
from storage.recounting import needed_by, untold
from storage.step_tables import NoticeRow
from storage.tidings import keep
from storage.tidings import untold as waiting_news
from storage.tidings_tables import TidingsRow
from tests.storage.builders import NOW, open_case, record, step
from tests.storage.test_recounting import JAN_6, JAN_8, STARTED, change, count_all, filing

__all__ = ["filing"]  # a fixture


async def news_of(database: Database, case_no: str) -> list[Any]:
    async with database.read() as connection:
        return list(
            await connection.execute(
                select(TidingsRow.__table__).where(TidingsRow.case_no == case_no).order_by("id")
            )
        )


async def test_news_of_an_earlier_date_are_needed_by_that_date_and_others_by_none(
    database: Database, filing: HukouFiling
) -> None:
    await change(database, Change.PUBLISHED)
    await count_all(database)
    await change(database, Change.WITHDRAWN)
    await count_all(database)
    later, earlier = await news_of(database, filing.case_no)
    assert (later.needed_by, earlier.needed_by) == (date.max, JAN_6)
    async with database.read() as connection:
        left = await untold(connection, int(earlier.key.split(":")[1]))
    assert left.urgent >= 1


@pytest.mark.parametrize(
    ("told", "new", "needed"),
    [
        (JAN_8, JAN_6, JAN_6),
        (JAN_6, JAN_8, date.max),
        (JAN_6, JAN_6, date.max),
        (JAN_8, STARTED, STARTED),
        (STARTED - timedelta(3), JAN_6, STARTED),
        (None, None, date.max),
    ],
)
def test_a_timer_must_hear_of_what_it_would_sleep_through(
    told: date | None, new: date | None, needed: date
) -> None:
    assert needed_by(told, new, STARTED) == needed


async def test_the_soonest_needed_are_told_first_and_nobody_waits_behind_a_calendar(
    database: Database,
) -> None:
    cases = [await open_case(database) for _ in range(4)]
    days = [date.max, JAN_8, JAN_6, date.min]
    async with database.write() as connection:
        # Whatever other tests have left is out of the way.
        await connection.execute(
            update(TidingsRow).where(TidingsRow.told_at.is_(None)).values(told_at=NOW)
        )
        for number, (case, day) in enumerate(zip(cases, days, strict=True)):
            tidings = Tidings(key=f"样例:{number}", kind=TidingsKind.CALENDAR)
            await keep(connection, f"办件-{case.case_no}", tidings, NOW, case_no=case.case_no)
            if day is not date.min:
                await connection.execute(
                    update(TidingsRow)
                    .where(TidingsRow.case_no == case.case_no)
                    .values(needed_by=day)
                )
        await connection.execute(update(Case).values(started=True))
    told: list[str] = []
    while True:
        async with database.read() as connection:
            waiting = await waiting_news(connection, 1, but=told)
        if not waiting:
            break
        told += {one.to_workflow for one in waiting}
    assert told == [f"办件-{case.case_no}" for case in reversed(cases)]


async def test_a_change_of_calendar_is_told_once_for_all_limits_of_a_case(
    database: Database,
) -> None:
    case = await open_case(database)
    kinds = ["CALENDAR", "PARCEL", "CALENDAR"]
    async with database.write() as connection:
        await connection.execute(
            update(TidingsRow).where(TidingsRow.told_at.is_(None)).values(told_at=NOW)
        )
        for number, kind in enumerate(kinds):
            tidings = Tidings(key=f"样例:{number}", kind=TidingsKind(kind))
            await keep(connection, f"办件-{case.case_no}", tidings, NOW, case_no=case.case_no)
        await connection.execute(update(Case).values(started=True))
        waiting = await waiting_news(connection)
    (first, calendar), (second, parcel) = signals(waiting)
    assert [calendar.key, *(one.key for one in calendar.more)] == ["样例:0", "样例:2"]
    assert (parcel.key, parcel.more) == ("样例:1", ())
    assert sorted(first + second) == sorted(one.id for one in waiting)


async def test_an_applicant_hears_of_a_moved_date_from_the_register_once(
    database: Database, filing: HukouFiling
) -> None:
    accepted = {"key": "ACCEPTED:0:2", "code": "ACCEPTED", "office": "371002-GA-01"}
    await record(
        database,
        step(
            filing,
            2,
            acts=[{**accepted, "actor": "HC0101", "basis": "样例依据"}],
            due_clock="INTAKE",
        ),
    )
    await change(database, Change.PUBLISHED)
    await count_all(database)
    async with database.read() as connection:
        wordings = (
            await connection.execute(
                select(NoticeRow.wording).where(
                    NoticeRow.case_no == filing.case_no, NoticeRow.template == "DUE_DATE_MOVED"
                )
            )
        ).scalars()
        (said,) = wordings
    assert "2027-01-06调整为2027-01-08" in said
    await change(database, Change.WITHDRAWN)
