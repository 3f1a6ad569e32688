"""The numbers of the schemes come from the catalogue, by locality and day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from catalog import matter_policies
from catalog.catalog import Catalog
from catalog.loader import load_catalog
from catalog.models import Evidence
from domain.errors import DomainError

TODAY = date(2026, 11, 23)
CATALOG = load_catalog()
PREFIXES = ("unemployment", "medical", "housing_fund", "files", "vehicles", "disability", "proxy")
BUILDERS: list[Callable[..., Any]] = [
    matter_policies.unemployment_policy,
    matter_policies.medical_policy,
    matter_policies.fund_policy,
    matter_policies.withdrawal_policy,
    matter_policies.file_policy,
    matter_policies.vehicle_policy,
    matter_policies.card_policy,
    matter_policies.proxy_policy,
]


@pytest.mark.parametrize("build", BUILDERS)
@pytest.mark.parametrize("locality", ["371002", "330902"])
def test_every_locality_has_every_number(build: Callable[..., Any], locality: str) -> None:
    assert build(CATALOG, locality, on=TODAY) == build(CATALOG, locality, "371002", on=TODAY)


@pytest.mark.parametrize("build", BUILDERS)
def test_a_day_before_any_rule_is_refused(build: Callable[..., Any]) -> None:
    with pytest.raises(DomainError) as caught:
        build(CATALOG, "371002", on=date(1999, 1, 1))
    assert caught.value.code == "UNKNOWN_POLICY"


def test_a_locality_changes_its_own_number_from_a_day_on() -> None:
    rule = {
        "key": "housing_fund.destination_paid_months",
        "locality": "371002",
        "value": 6,
        "basis": "本市要求缴存满6个月",
        "source": "示例",
        "evidence": "design",
        "valid_from": date(2026, 12, 1),
    }
    other = Catalog(
        localities=CATALOG.localities.values(),
        matters=CATALOG.matters.values(),
        policies=[*CATALOG.policies, type(CATALOG.policies[0])(**rule)],
        calendar=CATALOG.calendar,
    )

    def months(locality: str, on: date) -> int:
        return matter_policies.fund_policy(other, locality, on=on).destination_paid_months

    assert months("371002", date(2026, 11, 30)) == 1
    assert months("371002", date(2026, 12, 1)) == 6
    assert months("330902", date(2026, 12, 1)) == 1


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_scheme_has_the_limits_its_procedure_asks_for(prefix: str) -> None:
    for key in ("correction", "reminder_interval", "delivery"):
        assert CATALOG.policy(f"{prefix}.{key}", "371002", on=TODAY).limit is not None
    assert CATALOG.policy(f"{prefix}.peer_reminders", "371002", on=TODAY).as_number() > 0


def test_no_uncertain_number_is_called_statute() -> None:
    statute = {
        rule.key
        for rule in CATALOG.policies
        if rule.evidence is Evidence.STATUTE and rule.key.startswith(PREFIXES)
    }
    assert all(
        key.startswith("unemployment.tier.")
        or key in ("unemployment.months_cap", "purchase.origin", "proxy.intake")
        for key in statute
    )
