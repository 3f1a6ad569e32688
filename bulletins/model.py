"""What a bulletin looks like, whatever it is printed on: tables and charts of plain values.

Built by `bulletins.view`, printed by `bulletins.page`, `bulletins.workbook` and `bulletins.paper`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars over `labels`; `across`: they lie, because the labels are long."""

    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]
    across: bool = False
    unit: str = "件"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table, and the chart of it where people would rather look than read."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    chart: Chart | None = None
    brief: tuple[int, ...] = ()  # the columns of page and paper, where all are too many to read

    def shortened(self) -> Sheet:
        """As page and paper show it; the workbook shows every column."""
        if not self.brief:
            return self
        header = tuple(self.header[column] for column in self.brief)
        rows = tuple(tuple(row[column] for column in self.brief) for row in self.rows)
        return replace(self, header=header, rows=rows, brief=())


@dataclass(frozen=True, slots=True)
class View:
    """The whole bulletin."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, Cell], ...]  # the few numbers that matter most
    sheets: tuple[Sheet, ...]
    origin: str  # how it can be computed again


def percent(part: int, whole: int) -> str | None:
    """97.5%, one place; None where there is nothing to compare."""
    return f"{Decimal(100 * part) / whole:.1f}%" if whole else None


def shown(cell: Cell) -> str:
    """A cell as people read it."""
    return "不详" if cell is None else str(cell)
