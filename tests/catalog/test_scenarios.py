"""The bundles (一件事) that ship, and what is refused in one, with file and line."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from catalog.errors import CatalogError
from catalog.listing_models import Audience
from catalog.loader import load_catalog
from console.application_form import read_file
from console.general_check import check
from console.general_form import parse_general
from console.scenario_filing import common_form, founded_by
from settings import PROJECT_ROOT
from tests.joint.items import (
    FIRST,
    FOUNDING,
    SECOND,
    founding_scenario,
    scenario,
    write_folder,
)


def test_what_an_enterprise_needs_after_its_founding_rests_on_it(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    bundle = founding_scenario()
    bundle["items"][1]["after"] = []
    (folder / "scenarios/founding.yaml").write_text(
        json.dumps(bundle, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    with pytest.raises(CatalogError, match=f"{SECOND}须以设立登记{FOUNDING}为前置"):
        load_catalog(folder)


def test_at_least_six_scenarios_ship_over_both_life_cycles() -> None:
    catalog = load_catalog()
    cycles = [one.life_cycle for one in catalog.scenarios.values()]
    assert cycles.count(Audience.PERSON) >= 3 and cycles.count(Audience.ENTERPRISE) >= 3
    for one in catalog.scenarios.values():
        assert {child.item for child in one.items} <= set(catalog.items), one.code
        assert any(child.after for child in one.items), one.code


def _circle(bundle: dict[str, Any]) -> None:
    bundle["items"][0]["after"] = [SECOND]


def _unknown(bundle: dict[str, Any]) -> None:
    bundle["items"][2]["item"] = "M0000"


def _unmapped_material(bundle: dict[str, Any]) -> None:
    del bundle["items"][1]["materials"]["PREMISES"]


def _lost_field(bundle: dict[str, Any]) -> None:
    bundle["items"][0]["fields"] = {"address": "nowhere"}


def _not_asked(bundle: dict[str, Any]) -> None:
    bundle["items"][0]["fields"] = {"rooms": "address"}


def _twice(bundle: dict[str, Any]) -> None:
    bundle["items"][2]["item"] = FIRST


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_circle, f"前置关系成环：{FIRST} → {SECOND} → {FIRST}"),
        (_unknown, "没有事项M0000"),
        (_unmapped_material, f"{SECOND}的必交材料PREMISES_PROOF没有对应"),
        (_lost_field, "事项中没有nowhere"),
        (_not_asked, "一张表中没有rooms"),
        (_twice, f"{FIRST}写了两次"),
    ],
    ids=["circle", "unknown", "unmapped", "lost", "not-asked", "twice"],
)
def test_a_bundle_that_cannot_be_filed_is_refused_with_file_and_line(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], None], said: str
) -> None:
    folder = write_folder(tmp_path)
    bundle = deepcopy(scenario())
    spoil(bundle)
    (folder / "scenarios/example.yaml").write_text(
        json.dumps(bundle, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    with pytest.raises(CatalogError) as caught:
        load_catalog(folder)
    told = [str(problem) for problem in caught.value.problems]
    found = [one for one in told if said in one]
    assert found, told
    assert "scenarios/example.yaml" in found[0] and "第" in found[0]


@pytest.mark.parametrize("example", ["birth", "enterprise-opening"])
def test_the_examples_fill_the_forms_that_ship(example: str) -> None:
    folder = PROJECT_ROOT / "examples"
    data = read_file(folder / f"{example}.yaml", max_bytes=100_000)
    bundle = load_catalog().scenarios[data["matter"]]
    asked = {item: value for item, value in data.items() if item != "items"}
    form, materials = parse_general(asked, folder=folder, max_bytes=10_000, max_chars=500)
    ticked = [one for one in bundle.items if not one.optional or one.item in data["items"]]
    founding = bool(founded_by(load_catalog(), bundle))
    _, defects = check(form, materials, common_form(bundle, ticked), founding=founding)
    assert not defects
    assert set(data["items"]) <= {one.item for one in bundle.items if one.optional}
