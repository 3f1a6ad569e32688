"""Pins who performs which part of a joint matter, and what a leg of one is handled under.

Called when a joint item is filed (`pinned_parts`) and when a letter opens a leg of one
(`part_office`). Basis: docs/rules.md section 0 (JOINT).
"""

from __future__ import annotations

from collections.abc import Mapping

from catalog.catalog import Catalog
from catalog.definition_models import Participation
from catalog.definitions import Definition
from catalog.listing_models import Place
from catalog.routes import Unroutable
from contracts.general import PinnedPart
from domain.errors import DomainError

#: Places that are where the case was filed; any other one is the other locality of the case.
_HERE = frozenset({Place.DESTINATION, Place.ONLINE, Place.ANYWHERE})


def pinned_parts(
    catalog: Catalog,
    definition: Definition,
    locality: str,
    peer: str,
    *,
    elsewhere: Mapping[str, str] | None = None,
) -> tuple[PinnedPart, ...]:
    """The parts with their offices, numbered from 1.

    ``peer`` is the other locality of the case, or the own one where there is none: then every part
    is performed here. ``elsewhere`` says for organs without means which locality's organ takes
    their part (`catalog.routes.Route.rerouted`). An optional part that nobody here can perform is
    left out; DomainError NO_OFFICE for one that must be performed.
    """
    parts: list[PinnedPart] = []
    for rule in definition.participations:
        where = (elsewhere or {}).get(rule.organ) or (locality if rule.place in _HERE else peer)
        office = catalog.locality(where).office_of(rule.organ)
        if office is None:
            if rule.required:
                raise _nobody(catalog, definition, rule, where)
            continue
        parts.append(
            PinnedPart(
                number=len(parts) + 1,
                organ=rule.organ,
                label=rule.label,
                locality=where,
                office=office,
                before=rule.before,
                required=rule.required,
                on_commitment=rule.on_commitment,
            )
        )
    return tuple(parts)


def part_office(catalog: Catalog, locality: str, organ: str, asked: str | None) -> str:
    """The office here that performs a part: the one asked if it is ours, else the organ's.

    KeyError where this locality has no such organ.
    """
    if asked in {office.code for office in catalog.locality(locality).offices}:
        return str(asked)
    return competent_office(catalog, locality, organ)


def competent_office(catalog: Catalog, locality: str, organ: str) -> str:
    """The office that is the organ here; KeyError where there is none."""
    office = catalog.locality(locality).office_of(organ)
    if office is None:
        raise KeyError(organ)
    return office


def _nobody(
    catalog: Catalog, definition: Definition, rule: Participation, locality: str
) -> DomainError:
    name = catalog.organs[rule.organ].name if rule.organ in catalog.organs else rule.organ
    return DomainError(
        Unroutable.NO_OFFICE,
        f"“{definition.name}”的“{rule.label}”须由{name}办理，"
        f"而{catalog.locality(locality).name}的系统内没有该机构；"
        "请核对对方地区，或者由目录维护人员登记该机构。",
    )
