"""养老保险关系转移 over a Spring Festival: three times fifteen working days, each ends rightly.

The festival is a test calendar's: a block of days off that begins the week after next, with two
make-up days, published in both localities as a notice is. What is the right day is counted by the
slow counter, one day after the other.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import yaml

from console.calendar_desk import CalendarDesk, read_file
from domain.calendar import SHANGHAI
from storage import calendar_log
from tests.domain.slow_counter import Days, Period, last_day
from tests.rehearsal.stage import HOME, ORIGIN, Stage, open_stage
from tests.rehearsal.transfer import TransferStory
from tests.transfers.pension_stories import applied

_DAY = timedelta(days=1)
_SUPERVISORS = {HOME: "HC0902", ORIGIN: "DH0902"}


def festivals(today: date) -> tuple[list[date], list[date]]:
    """Two blocks of eight days off, and the weekend days worked for each."""
    monday = today + timedelta(days=14 - today.weekday())
    off: list[date] = []
    worked: list[date] = []
    for start in (monday, monday + timedelta(days=28)):
        off += [start + timedelta(days=number) for number in range(8)]
        worked += [start - 2 * _DAY, start + timedelta(days=12)]
    return off, worked


async def put_in_force(stage: Stage, off: list[date], worked: list[date]) -> None:
    """A notice per year that the days touch, in both localities."""
    for year in sorted({day.year for day in (*off, *worked)}):
        file = yaml.safe_dump(
            {
                "kind": "PUBLISHED",
                "region": "CN",
                "year": year,
                "notice": f"样例通知〔{year}〕1号",
                "published_on": date(year - 1, 11, 20),
                "holidays": [
                    {"name": "春节", "from": str(day), "to": str(day)}
                    for day in off
                    if day.year == year
                ],
                "make_up": [day for day in worked if day.year == year],
            },
            allow_unicode=True,
        )
        for locality, clerk in _SUPERVISORS.items():
            office = stage.offices[locality]
            await CalendarDesk(office).publish(read_file(file.encode(), "样例.yaml"), clerk=clerk)

            async def counted() -> bool:
                return not await office.read(calendar_log.unfinished)  # noqa: B023

            await TransferStory(stage).until(counted, f"the re-plan of {locality}")


async def ends_on_the_right_day(
    story: TransferStory, kind: str, days: Days, *, leg: bool = False
) -> dict[str, Any]:
    """The limit of fifteen days is the slow counter's, and is late after that day, not before."""
    clock = await story.clock(kind, leg=leg)
    right = last_day(Period(clock["started_on"], 15, True, False), days)
    assert right is not None
    assert (clock["length"], clock["due_on"], clock["provisional"]) == (15, right, False)
    between = [clock["started_on"] + n * _DAY for n in range(1, (right - clock["started_on"]).days)]
    assert any(day in days.off for day in between), "the festival lies within"

    async def late() -> bool:
        record = await (story.leg() if leg else story.case())
        return any(
            event["code"] == "OVERDUE" and event["facts"]["clock"] == kind
            for event in record["events"]
        )

    which = {"home": not leg, "leg": leg}
    await story.advance_past(right - _DAY, **which)
    assert not await late(), f"{kind} is late before its last day is over"
    await story.advance_past(right, **which)
    await story.until(late, f"{kind} late after {right}")
    return clock


async def test_every_leg_of_a_pension_transfer_ends_on_the_right_day_over_the_festival() -> None:
    async with open_stage() as stage:
        off, worked = festivals(datetime.now(SHANGHAI).date())
        await put_in_force(stage, off, worked)
        days = Days(set(off), set(worked))
        story = await applied(stage)
        await story.work("INTAKE_CHECK=ACCEPT")
        await ends_on_the_right_day(story, "DECISION", days)
        await story.work("PENSION_REVIEW=PASS")
        await story.task("PENSION_EXAMINATION")
        await ends_on_the_right_day(story, "RELEASE", days, leg=True)
        await story.work("PENSION_EXAMINATION=PASS", "PENSION_RELEASE=RELEASE")
        await story.task("PENSION_BOOKING")
        booking = await ends_on_the_right_day(story, "BOOKING", days)
        decision = await story.clock("DECISION")
        assert booking["started_on"] > decision["due_on"], "one after the other"
        await story.work("PENSION_BOOKING=BOOK", "DELIVERY=ELECTRONIC")
        await story.ends("ARCHIVED", "COMPLETED")
