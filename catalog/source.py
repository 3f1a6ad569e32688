"""The catalogue's entries as read, each with the file it came from; between loader and checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.calendar_files import CalendarFile
from catalog.models import Locality, MatterDefinition, PolicyRule
from catalog.transfer_models import TransferMatter


@dataclass(frozen=True, slots=True)
class PlacedRule:
    """A policy rule with its place: `field` is its path inside `file`."""

    file: str
    field: str
    rule: PolicyRule


@dataclass(frozen=True, slots=True)
class Source:
    """Everything read, in the order of folders and file names."""

    localities: list[tuple[str, Locality]]
    matters: list[tuple[str, MatterDefinition]]
    transfers: list[tuple[str, TransferMatter]]
    policies: list[PlacedRule]
    calendars: list[tuple[str, CalendarFile]]


def policies_of(policies: Iterable[PlacedRule]) -> dict[str, list[PlacedRule]]:
    """The rules by key, in the order read."""
    by_key: dict[str, list[PlacedRule]] = {}
    for placed in policies:
        by_key.setdefault(placed.rule.key, []).append(placed)
    return by_key
