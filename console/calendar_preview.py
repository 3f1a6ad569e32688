"""What a change of calendar would do to the open clocks, before anybody does it.

Clocks that are alike are counted once, so a dry run over a hundred thousand takes a second or two.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from catalog.catalog import Catalog
from domain.calendar import SHANGHAI, Calendar
from domain.recount import Change, Dates, Outcome, counter, recount
from storage.clock_register import clock_of
from storage.recounting import alike


@dataclass(slots=True)
class Share:
    """The clocks of one matter at one office that would move."""

    matter: str
    matter_name: str
    office: str
    moved: int = 0
    earlier: int = 0
    later: int = 0
    earliest: date | None = None  # the new last days
    latest: date | None = None


@dataclass(slots=True)
class Preview:
    """How many open clocks a calendar would touch, and which would get another last day."""

    total: int = 0
    moved: int = 0
    confirmed: int = 0
    same: int = 0
    expired: int = 0
    kept: int = 0
    earliest: date | None = None
    latest: date | None = None
    shares: list[Share] = field(default_factory=list)


async def preview(
    connection: AsyncConnection,
    calendar: Calendar,
    change: Change,
    now: datetime,
    catalog: Catalog,
) -> Preview:
    """Count every open clock that another calendar has dated, as the re-plan would."""
    count, on = counter(calendar), now.astimezone(SHANGHAI).date()
    found = Preview()
    shares: dict[tuple[str, str], Share] = {}
    totals: dict[Outcome, int] = defaultdict(int)
    for row in await alike(connection, calendar.version):
        told = Dates(row.due_on, row.promised_on, row.provisional)
        outcome, dates = recount(told, count(clock_of(row), row.promised), on=on, change=change)
        totals[outcome] += row.clocks
        if outcome is not Outcome.MOVED:
            continue
        key = row.matter, row.competent_office
        share = shares.setdefault(key, Share(row.matter, _name(catalog, row.matter), key[1]))
        share.moved += row.clocks
        if told.due_on is not None and dates.due_on is not None:
            share.earlier += row.clocks * (dates.due_on < told.due_on)
            share.later += row.clocks * (dates.due_on > told.due_on)
            share.earliest = min(share.earliest or dates.due_on, dates.due_on)
            share.latest = max(share.latest or dates.due_on, dates.due_on)
    found.total = sum(totals.values())
    found.moved, found.confirmed = totals[Outcome.MOVED], totals[Outcome.CONFIRMED]
    found.same, found.expired = totals[Outcome.SAME], totals[Outcome.EXPIRED]
    found.kept = totals[Outcome.KEPT]
    found.shares = sorted(shares.values(), key=lambda one: (-one.moved, one.matter, one.office))
    found.earliest = min((one.earliest for one in found.shares if one.earliest), default=None)
    found.latest = max((one.latest for one in found.shares if one.latest), default=None)
    return found


def _name(catalog: Catalog, matter: str) -> str:
    return catalog.matter_name(matter) or matter  # a case of the house itself, such as a parcel
