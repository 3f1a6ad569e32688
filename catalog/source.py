"""The catalogue's entries as read, each with the file it came from; between loader and checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from catalog.calendar_files import CalendarFile
from catalog.definition_models import Template
from catalog.item_models import Item
from catalog.listing_models import Listing, Organ
from catalog.models import Level, Locality, MatterDefinition, OrganOffices, PolicyRule
from catalog.scope_models import Agreement, Exclusion, Scenario
from catalog.transfer_models import TransferMatter

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Placed(Generic[E]):
    """An entry of a file that holds several, with its place there."""

    file: str
    field: str
    entry: E


@dataclass(frozen=True, slots=True)
class PlacedRule:
    """A policy rule with its place: `field` is its path inside `file`."""

    file: str
    field: str
    rule: PolicyRule


@dataclass(frozen=True)
class Source:
    """Everything read, in the order of folders and file names."""

    localities: list[tuple[str, Locality]]
    matters: list[tuple[str, MatterDefinition]]
    transfers: list[tuple[str, TransferMatter]]
    policies: list[PlacedRule]
    calendars: list[tuple[str, CalendarFile]]
    organ_offices: list[tuple[str, OrganOffices]] = field(default_factory=list)
    organs: list[Placed[Organ]] = field(default_factory=list)
    listings: list[tuple[str, Listing]] = field(default_factory=list)
    items: list[Placed[Item]] = field(default_factory=list)
    templates: list[tuple[str, Template]] = field(default_factory=list)
    agreements: list[Placed[Agreement]] = field(default_factory=list)
    exclusions: list[Placed[Exclusion]] = field(default_factory=list)
    scenarios: list[tuple[str, Scenario]] = field(default_factory=list)

    @cached_property
    def whole_localities(self) -> list[Locality]:
        """The localities with their general organs laid over them."""
        whole = {locality.code: locality for _, locality in self.localities}
        for _, added in self.organ_offices:
            if added.locality in whole:
                whole[added.locality] = with_organs(whole[added.locality], added)
        return list(whole.values())


def with_organs(locality: Locality, added: OrganOffices) -> Locality:
    """The locality with the offices, clerks and organs of a file of its own.

    An organ that has no office at the county's level is found at the next one above.
    """
    lowest: dict[str, str] = {}
    for level in sorted(added.organs):
        lowest |= added.organs[level]
    upper = {level: dict(one) for level, one in locality.upper.items()}
    for level, organs in added.organs.items():
        if level < Level.COUNTY:
            upper[level] = upper.get(level, {}) | organs
    return locality.model_copy(
        update={
            "organs": locality.organs | lowest,
            "upper": upper,
            "offices": [*locality.offices, *added.offices],
            "clerks": [*locality.clerks, *added.clerks],
        }
    )


def policies_of(policies: Iterable[PlacedRule]) -> dict[str, list[PlacedRule]]:
    """The rules by key, in the order read."""
    by_key: dict[str, list[PlacedRule]] = {}
    for placed in policies:
        by_key.setdefault(placed.rule.key, []).append(placed)
    return by_key
