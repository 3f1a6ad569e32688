"""The shipped catalogue builds the policies that the hand-worked cases assume."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.catalog import Catalog
from catalog.errors import CatalogCode
from catalog.loader import load_catalog
from catalog.models import Evidence, PolicyRule
from catalog.scheme_policies import (
    annuity_policy,
    benefit_place_policy,
    civil_policy,
    pension_policy,
    resident_policy,
)
from domain.errors import DomainError
from tests.domain.schemes.pension_records import (
    ANNUITY,
    BENEFIT_PLACE,
    CIVIL,
    HUANCUI,
    ON,
    PENSION,
)

CATALOG = load_catalog()


def test_the_shipped_values_are_those_of_the_law() -> None:
    assert pension_policy(CATALOG, None, on=ON) == PENSION
    assert pension_policy(CATALOG, HUANCUI, on=ON) == PENSION
    assert civil_policy(CATALOG, None, on=ON) == CIVIL
    assert annuity_policy(CATALOG, None, on=ON) == ANNUITY
    assert benefit_place_policy(CATALOG, None, on=ON) == BENEFIT_PLACE


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (date(2026, 1, 1), 180),
        (date(2029, 12, 31), 180),
        (date(2030, 1, 1), 186),
        (date(2034, 6, 1), 210),
        (date(2039, 1, 1), 240),
        (date(2060, 1, 1), 240),
    ],
)
def test_the_months_needed_rise_by_six_a_year_from_2030(day: date, months: int) -> None:
    assert resident_policy(CATALOG, None, on=ON).minimum_months.at(day) == months


def with_rule(**changes: object) -> Catalog:
    rule = PolicyRule.model_validate(
        {
            "basis": "样例",
            "source": "样例",
            "evidence": Evidence.DESIGN,
            "valid_from": date(2020, 1, 1),
            **changes,
        }
    )
    return Catalog(
        localities=CATALOG.localities.values(),
        matters=CATALOG.matters.values(),
        policies=[*CATALOG.policies, rule],
        calendar=CATALOG.calendar,
    )


def test_a_localitys_own_value_wins_there_and_only_while_it_is_in_force() -> None:
    catalog = with_rule(key="pension.pooled_rate_bp", locality=HUANCUI, value=1000)
    own = pension_policy(catalog, HUANCUI, on=ON).pooled_rates
    assert (own.at(date(2019, 12, 31)), own.at(date(2020, 1, 1))) == (1200, 1000)
    assert pension_policy(catalog, None, on=ON).pooled_rates.at(ON) == 1200
    single = with_rule(key="pension.lump_sum_evidence_months", locality=HUANCUI, value=12)
    assert pension_policy(single, HUANCUI, on=ON).lump_sum_evidence_months == 12
    assert pension_policy(single, HUANCUI, on=date(2019, 1, 1)).lump_sum_evidence_months == 36


def test_an_unknown_place_and_a_day_without_a_rule_are_refused() -> None:
    with pytest.raises(DomainError) as unknown:
        pension_policy(CATALOG, "999999", on=ON)
    assert unknown.value.code is CatalogCode.UNKNOWN_LOCALITY
    with pytest.raises(DomainError) as early:
        pension_policy(CATALOG, None, on=date(2009, 1, 1))
    assert early.value.code is CatalogCode.UNKNOWN_POLICY
