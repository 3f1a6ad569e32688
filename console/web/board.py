"""The supervisors' board: what is late and soon late by office, whose days were used, the ladder.

Mounted by `console.desk_app`. Numbers lead to the tasks behind them, and those to their cases.
"""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from bulletins.charts import svg
from bulletins.model import Chart, Sheet
from console.errors import OfficeCode, OfficeError
from console.supervising import SupervisionDesk
from console.web.board_figures import SOON, Figures, export, figures, offices_sheet, split_sheet
from console.web.context import Visit, Visiting
from console.web.due_words import due_words
from console.web.rung_lists import line_of, rung_rows, rungs_at
from console.wording.labels import HOLDER_LABELS, labelled, office_name
from domain.permissions import Permission
from storage import board as register

router = APIRouter(include_in_schema=False)

_LISTED = 200
#: The newest rungs on the board itself; all of them have a list of their own.
_RUNGS = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATE_WORDS = {"open": "在办", "late": "已超期", "today": "今天到期", "soon": "两天内到期"}


@router.get("/board")
async def board(visit: Visiting, case_no: str | None = None) -> Response:
    """The board; with a case number, the ladder of that case alone."""
    found = await figures(visit, datetime.now(UTC))
    catalog = visit.house.office.catalog
    offices = visit.person.offices(Permission.SUPERVISE)
    case_no = line_of(case_no or "")
    rungs = await SupervisionDesk(visit.house.office).page(
        sorted(offices), case_no=case_no or None, limit=_RUNGS
    )
    return visit.page(
        "board.html.j2",
        title="督办看板",
        found=found,
        by_office=[{**one, "name": office_name(one["office"], catalog)} for one in found.offices],
        split=split_sheet(found),
        charts=_charts(found, visit),
        case_no=case_no,
        rungs=rung_rows(rungs.items, catalog),
        rungs_total=rungs.total,
        all_rungs=rungs_at(case_no=case_no),
        may_export=visit.person.may(Permission.EXPORT),
    )


@router.get("/board/charts/{name}.svg")
async def chart(visit: Visiting, name: str) -> Response:
    """One chart as a picture; its numbers stand beside it as a table."""
    wanted = await chart_of(visit, name)
    drawn = await asyncio.to_thread(svg, _said(wanted, visit.words.gettext))
    return Response(drawn, media_type="image/svg+xml")


async def chart_of(visit: Visit, name: str) -> Chart:
    """The numbers of a chart; OfficeError NOT_FOUND."""
    sheets = _sheets(await figures(visit, datetime.now(UTC)), visit)
    if name not in sheets or (wanted := sheets[name].chart) is None:
        raise OfficeError(OfficeCode.NOT_FOUND, "没有这张图；请返回看板。")
    return wanted


@router.get("/board/tasks")
async def tasks(visit: Visiting, state: str = "late", office: str | None = None) -> Response:
    """The tasks behind a number."""
    visit.need(Permission.SUPERVISE, office)
    if state not in STATE_WORDS:
        raise OfficeError(OfficeCode.WRONG_FIELD, "没有这个列表；请从看板进入。")
    offices = [office] if office else sorted(visit.person.offices(Permission.SUPERVISE))
    today, catalog = visit.today, visit.house.office.catalog
    rows = await visit.house.office.read(
        lambda connection: register.tasks_behind(
            connection, offices, state, today, today + SOON, limit=_LISTED
        )
    )
    return visit.page(
        "board_tasks.html.j2",
        title="督办明细",
        state=state,
        states=STATE_WORDS,
        office=office,
        office_named=office_name(office, catalog),
        limit=_LISTED,
        tasks=[
            {
                **one,
                "due": due_words(one["due_on"], today, one["clock"]),
                "office_name": office_name(one["office"], catalog),
                "holder_name": labelled(HOLDER_LABELS, one["holder"]),
            }
            for one in rows
        ],
    )


@router.get("/board/export.{kind}")
async def exported(visit: Visiting, kind: str) -> Response:
    """The board's tables as a workbook (xlsx) or as text (csv)."""
    return await board_file(visit, kind)


async def board_file(visit: Visit, kind: str) -> Response:
    """The board's tables as a file, for who may take them away."""
    visit.need(Permission.EXPORT)
    now = datetime.now(UTC)
    found = await figures(visit, now)
    if kind == "xlsx":
        from bulletins.workbook import xlsx

        content = await asyncio.to_thread(xlsx, export(found, visit), now)
        return as_file(content, XLSX, f"督办看板-{visit.today}.xlsx")
    if kind == "csv":
        content = _csv(offices_sheet(found, visit))
        return as_file(content, "text/csv; charset=utf-8", f"督办看板-{visit.today}.csv")
    raise OfficeError(OfficeCode.WRONG_FIELD, "只能导出 xlsx 或 csv；请从看板选择。")


def _said(chart: Chart, say: Callable[[str], str]) -> Chart:
    """The chart in the reader's language."""
    return replace(
        chart,
        title=say(chart.title),
        labels=tuple(map(say, chart.labels)),
        series=tuple((say(name), values) for name, values in chart.series),
        unit=say(chart.unit),
    )


def _sheets(found: Figures, visit: Visit) -> dict[str, Sheet]:
    return {"offices": offices_sheet(found, visit), "days": split_sheet(found)}


def _charts(found: Figures, visit: Visit) -> list[tuple[str, str]]:
    """Name and title of the charts that have anything to show."""
    drawn = ((name, one.chart) for name, one in _sheets(found, visit).items())
    return [
        (name, one.title)
        for name, one in drawn
        if one is not None and any(any(values) for _, values in one.series)
    ]


def _csv(sheet: Sheet) -> bytes:
    """UTF-8 with its mark, which is how spreadsheets recognise it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(sheet.header)
    writer.writerows(["" if cell is None else cell for cell in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def as_file(content: bytes, media_type: str, name: str) -> Response:
    """A file to keep, under its Chinese name."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=media_type, headers=headers)
