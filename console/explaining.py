"""A case's limits explained day by day, as they stand or as they stood at any earlier time.

Called by `console.looking` for the command line, by the case pages and by the programming
interface. Every date is derived again from its intervals with the calendar that gave it, never
copied.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.calendars import Calendars
from domain.calendar import SHANGHAI, Calendar
from domain.clocks import derive
from domain.estimates import estimate
from storage import calendar_log, clock_log
from storage.clock_register import clock_of

Record = dict[str, Any]


class Row:
    """A record with attributes, as the clock register reads rows."""

    def __init__(self, record: Record) -> None:
        self.__dict__.update(record)


async def explain(
    connection: AsyncConnection,
    calendars: Calendars,
    case_no: str,
    clocks: Iterable[Record],
    *,
    office: str,
    now: datetime,
    as_of: datetime | None = None,
    line: int | None = None,
) -> list[Record]:
    """Every limit that ran then, with its days; ``line``: right after that line of the log.

    A record has the stored clock (as it was), `derived_due_on`, `calendar` (the version that gave
    the date), `calendar_missing`, `days`, and `log`, its lines up to then.
    """
    written = await clock_log.lines(connection, case_no)
    then = [
        one
        for one in written
        if (line is None or one.id <= line) and (as_of is None or one.at <= as_of)
    ]
    past = as_of is not None or line is not None
    at = as_of or next((one.at for one in reversed(then) if line is not None), now)
    # Nothing is known of days to come: they would only be counted out.
    at = min(at, max((now, *(one.at for one in then))))
    closures = await calendar_log.closures(connection)
    closed = _closed_days(calendars, closures, office, at)
    explained = []
    for record in clocks:
        key = record["kind"], record["number"]
        own = [one._asdict() for one in then if (one.kind, one.number) == key]
        if past and not own:
            continue  # it did not run yet
        stored = _as_it_was(record, own) if past else record
        version = stored["calendar_version"]
        calendar = await calendars.of_version(connection, version)
        explained.append(
            _explained(stored, own, calendar or calendars.shipped, calendar is None, closed, at)
        )
    return explained


def zoned(instant: datetime | None) -> datetime | None:
    """The time somebody asks about: without a zone it is one in Asia/Shanghai."""
    if instant is None or instant.tzinfo is not None:
        return instant
    return instant.replace(tzinfo=SHANGHAI)


def _explained(
    stored: Record,
    log: list[Record],
    calendar: Calendar,
    missing: bool,
    closed: frozenset[date],
    at: datetime,
) -> Record:
    seen = calendar.with_closed_days(closed)
    clock, today = clock_of(Row(stored)), at.astimezone(SHANGHAI).date()
    derived = derive(clock, seen, today)
    return {
        **stored,
        "derived_due_on": derived.due_on,
        "estimated_on": estimate(clock, seen, today),
        "provisional": derived.provisional,
        "calendar": stored["calendar_version"],
        "calendar_missing": missing,
        "days": [asdict(day) for day in derived.days],
        "log": log,
    }


def _as_it_was(record: Record, log: list[Record]) -> Record:
    """The stored clock with what its last line says of it."""
    last = log[-1]
    return {
        **record,
        "pauses": last["pauses"],
        "extensions": last["extensions"],
        "due_on": last["due_to"],
        "promised_on": last["promised_to"],
        "provisional": last["provisional"],
        "calendar_version": last["calendar_to"],
        "stopped_on": record["stopped_on"] if last["cause"] == "STOP" else None,
    }


def _closed_days(
    calendars: Calendars, closures: Iterable[Any], office: str, at: datetime
) -> frozenset[date]:
    """The days on which the office was known to be closed then."""
    known = calendars.catalog.offices.get(office)
    days = set(known.closed_days) if known else set()
    for row in reversed(list(closures)):
        if row.office == office and row.at <= at:
            (days.add if row.closed else days.discard)(row.day)
    return frozenset(days)
