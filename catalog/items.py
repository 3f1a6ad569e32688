"""Look-ups over organs, lists, items and what scopes them; the part of the catalogue that the
policy documents fill.

Part of `catalog.catalog.Catalog`; read by `catalog.scope`, filing, commands and pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from catalog.definition_models import Template
from catalog.definitions import Definition, resolve
from catalog.item_models import Item
from catalog.listing_models import Listing, ListingRow, Organ
from catalog.models import Entry
from catalog.scope_models import Agreement, Exclusion, Scenario


@dataclass(frozen=True, slots=True)
class Listed:
    """One row with the list that it stands in."""

    listing: Listing
    row: ListingRow


class Items:
    """Items with everything that names, scopes or bundles them."""

    def __init__(
        self,
        organs: Iterable[Organ],
        listings: Iterable[Listing],
        items: Iterable[Item],
        templates: Iterable[Template],
        agreements: Iterable[Agreement],
        exclusions: Iterable[Exclusion],
        scenarios: Iterable[Scenario],
    ) -> None:
        self.organs: Mapping[str, Organ] = {one.code: one for one in organs}
        self.listings: Mapping[str, Listing] = {one.code: one for one in listings}
        self.items: Mapping[str, Item] = {one.id: one for one in items}
        self.templates: Mapping[str, Template] = {one.code: one for one in templates}
        self.agreements: tuple[Agreement, ...] = tuple(agreements)
        self.exclusions: tuple[Exclusion, ...] = tuple(exclusions)
        self.scenarios: Mapping[str, Scenario] = {one.code: one for one in scenarios}
        self._rows: dict[str, list[Listed]] = {}
        for listing in self.listings.values():
            for row in listing.rows:
                self._rows.setdefault(row.item, []).append(Listed(listing, row))
        #: A code of a procedure of its own means its item, where it belongs to one item alone.
        owners: dict[str, list[Item]] = {}
        for item in self.items.values():
            for code in item.own:
                owners.setdefault(code, []).append(item)
        self._by_own = {code: found[0] for code, found in owners.items() if len(found) == 1}
        self._definitions: dict[str, Definition] = {}

    @property
    def codes(self) -> frozenset[str]:
        """Everything that names an item."""
        return frozenset((*self.items, *self._by_own))

    def find(self, code: str) -> Item | None:
        """An item by its number or by the code of its own procedure."""
        return self.items.get(code) or self._by_own.get(code)

    def rows(self, item: str) -> tuple[Listed, ...]:
        """Where the documents list an item, in the order of the lists."""
        return tuple(self._rows.get(item, ()))

    def every_row(self) -> Iterator[Listed]:
        """Every leaf row of every list, in order."""
        for listing in self.listings.values():
            for row in listing.rows:
                yield Listed(listing, row)

    def definition(self, item: Item) -> Definition | None:
        """The shipped definition; None where the item has only a procedure of its own."""
        if item.template is None:
            return None
        known = self._definitions.get(item.id)
        if known is None:
            known = self._definitions[item.id] = resolve(item, self.templates[item.template])
        return known

    def listed_in(self, item: str, locality: str, on: date) -> tuple[Listed, ...]:
        """The rows in force on a day of lists that bind a locality: its own, its city's, its
        province's."""
        return tuple(
            one
            for one in self._rows.get(item, ())
            if covers(one.listing.locality, locality)
            and in_force(one.listing.valid_from, one.listing.valid_to, on)
        )

    def exclusion(self, item: str, locality: str, mode: str, on: date) -> Exclusion | None:
        """The line of the negative list that bars an item here on a day."""
        for one in self.exclusions:
            if (
                one.item == item
                and covers(one.locality, locality)
                and (not one.modes or mode in one.modes)
                and in_force(one.valid_from, one.valid_to, on)
            ):
                return one
        return None

    def agreement(self, item: str, here: str, there: str, mode: str, on: date) -> Agreement | None:
        """The agreement that two localities have about an item on a day."""
        for one in self.agreements:
            if (
                all(any(covers(party, place) for party in one.parties) for place in (here, there))
                and (not one.items or item in one.items)
                and (not one.modes or mode in one.modes)
                and in_force(one.valid_from, one.valid_to, on)
            ):
                return one
        return None

    def entries(self) -> Iterator[Entry]:
        """All entries, for the catalogue's version."""
        yield from self.organs.values()
        yield from self.listings.values()
        yield from self.items.values()
        yield from self.templates.values()
        yield from self.agreements
        yield from self.exclusions
        yield from self.scenarios.values()


def covers(region: str, locality: str) -> bool:
    """Whether a region's code (330000, 330900, 330902 or "*") holds a locality."""
    if region == "*":
        return True
    if region.endswith("0000"):
        return locality[:2] == region[:2]
    if region.endswith("00"):
        return locality[:4] == region[:4]
    return region == locality


def in_force(first: date | None, last: date | None, on: date) -> bool:
    """Whether a day lies between the first and the last day, both in force."""
    return (first is None or first <= on) and (last is None or on <= last)
