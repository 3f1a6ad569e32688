"""What can be asked of the console's lists: which list, whose, filtered and sorted how.

Built by `console.web.worklist` from a page's address; answered by `storage.worklists`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, Text, bindparam, func, literal, tuple_
from sqlalchemy.dialects.postgresql import ARRAY

#: Nobody works through more than this; a count beyond it is said to be beyond.
COUNT_CAP = 10_000
#: What comes after every date: no date at all.
NO_DATE = date.max  # as the driver writes infinity


class View(StrEnum):
    """The lists that the console offers."""

    MINE = "mine"
    OFFICE = "office"
    LATE = "late"
    AGAIN = "again"
    ASKED = "asked"
    CORRECTION = "correction"
    WAITING = "waiting"
    PARCELS = "parcels"
    FOLLOWED = "followed"
    DONE = "done"


class Sort(StrEnum):
    """In which order open tasks come."""

    DUE = "due"
    OLDEST = "oldest"
    NEWEST = "newest"


class Due(StrEnum):
    """Filters of the due date."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"  # to the day after tomorrow
    WEEK = "week"
    LATER = "later"
    NONE = "none"


#: Lists of tasks that are open; the others list cases, parcels, or what was decided.
OPEN_TASKS = frozenset({View.MINE, View.OFFICE, View.LATE, View.AGAIN, View.ASKED})
#: Lists of cases, by who has the ball.
CASES = {View.CORRECTION: "APPLICANT", View.WAITING: "THEIRS"}
#: Lists that come by due date, whatever was asked.
DATED = frozenset({*CASES, View.FOLLOWED})
#: The value of ``assignee`` that means: held by nobody.
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Question:
    """One page of one list. ``offices`` is what the policy allows; ``codes`` are the person's own
    staff numbers, ``account`` follows cases; ``after`` is where the page before ended."""

    view: View
    offices: tuple[str, ...]
    codes: tuple[str, ...]
    today: date
    matters: tuple[str, ...] | None = None  # None: any
    office: str | None = None
    role: str | None = None
    due: Due | None = None
    assignee: str | None = None
    sort: Sort = Sort.DUE
    after: tuple[date | datetime, str] | None = None
    limit: int = 50
    ordered: bool = True  # False: for counting
    account: str = ""

    @property
    def places(self) -> tuple[str, ...]:
        """The offices asked about: never more than allowed."""
        return tuple(one for one in self.offices if self.office in (None, one))


#: Values of every question; named, so that a statement is built once and asked often.
PLACES = bindparam("places", type_=ARRAY(Text))
CODES = bindparam("codes", type_=ARRAY(Text))
TODAY = bindparam("today", type_=Date)
ACCOUNT = bindparam("account", type_=Text)


def values(asked: Question) -> dict[str, Any]:
    """What the named values are for this question."""
    return {
        "places": asked.places,
        "codes": asked.codes,
        "today": asked.today,
        "account": asked.account,
    }


def each(codes: Any, name: str = "leads") -> Any:
    """A row per code, to walk an index once for each: ``.c.code``."""
    return func.unnest(codes).table_valued("code", name=name).render_derived()


def within(asked: Question, column: Any) -> Iterator[Any]:
    """The conditions of the filter by due date."""
    if asked.due is None:
        return
    near = asked.today + timedelta(days=2)
    week = asked.today + timedelta(days=7)
    if asked.due is Due.LATE:
        yield column < asked.today
    elif asked.due is Due.TODAY:
        yield column == asked.today
    elif asked.due is Due.NONE:
        yield column == NO_DATE
    elif asked.due is Due.LATER:
        yield column > week
        yield column < NO_DATE
    else:
        yield column >= asked.today
        yield column <= (near if asked.due is Due.SOON else week)


def sorted_by(asked: Question, statement: Any, *keys: Any) -> Any:
    """In that order, and no more than the page; counting needs no order."""
    return (statement.order_by(*keys) if asked.ordered else statement).limit(asked.limit)


def beyond(asked: Question, key: Any, row: Any, *, backwards: bool = False) -> Iterator[Any]:
    """The condition that a page goes on behind the one before."""
    if asked.after is None:
        return
    moment, last = asked.after
    here, there = tuple_(key, row), tuple_(literal(moment, key.type), literal(last))
    yield here < there if backwards else here > there
