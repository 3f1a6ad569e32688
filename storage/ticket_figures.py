"""Reads what the figures of 12345 tickets are counted from; nothing personal is among it.

Called by `bulletins.compiling`. Only what is added to is read, up to a cut, so that an answer about
the past stays.
"""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import SHANGHAI
from domain.figures import Period
from domain.ticket_figures import TicketAct, TicketFigures, ticket_figures
from storage.responsibility import Known

_RECEIVED = """
SELECT count(*) FROM hotline_tickets WHERE taken_at >= :from_at AND taken_at <= :as_of
"""
#: A reply is late where the limit of its own round was marked as passed before it was given.
_ACTS = """
SELECT a.code, a.office, coalesce(CAST(a.facts ->> 'round' AS int), 0) AS round,
       coalesce(a.facts ->> 'verdict', '') AS verdict,
       EXISTS (
           SELECT 1 FROM events e
           WHERE e.case_no = a.case_no AND e.code = 'OVERDUE' AND e.facts ->> 'clock' = 'HANDLING'
             AND e.id <= :cut AND e.made_in <= a.made_in
             AND e.made_in > coalesce((
                 SELECT max(b.made_in) FROM acts b
                 WHERE b.case_no = a.case_no AND b.code = 'TICKET_REPLIED'
                   AND b.made_in < a.made_in), -1)
       ) AS late
FROM acts a JOIN hotline_tickets t USING (case_no)
WHERE a.at >= :from_at AND a.at <= :as_of AND a.code LIKE 'TICKET_%'
  AND (a.voided_at IS NULL OR a.voided_at > :as_of)
  AND EXISTS (SELECT 1 FROM events e
              WHERE e.case_no = a.case_no AND e.made_in = a.made_in AND e.id <= :cut)
ORDER BY a.id
"""


async def tickets_of_period(
    connection: AsyncConnection, known: Known, period: Period
) -> tuple[TicketFigures, ...]:
    """The figures of the locality, the whole first, then the offices."""
    asked = {
        "as_of": known.as_of,
        "from_at": datetime.combine(period.first, time(), SHANGHAI),
    }
    received = (await connection.execute(text(_RECEIVED), asked)).scalar_one()
    rows = await connection.execute(text(_ACTS), {**asked, "cut": known.cut})
    return ticket_figures(received, (TicketAct(**row) for row in rows.mappings()))
