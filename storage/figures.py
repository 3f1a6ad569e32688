"""One line of facts per case for the figures of a period, by set-based questions.

Called by `bulletins.compiling`. Everything is read as known at a cut: the trail up to a numbered
event, acts of those steps, and clocks, papers and tasks of ended cases, which change no more.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.families import ALONE
from domain.calendar import SHANGHAI
from domain.casework import FINAL_STAGES, ClockKind, Stage
from domain.figures import CaseFacts, Period
from storage.responsibility import Known, WorkingDays, first_day, working_days_before

_QUESTION = """
WITH scope AS (
    SELECT case_no, matter, kind AS side, received_on, filed_at, ending,
           coalesce(filing ->> 'origin', peer) AS other_locality
    FROM cases
    WHERE kind IN ('HOME', 'LEG') AND matter <> ALL(:apart) AND filed_at <= :as_of
      AND intake_office = ANY(:offices) AND received_on <= CAST(:to_day AS date)
      AND (closed_at IS NULL OR closed_at >= :from_at)
),
newest AS (
    SELECT DISTINCT ON (e.case_no) e.case_no, e.office, e.made_in,
           CASE WHEN e.stage = ANY(:final)
                THEN timezone(interval '8 hours', e.at)::date END AS ended_on
    FROM events e JOIN scope USING (case_no)
    WHERE e.id <= :cut AND e.at <= :as_of
    ORDER BY e.case_no, e.id DESC
),
handed_over AS (
    SELECT DISTINCT ON (e.case_no) e.case_no, e.office,
           timezone(interval '8 hours', e.at)::date AS ended_on
    FROM events e JOIN scope USING (case_no)
    WHERE e.id <= :cut AND e.at <= :as_of AND e.stage = :checked
      AND NOT EXISTS (
          SELECT 1 FROM events l
          WHERE l.case_no = e.case_no AND l.id > e.id AND l.id <= :cut AND l.at <= :as_of
            AND l.stage <> :checked AND l.stage <> ALL(:final))
    ORDER BY e.case_no, e.id
),
known AS (
    SELECT n.case_no, coalesce(h.office, n.office) AS office, n.made_in,
           coalesce(h.ended_on, n.ended_on) AS ended_on, h.case_no IS NOT NULL AS to_be_checked
    FROM newest n LEFT JOIN handed_over h USING (case_no)
),
overdue AS (
    SELECT DISTINCT e.case_no FROM events e JOIN scope USING (case_no)
    WHERE e.code = 'OVERDUE' AND e.id <= :cut AND e.at <= :as_of
      AND coalesce(e.facts ->> 'clock', '') <> ALL(:unbinding)
),
told AS (
    SELECT a.case_no, a.code, a.at,
           row_number() OVER (PARTITION BY a.case_no, a.code ORDER BY a.id) AS nth
    FROM acts a JOIN known k USING (case_no)
    WHERE a.code = ANY(:counted_acts) AND a.made_in <= k.made_in AND a.at <= :as_of
      AND (a.voided_at IS NULL OR a.voided_at > :as_of)
),
acted AS (
    SELECT case_no,
           count(*) FILTER (WHERE code = ANY(:accepting)) AS accepted,
           count(*) FILTER (WHERE code = ANY(:noticing)) AS notices,
           count(*) FILTER (WHERE code = ANY(:noticing) AND nth > 1) AS repeats
    FROM told WHERE at >= :from_at GROUP BY case_no
),
ended AS (
    SELECT case_no, CASE WHEN to_be_checked THEN ended_on ELSE 'infinity'::date END AS last_day
    FROM known WHERE ended_on >= CAST(:from_day AS date)
),
limits AS (
    SELECT c.case_no, c.promised, c.length, c.unit,
           c.stopped_on > c.due_on AS late,
           c.stopped_on > c.promised_on AS promise_broken,
           datemultirange(daterange(c.started_on + 1, greatest(c.stopped_on, c.started_on) + 1))
               - coalesce((
                   SELECT range_agg(daterange(CAST(p ->> 'from_day' AS date),
                                              greatest(CAST(p ->> 'to_day' AS date),
                                                       CAST(p ->> 'from_day' AS date))))
                   FROM jsonb_array_elements(c.pauses) p), '{}') AS ran
    FROM clocks c JOIN ended USING (case_no)
    WHERE c.effect IN ('ESCALATE', 'DEEMED_ACCEPTED') AND c.stopped_on <= ended.last_day
      AND c.kind <> ALL(:unbinding)
),
timed AS (
    SELECT case_no, bool_or(late) AS late, bool_and(NOT promise_broken) AS promise_kept,
           sum(length) FILTER (WHERE promised IS NOT NULL AND unit = 'wd') AS statutory_days,
           sum(promised) FILTER (WHERE promised IS NOT NULL AND unit = 'wd') AS promised_days,
           range_agg(ran) AS ran
    FROM limits GROUP BY case_no
),
papers AS (
    SELECT d.case_no, count(*) FILTER (WHERE d.source LIKE 'SHARED:%') AS shared,
           count(*) FILTER (WHERE d.source = 'APPLICANT') AS brought
    FROM case_documents d JOIN ended USING (case_no)
    WHERE timezone(interval '8 hours', d.added_at)::date <= ended.last_day GROUP BY d.case_no
),
work AS (
    SELECT t.case_no, count(*) AS steps
    FROM tasks t JOIN ended USING (case_no)
    WHERE t.status = 'DONE'
      AND timezone(interval '8 hours', t.closed_at)::date <= ended.last_day
    GROUP BY t.case_no
)
SELECT k.office, s.matter, s.side, s.received_on, s.other_locality,
       coalesce(a.accepted, 0) AS accepted, k.ended_on,
       CASE WHEN k.to_be_checked THEN 'COMPLETED'
            WHEN k.ended_on IS NOT NULL THEN s.ending END AS ending,
       coalesce(t.late, false) AS late, o.case_no IS NOT NULL AS overdue, t.promise_kept,
       coalesce(a.notices, 0) AS notices, coalesce(a.repeats, 0) AS repeats,
       CASE WHEN k.ended_on IS NULL THEN 0 ELSE
           (CAST(:worked AS int[]))[k.ended_on - CAST(:base AS date) + 2]
           - (CAST(:worked AS int[]))[
               least(timezone(interval '8 hours', s.filed_at)::date, k.ended_on)
               - CAST(:base AS date) + 2]
       END AS elapsed,
       coalesce((
           SELECT sum((CAST(:worked AS int[]))[upper(r) - CAST(:base AS date) + 1]
                      - (CAST(:worked AS int[]))[lower(r) - CAST(:base AS date) + 1])
           FROM unnest(t.ran) r), 0)::bigint AS counted,
       coalesce(t.statutory_days, 0)::bigint AS statutory_days,
       coalesce(t.promised_days, 0)::bigint AS promised_days,
       coalesce(p.shared, 0) AS shared, coalesce(p.brought, 0) AS brought,
       coalesce(w.steps, 0) AS steps
