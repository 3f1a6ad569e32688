"""The calendar for ``due`` without the catalogue's checks, which cost four times the start-up.

The shipped files are checked whenever the catalogue is loaded, and a test holds this reading equal
to the catalogue's. Only where further catalogue folders are set up is the whole catalogue loaded.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from domain.calendar import ONE_DAY, Calendar, YearPlan

_ROOT = Path(__file__).resolve().parent.parent
SHIPPED = _ROOT / "catalog" / "data" / "calendars"
#: As in `settings`, which is not imported for its weight.
DEFAULT_FILE = _ROOT / ".tongban" / "up" / "settings.json"


def calendar() -> Calendar:
    """The calendar of the shipped files and of every further folder that the settings name."""
    if _further_folders():
        from catalog.loader import load_catalog
        from settings import load_settings

        return load_catalog(*load_settings().catalog_dirs).calendar
    return shipped_calendar()


def shipped_calendar() -> Calendar:
    """As `catalog.loader` builds it, but without its version."""
    files = [_read(path) for path in sorted(SHIPPED.glob("*.yaml"))]
    years = {
        file["year"]: YearPlan(
            file["year"],
            file["notice"],
            file["published_on"],
            dict(_days(file)),
            frozenset(file["make_up"]),
        )
        for file in files
        if file["kind"] == "PUBLISHED" and file.get("region", "CN") == "CN"
    }
    provisional = {
        day: name
        for file in files
        if file["kind"] == "PROVISIONAL"
        for day, name in _days(file)
        if day.year not in years
    }
    return Calendar("", years, provisional)


def _days(file: dict[str, Any]) -> Iterator[tuple[date, str]]:
    for block in file["holidays"]:
        day = block["from"]
        while day <= block["to"]:
            yield day, block["name"]
            day += ONE_DAY


def _further_folders() -> bool:
    if os.environ.get("TONGBAN_CATALOG_DIRS"):
        return True
    path = Path(os.environ.get("TONGBAN_SETTINGS") or DEFAULT_FILE)
    # A settings file that is missing or broken is told by the commands that need one.
    try:
        data = _read(path)
    except (OSError, ValueError, yaml.YAMLError):
        return False
    return isinstance(data, dict) and bool(data.get("catalog_dirs"))


def _read(path: Path) -> Any:
    return yaml.load(
        path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
