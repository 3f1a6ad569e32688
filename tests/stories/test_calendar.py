"""历法: a notice is published and withdrawn while cases run; nobody loses or wins a day."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from activities.calendar_checking import NOTICE_MONTH
from catalog.calendar_files import PublishedYear, build_calendar
from catalog.loader import load_catalog
from console.calendar_desk import CalendarDesk, Changed, read_file
from console.calendar_looking import check_installed
from contracts.commands import Verb
from counter.schedules import create_schedules, schedule_id
from domain.calendar import SHANGHAI, Calendar
from domain.recount import Change
from storage import calendar_findings, calendar_log
from tests.rehearsal.stage import HOME, Stage
from tests.rehearsal.story import Story

SUPERVISOR = "HC0902"
#: As the year's files stand, whose notices follow each other without a gap.
CATALOG = load_catalog()
SHIPPED = CATALOG.calendar
#: The first year without a notice.
YEAR = max(SHIPPED.years) + 1
#: Days for the notice of defects.
LIMIT = 5


def counted(calendar: Calendar, start: date, days: int) -> list[date]:
    """The working days that a limit from this day counts."""
    found: list[date] = []
    day = start
    while len(found) < days:
        day += timedelta(1)
        if calendar.is_working(day):
            found.append(day)
    return found


FILED_ON = SHIPPED.next_working(max(date(YEAR - 1, 12, 29), datetime.now(SHANGHAI).date()))
FILED = datetime.combine(FILED_ON, time(10), SHANGHAI)
#: Two days of the new year that only the invented notice leaves out.
EXTRA = [day for day in counted(SHIPPED, FILED_ON, LIMIT) if day.year == YEAR][:2]
STATUTORY = [day for day in SHIPPED.provisional_holidays if day.year == YEAR]


def notice() -> PublishedYear:
    """The statutory days of the year, and the two."""
    days = [*((SHIPPED.provisional_holidays[day], day) for day in STATUTORY)]
    days += [("样例假", day) for day in EXTRA]
    lines = "".join(f"  - {{name: {name}, from: {day}, to: {day}}}\n" for name, day in days)
    text = (
        f"kind: PUBLISHED\nregion: CN\nyear: {YEAR}\nnotice: 样例通知〔{YEAR - 1}〕1号\n"
        f"published_on: {YEAR - 1}-11-20\nholidays:\n{lines}make_up: []\n"
    )
    return read_file(text.encode(), f"{YEAR}.yaml")


#: Five working days from FILED: by the statutory days alone, and by the invented notice.
PROVISIONAL = counted(SHIPPED, FILED_ON, LIMIT)[-1]
DEFINITE = counted(SHIPPED, FILED_ON, LIMIT + len(EXTRA))[-1]


@asynccontextmanager
async def published(stage: Stage, file: PublishedYear | None = None) -> AsyncIterator[Changed]:
    """The year is published in the home locality, and not any more when the test is over."""
    desk, file = CalendarDesk(stage.offices[HOME]), file or notice()
    done = await desk.publish(file, clerk=SUPERVISOR)
    assert done.change is Change.PUBLISHED
    try:
        yield done
    finally:
        await desk.withdraw(str(file.year), clerk=SUPERVISOR, reason="样例到此为止")


def asked_for() -> int:
    """The last year whose notice the weekly routine asks for today, by the policy's month."""
    today = datetime.now(SHANGHAI).date()
    month = CATALOG.policy(NOTICE_MONTH, HOME, on=today).as_number()
    return today.year + (today.month >= month)


@asynccontextmanager
async def unpublished(stage: Stage, year: int) -> AsyncIterator[PublishedYear]:
    """That year has no notice in the home locality, as before it came out; what it will say."""
    desk = CalendarDesk(stage.offices[HOME])
    files = [file for _, file in CATALOG.calendar_files if isinstance(file, PublishedYear)]
    later = sorted((file for file in files if file.year >= year), key=lambda file: file.year)
    for file in reversed(later):
        await desk.withdraw(str(file.year), clerk=SUPERVISOR, reason="样例：通知尚未公布")
    try:
        yield later[0] if later else notice()
    finally:
        for file in later:
            await desk.publish(file, clerk=SUPERVISOR)


async def filed(stage: Stage) -> Story:
    """A case whose five days for the notice of defects cross into the new year."""
    story = Story(stage)
    desk, application = stage.filing_desk(story.home), await story.application()
    story.case_no = (await desk.file_data(application, folder=story.here, now=FILED)).case_no
    await story.task("INTAKE_CHECK")
    return story