FROM known k JOIN scope s USING (case_no)
LEFT JOIN acted a USING (case_no) LEFT JOIN overdue o USING (case_no)
LEFT JOIN timed t USING (case_no) LEFT JOIN papers p USING (case_no)
LEFT JOIN work w USING (case_no)
WHERE k.ended_on IS NULL OR k.ended_on >= CAST(:from_day AS date)
"""
_ACCEPTING = ("ACCEPTED", "DEEMED_ACCEPTED")
#: Limits that bind an office and are no part of the applicant's time: the day until which a pause
#: was told to last, while the limit itself stands still, and the check of a promise afterwards.
_UNBINDING = (ClockKind.SUSPENSION, ClockKind.AFTER_CHECK)
#: From this format of bulletins on these bind no case, who has a result on a promise is done, and a
#: department's part of a joint case binds the department.
WHAT_BINDS = 3
#: 一次性告知: of the accepting office, of a collecting window, of an agency that takes a file.
_NOTICING = ("CORRECTION_NOTICE", "SHORTFALL_TOLD", "MISSING_TOLD")


async def case_facts(
    connection: AsyncConnection,
    calendar: WorkingDays,
    known: Known,
    offices: Collection[str],
    period: Period,
    form: int = WHAT_BINDS,
) -> list[CaseFacts]:
    """Every case or leg taken in by `offices` that was in hand in the period, or ended in it.

    `form`: the format of the bulletin, whose definitions stay (docs/figures.md).
    """
    newly = form >= WHAT_BINDS
    base = await first_day(connection, period)
    start = datetime(period.first.year, period.first.month, period.first.day, tzinfo=SHANGHAI)
    rows = await connection.execute(
        text(_QUESTION),
        {
            "as_of": known.as_of,
            "cut": known.cut,
            "offices": list(offices),
            "apart": list(ALONE),
            "from_day": period.first,
            "to_day": period.last,
            "from_at": start,
            "final": sorted(stage.value for stage in FINAL_STAGES),
            "checked": Stage.AFTER_CHECK.value if newly else "",
            "unbinding": [kind.value for kind in _UNBINDING] if newly else [],
            "accepting": list(_ACCEPTING),
            "noticing": list(_NOTICING),
            "counted_acts": [*_ACCEPTING, *_NOTICING],
            "worked": working_days_before(calendar, base, known.as_of.astimezone(SHANGHAI).date()),
            "base": base,
        },
    )
    return [CaseFacts(**row) for row in rows.mappings()]


#: A part of a joint case that an own department performs has a limit of its own. It is urged and
#: put before the lead office, which is no `OVERDUE` of the case: it counts at the department.
_OVERDUE_STEPS = """
WITH scope AS (
    SELECT case_no FROM cases
    WHERE kind IN ('HOME', 'LEG') AND matter <> ALL(:apart) AND intake_office = ANY(:offices)
),
ran_out AS (
    SELECT e.office FROM events e JOIN scope USING (case_no)
    WHERE e.code = 'OVERDUE' AND e.id <= :cut AND e.at <= :as_of AND e.at >= :from_at
    UNION ALL
    SELECT asked.office
    FROM events e JOIN scope USING (case_no)
    CROSS JOIN LATERAL (
        SELECT t.office FROM tasks t
        WHERE t.case_no = e.case_no AND t.clock = 'PART_' || (e.facts ->> 'part')
          AND t.opened_in <= e.made_in
        ORDER BY t.opened_in DESC LIMIT 1
    ) asked
    WHERE e.code = :part_late AND e.facts ->> 'reminders' = '1'
      AND e.id <= :cut AND e.at <= :as_of AND e.at >= :from_at
)
SELECT office, count(*) AS steps FROM ran_out GROUP BY office ORDER BY office
"""


async def overdue_steps(
    connection: AsyncConnection,
    known: Known,
    offices: Collection[str],
    period: Period,
    form: int = WHAT_BINDS,
) -> dict[str, int]:
    """How many limits ran out under each office's hands within the period."""
    start = datetime(period.first.year, period.first.month, period.first.day, tzinfo=SHANGHAI)
    rows = await connection.execute(
        text(_OVERDUE_STEPS),
        {
            "as_of": known.as_of,
            "cut": known.cut,
            "from_at": start,
            "offices": list(offices),
            "apart": list(ALONE),
            "part_late": "PART_LATE" if form >= WHAT_BINDS else "",
        },
    )
    return {row.office: row.steps for row in rows}


async def rungs(connection: AsyncConnection, as_of: datetime, period: Period) -> dict[str, Any]:
    """Supervision rungs issued in the period, as office -> rung -> number."""
    start = datetime(period.first.year, period.first.month, period.first.day, tzinfo=SHANGHAI)
    rows = await connection.execute(
        text(
            "SELECT office, rung, count(*) AS issued FROM supervision "
            "WHERE issued_at >= :from_at AND issued_at <= :as_of "
            "GROUP BY office, rung ORDER BY office, rung"
        ),
        {"from_at": start, "as_of": as_of},
    )
    found: dict[str, Any] = {}
    for row in rows:
        found.setdefault(row.office, {})[row.rung] = row.issued
    return found
