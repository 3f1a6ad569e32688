"""The bulletin on paper: A4 across, text that can be selected, charts drawn in greys.

Called by the command line. Uses the faces and the typesetting of the slips.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bulletins.model import Chart, Sheet, View, shown
from slips.faces import Face, printable
from slips.flow import BOTTOM, LEFT, TOP, Align, Cell, Flow
from slips.lines import MM_PER_PT, width
from slips.paint import Area, Line, Mark, Text, paint

_TITLE, _HEADING, _TEXT, _SMALL = 18.0, 12.0, 9.0, 7.5
_HEADER_GREY = 232
_GREYS = (70, 170)
_BAR, _GAP = 4.2, 1.6
_CHART_HEIGHT = 46.0
_WIDEST_LABEL = 78.0
_HEAD_AND_ROW = 24.0


def pdf(view: View, on: date) -> bytes:
    """The PDF; `on` is its only date, so that the same bulletin gives the same bytes."""
    flow = Flow(landscape=True)
    flow.text(printable(view.title), _TITLE, Face.HEI, align=Align.CENTRE, after=1)
    flow.text(printable(view.subtitle), _TEXT, align=Align.CENTRE, after=4)
    _facts(flow, view)
    for sheet in view.sheets:
        _sheet(flow, sheet.shortened())
    flow.y += 4
    flow.text(printable(view.origin), _SMALL)
    for number, page in enumerate(flow.pages, 1):
        page.extend(_footer(flow, number))
    return paint(flow.pages, title=view.title, author="通办", on=on, landscape=True)


def _footer(flow: Flow, number: int) -> list[Mark]:
    words = f"第 {number} 页，共 {len(flow.pages)} 页"
    x = (flow.page_width - width(words, Face.SONG, _SMALL)) / 2
    return [Text(x, flow.page_height - 14, words, Face.SONG, _SMALL, 90)]


def _facts(flow: Flow, view: View) -> None:
    w = flow.room / len(view.facts)
    labels = [Cell(label, w, Face.HEI, _HEADER_GREY, Align.CENTRE) for label, _ in view.facts]
    flow.row(labels, _TEXT)
    flow.row([Cell(shown(value), w, Face.HEI, None, Align.CENTRE) for _, value in view.facts], 15)
    flow.y += 5


def _sheet(flow: Flow, sheet: Sheet) -> None:
    if sheet.chart:
        flow.need(_CHART_HEIGHT + 24)  # the heading stays with its chart
    flow.need(28)
    flow.text(sheet.title, _HEADING, Face.HEI, after=1)
    if sheet.chart and any(any(values) for _, values in sheet.chart.series):
        (_lying if sheet.chart.across else _standing)(flow, sheet.chart)
    if sheet.rows:
        _table(flow, sheet)
    elif not sheet.note:
        flow.text("本期没有。", _TEXT)
    if sheet.note:
        flow.text(printable(sheet.note), _SMALL, after=1)
    flow.y += 5


def _table(flow: Flow, sheet: Sheet) -> None:
    rows = [[printable(shown(cell)) for cell in row] for row in sheet.rows]
    widths = _widths(flow, sheet.header, rows)
    header = [
        Cell(name, w, Face.HEI, _HEADER_GREY, Align.CENTRE)
        for name, w in zip(sheet.header, widths, strict=True)
    ]
    flow.need(_HEAD_AND_ROW)  # a header never stands alone at the foot of a page
    flow.row(header, _SMALL)
    for row in rows:
        cells = [
            Cell(text, w, align=Align.RIGHT if _is_number(text) else Align.LEFT)
            for text, w in zip(row, widths, strict=True)
        ]
        flow.row(cells, _SMALL, repeat=header)


def _widths(flow: Flow, header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Wide as their text, at least three characters; a table of few columns is not spread out."""
    one = _SMALL * MM_PER_PT
    wanted = []
    for column, name in enumerate(header):
        longest = max((width(row[column], Face.SONG, _SMALL) for row in rows), default=0.0)
        heading = width(name, Face.HEI, _SMALL)
        wanted.append(max(min(longest, 60.0), min(heading, 3 * one), 3 * one) + 3.6)
    scale = flow.room / sum(wanted)
    return [w * min(scale, 1.8) for w in wanted]


def _is_number(text: str) -> bool:
    return text.rstrip("%").replace(".", "", 1).isdigit()


def _lying(flow: Flow, chart: Chart) -> None:
    """Bars that lie, one under the other, each with its number."""
    labels = [printable(label) for label in chart.labels]
    whole = len(labels) * (_BAR * len(chart.series) + _GAP) + 10
    flow.need(min(whole, flow.page_height - TOP - BOTTOM - 1))
    _legend(flow, chart)
    beside = max(width(label, Face.SONG, _TEXT) for label in labels)
    beside = min(beside, _WIDEST_LABEL) + 3
    most = max(max(values) for _, values in chart.series)
    room = flow.room - beside - 16
    for place, label in enumerate(labels):
        flow.need(_BAR * len(chart.series) + _GAP)
        height = _BAR * len(chart.series)
        size = _TEXT * min(1.0, _WIDEST_LABEL / max(width(label, Face.SONG, _TEXT), 1.0))
        spare = beside - 3 - width(label, Face.SONG, size)
        flow.put(Text(LEFT + spare, flow.y + height / 2 + 1.1, label, Face.SONG, size))
        for number, (_, values) in enumerate(chart.series):
            top = flow.y + number * _BAR
            long = room * values[place] / most
            flow.put(Area(LEFT + beside, top, long, _BAR - 0.6, _GREYS[number % 2]))
            flow.put(
                Text(
                    LEFT + beside + long + 1.5,
                    top + _BAR - 1.3,
                    str(values[place]),
                    Face.SONG,
                    _SMALL,
                )
            )
        flow.y += height + _GAP
    flow.y += 3


def _standing(flow: Flow, chart: Chart) -> None:
    """Bars side by side over a line, with their numbers where there is room."""
    flow.need(_CHART_HEIGHT + 16)
    _legend(flow, chart)
    most = max(max(values) for _, values in chart.series)
    slot = flow.room / max(len(chart.labels), 8)
    bar = slot * 0.8 / len(chart.series)
    floor = flow.y + _CHART_HEIGHT
    for place, label in enumerate(chart.labels):
        x = LEFT + place * slot
        for number, (_, values) in enumerate(chart.series):
            value = values[place]
            high = (_CHART_HEIGHT - 6) * value / most
            left = x + slot * 0.1 + number * bar
            flow.put(Area(left, floor - high, bar, high, _GREYS[number % 2]))
            if value:
                inset = (bar - width(str(value), Face.SONG, _SMALL)) / 2
                flow.put(Text(left + inset, floor - high - 1, str(value), Face.SONG, _SMALL))
        middle = x + (slot - width(label, Face.SONG, _SMALL)) / 2
        flow.put(Text(middle, floor + 4, label, Face.SONG, _SMALL))
    flow.put(Line(LEFT, floor, LEFT + flow.room, floor))
    flow.y = floor + 8


def _legend(flow: Flow, chart: Chart) -> None:
    flow.need(10)
    x = LEFT
    for number, (name, _) in enumerate(chart.series):
        words = f"{name}（{chart.unit}）"
        flow.put(Area(x, flow.y + 0.8, 3, 3, _GREYS[number % 2]))
        flow.put(Text(x + 4.2, flow.y + 3.5, words, Face.SONG, _SMALL))
        x += width(words, Face.SONG, _SMALL) + 12
    flow.y += 6.5
