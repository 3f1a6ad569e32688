"""The table of endings, laid out for the width of the terminal; for `embedded.demo.report`.

Nothing is cut off: the description wraps, sums stand one below the other, and what is counted
gives way before a column becomes unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich import box
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

_DESCRIPTION = "说明"
#: Cells that a description needs to be read at all.
_READABLE = 20
#: Columns that give way on a narrow terminal, the first one first.
_GIVE_WAY = ("秒", "历史事件", "函件", "待办", "法定行为")
_HEADS = {"法定行为": "法定\n行为", "历史事件": "历史\n事件"}
_ARROW = re.compile(r"（([^（）]*?) *→ *([^（）]*?)）")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column with a cell per example; a cell may have several lines."""

    head: str
    cells: tuple[str, ...]
    right: bool = False
    style: str = ""

    @property
    def width(self) -> int:
        """Cells of its longest line."""
        lines = (line for cell in (self.head, *self.cells) for line in cell.split("\n"))
        return max(map(cell_len, lines))


def result_table(columns: Sequence[Column], width: int) -> Table:
    """All columns that can be read at that width; a cell 是 or 否 has the colour of its sense."""
    chosen, gap = _layout([_with_short_head(one) for one in columns], width)
    table = Table(
        box=box.SIMPLE_HEAD,
        title="结果",
        title_justify="left",
        title_style="bold",
        pad_edge=False,
        padding=(0, gap - 1, 0, 0),
    )
    for one in chosen:
        wraps = one.head == _DESCRIPTION
        table.add_column(
            one.head,
            justify="right" if one.right else "left",
            no_wrap=not wraps,
            overflow="fold",
            max_width=_room(chosen, gap, width) if wraps else None,
        )
    for cells in zip(*(one.cells for one in chosen), strict=True):
        styled = zip(chosen, cells, strict=True)
        table.add_row(*(Text(cell, _SENSE.get(cell, one.style)) for one, cell in styled))
    return table


def described(words: str) -> str:
    """A description whose direction, as （定海 → 环翠）, stands whole on a line of its own."""
    return _ARROW.sub(r"\n\1→\2\n", words).strip("\n")


def stacked(sums: str) -> str:
    """Two sums one below the other."""
    return sums.replace("／", "／\n")


_SENSE = {"是": "green", "否": "bold red"}


def _layout(columns: list[Column], width: int) -> tuple[list[Column], int]:
    """The first of the tries that fits, and the gap between its columns."""
    tries = list(_tries(columns))
    for tried in tries:
        for gap in (2, 1):
            if _room(tried, gap, width) >= (_READABLE if _describes(tried) else 0):
                return tried, gap
    return tries[-1], 1


def _tries(columns: list[Column]) -> Iterator[list[Column]]:
    low = [_stack(one) for one in columns]
    yield from (columns, low)
    for kept in (columns, low):
        yield [one for one in kept if one.head != _DESCRIPTION]
    heads = [_DESCRIPTION]
    for head in _GIVE_WAY:
        heads += [head, _HEADS.get(head, head)]
        yield [one for one in low if one.head not in heads]


def _room(columns: Sequence[Column], gap: int, width: int) -> int:
    """What the other columns leave to the description; negative where they do not fit."""
    taken = sum(one.width for one in columns if one.head != _DESCRIPTION)
    return width - taken - gap * (len(columns) - 1) - 2


def _describes(columns: Sequence[Column]) -> bool:
    return any(one.head == _DESCRIPTION for one in columns)


def _with_short_head(one: Column) -> Column:
    head = _HEADS.get(one.head, one.head)
    return Column(head=head, cells=one.cells, right=one.right, style=one.style)


def _stack(one: Column) -> Column:
    if one.head == _DESCRIPTION:
        return one
    return Column(
        head=stacked(one.head),
        cells=tuple(map(stacked, one.cells)),
        right=one.right,
        style=one.style,
    )
