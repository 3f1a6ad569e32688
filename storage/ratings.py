"""What ratings add up to: figures by office and matter, and the results that are published.

Read by the console and by the bulletins. Nothing here names a person, a case or a clerk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.families import ALONE
from domain.calendar import SHANGHAI
from domain.casework import FINAL_STAGES, ActCode, Stage
from domain.figures import Period
from domain.rating_figures import GivenRating, RatingFigures, SilentCase, closed_since, figures
from domain.ratings import Level
from storage.case_tables import Case
from storage.rating_register import excluded
from storage.rating_tables import RatingRow
from storage.responsibility import Known, WorkingDays
from storage.step_tables import Act

#: A low rating's follow-up: a call-back or rectification whose limit was marked as passed is late.
_GIVEN = """
WITH given AS (
    SELECT rating_no, office, matter, level, rectification AS case_no FROM ratings
    WHERE given_at >= :from_at AND given_at <= :as_of
),
scope AS (
    SELECT case_no FROM given WHERE case_no IS NOT NULL
    UNION SELECT p.case_no FROM rating_appeals p JOIN given USING (rating_no)
),
told AS (
    SELECT a.case_no, a.code, a.facts ->> 'finding' AS finding
    FROM acts a JOIN scope USING (case_no)
    WHERE a.at <= :as_of AND (a.voided_at IS NULL OR a.voided_at > :as_of)
      AND EXISTS (SELECT 1 FROM events e
                  WHERE e.case_no = a.case_no AND e.made_in = a.made_in AND e.id <= :cut)
),
late AS (
    SELECT DISTINCT e.case_no, e.facts ->> 'clock' AS clock
    FROM events e JOIN scope USING (case_no)
    WHERE e.code = 'OVERDUE' AND e.id <= :cut AND e.at <= :as_of
),
followed AS (
    SELECT g.case_no,
           EXISTS (SELECT 1 FROM told t WHERE t.case_no = g.case_no AND t.code = 'RATER_CALLED')
               AS called,
           EXISTS (SELECT 1 FROM late l WHERE l.case_no = g.case_no AND l.clock = 'CONTACT')
               AS called_late,
           EXISTS (SELECT 1 FROM told t WHERE t.case_no = g.case_no
                   AND t.code = 'RATING_VERIFIED' AND t.finding <> 'UNFOUNDED') AS asked,
           EXISTS (SELECT 1 FROM told t WHERE t.case_no = g.case_no
                   AND t.code = 'RECTIFICATION_CONFIRMED') AS confirmed,
           EXISTS (SELECT 1 FROM late l WHERE l.case_no = g.case_no
                   AND l.clock = 'RECTIFICATION') AS rectified_late
    FROM given g WHERE g.case_no IS NOT NULL
)
SELECT g.office, g.matter, g.level, f.called AS called_back,
       f.called AND NOT f.called_late AS called_back_in_time,
       CASE WHEN f.asked THEN f.confirmed END AS rectified,
       CASE WHEN f.asked THEN f.confirmed AND NOT f.rectified_late END AS rectified_in_time
FROM given g LEFT JOIN followed f USING (case_no)
WHERE NOT EXISTS (
    SELECT 1 FROM rating_appeals p JOIN told t USING (case_no)
    WHERE p.rating_no = g.rating_no AND t.code = 'APPEAL_UPHELD'
)
ORDER BY g.rating_no
"""
_SILENT = """
SELECT coalesce(c.filing #>> '{desks,station}', c.competent_office) AS office, c.matter,
       min(e.at) AS closed_at
FROM cases c JOIN events e USING (case_no)
WHERE c.kind = 'HOME' AND c.matter <> ALL(:apart) AND e.stage = ANY(:done)
  AND e.id <= :cut AND e.at <= :as_of
  AND NOT EXISTS (SELECT 1 FROM ratings r WHERE r.case_no = c.case_no AND r.occasion = 'CASE'
                  AND r.given_at <= :as_of)
GROUP BY c.case_no
HAVING min(e.at) >= :closed_from
"""
#: A day is over with its last instant, which is that of a period too.
AN_INSTANT = timedelta(microseconds=1)
#: From this format of bulletins on a default counts in the period in which it fell due.
ON_ITS_DAY = 3


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
    known: Known,
    period: Period,
    *,
    calendar: WorkingDays,
    default_days: int = 0,
    form: int = ON_ITS_DAY,
) -> tuple[RatingFigures, ...]:
    """The figures of a period by office and matter, as known at the cut.

    From ratings, acts and events alone, which are only added to, so that the answer about a past
    day stays. ``default_days``: policy ``rating.default_days``, 0 where silence is no rating.
    ``form``: the format of the bulletin, whose definitions stay (docs/figures.md).
    """
    newly = form >= ON_ITS_DAY
    closed_from = closed_since(period.first, default_days, calendar) if newly else period.first
    done = FINAL_STAGES | {Stage.AFTER_CHECK} if newly else FINAL_STAGES
    asked = {
        "as_of": known.as_of,
        "cut": known.cut,
        "from_at": datetime.combine(period.first, time(), SHANGHAI),
        "apart": list(ALONE),
        "closed_from": datetime.combine(closed_from, time(), SHANGHAI),
        "done": sorted(stage.value for stage in done),
    }
    given = await connection.execute(text(_GIVEN), asked)
    silent = (await connection.execute(text(_SILENT), asked)).all() if default_days else ()
    return figures(
        (GivenRating(**{**row, "level": Level(row["level"])}) for row in given.mappings()),
        (
            SilentCase(
                office=row.office,
                matter=row.matter,
                closed_on=row.closed_at.astimezone(SHANGHAI).date(),
            )
            for row in silent
        ),
        today=(known.as_of + (AN_INSTANT if newly else timedelta())).astimezone(SHANGHAI).date(),
        since=period.first if newly else None,
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
