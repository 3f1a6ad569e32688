"""Pins what a case is handled under: limits, counts and offices, as the catalogue has them today.

Called when an application is filed and when a letter opens a leg; a later change of the catalogue
affects new cases only.
"""

from __future__ import annotations

from datetime import date

from catalog.catalog import Catalog
from contracts.cases import Desks, HukouRules, PinnedLimit
from domain.clocks import Effect


def hukou_rules(
    catalog: Catalog, locality: str, peer: str, *, on: date, area: str = "city"
) -> HukouRules:
    """The limits and counts of a hukou migration for this side, today."""

    def limit(key: str, effect: Effect) -> PinnedLimit:
        rule = catalog.policy(key, locality, peer, on=on)
        pinned = rule.as_limit()
        promise = catalog.find_policy(f"{key}.promised", locality, peer, on=on)
        return PinnedLimit(
            length=pinned.length,
            unit=pinned.unit,
            basis=pinned.basis,
            promised=promise.as_limit().length if promise else None,
            effect=effect,
            rolls=rule.rolls,
        )

    def count(key: str) -> int:
        return catalog.policy(key, locality, peer, on=on).as_number()

    return HukouRules(
        intake=limit("hukou.intake", Effect.DEEMED_ACCEPTED),
        correction=limit("hukou.correction", Effect.LAPSED),
        review=limit("hukou.review", Effect.ESCALATE),
        permit_validity=limit("hukou.permit_validity", Effect.EXPIRED),
        certificate_validity=limit("hukou.certificate_validity", Effect.EXPIRED),
        origin=limit("hukou.origin", Effect.ESCALATE),
        landing=limit(f"hukou.landing.{area}", Effect.REMIND),
        delivery=limit("hukou.delivery", Effect.ESCALATE),
        reminder_interval=limit("hukou.reminder_interval", Effect.REMIND),
        phone_attempts=count("hukou.phone_attempts"),
        peer_reminders=count("hukou.peer_reminders"),
        extension_cap=count("hukou.extension_cap"),
    )


def desks_of(catalog: Catalog, locality: str, station: str) -> Desks:
    """The offices of a locality for one case."""
    found = catalog.locality(locality)
    return Desks(intake=station, station=station, bureau=found.hukou.bureau)


def office_names(catalog: Catalog, locality: str) -> dict[str, str]:
    """Code to name, for the operator's card."""
    return {office.code: office.name for office in catalog.locality(locality).offices}


def counters(catalog: Catalog) -> dict[str, str]:
    """Code to name of every locality that takes letters: no other may be written to."""
    return {code: locality.name for code, locality in catalog.localities.items()}
