"""What the stories of every item leave behind: a line for each with who decided, where, by when."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

TABLE = "--item-table"
COLUMNS = (
    "item",
    "name",
    "mode",
    "choice",
    "applicant",
    "place",
    "decided_by",
    "clock",
    "due_on",
    "stopped_on",
    "ending",
)


def keep(config: pytest.Config, lines: Iterable[dict[str, Any]]) -> None:
    """Add lines to the file that the option names; nothing without one."""
    name = config.getoption(TABLE)
    if not name:
        return
    path = Path(name)
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        if file.tell() == 0:
            writer.writeheader()
        writer.writerows(lines)


def clock_columns(record: dict[str, Any]) -> dict[str, Any]:
    """The clock of the decision, of the case in which it was made."""
    clock = next((one for one in record["clocks"] if one["kind"] == "DECISION"), None)
    if clock is None:
        return {}
    promised = f" (promised {clock['promised']})" if clock["promised"] else ""
    return {
        "clock": f"{clock['length']}{clock['unit']}{promised}",
        "due_on": clock["due_on"],
        "stopped_on": clock["stopped_on"],
    }
