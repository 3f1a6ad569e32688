"""The catalogue of one locality as its public page and its JSON API show it.

Called by `console.catalogue_pages`. Public data: what is listed, who decides, what to bring.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.definitions import Definitions
from catalog.catalog import Catalog
from catalog.describing import summary
from catalog.item_models import Item
from catalog.listing_models import Mode
from catalog.placing import Record, coded, place_record
from catalog.records import full_record
from catalog.scope import modes_of, offers
from catalog.searching import Searching
from catalog.words import MODES
from domain.calendar import SHANGHAI

PAGE = 20
MOST = 100
_WORDS = 100
Modes = Mapping[str, tuple[Mode, ...]]
FILTERS = ("audience", "mode", "organ", "stage", "scenario")


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of the list; ``filters`` by name of the filter."""

    words: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    page: int = 1
    size: int = PAGE


def read_query(given: Mapping[str, str], *, size: int = PAGE) -> Query:
    """A query as typed: what cannot be meant is as if it had not been said."""
    return Query(
        words=given.get("q", "").strip()[:_WORDS],
        filters=tuple((name, value) for name in FILTERS if (value := given.get(name, "").strip())),
        page=max(_number(given.get("page"), 1), 1),
        size=min(max(_number(given.get("size"), size), 1), MOST),
    )


class CatalogueView:
    """The public face of one locality's catalogue."""

    def __init__(self, catalog: Catalog, definitions: Definitions) -> None:
        self.catalog = catalog
        self._definitions = definitions
        self.locality = definitions.locality

    @cached_property
    def _searching(self) -> Searching:
        return Searching(self.catalog)

    @cached_property
    def _summaries(self) -> dict[str, Record]:
        return {code: summary(self.catalog, item) for code, item in self.catalog.items.items()}

    async def published_modes(self, connection: AsyncConnection) -> Modes:
        """By item the modes that a published definition offers; the rest is as shipped."""
        found = await self._definitions.published(connection, today())
        return {item: tuple(one.definition.modes) for item, one in found.items()}

    def listed(self, query: Query, published: Modes) -> Record:
        """A page of items that this locality offers, with the counts of every filter's values."""
        on = today()
        words = [
            one.item
            for one in self._searching.find(query.words)
            if offers(self.catalog, one.item, self.locality, on)
        ]
        found = [item for item in words if self._fits(item, query.filters, published)]
        first = (query.page - 1) * query.size
        return {
            "locality": self.locality,
            "name": self.catalog.locality(self.locality).name,
            "on": on,
            "total": len(found),
            "page": query.page,
            "pages": max(1, -(-len(found) // query.size)),
            "size": query.size,
            "items": [
                self._line(item, on, published.get(item.id))
                for item in found[first : first + query.size]
            ],
            "filters": {name: self._choices(name, words, query, published) for name in FILTERS},
        }

    async def item(self, connection: AsyncConnection, code: str) -> Record:
        """Everything of one item here; DomainError UNKNOWN_MATTER."""
        item, on = self.catalog.item(code), today()
        definition, entry = None, None
        if item.template is not None:
            found = await self._definitions.in_force(connection, item.id, on)
            definition, entry = found.definition, found.entry
        return full_record(self.catalog, item, on, definition, entry=entry, locality=self.locality)

    def _line(self, item: Item, on: date, modes: tuple[Mode, ...] | None) -> Record:
        offered = [coded(MODES, one) for one in modes_of(item, modes)]
        place = place_record(self.catalog, item, self.locality, on, modes=modes or ())
        return {**self._summaries[item.id], "modes": offered, "places": [place]}

    def _fits(self, item: Item, filters: Iterable[tuple[str, str]], published: Modes) -> bool:
        return all(value in dict(self._values(item, name, published)) for name, value in filters)

    def _values(self, item: Item, name: str, published: Modes) -> list[tuple[str, str]]:
        """(code, label) of what an item has under a filter."""
        known = self._summaries[item.id]
        if name in ("stage", "scenario"):
            return [(word, word) for word in known[f"{name}s"]]
        if name == "organ":
            return [(one["code"], one["name"]) for one in known["organs"]]
        if name == "mode":
            return [(one.value, MODES[one]) for one in modes_of(item, published.get(item.id))]
        return [(one["code"], one["label"]) for one in known[name]]

    def _choices(
        self, name: str, items: list[Item], query: Query, published: Modes
    ) -> list[Record]:
        """The values of a filter with how many items each would leave, the other filters given."""
        others = [one for one in query.filters if one[0] != name]
        counted: Counter[tuple[str, str]] = Counter()
        for item in items:
            if self._fits(item, others, published):
                counted.update(self._values(item, name, published))
        return [
            {"code": code, "label": label, "count": count}
            for (code, label), count in counted.most_common()
        ]


def today() -> date:
    """The day by which the public page answers."""
    return datetime.now(SHANGHAI).date()


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else otherwise
