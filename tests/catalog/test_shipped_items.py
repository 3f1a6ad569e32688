"""What the shipped catalogue answers: every listed row, every guide, every word for a code."""

from __future__ import annotations

import csv
from enum import StrEnum
from io import StringIO
from itertools import product

import pytest

from catalog import words
from catalog.catalog import Catalog
from catalog.coverage import RowState, coverage
from catalog.drafts import definition_problems, read_draft, write_draft
from catalog.exporting import BOM, coverage_csv
from catalog.guides import guide_of
from catalog.items import covers
from catalog.listing_models import Audience, Mode, OrganKind, Place, PowerKind, SceneRole
from catalog.loader import load_catalog
from catalog.models import Evidence, Level
from catalog.own_guides import own_decider
from catalog.placing import best_route, place_record
from catalog.records import full_record
from catalog.routes import Route
from catalog.scope import offers, route
from catalog.searching import Searching
from tests.catalog.small import TODAY


@pytest.fixture(scope="module")
def shipped() -> Catalog:
    return load_catalog()


def test_every_listed_row_is_startable_or_says_why_not(shipped: Catalog) -> None:
    found = coverage(shipped, TODAY)
    assert found.complete
    assert sum(total.numbered for total in found.totals) == 540
    assert len(found.rows) == sum(total.leaves for total in found.totals) == 621
    startable = [row for row in found.rows if row.state is RowState.STARTABLE]
    others = [row for row in found.rows if row.state is not RowState.STARTABLE]
    assert all(
        place.procedure and place.receives and place.competent
        for row in startable
        for place in row.places
        if place.state is RowState.STARTABLE
    )
    assert [(row.item, row.state) for row in others] == [("M0042", RowState.CANCELLED)]
    assert all(place.reason for row in others for place in row.places)


def test_every_item_has_a_guide_with_eight_elements_where_it_is_offered(shipped: Catalog) -> None:
    for item in shipped.items.values():
        for locality in shipped.localities:
            if not offers(shipped, item, locality, TODAY):
                continue
            definition = shipped.lists.definition(item)
            found = full_record(shipped, item, TODAY, definition, locality=locality)
            elements = found["guide"]["elements"]
            assert len(elements) == 8, item.id
            assert all(one["lines"] and all(one["lines"]) for one in elements), item.id


def test_every_shipped_definition_passes_the_checks_of_a_draft(shipped: Catalog) -> None:
    for item in shipped.items.values():
        definition = shipped.lists.definition(item)
        if definition is not None:
            assert list(definition_problems(definition, shipped)) == [], item.id


def test_a_shipped_definition_written_out_is_read_back_as_it_was(shipped: Catalog) -> None:
    definition = shipped.definition("M0001")
    again, problems = read_draft(write_draft(definition).encode(), "m.yaml", shipped)
    assert (again, problems) == (definition, [])


@pytest.mark.parametrize(
    ("asked", "item"),
    [
        ("夫妻投靠户口迁移", "M0006"),
        ("fqtkhkqy", "M0006"),
        ("HUKOU-SPOUSE", "M0006"),
        ("m0006", "M0006"),
        ("投靠 夫妻", "M0006"),
        ("无犯罪", "M0001"),
    ],
)
def test_a_shipped_item_is_found_by_what_people_type(
    shipped: Catalog, asked: str, item: str
) -> None:
    assert Searching(shipped).find(asked)[0].item.id == item


@pytest.mark.parametrize(
    ("codes", "table"),
    [
        (Mode, words.MODES),
        (Audience, words.AUDIENCES),
        (Level, words.LEVELS),
        (PowerKind, words.POWERS),
        (OrganKind, words.ORGANS),
        (Place, words.PLACES),
        (SceneRole, words.SCENE_ROLES),
        (Evidence, words.EVIDENCE),
    ],
)
def test_every_code_has_a_word(codes: type[StrEnum], table: dict[str, str]) -> None:
    assert set(table) == set(codes)


def test_taxpayers_of_elsewhere_are_looked_up_by_the_tax_office_of_their_place(
    shipped: Catalog,
) -> None:
    def asked(applicant: str) -> Route:
        found = route(shipped, "M0012", locality="371002", applicant_locality=applicant, on=TODAY)
        assert isinstance(found, Route)
        return found

    assert asked("371002").rerouted == ()
    assert asked("330902").rerouted == (("TAX", "330902"),)
    assert asked("330902").competent == asked("371002").competent


