"""Pins what a case is handled under: limits, counts and offices, as the catalogue has them today.

Called when an application is filed and when a letter opens a leg; a later change of the catalogue
affects new cases only.
"""

from __future__ import annotations

from datetime import date

from catalog.catalog import Catalog
from catalog.models import PolicyRule
from catalog.transfer_models import TransferMatter
from contracts.cases import Desks, HukouRules, PinnedLimit, Rules
from domain.clocks import Effect
from domain.licensing import Approver, LicensingPeriod


def transfer_rules(
    catalog: Catalog, matter: TransferMatter, locality: str, peer: str, *, on: date
) -> Rules:
    """The limits and counts of a transfer for this side, today: the family's own, else common."""
    return rules_of(catalog, f"{matter.policies}.", locality, peer, on=on, period=matter.period)


def rules_of(
    catalog: Catalog,
    prefix: str,
    locality: str,
    peer: str,
    *,
    on: date,
    period: LicensingPeriod | None = None,
) -> Rules:
    """The limits and counts whose keys begin like this, and the common ones for the rest.

    A period of the law gives limit, cap and approver of the decision where the matter's own
    policies say nothing else.
    """
    limits: dict[str, PinnedLimit] = {}
    numbers: dict[str, int] = {}
    for start in ("common.", prefix):
        for key in {rule.key for rule in catalog.policies if rule.key.startswith(start)}:
            rule = catalog.find_policy(key, locality, peer, on=on)
            name = key.removeprefix(start)
            if rule is None or name.endswith(".promised"):
                continue
            if rule.limit is None:
                numbers[name] = rule.as_number()
            else:
                limits[name] = _pinned(catalog, rule, locality, peer, on)
    for one in LicensingPeriod:
        for what in ("review", "extension_cap"):
            name = f"{one.value.lower()}.{what}"
            limit, number = limits.pop(name, None), numbers.pop(name, None)
            own = catalog.find_policy(f"{prefix}{what}", locality, peer, on=on)
            if one is not period or own is not None:
                continue
            if limit is not None:
                limits[what] = limit
            if number is not None:
                numbers[what] = number
    return Rules(
        intake=limits.pop("intake"),
        correction=limits.pop("correction"),
        review=limits.pop("review"),
        origin=limits.pop("origin"),
        delivery=limits.pop("delivery"),
        reminder_interval=limits.pop("reminder_interval"),
        peer_reminders=numbers.pop("peer_reminders"),
        extension_cap=numbers.pop("extension_cap"),
        extension_approver=period.approver if period else Approver.HEAD,
        limits=dict(sorted(limits.items())),
        numbers=dict(sorted(numbers.items())),
    )


def _pinned(catalog: Catalog, rule: PolicyRule, locality: str, peer: str, on: date) -> PinnedLimit:
    limit = rule.as_limit()
    promise = catalog.find_policy(f"{rule.key}.promised", locality, peer, on=on)
    return PinnedLimit(
        length=limit.length,
        unit=limit.unit,
        basis=limit.basis,
        promised=promise.as_limit().length if promise else None,
        effect=rule.effect,
        rolls=rule.rolls,
    )


def agency_desks(catalog: Catalog, locality: str, agency: str, intake: str | None = None) -> Desks:
    """The offices of a locality for one transfer; KeyError where it has no such agency."""
    agencies = catalog.locality(locality).agencies
    acting = agencies[agency]
    return Desks(intake=agencies[intake] if intake else acting, station=acting, bureau=acting)


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
        limits={
            "pause_review": limit("common.pause_review", Effect.ESCALATE),
            "peer_silent": limit("common.peer_silent", Effect.ESCALATE),
        },
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
