"""The table that explains a time limit day by day; for ``due`` and ``clock``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commands.screen import table, with_weekday
from console.wording.labels import DAY_LABELS
from domain.clocks import CountedDay

if TYPE_CHECKING:
    from rich.console import RenderableType


def day_table(title: str, days: Iterable[CountedDay]) -> RenderableType:
    """One row per day: what the day is, its number where it counts, and why."""
    return table(
        title,
        ("日期", "性质", "计第几日", "说明"),
        ((with_weekday(day.day), DAY_LABELS[day.kind], day.number, day.why) for day in days),
    )