async def moved(story: Story, to: date, times: int = 1) -> dict[str, Any]:
    """The case has taken the register's date, for the so manieth time."""

    async def look() -> dict[str, Any] | None:
        record = await story.case()
        told = [one for one in record["events"] if one["code"] == "DUE_DATE_MOVED"]
        return record if len(told) >= times and record["due_on"] == to else None

    found: dict[str, Any] = await story.until(look, f"due date {to}")
    return found


async def finished(stage: Stage, locality: str) -> Any:
    """The newest re-plan of a locality, when everybody has been told."""
    office = stage.offices[locality]

    async def look() -> Any:
        row = (await office.read(calendar_log.replans))[-1]
        return row if row.finished_at is not None else None

    return await Story(stage).until(look, "the end of the re-plan")


async def deemed(story: Story) -> bool:
    """Whether the case counts as accepted; asked of a case that has just done something."""
    task = await story.task("INTAKE_CHECK")
    await story.stage.offices[HOME].hold(
        task["task_id"], Verb.CLAIM, clerk=story.clerk(task["office"], "INTAKE")
    )
    await story.stage.offices[HOME].hold(
        task["task_id"], Verb.RELEASE, clerk=story.clerk(task["office"], "INTAKE")
    )
    return any(act["code"] == "DEEMED_ACCEPTED" for act in (await story.case())["acts"])


async def accepted(story: Story) -> None:
    """Wait until silence has made the case accepted."""

    async def look() -> bool:
        return any(act["code"] == "DEEMED_ACCEPTED" for act in (await story.case())["acts"])

    await story.until(look, "deemed acceptance")


async def test_a_notice_makes_a_provisional_date_definite_and_moves_task_case_and_timer(
    stage: Stage,
) -> None:
    story = await filed(stage)
    intake = await story.clock("INTAKE")
    assert (intake["due_on"], intake["provisional"]) == (PROVISIONAL, True)
    (explained,) = await stage.offices[HOME].clocks(story.case_no)
    first = explained["log"][0]
    assert first["cause"] == "START"

    async with published(stage) as done:
        latest = done.preview.latest
        assert done.preview.moved >= 1 and latest is not None and latest >= DEFINITE
        record = await moved(story, DEFINITE)
        (clock,) = [one for one in record["clocks"] if one["kind"] == "INTAKE"]
        assert (clock["due_on"], clock["provisional"]) == (DEFINITE, False)
        assert clock["calendar_version"] == done.version_to
        (task,) = [one for one in record["tasks"] if one["status"] == "OPEN"]
        assert (task["due_on"], task["provisional"]) == (DEFINITE, False)

        (now,) = await stage.offices[HOME].clocks(story.case_no)
        assert now["derived_due_on"] == DEFINITE and len(now["log"]) == 2
        (then,) = await stage.offices[HOME].clocks(story.case_no, line=first["id"])
        assert (then["derived_due_on"], then["provisional"]) == (PROVISIONAL, True)
        assert then["calendar"] == done.version_from

        await story.advance_past(PROVISIONAL)
        assert not await deemed(story), "accepted two days before the law says so"
        await story.advance_past(DEFINITE)
        await accepted(story)
        await story.consistent()


async def test_a_timer_that_runs_out_before_the_replan_reaches_its_case_is_no_expiry(
    stage: Stage,
) -> None:
    story = await filed(stage)
    assert (await story.clock("INTAKE"))["due_on"] == PROVISIONAL
    office = stage.offices[HOME]
    calendars = office.calendars
    async with office.database.write() as connection:
        # Published, and the worker is too busy to count again: the re-plan never runs.
        await calendar_log.take(connection)
        before = (await calendars.in_force(connection)).calendar
        calendar = build_calendar([*calendars.files, (str(YEAR), notice())], HOME)
        entry = await calendars.put_in_force(
            connection, calendar, Change.PUBLISHED, actor=SUPERVISOR, at=datetime.now(UTC)
        )
        await calendar_log.change_replan(
            connection, entry, counted_at=datetime.now(UTC), finished_at=datetime.now(UTC)
        )
    try:
        await story.advance_past(PROVISIONAL)

        async def looked() -> bool:
            return bool((await story.clock("INTAKE"))["due_on"] == DEFINITE)

        await story.until(looked, "the register's answer at the end of the limit")
        assert not await deemed(story)
        await moved(story, DEFINITE)
        await story.advance_past(DEFINITE)
        await accepted(story)
        await story.consistent()
    finally:
        async with office.database.write() as connection:
            await calendars.put_in_force(
                connection, before, Change.WITHDRAWN, actor=SUPERVISOR, at=datetime.now(UTC)
            )


