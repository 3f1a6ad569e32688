"""Laying a slip out as an official form and printing it: the engine behind render.

`compose(slip)` gives the PDF; `pages_of(slip)` the laid-out pages, for tests.
"""

from __future__ import annotations

from datetime import date

from slips.faces import Face
from slips.flow import LEFT, RIGHT, Cell, Flow
from slips.footer import footer
from slips.lines import width
from slips.model import Slip, Table
from slips.paint import Line, Mark, Ring, Text, paint
from slips.substitutes import with_substitutes

_BODY, _HINT, _GRID, _WIDE_GRID = 12.0, 9.0, 10.5, 8.5
_SHADE = 242
#: Radius in mm of the seal's place: official round seals measure 42 mm at most.
_SEAL = 21.0
_LABEL_WIDTH = 40.0


def chinese_date(day: date) -> str:
    """2026年3月5日, as official papers write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def compose(slip: Slip) -> bytes:
    """The slip as PDF (A4, faces embedded, text selectable); the same slip, the same bytes."""
    return paint(
        pages_of(slip),
        title=f"{slip.title} {slip.number}",
        author=slip.issuer,
        on=slip.issued_on,
        landscape=slip.landscape,
    )


def pages_of(slip: Slip) -> list[list[Mark]]:
    """The marks of every page, footers included."""
    slip = with_substitutes(slip)
    flow = Flow(slip.landscape)
    _head(flow, slip)
    _prose(flow, slip.paragraphs)
    _pairs(flow, slip.rows)
    for table in slip.tables:
        _table(flow, table, _WIDE_GRID if slip.landscape else _GRID)
    flow.y += 3.0
    _prose(flow, (*slip.closing, slip.remedies))
    if slip.sealed:
        _seal(flow, slip)
    _signatures(flow, slip.signatures)
    for index, page in enumerate(flow.pages):
        page.extend(footer(flow, slip, index + 1))
    return flow.pages


def _head(flow: Flow, slip: Slip) -> None:
    flow.text(slip.issuer, 14, align="centre", after=1.5)
    flow.text(slip.title, 22, Face.HEI, align="centre", after=3.0)
    flow.text(f"编号：{slip.number}", _GRID, align="right", after=0.5)
    flow.put(Line(LEFT, flow.y, flow.page_width - RIGHT, flow.y, line=0.5))
    flow.y += 4.0
    if slip.recipient:
        flow.text(f"{slip.recipient}：", _BODY, after=1.2)


def _prose(flow: Flow, paragraphs: tuple[str, ...]) -> None:
    for paragraph in filter(None, paragraphs):
        flow.text(paragraph, _BODY, indent=2, after=1.2)


def _pairs(flow: Flow, rows: tuple[tuple[str, str], ...]) -> None:
    flow.y += 1.5
    for label, value in rows:
        name = Cell(label, _LABEL_WIDTH, Face.HEI, _SHADE, centred=True)
        flow.row((name, Cell(value, flow.room - _LABEL_WIDTH)), _GRID)


def _table(flow: Flow, table: Table, size: float) -> None:
    flow.y += 4.0
    flow.need(30.0)
    if table.title:
        flow.text(table.title, _GRID, Face.HEI, after=0.8)
    widths = [flow.room * weight / sum(table.weights) for weight in table.weights]
    header = tuple(
        Cell(text, wide, Face.HEI, _SHADE, centred=True)
        for text, wide in zip(table.header, widths, strict=True)
    )
    flow.row(header, size)
    for row in table.rows or (("（无）", *[""] * (len(widths) - 1)),):
        flow.row(
            tuple(
                Cell(text, wide, centred=_short(text))
                for text, wide in zip(row, widths, strict=True)
            ),
            size,
            repeat=header,
        )


def _short(text: str) -> bool:
    """Numbers, dates and short words are centred, prose is not."""
    return len(text) <= 4 or not any("\u4e00" <= char <= "\u9fff" for char in text)


def _seal(flow: Flow, slip: Slip) -> None:
    """Issuer and date at the right, inside the place of the seal."""
    flow.need(2 * _SEAL + 2)
    half = max(_SEAL, width(slip.issuer, Face.SONG, _BODY) / 2)
    centre, middle = flow.page_width - RIGHT - half, flow.y + _SEAL + 1
    flow.put(Ring(centre, middle, _SEAL))
    for text, below, size, grey in (
        (slip.issuer, -1.5, _BODY, 0),
        (chinese_date(slip.issued_on), 6.0, _BODY, 0),
        ("（印章）", 13.0, _HINT, 150),
    ):
        x = centre - width(text, Face.SONG, size) / 2
        flow.put(Text(x, middle + below, text, Face.SONG, size, grey))
    flow.y += 2 * _SEAL + 2


def _signatures(flow: Flow, labels: tuple[str, ...]) -> None:
    """Lines to sign and date, two to a row."""
    half, date_width = flow.room / 2, 30.0
    for index, label in enumerate(labels):
        if index % 2 == 0:
            flow.need(12.0)
            flow.y += 12.0
        x, text = LEFT + (index % 2) * half, f"{label}："
        start, end = x + width(text, Face.SONG, _GRID), x + half - date_width
        flow.put(
            Text(x, flow.y - 2, text, Face.SONG, _GRID),
            Line(start, flow.y - 1, end, flow.y - 1),
            Text(end + 3, flow.y - 2, "  年   月   日", Face.SONG, _HINT),
        )
