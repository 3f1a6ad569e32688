"""Everything of one item in one record: lists, differences, powers, places, definition, guide.

``catalogue show --json`` and the JSON API give exactly this; the public page is drawn from it.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from catalog.catalog import Catalog
from catalog.definitions import Definition
from catalog.describing import item_record
from catalog.guides import guide_of
from catalog.item_models import Item
from catalog.placing import Record, best_route, place_record
from catalog.routes import Route


def full_record(
    catalog: Catalog,
    item: Item,
    on: date,
    definition: Definition | None,
    *,
    entry: int | None = None,
    locality: str | None = None,
) -> Record:
    """An item on a day, for one place or for all.

    ``definition`` None: the item has a procedure of its own alone. ``entry`` is the publication
    that brought the definition; 0 or None: shipped.
    """
    modes = tuple(definition.modes) if definition else ()
    places = [locality] if locality else list(catalog.localities)
    return {
        **item_record(catalog, item),
        "on": on,
        "places": [place_record(catalog, item, code, on, modes=modes) for code in places],
        "definition": definition.model_dump(mode="json") if definition else None,
        "definition_entry": entry,
        "guide": _guide(catalog, definition, on, locality) if definition else None,
    }


def _guide(catalog: Catalog, definition: Definition, on: date, locality: str | None) -> Record:
    answer = (
        best_route(
            catalog, definition.item, definition.modes[0], locality, on, modes=definition.modes
        )
        if locality
        else None
    )
    return asdict(guide_of(catalog, definition, answer if isinstance(answer, Route) else None))
