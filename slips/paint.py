"""Drawing laid-out pages as PDF: faces embedded as subsets, text selectable, same bytes each time.

Called by compose. Positions are mm from the top left corner, sizes are points.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from slips.faces import FILES, Face, runs
from slips.lines import width

if TYPE_CHECKING:
    from fpdf import FPDF

#: A4 upright, width and height in mm.
A4 = (210.0, 297.0)


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `y` is its baseline."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    grey: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """The frame of a cell."""

    x: float
    y: float
    w: float
    h: float
    line: float = 0.2


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle filled with a grey: 0 black, 255 white."""

    x: float
    y: float
    w: float
    h: float
    grey: int


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    line: float = 0.2


@dataclass(frozen=True, slots=True)
class Ring:
    """The dotted circle that marks where the seal goes."""

    x: float
    y: float
    r: float


Mark = Text | Box | Area | Line | Ring


def _draw(pdf: FPDF, mark: Mark) -> None:
    match mark:
        case Text():
            x = mark.x
            pdf.set_text_color(mark.grey)
            for text, face in runs(mark.text, mark.face):
                pdf.set_font(face.value, size=mark.size)
                pdf.text(x, mark.y, text)
                x += width(text, face, mark.size)
        case Box():
            pdf.set_line_width(mark.line)
            pdf.rect(mark.x, mark.y, mark.w, mark.h)
        case Area():
            pdf.set_fill_color(mark.grey)
            pdf.rect(mark.x, mark.y, mark.w, mark.h, style="F")
        case Line():
            pdf.set_line_width(mark.line)
            pdf.line(mark.x1, mark.y1, mark.x2, mark.y2)
        case Ring():
            pdf.set_draw_color(170)
            pdf.set_line_width(0.2)
            pdf.set_dash_pattern(dash=1.0, gap=1.0)
            pdf.circle(mark.x, mark.y, mark.r)
            pdf.set_dash_pattern()
            pdf.set_draw_color(0)


def paint(pages: list[list[Mark]], *, title: str, author: str, on: date, landscape: bool) -> bytes:
    """The PDF of `pages`; `on` is its only date, so the same slip gives the same bytes."""
    # Loading it takes as long as a quarter of a worker's start, and few processes ever draw.
    from fpdf import FPDF

    pdf = FPDF(orientation="landscape" if landscape else "portrait", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_creation_date(datetime(on.year, on.month, on.day, tzinfo=UTC))
    pdf.set_title(title)
    pdf.set_author(author)
    pdf.set_lang("zh-CN")
    for face, path in FILES.items():
        pdf.add_font(face.value, fname=str(path))
    for page in pages:
        pdf.add_page()
        for mark in page:
            _draw(pdf, mark)
    return bytes(pdf.output())
