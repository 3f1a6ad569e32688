"""How many days cases used, counted without asking whose: the check of `storage.responsibility`.

Called by `console.responsibility`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.families import ALONE
from domain.casework import FINAL_STAGES
from storage.responsibility import Known, WorkingDays, working_days_before

_LIVES = """
SELECT greatest(timezone(interval '8 hours', c.filed_at)::date + 1, CAST(:from_day AS date))
           AS first,
       least(timezone(interval '8 hours', coalesce(e.ended_at, :as_of))::date + 1,
             CAST(:to_day AS date) + 1) AS past,
       count(*) AS cases
FROM cases c
JOIN (
    SELECT case_no, min(at) FILTER (WHERE stage = ANY(:final)) AS ended_at
    FROM events WHERE id <= :cut AND at <= :as_of GROUP BY case_no
) e USING (case_no)
WHERE c.kind IN ('HOME', 'LEG') AND c.matter <> ALL(:apart) AND c.filed_at <= :as_of
  AND c.intake_office = ANY(:offices)
  AND (CAST(:case_no AS text) IS NULL OR c.case_no = :case_no)
GROUP BY first, past
"""


@dataclass(frozen=True, slots=True)
class CaseDays:
    """What the calendar says that a number of cases used together."""

    cases: int
    working: int
    calendar: int


async def case_days(
    connection: AsyncConnection,
    calendar: WorkingDays,
    known: Known,
    offices: Collection[str],
    *,
    from_day: date,
    to_day: date,
    case_no: str | None = None,
) -> CaseDays:
    """The same cases counted without any holder: from the day after filing to the last day.

    The check of `days_used`: it knows nothing of turns, only filing and ending.
    """
    rows = await connection.execute(
        text(_LIVES),
        {
            "as_of": known.as_of,
            "cut": known.cut,
            "offices": list(offices),
            "apart": list(ALONE),
            "case_no": case_no,
            "final": sorted(stage.value for stage in FINAL_STAGES),
            "from_day": from_day,
            "to_day": to_day,
        },
    )
    worked = working_days_before(calendar, from_day, to_day)
    cases = working = whole = 0
    for row in rows:
        if row.first < row.past:
            cases += row.cases
            opens, closes = (row.first - from_day).days, (row.past - from_day).days
            working += row.cases * (worked[closes] - worked[opens])
            whole += row.cases * (closes - opens)
    return CaseDays(cases, working, whole)
