"""Joint items that ship: somebody performs every part that must be performed, in both places."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.joint_pinning import pinned_parts
from catalog.listing_models import Mode
from catalog.loader import load_catalog
from catalog.routes import NoRoute
from catalog.scope import route

CATALOG = load_catalog()
DAY = date(2026, 11, 22)
JOINT = [
    one.id for one in CATALOG.items.values() if Mode.JOINT in one.modes and one.template is not None
]


def test_items_that_several_places_handle_ship() -> None:
    assert JOINT


@pytest.mark.parametrize("item", JOINT)
@pytest.mark.parametrize(("here", "there"), [("371002", "330902"), ("330902", "371002")])
def test_every_part_has_an_office_wherever_the_item_is_offered(
    item: str, here: str, there: str
) -> None:
    way = route(CATALOG, item, mode=Mode.JOINT, locality=here, applicant_locality=there, on=DAY)
    if isinstance(way, NoRoute):
        assert way.reason and way.remedy
        return
    definition = CATALOG.definition(item)
    parts = pinned_parts(CATALOG, definition, here, there, elsewhere=dict(way.rerouted))
    assert [one.number for one in parts] == list(range(1, len(parts) + 1))
    assert {one.label for one in parts} >= {
        rule.label for rule in definition.participations if rule.required
    }
    for one in parts:
        assert CATALOG.home(one.office) == one.locality
