"""The lists of the console by page: which rows come next, and how many there are.

Called by `console.web.worklist`. Each list walks an index that holds what it filters by, so that
its cost follows the page and not the register; offices come from the policy and are never widened.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import worklist_cases, worklist_tasks
from storage.worklist_questions import COUNT_CAP, DATED, OPEN_TASKS, Question, Sort, View, values

Record = dict[str, Any]


async def page(connection: AsyncConnection, asked: Question) -> tuple[list[Record], str | None]:
    """The rows of the page, and the key of its last one where more follow."""
    wanted = replace(asked, limit=asked.limit + 1)
    found = await connection.execute(_module(asked.view).rows(wanted), values(asked))
    rows = [dict(row) for row in found.mappings()]
    more = len(rows) > asked.limit
    rows = rows[: asked.limit]
    return rows, f"{rows[-1]['key'].isoformat()}|{rows[-1]['row_id']}" if more else None


async def counts(connection: AsyncConnection, asked: Question) -> dict[str, int]:
    """How many rows each list has, without filters; COUNT_CAP + 1 where there are more."""
    whole = Question(asked.view, asked.offices, asked.codes, asked.today, account=asked.account)
    row = (await connection.execute(_all_counts(), values(whole))).one()
    return {view.value: row[number] for number, view in enumerate(View)}


async def count(connection: AsyncConnection, asked: Question) -> int:
    """How many rows this list has with its filters; COUNT_CAP + 1 where there are more."""
    found: int = (await connection.execute(select(_count(asked)), values(asked))).scalar_one()
    return found


def after(shown: str, sort: Sort, view: View) -> tuple[date | datetime, str] | None:
    """The place in a list where the page before ended; None where it is none of ours."""
    moment, mark, row = shown.partition("|")
    if not mark or not row:
        return None
    dated = view in DATED or (view in OPEN_TASKS and sort is Sort.DUE)
    try:
        return (date if dated else datetime).fromisoformat(moment), row
    except ValueError:
        return None


@cache
def _all_counts() -> Any:
    """Built once: every page asks it."""
    lists = [Question(view, (), (), date.min) for view in View]
    return select(*(_count(one).label(one.view.value) for one in lists))


def _count(asked: Question) -> Any:
    keys = _module(asked.view).keys(replace(asked, after=None, limit=COUNT_CAP + 1, ordered=False))
    return select(func.count()).select_from(keys).scalar_subquery()


def _module(view: View) -> Any:
    return worklist_cases if view in DATED or view is View.PARCELS else worklist_tasks
