"""One bulletin's content: the same inputs give the same bytes, today and in years.

Called by `bulletins.issuing`, for issuing, previews and verifying. The inputs are the period, the
cut of the trail, and the reference: what of calendar and catalogue the figures depend on, as it
was when the bulletin was compiled. It is part of the content.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from catalog.catalog import Catalog
from domain import figures as counting
from domain.bulletins import BulletinKind, DayList, ends_at
from domain.calendar import SHANGHAI, Calendar
from domain.figures import Period
from domain.rating_figures import RatingFigures, together
from domain.ticket_figures import TicketFigures
from storage import figures
from storage.ratings import rating_figures
from storage.responsibility import Known, Used, days_used, first_day
from storage.ticket_figures import tickets_of_period

Content = dict[str, Any]
#: Raised when figures are added or defined anew. An issued bulletin is computed again in its own
#: format: 1 has no ratings and no tickets; up to 2 pauses and after-checks counted as limits, and
#: defaults of silence by the day of closing (docs/figures.md).
FORMAT = 3


async def reference_of(
    connection: AsyncConnection,
    catalog: Catalog,
    calendar: Calendar,
    locality: str,
    period: Period,
    as_of: datetime,
) -> Content:
    """What of calendar and catalogue the figures of the period depend on, as it is now."""
    own = catalog.locality(locality)
    base = await first_day(connection, period)
    last = max(period.last, as_of.astimezone(SHANGHAI).date())
    return {
        "catalog_version": catalog.version,
        "locality": locality,
        "locality_name": own.name,
        "calendar": DayList.of(calendar, base, last).kept(),
        "offices": {one.code: one.name for one in own.offices},
        "matters": {
            **{one.code: one.name for one in catalog.matters.values()},
            **{one.code: one.name for one in catalog.transfers.values()},
            **{one.id: one.name for one in catalog.items.values()},
        },
        "localities": {
            one.code: one.name for one in catalog.localities.values() if one.code != locality
        },
        "default_days": catalog.policy("rating.default_days", locality, on=period.last).as_number(),
    }


async def compiled(
    connection: AsyncConnection,
    reference: Mapping[str, Any],
    kind: BulletinKind,
    period: Period,
    *,
    as_of: datetime,
    cut: int,
    form: int = FORMAT,
) -> Content:
    """The content of a bulletin: plain values only, ready for `domain.bulletins.canonical`."""
    offices = list(reference["offices"])
    calendar = DayList.read(reference["calendar"])
    known = Known(min(as_of, ends_at(period)), cut)
    head = {
        "format": form,
        "kind": kind.value,
        "first_day": period.first.isoformat(),
        "last_day": period.last.isoformat(),
        "as_of": as_of.astimezone(UTC).isoformat(),
        "cut": cut,
        "reference": dict(reference),
    }
    content = head | assembled(
        await figures.case_facts(connection, calendar, known, offices, period, form),
        await days_used(
            connection, calendar, known, offices, from_day=period.first, to_day=period.last
        ),
        await figures.overdue_steps(connection, known, offices, period, form),
        await figures.rungs(connection, known.as_of, period),
        reference,
        period,
    )
    if form == 1:
        return content
    ratings = await rating_figures(
        connection,
        known,
        period,
        calendar=calendar,
        default_days=reference["default_days"],
        form=form,
    )
    return content | voices(ratings, await tickets_of_period(connection, known, period))


def voices(ratings: Sequence[RatingFigures], tickets: Sequence[TicketFigures]) -> Content:
    """What people said: ratings by office and matter, tickets in all and by office."""
    return {
        "ratings": [
            {
                **asdict(one),
                "given": {level.value: count for level, count in one.given.items()},
                "average": one.average,
            }
            for one in (together(ratings), *ratings)
        ],
        "tickets": [asdict(one) for one in tickets],
    }


def assembled(
    facts: Sequence[counting.CaseFacts],
    used: Sequence[Used],
    overdue_steps: Mapping[str, int],
    rungs: Mapping[str, Mapping[str, int]],
    reference: Mapping[str, Any],
    period: Period,
) -> Content:
    """The figures of what was read."""
    whole = counting.figures(facts, period)
    return {
        "total": asdict(whole),
        "rows": _rows(facts, period, "office", "matter", "side"),
        "by_office": _rows(facts, period, "office"),
        "by_matter": _rows(facts, period, "matter", "side"),
        "days": [
            {**asdict(one), "day": one.day.isoformat()} for one in counting.volumes(facts, period)
        ],
        "distribution": [
            {"days": days, "cases": cases} for days, cases in counting.distribution(facts, period)
        ],
        "overdue_steps": dict(overdue_steps),
        "responsibility": [
            {
                "holder": one.holder.value,
                "party": one.party,
                "working": one.working,
                "calendar": one.calendar,
            }
            for one in used
        ],
        "supervision": {office: dict(found) for office, found in rungs.items()},
        "coverage": asdict(
            counting.coverage(
                facts,
                period,
                matters=reference["matters"],
                offices=reference["offices"],
                localities=reference["localities"],
            )
        ),
        "reductions": [asdict(one) for one in counting.reductions(whole)],
    }


def _rows(facts: Sequence[counting.CaseFacts], period: Period, *split: str) -> list[Content]:
    def key(one: counting.CaseFacts) -> tuple[str, str, str]:
        office, matter, side = (
            getattr(one, name) if name in split else "" for name in ("office", "matter", "side")
        )
        return office, matter, side

    return [asdict(row) for row in counting.rows(facts, period, key)]
