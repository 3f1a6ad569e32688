"""What a procedure of its own collects elsewhere, and the own window handles by a definition."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.coverage_ways import ways
from catalog.loader import load_catalog
from catalog.records import full_record
from domain.schemes.proxy_matters import proxied

CATALOG = load_catalog()
TODAY = date(2026, 11, 23)
COLLECTED = ("M0048", "M0088", "M0091")


@pytest.mark.parametrize("number", COLLECTED)
def test_the_own_window_asks_what_is_asked_elsewhere_and_decides_in_the_same_days(
    number: str,
) -> None:
    (code,) = CATALOG.items[number].own
    collected, window = CATALOG.transfers[code], CATALOG.definition(number)
    assert [(one.type, one.required) for one in collected.documents] == [
        (one.type, one.required) for one in window.materials
    ]
    rules = CATALOG.policy(f"proxy.{proxied(code).limit}", "371002", on=TODAY)
    assert (rules.limit, rules.basis) == (window.limit.statutory, window.limit.basis)
    for way in ways(CATALOG, CATALOG.items[number], "371002", TODAY):
        assert way.procedure == f"{code}、窗口办理"
        assert way.here.open and way.here.receives.startswith("371")
        assert way.elsewhere.open and way.elsewhere.receives.startswith("330902")


def test_only_kinds_that_no_place_designates_are_endorsed_at_the_own_window() -> None:
    (field,) = CATALOG.definition("M0088").fields
    asked = CATALOG.transfers["PROXY-TRAVEL-ENDORSEMENT"].fields[0].choices
    open_ = {
        code: label
        for code, label in asked.items()
        if not CATALOG.policy(
            f"proxy.endorsement.designated.{code}", "371002", on=TODAY
        ).as_number()
    }
    assert field.choices == open_


@pytest.mark.parametrize("number", COLLECTED)
def test_the_guide_of_what_is_collected_elsewhere_says_both_ways(number: str) -> None:
    item = CATALOG.items[number]
    guide = full_record(CATALOG, item, TODAY, CATALOG.definition(number), locality="371002")[
        "guide"
    ]
    said = {one["key"]: one["lines"] for one in guide["elements"]}
    for key in ("steps", "limit", "place"):
        collected = [line for line in said[key] if line.startswith("异地代收代办：")]
        assert collected and len(collected) < len(said[key]), key
    assert any(line.startswith("收件：环翠区") for line in said["place"])
    assert item.own[0] in guide["note"]
