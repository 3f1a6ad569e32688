"""The board, rungs and bulletins as callers see them, and what they may send about one."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from console.api.shapes import Asked, Shown, Text, Word
from domain.bulletins import BulletinKind

PERIOD = r"^(20[0-9]{2}-[0-9]{2}(-[0-9]{2})?)?$"


class OfficeFigures(Shown):
    """Open, late and soon late tasks of one office."""

    office: str
    open: int
    late: int
    today: int
    soon: int
    oldest: date | None


class UsedDays(Shown):
    """Whose days were used."""

    holder: str
    working: int
    calendar: int


class DaysOf(Shown):
    """Days of one holder in one group."""

    holder: str
    code: str = Field(description="机构、地区、事项代码或者月份；不是机构的为空")
    name: str
    working: int
    calendar: int


class DaysUsed(Shown):
    """Whose days were used, and what the calendar says that it must come to."""

    by: str
    from_day: date
    to_day: date
    cases: int
    used: list[DaysOf]
    working: int
    calendar: int
    expected_working: int = Field(description="日历上应有的工作日")
    expected_calendar: int = Field(description="日历上应有的自然日")
    adds_up: bool = Field(description="合计与日历相符")


class Board(Shown):
    """The board."""

    as_of: datetime
    offices: list[OfficeFigures]
    open_cases: int
    overdue_cases: int
    from_day: date
    to_day: date
    days_used: list[UsedDays]


class ChartName(StrEnum):
    """The charts of the board."""

    OFFICES = "offices"
    DAYS = "days"


class Series(Shown):
    """One colour of a chart: a value for each label."""

    name: str
    values: list[int]


class ChartShown(Shown):
    """The numbers behind a chart."""

    title: str
    unit: str
    labels: list[str]
    series: list[Series]


class State(StrEnum):
    """Which tasks stand behind a number."""

    OPEN = "open"
    LATE = "late"
    TODAY = "today"
    SOON = "soon"


class BoardTask(Shown):
    """A task behind a number."""

    task_id: str
    case_no: str
    title: str
    office: str
    assignee: str | None
    due_on: date | None
    matter_name: str
    holder: str
    escalation: int


class BoardTasks(Shown):
    """The tasks behind a number, most urgent first; at most 200."""

    items: list[BoardTask]


class RungRecord(Shown):
    """What was recorded about a rung."""

    kind: str
    at: datetime
    actor: str
    office: str
    words: str


class RungShown(Shown):
    """A rung of the ladder."""

    number: str
    task_id: str
    case_no: str
    matter_name: str
    task_title: str
    office: str
    rung: str
    content: str
    warning: str
    issuer: str
    issued_at: datetime
    due_on: date | None
    task_due_on: date
    days_late: int
    state: str
    open: bool = Field(description="还没有了结：核验答复不算了结，办结才是")
    records: list[RungRecord]


class Rungs(Shown):
    """A page of rungs, newest first; ``total``: how many there are with these filters."""

    items: list[RungShown]
    next: str | None = Field(description="下一页的位置；没有即到此为止")
    total: int = Field(description="共有几件")


class RungAct(StrEnum):
    """What can be recorded."""

    REPLY = "reply"
    INTERVIEW = "interview"
    CLOSE = "close"


class Words(Asked):
    """What is recorded."""

    text: Text = Field(min_length=1)


class BulletinCard(Shown):
    """An issued bulletin."""

    number: str
    kind: str
    first_day: date
    last_day: date
    as_of: datetime
    digest: str
    issued_at: datetime


class Bulletins(Shown):
    """Issued bulletins, newest first."""

    items: list[BulletinCard]


class Bulletin(BulletinCard):
    """A bulletin with its figures, numbers only."""

    content: dict[str, Any]


class Preview(Shown):
    """What a bulletin would say now."""

    kind: str
    first_day: date
    last_day: date
    content: dict[str, Any]


class BulletinAsked(Asked):
    """Which bulletin is issued; without a period the last one that is over."""

    kind: BulletinKind
    period: Annotated[Word, Field(pattern=PERIOD)] = ""
