"""How an item is handled: its template with what the item says otherwise, as one value.

Used by filing (which pins it), by the catalogue's commands and pages, and by the checks.
"""

from __future__ import annotations

import hashlib
import json

from catalog.definition_models import Overrides, Template
from catalog.item_models import Item
from catalog.listing_models import Mode


class Definition(Template):
    """A resolved definition. ``version`` follows from its content: equal content, equal version."""

    item: str
    modes: list[Mode]
    version: str = ""


def resolve(item: Item, template: Template) -> Definition:
    """The item's definition; what it leaves open is its template's."""
    own = item.overrides or Overrides()
    said = {
        name: value for name in Overrides.model_fields if (value := getattr(own, name)) is not None
    }
    values = {name: getattr(template, name) for name in Template.model_fields} | said
    definition = Definition(**{**values, "name": item.name, "item": item.id, "modes": item.modes})
    return definition.model_copy(update={"version": digest(definition)})


def digest(definition: Definition) -> str:
    """Twelve hex digits over everything but the version itself."""
    content = definition.model_dump(mode="json", exclude={"version"})
    return hashlib.sha256(
        json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()[:12]
