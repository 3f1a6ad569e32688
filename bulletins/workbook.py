"""The bulletin as an XLSX workbook: a sheet per table, typed cells, frozen header, native charts.

Called by the command line.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from bulletins.model import Cell, Sheet, View, shown

_COLOURS = ("#1f5fa8", "#d9730d")
_LEAST, _MOST = 8, 44


def xlsx(view: View, made: datetime) -> bytes:
    """The workbook; `made` is its only date, so that the same bulletin gives the same cells."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.set_properties(
            {"title": view.title, "subject": view.subtitle, "created": made.replace(tzinfo=None)}
        )
        formats = {
            "header": book.add_format(
                {"bold": True, "bg_color": "#eef1f6", "border": 1, "text_wrap": True}
            ),
            "percent": book.add_format({"num_format": "0.0%"}),
            "decimal": book.add_format({"num_format": "0.00"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
        }
        _front(book.add_worksheet("封面"), view, formats)
        for sheet in view.sheets:
            _sheet(book, book.add_worksheet(sheet.title), sheet, formats)
    return out.getvalue()


def _front(page: Worksheet, view: View, formats: dict[str, Any]) -> None:
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 14)
    page.write_string(0, 0, view.title, formats["title"])
    page.write_string(1, 0, view.subtitle)
    for row, (label, value) in enumerate(view.facts, 3):
        page.write_string(row, 0, label)
        _write(page, row, 1, value, formats)
    page.write_string(4 + len(view.facts), 0, view.origin)


def _sheet(book: Workbook, page: Worksheet, sheet: Sheet, formats: dict[str, Any]) -> None:
    page.write_row(0, 0, sheet.header, formats["header"])
    page.freeze_panes(1, 1)
    for number, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row):
            _write(page, number, column, cell, formats)
    for column, name in enumerate(sheet.header):
        texts = [name, *(shown(row[column]) for row in sheet.rows)]
        page.set_column(column, column, min(max(_LEAST, *map(_wide, texts)), _MOST))
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.header) - 1)
    if sheet.note:
        page.write_string(len(sheet.rows) + 2, 0, sheet.note)
    if sheet.chart and sheet.chart.labels:
        _draw(book, page, sheet)


def _draw(book: Workbook, page: Worksheet, sheet: Sheet) -> None:
    """A native chart over its own numbers, which stand to the right of the table."""
    chart = sheet.chart
    assert chart is not None
    at = len(sheet.header) + 1
    page.write_row(0, at, (chart.title, *(name for name, _ in chart.series)))
    page.write_column(1, at, chart.labels)
    drawn = book.add_chart({"type": "bar" if chart.across else "column"})
    assert drawn is not None
    last = len(chart.labels)
    for number, (_, values) in enumerate(chart.series):
        page.write_column(1, at + 1 + number, values)
        drawn.add_series(
            {
                "name": [page.name, 0, at + 1 + number],
                "categories": [page.name, 1, at, last, at],
                "values": [page.name, 1, at + 1 + number, last, at + 1 + number],
                "fill": {"color": _COLOURS[number % len(_COLOURS)]},
            }
        )
    drawn.set_title({"name": chart.title})
    drawn.set_y_axis({"reverse": True} if chart.across else {"name": chart.unit})
    drawn.set_size({"width": 760, "height": max(320, 40 * last if chart.across else 320)})
    page.insert_chart(1, at + 3 + len(chart.series), drawn, {"description": chart.title})


def _write(page: Worksheet, row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    if isinstance(cell, Decimal):
        page.write_number(row, column, float(cell), formats["decimal"])
    elif isinstance(cell, int):
        page.write_number(row, column, cell)
    elif isinstance(cell, str) and cell.endswith("%"):
        page.write_number(row, column, float(Decimal(cell[:-1]) / 100), formats["percent"])
    else:
        page.write_string(row, column, shown(cell))


def _wide(text: str) -> int:
    """Width in columns; a Chinese character takes two."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text) + 2
