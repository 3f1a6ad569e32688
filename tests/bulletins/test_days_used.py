"""Whose days: the set-based totals say what the plain counter says, and everything adds up."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, datetime, timedelta

from domain.attribution import Holder
from domain.calendar import SHANGHAI
from domain.responsibility import (
    Days,
    Share,
    days_by_share,
    holdings,
    local_day,
    span,
    total,
)
from storage.database import Database
from storage.responsibility import Known, Used, days_used
from tests.bulletins.world import CATALOG, Step, Told, at, on, put

CALENDAR = CATALOG.calendar
NOW = datetime(2026, 11, 30, 18, 0, tzinfo=SHANGHAI)
FIRST, LAST = on("09-01"), on("11-30")
HOLDERS = ("OURS", "THEIRS", "APPLICANT", "COURIER")


def wandering(chance: random.Random, office: str) -> Told:
    """A case whose ball goes anywhere, at any hour, midnight included."""
    filed_at = at("09-01") + timedelta(minutes=chance.randrange(60 * 24 * 60))
    moment, steps, letters = filed_at, [], []
    for _ in range(chance.randrange(1, 12)):
        if chance.random() < 0.3:
            moment = datetime.combine(moment.date() + timedelta(days=1), datetime.min.time())
            moment = moment.replace(tzinfo=SHANGHAI)
        elif chance.random() < 0.7:
            moment += timedelta(minutes=chance.randrange(60 * 24 * 9))
        code = chance.choice(("STEP", "STEP", "STEP", "SUSPEND", "RESUME"))
        desk = f"{office}-{chance.randrange(3)}"
        steps.append(Step(moment, "REVIEW", chance.choice(HOLDERS), desk, code))
        if chance.random() < 0.2:
            letters.append((moment, chance.choice(("330902", "370402"))))
    if chance.random() < 0.5:
        moment += timedelta(hours=chance.randrange(1, 200))
        steps.append(Step(moment, "ARCHIVED"))
    return Told(
        office=office,
        filed_at=filed_at,
        steps=[one for one in steps if one.at <= NOW] or [Step(filed_at, "SUBMITTED")],
        letters=[one for one in letters if one[0] <= NOW],
        matter=chance.choice(("HUKOU-SPOUSE", "PENSION-TRANSFER")),
    )


def plainly(case: Told, now: datetime = NOW) -> dict[Share, Days]:
    """The days of a case by the plain counter."""
    steps = [
        Step(one.at, one.stage, one.holder, one.office or case.office, one.code)
        for one in case.steps
        if one.at <= now
    ]
    held = holdings(case.filed_at, case.office, steps, case.letters, case.peer)
    return days_by_share(held, case.closed_at, CALENDAR, now)


async def asked(
    database: Database,
    office: str,
    *by: str,
    from_day: date = FIRST,
    to_day: date = LAST,
) -> list[Used]:
    """The days of all cases of an office, set-based."""
    async with database.read() as connection:
        return await days_used(
            connection,
            CALENDAR,
            Known(NOW),
            [office],
            from_day=from_day,
            to_day=to_day,
            by=by,
        )


async def world(database: Database, office: str, seed: int, cases: int = 60) -> list[Told]:
    """Cases of one invented office."""
    chance = random.Random(seed)
    told = [wandering(chance, office) for _ in range(cases)]
    async with database.write() as connection:
        await put(connection, *told)
    return told


async def test_the_totals_over_many_cases_are_those_of_the_plain_counter(
    database: Database,
) -> None:
    told = await world(database, "999001-A", seed=1)
    expected: dict[tuple[str, str, Holder, str], Days] = defaultdict(Days)
    for case in told:
        for share, days in plainly(case).items():
            expected[case.case_no, share.month, share.holder, share.party] += days
    found = {
        (one.case_no, one.month, one.holder, one.party): Days(one.working, one.calendar)
        for one in await asked(database, "999001-A", "case_no", "month", "party")
    }
    assert found == dict(expected)


async def test_for_each_case_the_holders_together_used_the_days_of_the_calendar(
    database: Database,
) -> None:
    told = await world(database, "999002-A", seed=2)
    used = await asked(database, "999002-A", "case_no")
    for case in told:
        own = total(Days(one.working, one.calendar) for one in used if one.case_no == case.case_no)
        assert own == span(case.filed_at, case.closed_at or NOW, CALENDAR)


async def test_for_each_month_the_cases_together_used_its_case_days(database: Database) -> None:
    told = await world(database, "999003-A", seed=3)
    used = await asked(database, "999003-A", "month")
    for month in ("2026-09", "2026-10", "2026-11"):
        days = [
            day
            for case in told
            for day in _days(local_day(case.filed_at), local_day(case.closed_at or NOW))
            if f"{day:%Y-%m}" == month
        ]
        own = total(Days(one.working, one.calendar) for one in used if one.month == month)
        assert own == Days(sum(map(CALENDAR.is_working, days)), len(days))


async def test_every_split_has_the_same_sum(database: Database) -> None:
    await world(database, "999004-A", seed=4)
    sums = {
        total(Days(one.working, one.calendar) for one in await asked(database, "999004-A", *by))
        for by in (("party",), ("matter",), ("month",), ("case_no", "party", "month"))
    }
    assert len(sums) == 1


async def test_a_part_of_the_time_is_counted_as_that_part(database: Database) -> None:
    await world(database, "999005-A", seed=5)
    whole = await asked(database, "999005-A", "party", "month")
    october = await asked(database, "999005-A", "party", from_day=on("10-01"), to_day=on("10-31"))
    assert {(one.holder, one.party): (one.working, one.calendar) for one in october} == {
        (one.holder, one.party): (one.working, one.calendar)
        for one in whole
        if one.month == "2026-10"
    }


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range(1, (last - first).days + 1)]
