"""Ratings and tickets in the figures: worked out by hand, the same whatever comes later."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from sqlalchemy import insert

from domain.bulletins import DayList, ends_at
from domain.figures import Period
from domain.rating_figures import RatingFigures, together
from domain.ratings import Level
from domain.ticket_figures import TicketFigures
from storage.database import Database
from storage.hotline_tables import TicketRow
from storage.rating_tables import RatingAppeal, RatingRow
from storage.ratings import rating_figures
from storage.responsibility import Known
from storage.step_tables import Act, Event
from storage.ticket_figures import tickets_of_period
from tests.bulletins.world import Step, Told, at, on, put

NOVEMBER = Period(on("11-01"), on("11-30"))
END = at("11-30", 23, 59)
PLAIN = DayList("样例", frozenset(), frozenset())
EDGE = "999401-GA-01"
OFFICE, OTHER, LEAD = "999400-GA-01", "999400-SB-01", "999400-ZW-00"
MATTER = "HUKOU-SPOUSE"
_numbers = count(1)

Said = tuple[datetime, str, dict[str, str], str]


def acted(day: str, code: str, office: str = LEAD, **facts: str) -> Said:
    """An act of a follow-up or ticket."""
    return at(day), code, facts, office


def overdue(day: str, clock: str) -> Said:
    """A limit that was marked as passed."""
    return at(day), "OVERDUE", {"clock": clock}, LEAD


async def follow_up(database: Database, matter: str, said: Sequence[Said]) -> str:
    """A case about a case, with acts and marks in this order; its number."""
    told = Told(office=LEAD, filed_at=at("11-01"), steps=[Step(at("11-01"), "X")], matter=matter)
    async with database.write() as connection:
        await put(connection, told)
        for made_in, (moment, code, facts, office) in enumerate(said, 1):
            late = code == "OVERDUE"
            await connection.execute(
                insert(Event).values(
                    case_no=told.case_no,
                    made_in=made_in,
                    number=0,
                    code="OVERDUE" if late else "STEP",
                    stage="X",
                    holder="OURS",
                    office=office,
                    facts=facts if late else {},
                    at=moment,
                )
            )
            if not late:
                await connection.execute(
                    insert(Act).values(
                        case_no=told.case_no,
                        key=f"{code}:{made_in}",
                        code=code,
                        office=office,
                        actor="HC0902",
                        basis="",
                        person=0,
                        facts=facts,
                        effective_on=moment.date(),
                        at=moment,
                        made_in=made_in,
                    )
                )
    return told.case_no


async def rate(
    database: Database, level: Level, day: str = "11-05", said: Sequence[Said] | None = None
) -> str:
    """A rating of a case of its own, and the follow-up of a low one; the rating's number."""
    case = Told(office=OFFICE, filed_at=at("11-02"), steps=[Step(at("11-04"), "ARCHIVED")])
    async with database.write() as connection:
        await put(connection, case)
    rectification = await follow_up(database, "RATING", said) if said is not None else None
    number = f"999400-PJ-{next(_numbers):07d}"
    async with database.write() as connection:
        await connection.execute(
            insert(RatingRow).values(
                rating_no=number,
                case_no=case.case_no,
                occasion="CASE",
                channel="WEB",
                level=level.value,
                source="APPLICANT",
                office=OFFICE,
                matter=MATTER,
                consent=False,
                rectification=rectification,
                digest="",
                given_at=at(day),
            )
        )
    return number


RIGHT = (
    acted("11-06", "RATER_CALLED"),
    acted("11-09", "RATING_VERIFIED", finding="SIMPLE"),
    acted("11-13", "RECTIFICATION_CONFIRMED"),
)
LATE = (
    overdue("11-07", "CONTACT"),
    acted("11-09", "RATER_CALLED"),
    acted("11-10", "RATING_VERIFIED", finding="COMPLEX"),
    overdue("11-24", "RECTIFICATION"),
    acted("12-02", "RECTIFICATION_CONFIRMED"),
)


@pytest.fixture(scope="module")
async def world(database: Database) -> AsyncIterator[Database]:
    """Five ratings in November, of which an appeal took one out; one before and one after it."""
    await rate(database, Level.VERY_SATISFIED)
    await rate(database, Level.BASIC)
    await rate(database, Level.DISSATISFIED, said=RIGHT)
    await rate(database, Level.VERY_DISSATISFIED, said=LATE)
    taken_out = await rate(database, Level.VERY_DISSATISFIED, said=())
    review = await follow_up(database, "RATING_APPEAL", [acted("11-20", "APPEAL_UPHELD")])
    async with database.write() as connection:
        await connection.execute(
            insert(RatingAppeal).values(
                case_no=review,
                rating_no=taken_out,
                party="OFFICE",
                ground="MISTAKEN",
                words="样例",
                by="HC0102",
                made_at=at("11-19"),
            )
        )
    await rate(database, Level.SATISFIED, "10-30")
    await rate(database, Level.SATISFIED, "12-01")
    silent = Told(office=OFFICE, filed_at=at("11-02"), steps=[Step(at("11-20"), "ARCHIVED")])
    async with database.write() as connection:
        await put(connection, silent)
    yield database


