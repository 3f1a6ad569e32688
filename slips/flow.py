"""Setting text and grids down the pages, opening a new one when the room is used up.

Called by compose. A row of a grid that fits on a page is never cut; a taller one goes on overleaf.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from slips.faces import Face
from slips.lines import MM_PER_PT, break_lines, width
from slips.paint import A4, Area, Box, Mark, Text

#: Margins in mm; the bottom one leaves room for the footer.
LEFT, RIGHT, TOP, BOTTOM = 25.0, 25.0, 22.0, 32.0
_PAD = 1.6
_LEADING = 1.5


class Align(Enum):
    """Where a line stands, as the share of the spare room before it."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid row: text, width in mm, and its looks."""

    text: str
    w: float
    face: Face = Face.SONG
    fill: int | None = None
    align: Align = Align.LEFT


@dataclass(slots=True)
class Flow:
    """Pages being filled; `y` is where the next thing goes, in mm from the top."""

    landscape: bool = False
    pages: list[list[Mark]] = field(default_factory=lambda: [[]])
    y: float = TOP

    @property
    def page_width(self) -> float:
        return A4[1] if self.landscape else A4[0]

    @property
    def page_height(self) -> float:
        return A4[0] if self.landscape else A4[1]

    @property
    def room(self) -> float:
        """Width between the margins."""
        return self.page_width - LEFT - RIGHT

    @property
    def left_over(self) -> float:
        """Height left on this page."""
        return self.page_height - BOTTOM - self.y

    def put(self, *marks: Mark) -> None:
        self.pages[-1].extend(marks)

    def turn(self) -> None:
        """Go on on a new page."""
        self.pages.append([])
        self.y = TOP

    def need(self, height: float) -> None:
        """Turn the page unless `height` mm are left."""
        if self.left_over < height and self.y > TOP:
            self.turn()

    def text(
        self,
        text: str,
        size: float,
        face: Face = Face.SONG,
        *,
        align: Align = Align.LEFT,
        indent: int = 0,
        after: float = 0.0,
    ) -> None:
        """Lines between the margins; `indent` counts characters of each first line."""
        height, inset = _height(size), indent * size * MM_PER_PT
        for paragraph in text.split("\n"):
            lines = break_lines(paragraph, face, size, self.room, indent=inset)
            for number, line in enumerate(lines):
                self.need(height)
                spare = self.room - width(line, face, size)
                x = LEFT + spare * align.value + (inset if number == 0 else 0.0)
                self.put(Text(x, _baseline(self.y, size), line, face, size))
                self.y += height
        self.y += after

    def row(self, cells: Sequence[Cell], size: float, repeat: Sequence[Cell] = ()) -> None:
        """One row of a grid; `repeat` is set again first whenever the page is turned."""
        inner = [break_lines(c.text, c.face, size, c.w - 2 * _PAD) for c in cells]
        height = _height(size)
        count = max(len(lines) for lines in inner)
        if self.left_over < count * height + 2 * _PAD:
            self._turn_within(repeat, size)
        while count > 0:
            fits = int((self.left_over - 2 * _PAD + 1e-6) / height)
            if fits < 1:
                self._turn_within(repeat, size)
                continue
            part = min(count, fits)
            self._cells(cells, [lines[:part] for lines in inner], part, size)
            inner, count = [lines[part:] for lines in inner], count - part

    def _turn_within(self, repeat: Sequence[Cell], size: float) -> None:
        if self.y > TOP:
            self.turn()
            if repeat:
                self.row(repeat, size)

    def _cells(
        self, cells: Sequence[Cell], inner: list[list[str]], count: int, size: float
    ) -> None:
        height = _height(size)
        full, x = count * height + 2 * _PAD, LEFT
        for cell, lines in zip(cells, inner, strict=True):
            if cell.fill is not None:
                self.put(Area(x, self.y, cell.w, full, cell.fill))
            self.put(Box(x, self.y, cell.w, full))
            top = self.y + _PAD + (count - len(lines)) * height / 2
            for number, line in enumerate(lines):
                spare = cell.w - 2 * _PAD - width(line, cell.face, size)
                start = x + _PAD + spare * cell.align.value
                base = _baseline(top + number * height, size)
                self.put(Text(start, base, line, cell.face, size))
            x += cell.w
        self.y += full


def _height(size: float) -> float:
    """Height of a line in mm."""
    return size * _LEADING * MM_PER_PT


def _baseline(top: float, size: float) -> float:
    """The baseline of a line whose top is `top`: the glyph's middle stands in the line's middle."""
    return top + (_height(size) / 2) + 0.36 * size * MM_PER_PT
