"""What one place offers of an item: who decides there, and mode by mode who receives, or why not.

Called by commands, public pages and the coverage of the lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from catalog.catalog import Catalog
from catalog.item_models import Item, Power, When
from catalog.listing_models import Mode
from catalog.powers import branches, powers_for
from catalog.routes import NoRoute, Route
from catalog.scope import modes_of, offers, route
from catalog.words import LEVELS, MODES, POWERS

Record = dict[str, Any]


def power_record(catalog: Catalog, power: Power) -> Record:
    """Whose power an item is, for one place or in general."""
    return {
        "place": power.locality,
        "kind": coded(POWERS, power.kind),
        "organ": {"code": power.organ, "name": organ_name(catalog, power.organ)},
        "level": coded(LEVELS, power.level),
        "when": power.when.model_dump() if power.when else None,
        "note": power.note,
        "source": power.source,
        "since": power.since,
        "until": power.until,
    }


def place_record(
    catalog: Catalog, item: Item, locality: str, on: date, *, modes: Sequence[Mode] = ()
) -> Record:
    """What one place offers of an item on a day, mode by mode."""
    here = catalog.locality(locality)
    answers = [
        (mode, when, best_route(catalog, item.id, mode, locality, on, modes=modes, when=when))
        for mode in modes_of(item, modes)
        for when in branches(item, locality, on)
    ]
    return {
        "locality": here.code,
        "name": here.name,
        "listed": offers(catalog, item, locality, on),
        "powers": [power_record(catalog, one) for one in powers_for(item, locality, on)],
        "modes": [
            {
                "mode": coded(MODES, mode),
                "when": when_record(catalog, item, when),
                **route_record(catalog, answer),
                "rerouted": _rerouted(catalog, item, mode, when, locality, on, modes),
            }
            for mode, when, answer in answers
        ],
    }


def _rerouted(
    catalog: Catalog,
    item: Item,
    mode: Mode,
    when: When | None,
    locality: str,
    on: date,
    modes: Sequence[Mode],
) -> list[Record]:
    """Which parts go to another place's organ, for applicants of every place but this one."""
    answers = (
        route(
            catalog,
            item.id,
            mode=mode,
            locality=locality,
            applicant_locality=place,
            on=on,
            modes=modes,
            chosen={when.field: when.value} if when else None,
        )
        for place in catalog.localities
        if place != locality
    )
    return [
        one
        for answer in answers
        if isinstance(answer, Route)
        for one in route_record(catalog, answer)["rerouted"]
    ]


def _rerouting(catalog: Catalog, organ: str, place: str, applicant: str) -> Record:
    return {
        "organ": {"code": organ, "name": organ_name(catalog, organ)},
        "from": {"code": applicant, "name": catalog.locality(applicant).name},
        "office": _office(catalog, catalog.locality(place).organs[organ]),
    }


def when_record(catalog: Catalog, item: Item, when: When | None) -> Record | None:
    """The choice under which a split power falls, as the application form words it."""
    if when is None:
        return None
    definition = catalog.lists.definition(item)
    known = {one.name: one for one in definition.fields} if definition else {}
    asked = known.get(when.field)
    return {
        "field": when.field,
        "about": asked.label if asked else when.field,
        "value": when.value,
        "label": asked.choices.get(when.value, when.value) if asked else when.value,
    }


def route_record(catalog: Catalog, answer: Route | NoRoute) -> Record:
    """A route or a refusal, for people and scripts."""
    if isinstance(answer, NoRoute):
        return {
            "open": False,
            "code": answer.code.value,
            "reason": answer.reason,
            "remedy": answer.remedy,
            "source": answer.source,
        }
    return {
        "open": True,
        "receives": _office(catalog, answer.receives),
        "competent": _office(catalog, answer.competent),
        "tracks": _office(catalog, answer.tracks) if answer.tracks else None,
        "organ": {"code": answer.organ, "name": organ_name(catalog, answer.organ)},
        "level": coded(LEVELS, answer.level),
        "service": answer.service,
        "agreement": _agreement(catalog, answer.agreement),
        "rerouted": [
            _rerouting(catalog, organ, place, answer.applicant_locality)
            for organ, place in answer.rerouted
        ],
        "from": answer.applicant_locality,
    }


def best_route(
    catalog: Catalog,
    item: str,
    mode: Mode,
    locality: str,
    on: date,
    *,
    modes: Sequence[Mode] = (),
    when: When | None = None,
) -> Route | NoRoute:
    """The first route that any applicant has here in a mode, those of the place itself first.

    A window collects for other places only, and whoever comes to this one stands here. Without a
    route the refusal that the most people would meet: for a window that collects the first place
    elsewhere, else the place itself.
    """
    elsewhere = [code for code in catalog.localities if code != locality]
    places = [locality, *elsewhere]
    if mode is Mode.PROXY_INTAKE:
        places = elsewhere or [locality]
    elif mode is Mode.WINDOW:
        places = [locality]
    refusals: list[NoRoute] = []
    for place in places:
        answer = route(
            catalog,
            item,
            mode=mode,
            locality=locality,
            applicant_locality=place,
            on=on,
            modes=modes,
            chosen={when.field: when.value} if when else None,
        )
        if isinstance(answer, Route):
            return answer
        refusals.append(answer)
    return refusals[0]


def organ_name(catalog: Catalog, code: str) -> str:
    """An organ's general name; its code where it is not known."""
    known = catalog.organs.get(code)
    return known.name if known else code


def coded(words: dict[str, str], code: str) -> Record:
    """A code with what it is called."""
    return {"code": str(code), "label": words.get(code, str(code))}


def _agreement(catalog: Catalog, code: str | None) -> Record | None:
    known = next((one for one in catalog.lists.agreements if one.code == code), None)
    return {"code": known.code, "name": known.name} if known else None


def _office(catalog: Catalog, code: str) -> Record:
    return {"code": code, "name": catalog.office(code).name}
