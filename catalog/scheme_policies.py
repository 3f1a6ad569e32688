"""Builds the policies of the schemes from the catalogue's rows, for the rules in `domain.schemes`.

Called by the activities that examine a record and by the command ``compute``. `locality` None asks
for everybody's rules: a computation may concern a place that is not in the catalogue.
"""

from __future__ import annotations

from datetime import date

from catalog.catalog import Catalog
from catalog.errors import CatalogCode, unknown
from catalog.models import PolicyRule
from domain.schemes.pension_policy import (
    AnnuityPolicy,
    BenefitPlacePolicy,
    CivilPolicy,
    Dated,
    DatedTable,
    PensionPolicy,
    ResidentPolicy,
)


def pension_policy(catalog: Catalog, locality: str | None, *, on: date) -> PensionPolicy:
    """Employee pensions; DomainError UNKNOWN_POLICY or UNKNOWN_LOCALITY, here and below."""
    return PensionPolicy(
        account_rates=dated(catalog, "pension.account_rate_bp", locality),
        pooled_rates=dated(catalog, "pension.pooled_rate_bp", locality),
        age_limits_male=dated(catalog, "pension.age_limit.male", locality),
        age_limits_female=dated(catalog, "pension.age_limit.female", locality),
        lump_sum_evidence_months=number(
            catalog, "pension.lump_sum_evidence_months", locality, on=on
        ),
        temporary_moves_again=bool(
            number(catalog, "pension.temporary_moves_again", locality, on=on)
        ),
    )


def benefit_place_policy(catalog: Catalog, locality: str | None, *, on: date) -> BenefitPlacePolicy:
    """Which place pays an employee pension."""
    return BenefitPlacePolicy(
        min_months=number(catalog, "pension.benefit_place_min_months", locality, on=on),
        temporary_counts=bool(
            number(catalog, "pension.benefit_place_temporary_counts", locality, on=on)
        ),
    )


def resident_policy(catalog: Catalog, locality: str | None, *, on: date) -> ResidentPolicy:
    """Resident pensions and the swap with employee pensions."""
    return ResidentPolicy(minimum_months=dated(catalog, "pension.minimum_months", locality))


def civil_policy(catalog: Catalog, locality: str | None, *, on: date) -> CivilPolicy:
    """Civil-servant pensions; their accounts follow the account rates of enterprises."""
    return CivilPolicy(
        account_rates=dated(catalog, "pension.account_rate_bp", locality),
        pooled_rates=dated(catalog, "civil.pooled_rate_bp", locality),
    )


def annuity_policy(catalog: Catalog, locality: str | None, *, on: date) -> AnnuityPolicy:
    """职业年金."""
    return AnnuityPolicy(
        unit_rates=dated(catalog, "annuity.unit_rate_bp", locality),
        personal_rates=dated(catalog, "annuity.personal_rate_bp", locality),
    )


def dated(catalog: Catalog, key: str, locality: str | None) -> DatedTable:
    """All values of a key over the years, the locality's own first."""
    rules = _rules(catalog, key, locality)
    return DatedTable(
        tuple(Dated(rule.as_number(), rule.valid_from, rule.valid_to) for rule in rules)
    )


def number(catalog: Catalog, key: str, locality: str | None, *, on: date) -> int:
    """The value in force on a day."""
    for rule in _rules(catalog, key, locality):
        if rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to):
            return rule.as_number()
    raise unknown(CatalogCode.UNKNOWN_POLICY, key, {one.key for one in catalog.policies})


def _rules(catalog: Catalog, key: str, locality: str | None) -> list[PolicyRule]:
    if locality is not None:
        catalog.locality(locality)
    found = [
        rule
        for rule in catalog.policies
        if rule.key == key and rule.locality in ("*", locality) and rule.peer_tag is None
    ]
    if not found:
        raise unknown(CatalogCode.UNKNOWN_POLICY, key, {one.key for one in catalog.policies})
    return sorted(found, key=lambda rule: (rule.locality == "*", rule.valid_from))