async def test_a_wrong_calendar_is_withdrawn_and_the_dates_go_back(stage: Stage) -> None:
    story = await filed(stage)
    async with published(stage) as done:
        await moved(story, DEFINITE)
    record = await moved(story, PROVISIONAL, times=2)
    (clock,) = [one for one in record["clocks"] if one["kind"] == "INTAKE"]
    assert clock["calendar_version"] == done.version_from and clock["provisional"]
    (explained,) = await stage.offices[HOME].clocks(story.case_no)
    replan = await finished(stage, HOME)
    assert replan.urgent >= 1 and replan.armed_at <= replan.finished_at, "it lies earlier again"
    causes = [line["cause"] for line in explained["log"]]
    assert causes == ["START", "PUBLISHED", "WITHDRAWN"]
    await story.advance_past(PROVISIONAL)
    await accepted(story)
    await story.consistent()


async def finding_case(stage: Stage, key: str) -> dict[str, Any]:
    """The open case of a finding of the home locality, waited for until its task is open."""
    office = stage.offices[HOME]

    async def look() -> dict[str, Any] | None:
        cases = [one for one in await office.read(calendar_findings.open_cases)]
        numbers = [one.case_no for one in cases if one.facts["finding"] == key]
        tasks = await office.tasks(limit=1000)
        return next((task for task in tasks if task["case_no"] in numbers), None)

    found: dict[str, Any] = await Story(stage).until(look, f"the task of {key}")
    return found


async def closed(stage: Stage, case_no: str) -> dict[str, Any]:
    """A case of the home locality at its end."""

    async def look() -> dict[str, Any] | None:
        record = await stage.offices[HOME].case(case_no)
        return record if record["closed_at"] else None

    found: dict[str, Any] = await Story(stage).until(look, f"the end of {case_no}")
    return found


async def test_what_the_weekly_routine_finds_is_a_task_of_the_lead_office_until_it_is_gone(
    stage: Stage,
) -> None:
    year = asked_for()
    async with unpublished(stage, year) as file:
        assert file.year == year
        await found_until_gone(stage, file)


async def found_until_gone(stage: Stage, file: PublishedYear) -> None:
    """The year of this notice is asked for, worked on, published, withdrawn and explained."""
    key = f"NOTICE:{file.year}"
    client, office = stage.clients[HOME], stage.offices[HOME]
    await create_schedules(client, HOME)
    await client.get_schedule_handle(schedule_id("日历检查", HOME)).trigger()
    task = await finding_case(stage, key)
    assert (task["kind"], task["office"], task["role"]) == (
        "CALENDAR_FINDING",
        "371002-ZW-01",
        "SUPERVISOR",
    )
    assert task["due_on"] is not None, "it has a limit, so the ladder covers it"
    (found,) = [one for one in await check_installed(office) if one["key"] == key]
    assert found["case_no"] == task["case_no"], "a repeat opens nothing"

    await Story(stage).answered(
        office.decide, task["task_id"], "SEEN_TO", clerk=SUPERVISOR, reason="已去电询问"
    )
    again = await finding_case(stage, key)
    assert again["case_no"] == task["case_no"] and again["task_id"] != task["task_id"]
    assert "STILL_FOUND" in again["findings"], "it is gone when a check says so"

    async with published(stage, file):
        record = await closed(stage, task["case_no"])
        assert record["ending"] == "COMPLETED"
        assert key not in {one["key"] for one in await check_installed(office)}
    other = await finding_case(stage, key)
    assert other["case_no"] != task["case_no"], "withdrawn, it is wanting again"
    await Story(stage).answered(
        office.decide, other["task_id"], "EXPLAINED", clerk=SUPERVISOR, reason="通知尚未公布"
    )
    await closed(stage, other["case_no"])
    (known,) = [one for one in await check_installed(office) if one["key"] == key]
    assert known["case_no"] is None, "what was explained is not asked again while it stands"
    story = Story(stage)
    story.case_no = other["case_no"]
    await story.consistent()
