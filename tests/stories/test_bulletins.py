"""通报与晨报: cases on the real system, late and returned ones; figures stay what they were."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest_asyncio

from bulletins.issuing import BulletinRoom
from console.responsibility import answer
from contracts import ids
from contracts.bulletins import BulletinRequest, BulletinResult, DigestRequest, DigestResult
from counter.schedules import ROUTINES
from domain.bulletins import BulletinKind, canonical, digest_of, ends_at, period_of
from domain.calendar import SHANGHAI
from storage.digests import newest
from tests.rehearsal.stage import HOME, Stage
from tests.rehearsal.story import Story

STATION, BUREAU = f"{HOME}-GA-01", f"{HOME}-GA-00"


class Month:
    """A month of the locality, as its supervisors see it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.office = stage.offices[HOME]
        self.room = BulletinRoom(
            self.office.database, stage.catalog, HOME, self.office.calendars.current
        )

    async def run(self, workflow: str, request: Any, result: type[Any]) -> Any:
        """Let a routine run now."""
        return await self.stage.clients[HOME].execute_workflow(
            workflow,
            request,
            result_type=result,
            id=f"{workflow}-{HOME}-{self.stage.new_serial()}",
            task_queue=ids.task_queue(HOME),
            execution_timeout=timedelta(seconds=40),
        )

    async def issue(self, kind: str, at: datetime) -> tuple[str, ...]:
        """The numbers that a run issued."""
        name = {"DAILY": "日通报", "MONTHLY": "月通报"}[kind]
        request = BulletinRequest(locality=HOME, kind=kind, at=at)
        issued: BulletinResult = await self.run(name, request, BulletinResult)
        return issued.numbers

    async def figures(self, at: datetime) -> dict[str, Any]:
        """The figures of the month up to `at`."""
        period = period_of(BulletinKind.MONTHLY, at.astimezone(SHANGHAI).date())
        found = await self.room.preview(BulletinKind.MONTHLY, period, at)
        figures: dict[str, Any] = json.loads(canonical(found))
        return figures


@pytest_asyncio.fixture
async def month(stage: Stage) -> Month:
    """The month of the home locality."""
    return Month(stage)


async def test_a_bulletin_issued_once_is_computed_again_to_the_same_digest(
    stage: Stage, month: Month
) -> None:
    returned = Story(stage)
    await returned.file()
    await returned.decide("INTAKE_CHECK", "CORRECT", defects=("缺少落户地址证明",))
    late = Story(stage)
    await late.file()
    await late.play("REVIEW")
    await late.advance(60)
    await late.event("OVERDUE")

    day = datetime.now(SHANGHAI).date()
    period = period_of(BulletinKind.MONTHLY, day)
    after = ends_at(period) + timedelta(days=100)
    *_, number = await month.issue("MONTHLY", after)  # what was missed before is made up first
    assert await month.issue("MONTHLY", after) == ()
    issued = await month.room.by_number(number)
    content = json.loads(issued.content)
    assert issued.digest == digest_of(issued.content)

    # The issued one is of a month when nobody had filed yet, or this one: the story goes on.
    another = Story(stage)
    await another.file()
    await another.play("APPROVAL")
    verdict = await month.room.verify(number)
    assert verdict.kept and verdict.same
    again = await month.room.preview(
        BulletinKind.MONTHLY, period_of(BulletinKind.MONTHLY, issued.first_day), issued.as_of
    )
    assert digest_of(canonical(again)) == issued.digest == digest_of(canonical(content))


async def test_cases_that_are_late_or_returned_stand_in_the_figures(
    stage: Stage, month: Month
) -> None:
    now = datetime.now(UTC)
    before = (await month.figures(now))["total"]
    returned = Story(stage)
    await returned.file()
    await returned.decide("INTAKE_CHECK", "CORRECT", defects=("缺少落户地址证明",))
    accepted = Story(stage)
    await accepted.file()
    await accepted.decide("INTAKE_CHECK", "ACCEPT")
    refused = Story(stage)
    await refused.file()
    await refused.decide(
        "INTAKE_CHECK", "NOT_ACCEPT", reason="不属于本机关职权", remedy="请向有权机关申请"
    )
    await refused.stage_is("NOT_ACCEPTED")
    after = (await month.figures(datetime.now(UTC) + timedelta(seconds=5)))["total"]
    grown = {
        name: after[name] - before[name]
        for name in ("accepted", "not_accepted", "ended", "notices", "repeat_notices", "late")
    }
    assert grown == {
        "accepted": 1,
        "not_accepted": 1,
        "ended": 1,
        "notices": 1,
        "repeat_notices": 0,
        "late": 0,
    }


async def test_the_days_of_a_case_add_up_to_the_calendar_and_name_the_offices(
    stage: Stage, month: Month
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("APPROVAL")
    await story.advance(14)
    await story.decide("APPROVAL", "APPROVE")
    found = await answer(
        month.office,
        clerk=None,
        case_no=story.case_no,
        by="party",
        from_day=None,
        to_day=None,
        now=datetime.now(UTC),
    )
    assert found.adds_up
    assert found.calendar >= 14
    assert {one.party for one in found.used if one.working} == {BUREAU}


async def test_the_morning_digest_tells_each_office_what_its_day_holds(
    stage: Stage, month: Month
) -> None:
    story = Story(stage)
    await story.file()
    task = await story.task("INTAKE_CHECK")
    morning = datetime.combine(task["due_on"], datetime.min.time(), SHANGHAI) + timedelta(hours=8)
    made: DigestResult = await month.run(
        "晨报", DigestRequest(locality=HOME, at=morning), DigestResult
    )
    assert made.offices == len(stage.catalog.locality(HOME).offices)
    async with month.office.database.read() as connection:
        (digest,) = await newest(connection, [STATION])
    assert digest["day"] == task["due_on"]
    listed = digest["content"]["due_today"]
    assert digest["content"]["counts"]["due_today"] >= len(listed) > 0

    again: DigestResult = await month.run(
        "晨报", DigestRequest(locality=HOME, at=morning), DigestResult
    )
    assert again == made
    sunday = morning + timedelta(days=6 - morning.weekday())
    silent: DigestResult = await month.run(
        "晨报", DigestRequest(locality=HOME, at=sunday + timedelta(days=7)), DigestResult
    )
    assert silent.offices in (0, made.offices)


async def test_a_day_that_was_missed_is_made_up(stage: Stage, month: Month) -> None:
    start = datetime.now(UTC) + timedelta(days=400)
    # One, or as many as are made up at most where a day was issued before this story.
    assert await month.issue("DAILY", start)
    made_up = await month.issue("DAILY", start + timedelta(days=3))
    assert len(made_up) == 3
    assert await month.issue("DAILY", start + timedelta(days=3)) == ()


def test_the_routines_stand_in_the_schedules_of_every_locality() -> None:
    planned = {routine.workflow: routine.times[0] for routine in ROUTINES}
    assert planned["晨报"].hour[0].start == 8
    assert planned["月通报"].day_of_month[0].start == 1
    assert planned["日通报"].hour[0].start < planned["晨报"].hour[0].start
