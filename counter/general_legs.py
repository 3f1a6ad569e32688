"""What a leg of an item is handled under: its offices, limits and terms, by what is in force here.

Called by the counter when a letter about an item arrives. The sender's terms are not asked: the
authority is this office's own, and so are its rules (docs/rules.md A11, X1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.definitions import Definitions
from catalog.catalog import Catalog
from catalog.definitions import Definition
from catalog.general_pinning import general_desks, general_rules, general_terms
from catalog.joint_pinning import competent_office, part_office
from catalog.listing_models import Mode
from catalog.pinning import agency_desks
from catalog.routes import NoRoute
from catalog.scope import HALL, route
from contracts.cases import Desks, Rules
from contracts.families import is_item
from contracts.general import GeneralTerms
from contracts.letters import Letter

#: The mode in which a case stands that sends a letter of this family.
_MODES = {
    "GENERAL_ONLINE": Mode.PROXY_INTAKE,
    "PROXY_INTAKE": Mode.PROXY_INTAKE,
    "GENERAL_JOINT": Mode.JOINT,
}


@dataclass(frozen=True, slots=True)
class PinnedLeg:
    """The office that acts, its rules and terms; ``name`` is the item's."""

    name: str
    desks: Desks
    rules: Rules
    terms: GeneralTerms


def mode_of(catalog: Catalog, letter: Letter) -> str:
    """业务模式 of the case that a letter is about."""
    if is_item(letter.matter):
        return _MODES[letter.family].value
    return catalog.any_matter(letter.matter).mode


async def pin_leg(
    connection: AsyncConnection, definitions: Definitions, letter: Letter, on: date
) -> PinnedLeg:
    """KeyError where no office here has the competence; DomainError UNKNOWN_MATTER for an unknown
    item, and with the code of `catalog.routes.Unroutable` where this place may not handle it."""
    catalog, here = definitions.catalog, definitions.locality
    definition = (await definitions.in_force(connection, letter.matter, on)).definition
    desks, terms = _PINNED[letter.family](catalog, here, definition, letter, on)
    rules = general_rules(catalog, definition, here, letter.from_locality, on=on)
    return PinnedLeg(definition.name, desks, rules, terms)


def _deciding(
    catalog: Catalog, here: str, definition: Definition, letter: Letter, on: date
) -> tuple[Desks, GeneralTerms]:
    """异地代收属地办理: the competent office of this place decides."""
    way = route(
        catalog,
        letter.matter,
        mode=Mode.PROXY_INTAKE,
        locality=here,
        applicant_locality=letter.from_locality,
        on=on,
        modes=definition.modes,
        chosen=letter.facts,
    )
    if isinstance(way, NoRoute):
        raise way.error()
    terms = general_terms(definition, way.mode, way.competent, authority=not way.service)
    return general_desks(way.competent, way.competent), terms


def _collecting(
    catalog: Catalog, here: str, definition: Definition, letter: Letter, on: date
) -> tuple[Desks, GeneralTerms]:
    """异地代收协办: the hall collects for the office that asked."""
    desks = agency_desks(catalog, here, HALL)
    return desks, general_terms(definition, Mode.PROXY_INTAKE, letter.from_office)


def _participating(
    catalog: Catalog, here: str, definition: Definition, letter: Letter, on: date
) -> tuple[Desks, GeneralTerms]:
    """联办协办: the organ that the lead asks performs its part; nothing is decided here."""
    organ = letter.facts["organ"]
    station = part_office(catalog, here, organ, letter.to_office)
    desks = Desks(intake=station, station=station, bureau=competent_office(catalog, here, organ))
    return desks, general_terms(definition, Mode.JOINT, letter.from_office)


_PINNED = {
    "PROXY_INTAKE": _deciding,
    "GENERAL_ONLINE": _collecting,
    "GENERAL_JOINT": _participating,
}