def test_a_district_tracks_what_its_city_or_province_decides(shipped: Catalog) -> None:
    higher = 0
    for item in shipped.items.values():
        for locality in shipped.localities:
            found = best_route(shipped, item.id, item.modes[0], locality, TODAY)
            if isinstance(found, Route) and found.level < Level.COUNTY:
                higher += 1
                assert shipped.office(found.competent).level <= found.level
                assert found.tracks is not None
                assert shipped.office(found.tracks).level == Level.COUNTY
                assert found.tracks[:6] == locality
    assert higher > 50


def test_the_lists_and_the_procedures_of_their_own_name_one_decider(shipped: Catalog) -> None:
    compared = set()
    for item in shipped.items.values():
        for code, locality in product(item.own, shipped.localities):
            mode = Mode(shipped.any_matter(code).mode)
            answer = best_route(shipped, item.id, mode, locality, TODAY)
            if isinstance(answer, Route):
                assert own_decider(shipped, code, locality) == answer.competent, (code, locality)
                compared.add(code)
    assert compared == {*shipped.matters, *shipped.transfers}


def test_people_see_whose_tax_office_takes_the_part_of_foreign_taxpayers(shipped: Catalog) -> None:
    (mode,) = place_record(shipped, shipped.item("M0012"), "371002", TODAY)["modes"]
    assert [(one["from"]["code"], one["office"]["code"]) for one in mode["rerouted"]] == [
        ("330902", "330902-SS-00")
    ]
    (there,) = place_record(shipped, shipped.item("M0012"), "330902", TODAY)["modes"]
    assert there["rerouted"] == []


def test_no_guide_promises_what_no_document_says(shipped: Catalog) -> None:
    for item in shipped.items.values():
        definition = shipped.lists.definition(item)
        if definition is None:
            continue
        told = {one.key: one.lines for one in guide_of(shipped, definition).elements}
        assert "默认值" not in told["fee"][0], item.id
        if definition.fee.amount_fen is None:
            assert told["fee"][0].startswith("按主管部门公布的标准"), item.id
        free = [line for line in told["materials"] if "免提交" in line]
        shared = [one for one in definition.materials if one.shareable_from]
        assert len(free) == len(shared), item.id


def test_the_coverage_says_for_each_mode_who_may_apply_where_from_and_who_decides(
    shipped: Catalog,
) -> None:
    for row in coverage(shipped, TODAY).rows:
        item = shipped.items[row.item]
        for place in row.places:
            if place.locality not in shipped.localities:
                continue
            assert [way.mode for way in place.ways if not way.choice] == [
                mode for mode in item.modes if not place.ways[0].choice
            ], row.item
            for way, applicant in product(place.ways, ("here", "elsewhere")):
                asked = getattr(way, applicant)
                assert bool(asked.competent) is bool(asked.receives) is asked.open, row.item
                assert bool(asked.reason) is not asked.open, row.item


def test_the_coverage_as_a_table_has_a_line_for_each_mode_and_choice(shipped: Catalog) -> None:
    found = coverage(shipped, TODAY)
    lines = list(csv.DictReader(StringIO(coverage_csv(shipped, found).removeprefix(BOM))))
    assert len(lines) == sum(max(len(one.ways), 1) for row in found.rows for one in row.places)
    (own, platform) = [one for one in lines if one["事项编号"] == "M0168"]
    assert (own["职权层级"], platform["职权层级"]) == ("县级", "省级")
    assert platform["决定机构"] == "370000-SJ-00 山东省市场监督管理局"
    assert own["依协议"] == "AGREEMENT-HUANCUI-DINGHAI"


def test_people_see_for_whom_a_list_names_an_item_and_whom_it_excepts(shipped: Catalog) -> None:
    seen = 0
    for listed in shipped.lists.every_row():
        scene = listed.row.scene
        if scene is None or not (scene.conditions or scene.exceptions):
            continue
        item = shipped.item(listed.row.item)
        for locality in shipped.localities:
            if not covers(listed.listing.locality, locality):
                continue
            definition = shipped.lists.definition(item)
            found = full_record(shipped, item, TODAY, definition, locality=locality)
            told = "".join(found["guide"]["elements"][1]["lines"])
            words = "".join(
                "".join(one["scene"]["words"]) for one in found["listings"] if one["scene"]
            )
            for term in (*scene.conditions, *scene.exceptions):
                assert term in told, (item.id, term)
                assert term in words, (item.id, term)
            seen += 1
    assert seen
