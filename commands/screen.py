"""What commands print: tables for people on a terminal or in a pipe, JSON for scripts."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

#: Wide enough for a case number beside a sentence where no terminal tells its width.
_PIPE_WIDTH = 160
#: From here on a number stays on one line; below, the columns beside it need the room.
_ROOMY = 140
_WEEKDAYS = "一二三四五六日"


def print_json(data: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=_plain) + "\n")


def print_all(*parts: RenderableType) -> None:
    """Tables and lines on standard output."""
    console = _console()
    for part in parts:
        console.print(part, markup=False) if isinstance(part, str) else console.print(part)


def table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    whole: str = "",
    spare: Sequence[str] = (),
) -> RenderableType:
    """A table; an empty one says so in words. ``whole``: a column to be copied in one piece;
    ``spare``: columns that a narrow terminal does without, which is said below the table."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    built, roomy = Table(), _console().width >= _ROOMY
    kept = [place for place, column in enumerate(columns) if roomy or column not in spare]
    for place in kept:
        built.add_column(
            columns[place],
            overflow="fold",
            no_wrap=columns[place] == whole and (roomy or bool(spare)),
        )
    for row in rows:
        # Text, not markup: a reason typed by a person may hold square brackets.
        built.add_row(*(Text(shown(row[place])) for place in kept))
    if not built.row_count:
        return f"{title}：没有"
    if len(kept) < len(columns):
        note = f"终端较窄，未列：{'、'.join(spare)}；加宽终端或用 --json 可见。"
        return Group(Text(title, style="bold"), built, Text(note))
    # Above the table, not its title: a title would be folded to the width of a narrow table.
    return Group(Text(title, style="bold"), built)


def shown(cell: object) -> str:
    """A value as people read it; instants are in Asia/Shanghai."""
    if cell is None:
        return "—"
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        from domain.calendar import SHANGHAI

        return f"{cell.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, list | tuple):
        return "；".join(shown(item) for item in cell) or "—"
    return str(cell)


def with_weekday(day: date) -> str:
    """2026-02-28（周六）"""
    return f"{day:%Y-%m-%d}（周{_WEEKDAYS[day.weekday()]}）"


def _console() -> Console:
    from rich.console import Console

    known = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(highlight=False, soft_wrap=False, width=None if known else _PIPE_WIDTH)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # and datetime
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"no JSON form of {type(value).__name__}")
