"""What ratings add up to: figures by office and matter, and the results that are published.

Read by the console and by the bulletins. Nothing here names a person, a case or a clerk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.families import ALONE
from domain.calendar import SHANGHAI, Calendar
from domain.casework import ActCode, ClockKind
from domain.clocks import due_instant
from domain.rating_figures import GivenRating, RatingFigures, SilentCase, figures
from domain.ratings import Level, Occasion
from storage.cases import family_of_case
from storage.rating_register import excluded
from storage.rating_tables import RatingRow
from storage.tables import Act, Case, ClockRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedResult:
    """What the public reads of a low rating that was dealt with."""

    office: str
    matter_name: str
    level: Level
    published_on: date
    finding: str  # SIMPLE, COMPLEX or UNFOUNDED


async def rating_figures(
    connection: AsyncConnection,
    period: tuple[date, date],
    *,
    calendar: Calendar,
    default_days: int = 0,
    today: date | None = None,
) -> tuple[RatingFigures, ...]:
    """The figures of a period (first and last day), by office and matter, as known at the end of
    ``today`` (the last day unless given). ``default_days``: policy ``rating.default_days``."""
    first, last = period
    known_on = today or last
    start = datetime.combine(first, time(), SHANGHAI)
    end, known = due_instant(last), due_instant(known_on)
    rows = (
        await connection.execute(
            select(
                RatingRow.office, RatingRow.matter, RatingRow.level, RatingRow.rectification
            ).where(RatingRow.given_at >= start, RatingRow.given_at < end, ~excluded())
        )
    ).all()
    followed = await _followed(connection, [row.rectification for row in rows], known_on, known)
    nobody_rated = ~exists().where(
        RatingRow.case_no == Case.case_no, RatingRow.occasion == Occasion.CASE.value
    )
    closed = await connection.execute(
        select(
            Case.filing["desks"]["station"].astext.label("office"), Case.matter, Case.closed_at
        ).where(
            Case.kind == "HOME",
            Case.closed_at >= start,
            Case.closed_at < end,
            family_of_case().not_in(list(ALONE)),
            nobody_rated,
        )
    )
    return figures(
        (
            GivenRating(
                office=row.office,
                matter=row.matter,
                level=Level(row.level),
                **followed.get(row.rectification, {}),
            )
            for row in rows
        ),
        (
            SilentCase(
                office=row.office,
                matter=row.matter,
                closed_on=row.closed_at.astimezone(SHANGHAI).date(),
            )
            for row in closed
        ),
        today=known_on,
        default_days=default_days,
        calendar=calendar,
    )


async def published(
    connection: AsyncConnection, *, limit: int = 100
) -> tuple[PublishedResult, ...]:
    """The newest results of low ratings; what an upheld appeal excluded is not among them."""
    rows = await connection.execute(
        select(RatingRow.office, RatingRow.level, Case.matter_name, Act.effective_on, Act.facts)
        .join(Act, Act.case_no == RatingRow.rectification)
        .join(Case, Case.case_no == RatingRow.case_no)
        .where(Act.code == ActCode.RATING_PUBLISHED.value, Act.voided_at.is_(None), ~excluded())
        .order_by(Act.id.desc())
        .limit(limit)
    )
    return tuple(
        PublishedResult(
            office=row.office,
            matter_name=row.matter_name,
            level=Level(row.level),
            published_on=row.effective_on,
            finding=row.facts.get("finding", ""),
        )
        for row in rows
    )


async def _followed(
    connection: AsyncConnection, cases: Iterable[str | None], known_on: date, known: datetime
) -> dict[str | None, dict[str, bool | None]]:
    """What each 差评整改 has come to."""
    numbers = [one for one in cases if one]
    acts: dict[str, set[str]] = defaultdict(set)
    for row in await connection.execute(
        select(Act.case_no, Act.code).where(
            Act.case_no.in_(numbers), Act.voided_at.is_(None), Act.at < known
        )
    ):
        acts[row.case_no].add(row.code)
    clocks: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for clock in await connection.execute(
        select(ClockRow.case_no, ClockRow.kind, ClockRow.due_on, ClockRow.stopped_on).where(
            ClockRow.case_no.in_(numbers), ClockRow.started_on <= known_on
        )
    ):
        clocks[clock.case_no, clock.kind].append(clock)
    found: dict[str | None, dict[str, bool | None]] = {}
    for number in numbers:
        called = ActCode.RATER_CALLED.value in acts[number]
        asked = clocks[number, ClockKind.RECTIFICATION.value]
        confirmed = ActCode.RECTIFICATION_CONFIRMED.value in acts[number]
        found[number] = {
            "called_back": called,
            "called_back_in_time": called and _in_time(clocks[number, ClockKind.CONTACT.value]),
            "rectified": confirmed if asked else None,
            "rectified_in_time": confirmed and _in_time(asked) if asked else None,
        }
    return found


def _in_time(clocks: list[Any]) -> bool:
    return all(
        one.stopped_on is not None and one.due_on is not None and one.stopped_on <= one.due_on
        for one in clocks
    )
