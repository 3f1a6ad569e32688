"""Laying a slip out as an official form and printing it: the engine behind render.

`compose(slip)` gives the PDF; `pages_of(slip)` the laid-out pages, for tests.
"""

from __future__ import annotations

import re
from datetime import date

from slips.faces import Face
from slips.flow import LEFT, RIGHT, Align, Cell, Flow
from slips.footer import footer
from slips.lines import width
from slips.model import Slip, Stub, Table
from slips.paint import Line, Mark, Ring, Text, paint
from slips.substitutes import with_substitutes

_BODY, _HINT, _GRID, _WIDE_GRID = 12.0, 9.0, 10.5, 8.5
_SHADE = 242
#: Radius in mm of the seal's place: official round seals measure 42 mm at most.
_SEAL = 21.0
_LABEL_WIDTH = 46.0
#: Height in mm of a line to sign.
_SIGN = 12.0
_SIGN_WIDTH = 110.0
#: Height in mm of a stub's head and text, and of a line to fill in; length of a dash.
_STUB_HEAD, _BLANK, _DASH = 48.0, 9.0, 2.0
#: Lines of text that the seal of a stub takes.
_SEAL_LINES = 4
_SUM = re.compile(r"-?[\d,]+\.\d\d")
_HAN = re.compile("[\u4e00-\u9fff]")


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
        _end(flow, slip)
    else:
        _sign_lines(flow, slip.signatures)
        flow.y += 4.0
        flow.text(f"出具日期：{chinese_date(slip.issued_on)}", _GRID, align=Align.RIGHT)
    if slip.stub is not None:
        _stub(flow, slip.stub, slip.number)
    for index, page in enumerate(flow.pages):
        page.extend(footer(flow, slip, index + 1))
    return flow.pages


def _head(flow: Flow, slip: Slip) -> None:
    flow.text(slip.issuer, 14, align=Align.CENTRE, after=1.5)
    flow.text(slip.title, 22, Face.HEI, align=Align.CENTRE, after=3.0)
    flow.text(f"编号：{slip.number}", _GRID, align=Align.RIGHT, after=0.5)
    flow.put(Line(LEFT, flow.y, flow.page_width - RIGHT, flow.y, line=0.5))
    flow.y += 4.0
    if slip.recipient:
        flow.text(f"{slip.recipient}：", _BODY, after=1.2)


def _prose(flow: Flow, paragraphs: tuple[str, ...]) -> None:
    for paragraph in filter(None, paragraphs):
        flow.text(paragraph, _BODY, indent=2, after=1.2)


def _pairs(flow: Flow, rows: tuple[tuple[str, str], ...]) -> None:
    """Labels and values, two pairs to a line when the page lies on its side."""
    flow.y += 1.5
    abreast = 2 if flow.landscape else 1
    value_width = flow.room / abreast - _LABEL_WIDTH
    for start in range(0, len(rows), abreast):
        pairs = [*rows[start : start + abreast], ("", "")][:abreast]
        cells: list[Cell] = []
        for label, value in pairs:
            cells.append(Cell(label, _LABEL_WIDTH, Face.HEI, _SHADE, Align.CENTRE))
            cells.append(Cell(value, value_width))
        flow.row(cells, _GRID)


def _table(flow: Flow, table: Table, size: float) -> None:
    flow.y += 4.0
    flow.need(30.0)
    if table.title:
        flow.text(table.title, _GRID, Face.HEI, after=0.8)
    widths = [flow.room * weight / sum(table.weights) for weight in table.weights]
    columns = list(zip(*table.rows, strict=True)) or [()] * len(widths)
    aligns = [_align(column) for column in columns]
    header = tuple(
        Cell(text, wide, Face.HEI, _SHADE, Align.CENTRE)
        for text, wide in zip(table.header, widths, strict=True)
    )
    flow.row(header, size)
    for row in table.rows:
        cells = zip(row, widths, aligns, strict=True)
        flow.row([Cell(text, wide, align=align) for text, wide, align in cells], size, header)
    if not table.rows:
        flow.row([Cell("（无）", flow.room, align=Align.CENTRE)], size, header)


def _align(column: tuple[str, ...]) -> Align:
    """Sums stand at the right, short words and numbers in the middle, prose at the left."""
    filled = [text for text in column if text]
    if filled and all(_SUM.fullmatch(text) for text in filled):
        return Align.RIGHT
    short = all(len(text) <= 4 or not _HAN.search(text) for text in filled)
    return Align.CENTRE if short else Align.LEFT


def _end(flow: Flow, slip: Slip) -> None:
    """The seal's place at the right and the lines to sign at the left of it, kept together."""
    tall = 2 * _SEAL + 2
    if flow.left_over < tall:
        flow.turn()
        flow.text("（此页无正文）", _BODY, indent=2)
    flow.y += 2.0
    half = max(_SEAL, width(slip.issuer, Face.SONG, _BODY) / 2)
    centre, middle = flow.page_width - RIGHT - half, flow.y + _SEAL
    sign_room = min(centre - half - LEFT - 6, _SIGN_WIDTH)
    flow.put(Ring(centre, middle, _SEAL))
    for text, below, size, grey in (
        (slip.issuer, -1.5, _BODY, 0),
        (chinese_date(slip.issued_on), 6.0, _BODY, 0),
        ("（印章）", 13.0, _HINT, 150),
    ):
        x = centre - width(text, Face.SONG, size) / 2
        flow.put(Text(x, middle + below, text, Face.SONG, size, grey))
    for index, label in enumerate(slip.signatures):
        _sign(flow, label, LEFT, flow.y + (index + 1) * _SIGN, sign_room)
    flow.y += tall


def _stub(flow: Flow, stub: Stub, number: str) -> None:
    """The part that is cut off, or a page of its own where no room is left for all of it."""
    signing = -(-len(stub.signatures) // 2) * _SIGN
    before = len(flow.pages)
    flow.need(_STUB_HEAD + (len(stub.blanks) + _SEAL_LINES) * _BLANK + signing)
    if len(flow.pages) == before:
        _cut_line(flow)
    flow.text(stub.title, 16, Face.HEI, align=Align.CENTRE, after=1.5)
    flow.text(f"通知单编号：{number}", _GRID, align=Align.RIGHT, after=1.0)
    _prose(flow, (stub.paragraph,))
    seal = (stub.seal, "\n" * _SEAL_LINES)
    _pairs(flow, (*((label, "") for label in stub.blanks), seal))
    _sign_lines(flow, stub.signatures)


def _cut_line(flow: Flow) -> None:
    flow.y += 6.0
    x = LEFT
    while x < flow.page_width - RIGHT:
        flow.put(Line(x, flow.y, min(x + _DASH, flow.page_width - RIGHT), flow.y))
        x += 2 * _DASH
    flow.y += 3.0


def _sign_lines(flow: Flow, labels: tuple[str, ...]) -> None:
    """Lines to sign of a paper without seal, two to a row."""
    half = flow.room / 2
    for index, label in enumerate(labels):
        if index % 2 == 0:
            flow.need(_SIGN)
            flow.y += _SIGN
        _sign(flow, label, LEFT + (index % 2) * half, flow.y, half - 4)


def _sign(flow: Flow, label: str, x: float, y: float, room: float) -> None:
    text, day = f"{label}：", "    年   月   日"
    start, end = x + width(text, Face.SONG, _GRID), x + room - width(day, Face.SONG, _HINT)
    flow.put(
        Text(x, y - 2, text, Face.SONG, _GRID),
        Line(start, y - 1, end, y - 1),
        Text(end, y - 2, day, Face.SONG, _HINT),
    )
