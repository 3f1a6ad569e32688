"""Issued bulletins and digests: once per period, never changed, cut where nothing is missing."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from activities.calendars import Calendars
from bulletins.compiling import compiled
from bulletins.issuing import BulletinRoom
from bulletins.view import view
from domain.bulletins import BulletinKind, canonical, digest_of, period_of
from domain.errors import DomainError
from storage import bulletins, digests
from storage.database import Database
from tests.bulletins.world import CATALOG, Step, Told, at, put
from tests.storage.builders import NOW, open_case, record, step

DAILY = BulletinKind.DAILY
OFFICE = "371002-GA-01"


@pytest.fixture
def room(database: Database) -> BulletinRoom:
    return BulletinRoom(database, CATALOG, "371002", Calendars(CATALOG, "371002").current)


async def test_a_period_has_one_bulletin_however_many_ask_at_once(room: BulletinRoom) -> None:
    period, now = period_of(DAILY, date(2026, 3, 2)), datetime(2026, 3, 3, 1, tzinfo=UTC)
    first, second = await asyncio.gather(*(room.issue(DAILY, period, now) for _ in range(2)))
    assert first == second
    assert (await room.by_number(first.number)).digest == digest_of(first.content)


async def test_an_issued_bulletin_is_computed_again_whatever_came_later(
    room: BulletinRoom, database: Database
) -> None:
    async with database.write() as connection:
        await put(
            connection,
            Told(
                office=OFFICE,
                filed_at=at("03-09"),
                steps=[Step(at("03-09", 11), "REVIEW", acts=("ACCEPTED",))],
            ),
        )
    period, now = period_of(DAILY, date(2026, 3, 9)), datetime(2026, 3, 10, 1, tzinfo=UTC)
    issued = await room.issue(DAILY, period, now)
    assert json.loads(issued.content)["total"]["received"] == 1
    async with database.write() as connection:
        await put(
            connection,
            Told(office=OFFICE, filed_at=at("03-09", 12), steps=[Step(at("03-09", 13), "REVIEW")]),
        )
    verdict = await room.verify(issued.number)
    assert verdict.kept and verdict.same
    assert digest_of(canonical(await room.preview(DAILY, period, now))) == issued.digest
    other = await room.preview(DAILY, period, datetime(2026, 3, 10, 2, tzinfo=UTC))
    assert other["total"]["received"] == 2


async def test_a_trail_that_was_tampered_with_is_found_out(
    room: BulletinRoom, database: Database
) -> None:
    told = Told(office=OFFICE, filed_at=at("03-16"), steps=[Step(at("03-16", 11), "REVIEW")])
    async with database.write() as connection:
        await put(connection, told)
    period, now = period_of(DAILY, date(2026, 3, 16)), datetime(2026, 3, 17, 1, tzinfo=UTC)
    issued = await room.issue(DAILY, period, now)
    async with database.write() as connection:
        await connection.execute(
            text("UPDATE cases SET received_on = '2026-03-17' WHERE case_no = :case_no"),
            {"case_no": told.case_no},
        )
    verdict = await room.verify(issued.number)
    assert verdict.kept and not verdict.same


async def test_a_bulletin_of_the_first_form_is_still_computed_again(
    room: BulletinRoom, database: Database
) -> None:
    """It has no ratings and no tickets, and keeps its digest."""
    period, now = period_of(DAILY, date(2026, 3, 18)), datetime(2026, 3, 19, 1, tzinfo=UTC)
    reference = {
        name: value
        for name, value in (await room.preview(DAILY, period, now))["reference"].items()
        if name != "default_days"
    }
    async with database.write() as connection:
        cut = await bulletins.take_cut(connection)
        old = await compiled(connection, reference, DAILY, period, as_of=now, cut=cut, form=1)
        assert "ratings" not in old
        await bulletins.keep(
            connection,
            bulletins.Issued(
                number="日报〔2026〕371002-9001",
                kind=DAILY,
                first_day=period.first,
                last_day=period.last,
                as_of=now,
                cut=cut,
                digest=digest_of(canonical(old)),
                content=canonical(old),
                issued_at=now,
            ),
        )
    verdict = await room.verify("日报〔2026〕371002-9001")
    assert verdict.kept and verdict.same
    titles = [one.title for one in view(old, verdict.number, verdict.digest).sheets]
    assert "督办" in titles and "群众评价" not in titles


async def test_a_period_that_is_not_over_is_not_issued(room: BulletinRoom) -> None:
    period = period_of(DAILY, date(2026, 3, 20))
    with pytest.raises(DomainError, match="尚未结束"):
        await room.issue(DAILY, period, datetime(2026, 3, 20, 15, 59, tzinfo=UTC))


async def test_an_unknown_number_is_refused(room: BulletinRoom) -> None:
    with pytest.raises(DomainError, match="已发布通报的列表"):
        await room.verify("日报〔2026〕371002-0000")


@pytest.mark.parametrize("table", ["bulletins", "morning_digests"])
async def test_what_was_issued_is_never_changed(
    room: BulletinRoom, database: Database, table: str
) -> None:
    await room.issue(DAILY, period_of(DAILY, date(2026, 3, 3)), datetime(2026, 3, 4, 1, tzinfo=UTC))
    async with database.write() as connection:
        await digests.keep(connection, date(2026, 3, 3), {OFFICE: {}}, NOW)
    for change in (f"DELETE FROM {table}", f"UPDATE {table} SET "):
        column = {"bulletins": "content = ''", "morning_digests": "content = '{}'"}[table]
        with pytest.raises(DBAPIError, match="append-only"):
            async with database.write() as connection:
                await connection.execute(text(change + (column if "SET" in change else "")))


async def test_the_cut_waits_for_a_step_that_is_being_written(database: Database) -> None:
    async with database.engine.connect() as writing:
        transaction = await writing.begin()
        await put(
            writing,
            Told(office="999300-A", filed_at=at("03-23"), steps=[Step(at("03-23"), "REVIEW")]),
        )
        newest = (await writing.execute(text("SELECT max(id) FROM events"))).scalar_one()

        with pytest.raises(DBAPIError, match="lock timeout"):
            async with database.write() as connection:
                await connection.execute(text("SET LOCAL lock_timeout = '50ms'"))
                await bulletins.take_cut(connection)
        await transaction.commit()
    async with database.write() as connection:
        assert await bulletins.take_cut(connection) >= newest


async def test_a_digest_says_what_is_due_late_and_with_others(database: Database) -> None:
    filing = await open_case(database)
    opened = {
        "task_id": f"{filing.case_no}-T1",
        "kind": "REVIEW",
        "title": "迁入审核",
        "office": "371002-GA-02",
        "role": "HANDLER",
    }
    await record(
        database,
        step(filing, 1, holder="THEIRS", office="371002-GA-02", tasks_opened=(opened,)),
    )
    due_on = date(2026, 11, 30)
    async with database.write() as connection:
        await connection.execute(
            text("UPDATE tasks SET due_on = :due_on WHERE case_no = :case_no"),
            {"due_on": due_on, "case_no": filing.case_no},
        )
    async with database.read() as connection:
        on_the_day = await digests.contents(connection, ["371002-GA-02"], due_on)
        later = await digests.contents(connection, ["371002-GA-02"], date(2026, 12, 1))
        earlier = await digests.contents(connection, ["371002-GA-02"], date(2026, 11, 27))
    listed = {
        "task_id": opened["task_id"],
        "case_no": filing.case_no,
        "title": "迁入审核",
        "due_on": "2026-11-30",
    }
    assert on_the_day["371002-GA-02"] == {
        "due_today": [listed],
        "late": [],
        "counts": {"due_today": 1},
        "waiting": {"THEIRS": 1},
        "rungs": [],
    }
    assert later["371002-GA-02"]["late"] == [listed]
    assert earlier["371002-GA-02"]["counts"] == {}


async def test_the_first_digest_of_a_day_stands_and_the_newest_is_shown(
    database: Database,
) -> None:
    async with database.write() as connection:
        await digests.keep(connection, date(2026, 4, 1), {"999301-A": {"counts": {}}}, NOW)
        await digests.keep(connection, date(2026, 4, 2), {"999301-A": {"counts": {"late": 1}}}, NOW)
        await digests.keep(connection, date(2026, 4, 2), {"999301-A": {"counts": {"late": 9}}}, NOW)
        await digests.keep(connection, date(2026, 4, 2), {}, NOW)
        (shown,) = await digests.newest(connection, ["999301-A"])
    assert (shown["day"], shown["content"]) == (date(2026, 4, 2), {"counts": {"late": 1}})
