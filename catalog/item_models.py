"""The shape of an item: one matter of the catalogue, whatever lists name it, and who decides it.

Filled by `catalog.loader` from the folder items.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from catalog.definition_models import Overrides
from catalog.listing_models import Audience, ItemId, ItemType, Level, Mode, OrganCode, PowerKind
from catalog.models import Entry, Evidence, RegionCode, Text


class When(Entry):
    """A power that only one kind of application falls under: a required choice field of the
    definition, and what is chosen in it (第三方平台 against 自建网站)."""

    field: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    value: Text


class Power(Entry):
    """Who decides an item for a region: organ and level. ``locality`` is a locality, its city or
    its province; "*" is the general case, and the most special one counts.

    A CAPABILITY names the organ that lacks a means which the item needs (税务局无查询权限) and
    leaves the power where it is; CANCELLED refuses every application with ``source``. ``when``
    bounds it to one choice of the applicant, where one item is split between levels. ``since`` and
    ``until`` bound it in time. ``note`` keeps the document's term.
    """

    locality: RegionCode | Annotated[str, Field(pattern=r"^\*$")] = "*"
    kind: PowerKind = PowerKind.OWN
    organ: OrganCode
    level: Level = Level.COUNTY
    when: When | None = None
    note: str | None = None
    source: Text
    since: date | None = None
    until: date | None = None


class Founding(Entry):
    """That an enterprise comes into being by an item (设立登记).

    Who applies has no 统一社会信用代码 yet: known by proposed name and future representative."""

    source: Text
    evidence: Evidence


class Item(Entry):
    """A matter of the catalogue (事项), whichever lists name it.

    ``own`` names the procedures of its own that handle it (codes of matters or transfers); without
    one it runs by the generic procedure of its mode under ``template`` and ``overrides``.
    ``modes`` are offered in this order; ``modes_evidence`` says whether a list states them.
    ``founds``: an enterprise that applies for it may be 设立中.
    """

    id: ItemId
    name: Text
    aliases: list[Text] = []
    item_type: ItemType
    audience: list[Audience] = Field(min_length=1)
    modes: list[Mode] = Field(min_length=1)
    modes_evidence: Evidence
    own: list[Text] = []
    template: Annotated[str, Field(pattern=r"^[A-Z]+(_[A-Z]+)*$")] | None = None
    powers: list[Power] = Field(min_length=1)
    overrides: Overrides | None = None
    founds: Founding | None = None
    valid_from: date
    valid_to: date | None = None


class ItemFile(Entry):
    items: list[Item] = Field(min_length=1)
