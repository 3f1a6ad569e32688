"""Whose days over many cases: one set-based question to the audit trail.

Called by `console.responsibility` and by the bulletins. Reads nothing but what is only ever added
to (events, letters sent) and what a filing fixed, up to a cut, so that an answer about the past
never changes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.families import ALONE
from domain.attribution import Holder
from domain.calendar import ONE_DAY, SHANGHAI
from domain.casework import FINAL_STAGES
from domain.figures import Period

#: A limit may begin a little before its case was filed: a letter's day of receipt at the peer.
_MARGIN = timedelta(days=31)
#: No event has a number as high as this: everything that is on file is meant.
NO_CUT = 2**62


class WorkingDays(Protocol):
    """A calendar of today, or the list of days that a bulletin kept."""

    def is_working(self, day: date) -> bool: ...


@dataclass(frozen=True, slots=True)
class Known:
    """What was known: events up to number `cut` that happened up to `as_of` (aware)."""

    as_of: datetime
    cut: int = NO_CUT


@dataclass(frozen=True, slots=True)
class Used:
    """Days used in a group; the fields that were not asked for are empty."""

    holder: Holder
    party: str = ""
    case_no: str = ""
    matter: str = ""
    month: str = ""
    working: int = 0
    calendar: int = 0


#: What totals may be split by, besides the holder: name -> column of the question.
GROUPS = ("party", "case_no", "matter", "month")

_QUESTION = """
WITH scope AS (
    SELECT case_no, matter, filed_at, intake_office, peer
    FROM cases
    WHERE kind IN ('HOME', 'LEG') AND matter <> ALL(:apart) AND filed_at <= :as_of
      AND intake_office = ANY(:offices)
      AND (CAST(:case_no AS text) IS NULL OR case_no = :case_no)
      AND (closed_at IS NULL OR closed_at >= :not_before)
),
trail AS (
    SELECT e.case_no, e.id, e.holder, e.office, e.stage = ANY(:final) AS final,
           greatest(max(e.at) OVER w, s.filed_at) AS begins,
           coalesce(max(e.id) FILTER (WHERE e.code = 'SUSPEND') OVER w, 0)
               > coalesce(max(e.id) FILTER (WHERE e.code = 'RESUME') OVER w, 0) AS paused
    FROM events e JOIN scope s USING (case_no)
    WHERE e.id <= :cut AND e.at <= :as_of
      AND e.code IN ('STEP', 'SUSPEND', 'RESUME', 'REGISTER_REALIGNED')
    WINDOW w AS (PARTITION BY e.case_no ORDER BY e.id)
),
held AS (
    SELECT t.case_no, t.id, t.begins, t.final,
           CASE WHEN t.final OR t.paused THEN 'UNCOUNTED' ELSE t.holder END AS holder,
           t.office
    FROM trail t
    UNION ALL
    SELECT s.case_no, 0, s.filed_at, false, 'OURS', s.intake_office
    FROM scope s WHERE EXISTS (SELECT 1 FROM trail t WHERE t.case_no = s.case_no)
),
turns AS (
    SELECT h.case_no, h.holder, h.office, h.begins, h.final,
           timezone(interval '8 hours', h.begins) AS local,
           timezone(interval '8 hours', lead(h.begins) OVER w) AS until,
           max(h.begins) FILTER (WHERE h.final) OVER (PARTITION BY h.case_no) AS ended_at
    FROM held h
    WINDOW w AS (PARTITION BY h.case_no ORDER BY h.id)
),
spans AS (
    SELECT t.case_no, s.matter, t.holder, t.office, t.begins, s.peer,
           greatest(
               t.local::date + (t.local > t.local::date)::int,
               timezone(interval '8 hours', s.filed_at)::date + 1,
               CAST(:from_day AS date)
           ) AS first,
           least(
               CASE
                   WHEN t.until IS NOT NULL THEN t.until::date + (t.until > t.until::date)::int
                   WHEN t.final THEN t.local::date + 1
                   ELSE timezone(interval '8 hours', :as_of)::date + 1
               END,
               CAST(:to_day AS date) + 1
           ) AS past
    FROM turns t JOIN scope s USING (case_no)
),
used AS (
    SELECT case_no, matter, holder,
           CASE holder
               WHEN 'OURS' THEN office
               WHEN 'THEIRS' THEN coalesce(
                   (SELECT l.peer FROM letters l
                    WHERE l.case_no = spans.case_no AND l.direction = 'OUT'
                      AND l.recorded_at <= spans.begins
                    ORDER BY l.recorded_at DESC, l.number DESC LIMIT 1), peer)
               ELSE ''
           END AS party,
           first, past
    FROM spans WHERE first < past
)
SELECT holder, {columns},
       sum((CAST(:worked AS int[]))[{past} - CAST(:base AS date) + 1]
           - (CAST(:worked AS int[]))[{first} - CAST(:base AS date) + 1])::bigint AS working,
       sum({past} - {first})::bigint AS calendar
FROM used {months}
GROUP BY holder, {columns}
ORDER BY holder, {columns}
"""
_MONTHS = """
CROSS JOIN LATERAL (
    SELECT to_char(m, 'YYYY-MM') AS month, m::date AS opens,
           (m + interval '1 month')::date AS closes
    FROM generate_series(date_trunc('month', first::timestamp), (past - 1)::timestamp,
                         interval '1 month') m
) months
"""


async def days_used(
    connection: AsyncConnection,
    calendar: WorkingDays,
    known: Known,
    offices: Collection[str],
    *,
    from_day: date,
    to_day: date,
    by: Sequence[str] = ("party",),
    case_no: str | None = None,
) -> list[Used]:
    """Days from `from_day` to `to_day`, both counted, split by holder and `by` (of GROUPS).

    Of cases and legs taken in by `offices`. The rule is that of `domain.responsibility`.
    """
    if not by or not set(by) <= set(GROUPS):
        raise ValueError(f"split by some of {GROUPS}")
    monthly = "month" in by
    last = max(to_day, from_day)
    question = _QUESTION.format(
        columns=", ".join(by),
        months=_MONTHS if monthly else "",
        first="greatest(first, opens)" if monthly else "first",
        past="least(past, closes)" if monthly else "past",
    )
    rows = await connection.execute(
        text(question),
        {
            "as_of": known.as_of,
            "cut": known.cut,
            "offices": list(offices),
            "apart": list(ALONE),
            "case_no": case_no,
            "not_before": datetime(from_day.year, from_day.month, from_day.day, tzinfo=SHANGHAI),
            "final": sorted(stage.value for stage in FINAL_STAGES),
            "from_day": from_day,
            "to_day": last,
            "worked": working_days_before(calendar, from_day, last),
            "base": from_day,
        },
    )
    return [Used(**{**row, "holder": Holder(row["holder"])}) for row in rows.mappings()]


def working_days_before(calendar: WorkingDays, first: date, last: date) -> list[int]:
    """How many working days lie in [first, day), for each day up to the one after `last`."""
    counts, day = [0], first
    while day <= last:
        counts.append(counts[-1] + calendar.is_working(day))
        day += ONE_DAY
    return counts


async def first_day(connection: AsyncConnection, period: Period) -> date:
    """A day before every day that figures of the period may count."""
    found = (await connection.execute(text("SELECT min(filed_at) FROM cases"))).scalar_one()
    oldest = found.astimezone(SHANGHAI).date() if found else period.first
    return min(oldest, period.first) - _MARGIN
