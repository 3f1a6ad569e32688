"""The shapes of what scopes and bundles items: agreements, negative lists, 一件事.

Filled by `catalog.loader` from the folders agreements and scenarios.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from catalog.definition_models import Material
from catalog.listing_models import Audience, ItemId, ListingCode, Mode
from catalog.models import Entry, Evidence, RegionCode, Text
from catalog.transfer_models import FieldRule


class Agreement(Entry):
    """A bilateral or regional agreement (点对点、区域通办) that scopes routing.

    ``parties`` are localities; ``items`` empty: every item that they have; only an agreement opens
    an item whose reach would end at the province's or city's border.
    """

    code: ListingCode
    name: Text
    parties: list[RegionCode] = Field(min_length=2)
    items: list[ItemId] = []
    modes: list[Mode] = []
    source: Text
    evidence: Evidence
    valid_from: date
    valid_to: date | None = None


class Exclusion(Entry):
    """A line of a negative list (负面清单): not offered here, why, until when, where instead."""

    item: ItemId
    locality: RegionCode
    modes: list[Mode] = []
    reason: Text
    remedy: Text
    source: Text
    valid_from: date
    valid_to: date


class AgreementFile(Entry):
    agreements: list[Agreement] = []
    exclusions: list[Exclusion] = []


class ScenarioItem(Entry):
    """One item of an 一件事: ``after`` names items that must be decided first; ``optional`` ones
    are done where the applicant ticks them; ``fields`` maps the common form to the item's fields;
    ``materials`` maps the common set to the item's materials (common name: the item's name).
    ``mode`` is how the item is applied for (none: its first), ``peer`` whether the other locality
    of the form is the item's too; PROXY_INTAKE without one is this place's own window."""

    item: ItemId
    after: list[ItemId] = []
    optional: bool = False
    fields: dict[str, str] = {}
    materials: dict[str, str] = {}
    mode: Mode | None = None
    peer: bool = False


class Scenario(Entry):
    """一件事、一链办理: one form, one notice and one set of materials for several items."""

    code: ListingCode
    name: Text
    life_cycle: Audience
    sources: list[Text] = Field(min_length=1)
    evidence: Evidence
    fields: list[FieldRule] = []
    materials: list[Material] = Field(min_length=1)
    items: list[ScenarioItem] = Field(min_length=2)
    valid_from: date
    valid_to: date | None = None
