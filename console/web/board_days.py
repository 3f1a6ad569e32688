"""Whose days, by office, matter or month: the table, the calendar's own count beside it, the sheet.

Mounted by `console.desk_app`; `console.api.board` gives the same. `console.responsibility`
counts, over all cases of the locality.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import Response

from bulletins.model import Sheet, View
from catalog.catalog import Catalog
from console.errors import OfficeCode, OfficeError
from console.responsibility import Answer, answer
from console.web.board import XLSX, as_file
from console.web.board_figures import SPLIT_DAYS
from console.web.context import Visit, Visiting
from console.wording.labels import HOLDER_LABELS
from domain.attribution import Holder
from domain.permissions import Permission

router = APIRouter(include_in_schema=False)


class By(StrEnum):
    """What the days are split by, besides who used them."""

    OFFICE = "office"
    MATTER = "matter"
    MONTH = "month"


BY_WORDS: Mapping[By, str] = {By.OFFICE: "按机构", By.MATTER: "按事项", By.MONTH: "按月份"}
_HEADS: Mapping[By, str] = {By.OFFICE: "机构或地区", By.MATTER: "事项", By.MONTH: "月份"}
#: The column of the question; whose days are an office's or another locality's.
_COLUMN: Mapping[By, str] = {By.OFFICE: "party", By.MATTER: "matter", By.MONTH: "month"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Days of one holder in one group; ``code`` is empty for who is no office."""

    holder: str
    code: str
    name: str
    working: int
    calendar: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The split with its lines in words."""

    by: By
    answer: Answer
    lines: tuple[Line, ...]


@router.get("/board/days")
async def days(
    visit: Visiting,
    by: str = By.OFFICE.value,
    from_: Annotated[str, Query(alias="from")] = "",
    to: str = "",
) -> Response:
    """Whose days were used, with the total and what the calendar says."""
    found = await _asked(visit, by, from_, to)
    first, last = found.answer.from_day, found.answer.to_day
    return visit.page(
        "board_days.html.j2",
        title="责任划分",
        found=found,
        sheet=sheet_of(found),
        ways=BY_WORDS,
        addresses={way: days_at("/board/days", way, first, last) for way in BY_WORDS},
        workbook=days_at("/board/days.xlsx", found.by, first, last),
        may_export=visit.person.may(Permission.EXPORT),
    )


@router.get("/board/days.xlsx")
async def workbook(
    visit: Visiting,
    by: str = By.OFFICE.value,
    from_: Annotated[str, Query(alias="from")] = "",
    to: str = "",
) -> Response:
    """The same as a workbook."""
    visit.need(Permission.EXPORT)
    return await days_file(visit, await _asked(visit, by, from_, to))


async def split_of(visit: Visit, by: By, from_day: date | None, to_day: date | None) -> Split:
    """Days from one day to another, both counted; without a first day the board's last days."""
    visit.need(Permission.SUPERVISE)
    last = min(to_day or visit.today, visit.today)
    found = await answer(
        visit.house.office,
        clerk=None,
        case_no=None,
        by=_COLUMN[by],
        from_day=from_day or last - timedelta(days=SPLIT_DAYS - 1),
        to_day=last,
        now=datetime.now(UTC),
    )
    catalog = visit.house.office.catalog
    lines = tuple(
        Line(
            holder=one.holder.value,
            code=(code := str(getattr(one, _COLUMN[by]))),
            name=_named(code, by, catalog),
            working=one.working,
            calendar=one.calendar,
        )
        for one in found.used
    )
    return Split(by=by, answer=found, lines=lines)


def sheet_of(found: Split) -> Sheet:
    """The lines, their total, and below it what the calendar says it must come to."""
    told = found.answer
    rows = (
        *(
            (HOLDER_LABELS[Holder(one.holder)], one.name, one.working, one.calendar)
            for one in found.lines
        ),
        ("合计", "", told.working, told.calendar),
        ("日历应有", "", told.expected_working, told.expected_calendar),
    )
    agrees = "合计与日历相符。" if told.adds_up else "合计与日历不符，请系统管理员核对。"
    note = f"{told.from_day} 至 {told.to_day}，涉及 {told.cases} 件（收件当日不计）。{agrees}"
    return Sheet("责任划分", ("由谁占用", _HEADS[found.by], "工作日", "自然日"), rows, note=note)


async def days_file(visit: Visit, found: Split) -> Response:
    """The table as a workbook, for who may take it away."""
    from bulletins.workbook import xlsx

    told, locality = found.answer, visit.house.office.catalog.locality(visit.house.office.locality)
    view = View(
        title=f"{locality.name}责任划分（{BY_WORDS[found.by]}）",
        subtitle=f"{told.from_day} 至 {told.to_day}",
        facts=(
            ("涉及办件", told.cases),
            ("工作日合计", told.working),
            ("日历应有工作日", told.expected_working),
            ("自然日合计", told.calendar),
            ("日历应有自然日", told.expected_calendar),
        ),
        sheets=(sheet_of(found),),
        origin="由办件登记簿统计，仅含数量，不含个人信息。",
    )
    content = await asyncio.to_thread(xlsx, view, datetime.now(UTC))
    return as_file(content, XLSX, f"责任划分-{told.from_day}-{told.to_day}.xlsx")


def days_at(path: str, by: By, first: date, last: date) -> str:
    """The address of this split."""
    return f"{path}?{urlencode({'by': by.value, 'from': first, 'to': last})}"


async def _asked(visit: Visit, by: str, first: str, last: str) -> Split:
    visit.need(Permission.SUPERVISE)
    if by not in set(By):
        raise OfficeError(OfficeCode.WRONG_FIELD, "没有这种划分；请从督办看板进入。")
    return await split_of(visit, By(by), _day(first), _day(last))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise OfficeError(
            OfficeCode.WRONG_FIELD, "日期请写成 2026-11-01 的形式，改正后再查。"
        ) from None


def _named(code: str, by: By, catalog: Catalog) -> str:
    if by is By.MONTH or not code:
        return code
    place = catalog.offices.get(code) or catalog.localities.get(code)
    if by is By.OFFICE:
        return place.name if place else code
    return catalog.matter_name(code) or code
