"""A matter says which period of the licensing law it has; limit, cap and approver follow."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from catalog.loader import load_catalog
from catalog.pinning import transfer_rules
from contracts.cases import Rules
from tests.catalog.folders import Write, places

DAY = date(2026, 11, 23)
LICENCE = Path(__file__).parents[2] / "catalog/data/transfers/proxy-transport-licence.yaml"


def a_licence(period: str) -> str:
    return (
        LICENCE.read_text(encoding="utf-8")
        .replace("PROXY-TRANSPORT-LICENCE", "EXAMPLE-LICENCE")
        .replace("policies: proxy", "policies: example")
        .replace("period: ORDINARY", period)
    )


def pinned(extra: Path, write: Write, period: str) -> Rules:
    write("transfers/example.yaml", a_licence(period))
    catalog = load_catalog(extra)
    return transfer_rules(catalog, catalog.transfer("EXAMPLE-LICENCE"), "371002", "330902", on=DAY)


@pytest.mark.parametrize(
    ("period", "length", "cap", "approver"),
    [
        ("period: ORDINARY", 20, 10, "HEAD"),
        ("period: JOINT\njoint_agencies: [VEHICLES, TRANSPORT]", 45, 15, "GOVERNMENT"),
        ("period: PRELIMINARY", 20, 0, "HEAD"),
        ("", 15, 10, "HEAD"),
    ],
)
def test_limit_cap_and_approver_are_pinned_by_the_period(
    extra: Path, write: Write, period: str, length: int, cap: int, approver: str
) -> None:
    rules = pinned(extra, write, period)
    assert (rules.review.length, rules.review.unit.value) == (length, "wd")
    assert (rules.extension_cap, rules.extension_approver) == (cap, approver)
    named = {*rules.limits, *rules.numbers}
    assert not [name for name in named if name.endswith((".review", ".extension_cap"))]


def test_a_policy_of_the_matter_itself_goes_before_the_period(extra: Path, write: Write) -> None:
    write(
        "policies/example.yaml",
        "policies:\n  - {key: example.review, limit: 12wd, basis: 示例, source: 示例,\n"
        "     evidence: design, valid_from: 2026-01-01}\n",
    )
    rules = pinned(extra, write, "period: JOINT\njoint_agencies: [VEHICLES]")
    assert rules.review.length == 12
    assert (rules.extension_cap, rules.extension_approver) == (15, "GOVERNMENT")


@pytest.mark.parametrize(
    ("period", "place"),
    [
        ("period: JOINT", ("example.yaml", "joint_agencies")),
        ("period: ORDINARY\njoint_agencies: [VEHICLES]", ("example.yaml", "joint_agencies")),
        ("period: JOINT\njoint_agencies: [NOWHERE]", ("371002.yaml", "agencies")),
    ],
)
def test_a_joint_period_names_departments_of_one_government(
    extra: Path, write: Write, period: str, place: tuple[str, str]
) -> None:
    write("transfers/example.yaml", a_licence(period))
    assert any(file.endswith(place[0]) and field == place[1] for file, field in places(extra))
