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
from catalog.listing_models import Mode
from catalog.own_guides import both_ways, own_guide
from catalog.placing import Record, best_route, place_record, when_record
from catalog.powers import branches
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
        "guide": _guide(catalog, item, definition, on, locality),
    }


def _split(
    catalog: Catalog, item: Item, definition: Definition, on: date, locality: str
) -> list[tuple[str, Route]]:
    """Who decides by what the applicant chooses, where an item's power is split."""
    found = []
    for when in branches(item, locality, on):
        if when is None:
            continue
        mode = definition.modes[0]
        answer = best_route(catalog, item.id, mode, locality, on, modes=definition.modes, when=when)
        said = when_record(catalog, item, when)
        if isinstance(answer, Route) and said is not None:
            found.append((str(said["label"]), answer))
    return found


def _guide(
    catalog: Catalog, item: Item, definition: Definition | None, on: date, locality: str | None
) -> Record | None:
    modes = definition.modes if definition else item.modes
    answer = best_route(catalog, item.id, modes[0], locality, on, modes=modes) if locality else None
    route = answer if isinstance(answer, Route) else None
    place = locality or next(iter(catalog.localities))
    own = own_guide(catalog, item, place, on, route)
    if definition is None:
        return asdict(own) if own else None
    split = _split(catalog, item, definition, on, locality) if locality else []
    if own is None:
        return asdict(guide_of(catalog, definition, route, split=split))
    # The definition is that of the place's own window, own procedures collect for it elsewhere.
    answer = best_route(catalog, item.id, Mode.WINDOW, place, on, modes=modes)
    window = answer if locality and isinstance(answer, Route) else None
    return asdict(both_ways(guide_of(catalog, definition, window, split=split), own))
