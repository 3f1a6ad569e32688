"""Working days on limits that bind an office: the set-based count is the day-by-day one."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from domain.calendar import SHANGHAI
from domain.figures import Period
from storage.database import Database
from storage.figures import case_facts
from storage.responsibility import Known
from tests.bulletins.world import CATALOG, Step, Told, at, put

CALENDAR = CATALOG.calendar
OFFICE = "999400-A"
PERIOD = Period(date(2026, 11, 1), date(2026, 11, 30))
EFFECTS = ("ESCALATE", "DEEMED_ACCEPTED", "LAPSED", "REMIND", "EXPIRED")


def limits(chance: random.Random, filed_on: date) -> list[dict[str, Any]]:
    """Limits that overlap, pause and end in any order, some of them nobody's at the office."""
    found = []
    for _ in range(chance.randrange(5)):
        started_on = filed_on + timedelta(days=chance.randrange(20))
        stopped_on = started_on + timedelta(days=chance.randrange(25))
        pauses = []
        for _ in range(chance.randrange(3)):
            paused = started_on + timedelta(days=chance.randrange(15))
            resumed = paused + timedelta(days=chance.randrange(8))
            pauses.append({"from_day": paused.isoformat(), "to_day": resumed.isoformat()})
        found.append(
            {
                "started_on": started_on,
                "stopped_on": stopped_on,
                "due_on": started_on + timedelta(days=14),
                "effect": chance.choice(EFFECTS),
                "pauses": pauses,
            }
        )
    return found


def counted(clocks: list[dict[str, Any]]) -> int:
    """The same, one day after the other."""
    days = set()
    for clock in clocks:
        if clock["effect"] not in ("ESCALATE", "DEEMED_ACCEPTED"):
            continue
        day = clock["started_on"] + timedelta(days=1)
        while day <= clock["stopped_on"]:
            paused = any(
                one["from_day"] <= day.isoformat() < one["to_day"] for one in clock["pauses"]
            )
            if CALENDAR.is_working(day) and not paused:
                days.add(day)
            day += timedelta(days=1)
    return len(days)


def late(clocks: list[dict[str, Any]]) -> bool:
    """Whether a limit of the office was stopped after its day."""
    return any(
        clock["stopped_on"] > clock["due_on"]
        for clock in clocks
        if clock["effect"] in ("ESCALATE", "DEEMED_ACCEPTED")
    )


async def test_days_on_overlapping_and_paused_limits_are_counted_once(database: Database) -> None:
    chance = random.Random(7)
    told = []
    for number in range(80):
        # A matter of its own tells the cases apart: the facts of a case have no number.
        filed_at = at("09-21") + timedelta(days=chance.randrange(20))
        told.append(
            Told(
                office=OFFICE,
                filed_at=filed_at,
                matter=f"M{number}",
                steps=[Step(at("11-20"), "ARCHIVED")],
                ending="COMPLETED",
                clocks=limits(chance, filed_at.astimezone(SHANGHAI).date()),
            )
        )
    async with database.write() as connection:
        await put(connection, *told)
    async with database.read() as connection:
        facts = await case_facts(connection, CALENDAR, Known(at("11-30", 23)), [OFFICE], PERIOD)
    found = {one.matter: (one.counted, one.late) for one in facts}
    assert found == {
        case.matter: (counted(list(case.clocks)), late(list(case.clocks))) for case in told
    }
