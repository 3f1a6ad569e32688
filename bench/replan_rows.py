"""Open clocks of cases that run nowhere, and an invented notice that moves a part of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from catalog.calendar_files import CALENDAR_FILE, PublishedYear
from domain.calendar import Calendar
from domain.clocks import Clock, Effect, Limit, Unit
from domain.recount import counter

#: Days on which the cases that are told are filed: the correction of the notice brings the last of
#: their five days forward, or puts it off.
EARLIER, LATER = date(2026, 12, 29), date(2027, 2, 3)
_FIRST, _DAYS = date(2026, 11, 2), 60
_LENGTHS = (5, 15, 20, 45)
_ROWS = (
    """
    INSERT INTO cases (case_no, kind, workflow_id, workflow_name, filing, matter, matter_name,
                       home_case_no, peer, intake_office, competent_office, custodian_office,
                       stage, holder, filed_at, received_on, due_on, due_clock, started)
    SELECT 'X' || lpad(n::text, 8, '0'), 'HOME', 'x-' || n, '户口迁移', '{}', 'HUKOU-SPOUSE',
           '样例', 'X' || n, '330902', '371002-GA-01', '371002-GA-01', '371002-GA-01', 'REVIEW',
           'OURS', now(), s.started_on, s.due_on, 'DECISION', true
    FROM generate_series(1, :many) AS n JOIN shapes AS s ON s.number = n % :shapes
    """,
    """
    INSERT INTO clocks (case_no, kind, number, length, unit, basis, promised, effect, rolls,
                        started_on, due_on, promised_on, provisional, calendar_version, made_in)
    SELECT c.case_no, 'DECISION', 1, s.length, 'wd', '样例依据', 3, 'ESCALATE', true, s.started_on,
           s.due_on, s.promised_on, s.provisional, CAST(:version AS text), 1
    FROM generate_series(1, :many) AS n JOIN shapes AS s ON s.number = n % :shapes
    JOIN cases AS c ON c.workflow_id = 'x-' || n
    """,
    """
    INSERT INTO tasks (task_id, case_no, workflow_id, kind, title, office, role, clock, due_on,
                       provisional, opened_at, opened_in)
    SELECT case_no || '/REVIEW/1', case_no, 'x', 'REVIEW', '样例', '371002-GA-01', 'HANDLER',
           kind, due_on, provisional, now(), 1
    FROM clocks
    """,
)


def notice(*, corrected: bool = False) -> PublishedYear:
    """An invented notice for 2027; corrected: New Year is a day shorter, no Sunday is worked."""
    new_year = date(2027, 1, 4 if corrected else 5)
    file = CALENDAR_FILE.validate_python(
        {
            "kind": "PUBLISHED",
            "year": 2027,
            "notice": "样例通知",
            "published_on": date(2026, 11, 20),
            "holidays": [
                {"name": "元旦", "from": date(2027, 1, 1), "to": new_year},
                {"name": "春节", "from": date(2027, 2, 5), "to": date(2027, 2, 12)},
            ],
            "make_up": [] if corrected else [date(2027, 2, 14)],
        }
    )
    assert isinstance(file, PublishedYear)
    return file


async def fill(connection: AsyncConnection, calendar: Calendar, many: int) -> None:
    """So many open clocks, dated by that calendar, over sixty days and four lengths."""
    count, shapes = counter(calendar), list[dict[str, Any]]()
    for start in range(_DAYS):
        for length in _LENGTHS:
            day = _FIRST + timedelta(start)
            limit = Limit(length, Unit.WD, "样例依据")
            clock = Clock(kind="X", limit=limit, started_on=day, effect=Effect.ESCALATE)
            dates = count(clock, 3)
            shapes.append(
                {
                    "number": len(shapes),
                    "length": length,
                    "started_on": day,
                    "due_on": dates.due_on,
                    "promised_on": dates.promised_on,
                    "provisional": dates.provisional,
                }
            )
    await connection.execute(
        text(
            "CREATE TEMPORARY TABLE shapes (number int, length int, started_on date, due_on date, "
            "promised_on date, provisional boolean) ON COMMIT DROP"
        )
    )
    await connection.execute(
        text(
            "INSERT INTO shapes VALUES (:number, :length, :started_on, :due_on, :promised_on, "
            ":provisional)"
        ),
        shapes,
    )
    values = {"many": many, "shapes": len(shapes), "version": calendar.version}
    for statement in _ROWS:
        names = {name: value for name, value in values.items() if f":{name}" in statement}
        await connection.execute(text(statement), names)