async def figures(
    database: Database, as_of: datetime = END, default_days: int = 0
) -> RatingFigures:
    async with database.read() as connection:
        found = await rating_figures(
            connection, Known(as_of), NOVEMBER, calendar=PLAIN, default_days=default_days
        )
    return together(one for one in found if one.office == OFFICE)


async def test_ratings_are_counted_with_what_became_of_the_low_ones(world: Database) -> None:
    found = await figures(world)
    assert {level.value: number for level, number in found.given.items() if number} == {
        "VERY_SATISFIED": 1,
        "BASIC": 1,
        "DISSATISFIED": 1,
        "VERY_DISSATISFIED": 1,
    }
    assert found.average == "2.75"  # 5 + 3 + 2 + 1 over four
    assert (found.low, found.called_back, found.called_back_in_time) == (2, 2, 1)
    # The second one was confirmed in December, after the day that is asked about.
    assert (found.to_rectify, found.rectified, found.rectified_in_time) == (2, 1, 1)


async def test_a_past_day_does_not_know_what_came_after_it(world: Database) -> None:
    early = await figures(world, at("11-08"))
    assert (early.total_given, early.low) == (5, 3)  # the appeal was upheld on the 20th
    assert (early.called_back, early.to_rectify) == (1, 0)
    later = await figures(world, at("12-20"))
    assert (later.rectified, later.rectified_in_time) == (2, 1)


@pytest.mark.parametrize(("days", "default"), [(0, 0), (5, 2), (6, 1)])
async def test_silence_is_a_rating_of_its_own_column_where_the_policy_says_so(
    world: Database, days: int, default: int
) -> None:
    # One closed on Friday the 20th: 23 to 27 are five working days, the 30th has begun. The other
    # closed on the 4th and was rated in December, which November does not know.
    found = await figures(world, default_days=days)
    assert (found.default, found.total_given) == (default, 4)


async def test_silence_at_the_edge_of_a_period_counts_where_it_falls_due(
    database: Database,
) -> None:
    # Closed on Friday the 27th, done but for the check of a promise: five working days end on
    # Friday 12-04. Neither the month nor the day of closing knows of it.
    edge = Told(
        office=EDGE,
        filed_at=at("11-02"),
        steps=[Step(at("11-27"), "AFTER_CHECK"), Step(at("12-10"), "ARCHIVED")],
    )
    async with database.write() as connection:
        await put(connection, edge)

    async def defaults(first: str, last: str, form: int = 3) -> int:
        period = Period(on(first), on(last))
        async with database.read() as connection:
            found = await rating_figures(
                connection,
                Known(ends_at(period)),
                period,
                calendar=PLAIN,
                default_days=5,
                form=form,
            )
        return sum(one.default for one in found if one.office == EDGE)

    assert await defaults("11-01", "11-30") == 0
    assert await defaults("12-01", "12-31") == 1
    assert [await defaults(day, day) for day in ("12-03", "12-04", "12-05")] == [0, 1, 0]
    # As it was counted before: by the day of closing, so that no day ever held both.
    assert await defaults("12-10", "12-10", 2) == 0
    assert await defaults("12-01", "12-31", 2) == 1


# ------------------------------------------------------------------ tickets


async def ticket(database: Database, day: str, said: Sequence[Said]) -> None:
    """A ticket that was taken in on that day."""
    case_no = await follow_up(database, "HOTLINE", said)
    async with database.write() as connection:
        await connection.execute(
            insert(TicketRow).values(
                ticket_no=f"T{case_no}",
                case_no=case_no,
                category="CONSULTATION",
                words="样例",
                called_at=at(day),
                taken_at=at(day),
            )
        )


async def tickets(database: Database, as_of: datetime = END) -> dict[str, TicketFigures]:
    async with database.read() as connection:
        found = await tickets_of_period(connection, Known(as_of), NOVEMBER)
    return {one.office: one for one in found}


async def test_tickets_are_counted_by_round_and_by_who_answered(database: Database) -> None:
    before: Any = (await tickets(database)).get("", TicketFigures())
    await ticket(
        database,
        "11-03",
        [
            acted("11-04", "TICKET_NOT_OURS", OTHER),
            acted("11-06", "TICKET_REPLIED", OFFICE, round="1"),
            overdue("11-16", "HANDLING"),
            acted("11-17", "TICKET_REPLIED", OFFICE, round="2"),
            acted("11-18", "TICKET_CLOSED", verdict="SATISFIED"),
        ],
    )
    await ticket(database, "11-30", [acted("11-30", "TICKET_RETURNED")])
    await ticket(database, "10-30", [acted("12-01", "TICKET_REPLIED", OFFICE, round="1")])
    found = await tickets(database)
    whole = found[""]
    assert whole.received == before.received + 2
    assert whole.returned == before.returned + 1
    assert (whole.closed, whole.satisfied) == (before.closed + 1, before.satisfied + 1)
    assert found[OFFICE] == TicketFigures(office=OFFICE, replied=2, on_time=1, repeated=1)
    assert found[OTHER] == TicketFigures(office=OTHER, returned=1)
    assert LEAD not in found
    early = await tickets(database, at("11-10"))
    assert early[OFFICE] == TicketFigures(office=OFFICE, replied=1, on_time=1)
