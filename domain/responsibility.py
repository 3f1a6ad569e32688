"""Whose days: every day of a case goes to exactly one holder and party, month by month.

The slow and plain counter, day by day. Called by the command line for one case; the totals over
many cases (`storage.responsibility`) are held against it by tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Protocol

from domain.attribution import Holder
from domain.calendar import ONE_DAY, SHANGHAI, Calendar

#: Events of the trail that begin and end a lawful pause; between them the time is nobody's.
PAUSE_BEGINS = frozenset({"SUSPEND"})
PAUSE_ENDS = frozenset({"RESUME"})


class TrailEvent(Protocol):
    """One event of the audit trail, as stored; ``at`` is aware."""

    @property
    def code(self) -> str: ...
    @property
    def holder(self) -> str: ...
    @property
    def office(self) -> str: ...
    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Holding:
    """`party` had the ball from `from_` on: an office of ours, the peer's locality, or ''."""

    holder: Holder
    party: str
    from_: datetime


@dataclass(frozen=True, slots=True, order=True)
class Share:
    """Who used days of which month (YYYY-MM)."""

    month: str
    holder: Holder
    party: str


@dataclass(frozen=True, slots=True)
class Days:
    """Working days and calendar days."""

    working: int = 0
    calendar: int = 0

    def __add__(self, other: Days) -> Days:
        return Days(self.working + other.working, self.calendar + other.calendar)


def holdings(
    filed_at: datetime,
    intake_office: str,
    events: Iterable[TrailEvent],
    peers: Sequence[tuple[datetime, str]],
    peer: str,
) -> list[Holding]:
    """Who held the ball when, in order, from the case's own trail.

    `peers` are the letters sent, (instant, locality), oldest first: days that are THEIRS go to the
    locality that the newest letter went to, or to `peer` where none is on file. A pause with a
    reason of law is UNCOUNTED, whoever would have had to act. Waiting for a peer is no pause: its
    lateness stays under THEIRS.
    """
    found = [Holding(Holder.OURS, intake_office, filed_at)]
    paused = False
    latest = filed_at
    for event in events:
        paused = event.code in PAUSE_BEGINS or (paused and event.code not in PAUSE_ENDS)
        # Filing and steps are dated by different clocks; a step never lies before what it follows.
        latest = max(latest, event.at)
        holder = Holder.UNCOUNTED if paused else Holder(event.holder)
        party = ""
        if holder is Holder.OURS:
            party = event.office
        elif holder is Holder.THEIRS:
            sent = [locality for at, locality in peers if at <= latest]
            party = sent[-1] if sent else peer
        found.append(Holding(holder, party, latest))
    return found


def days_by_share(
    held: Sequence[Holding], ended_at: datetime | None, calendar: Calendar, now: datetime
) -> dict[Share, Days]:
    """Every day after the day of filing up to the last one, given to whoever held it.

    A day belongs to whoever held the ball when it began (00:00 Asia/Shanghai), as every limit in
    law counts: the day of filing belongs to nobody. A day that begins when the case has just ended
    is UNCOUNTED. `now` is the last day where the case has not ended.
    """
    last = ended_at if ended_at is not None and ended_at <= now else now
    used: dict[Share, Days] = {}
    day = local_day(held[0].from_) + ONE_DAY
    while day <= local_day(last):
        begins = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
        holder, party = _holder_at(held, begins)
        if ended_at is not None and begins >= max(ended_at, held[-1].from_):
            holder, party = Holder.UNCOUNTED, ""
        share = Share(f"{day:%Y-%m}", holder, party)
        used[share] = used.get(share, Days()) + Days(int(calendar.is_working(day)), 1)
        day += ONE_DAY
    return used


def span(filed_at: datetime, last: datetime, calendar: Calendar) -> Days:
    """What the calendar says a case may have used between filing and its last day, together."""
    first, end = local_day(filed_at), local_day(last)
    whole = max((end - first).days, 0)
    working = sum(calendar.is_working(first + ONE_DAY * number) for number in range(1, whole + 1))
    return Days(working, whole)


def total(shares: Iterable[Days]) -> Days:
    """The sum."""
    found = Days()
    for one in shares:
        found += one
    return found


def local_day(instant: datetime) -> date:
    """The day of an instant in Asia/Shanghai."""
    return instant.astimezone(SHANGHAI).date()


def _holder_at(held: Sequence[Holding], instant: datetime) -> tuple[Holder, str]:
    for one, following in pairwise(held):
        if one.from_ <= instant < following.from_:
            return one.holder, one.party
    return held[-1].holder, held[-1].party
