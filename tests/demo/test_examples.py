"""The example applications can be read, match the invented people, and show what they say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from adapters.population.models import Registration
from adapters.protocols import RegisterKind
from adapters.registers.seeds import read_entries
from adapters.simulators.seeds import (
    read_admissions,
    read_graduations,
    read_marriages,
    read_population,
)
from catalog.listing_models import Audience, Place
from catalog.loader import load_catalog
from console.application_form import Material, materials_of, parse, read_file
from console.general_check import check
from console.general_form import parse_general
from contracts.families import FAMILY_OF_MODE
from domain.hukou_intake import HukouApplication, find_defects
from domain.straight_through import CheckAnswer, answer_of
from embedded.demo.choosing import every_example
from embedded.demo.scripts import EXAMPLES, SCRIPTS, Script

SEEDS = EXAMPLES / "registers"
DAY = date(2026, 11, 22)
LARGEST = 10_485_760
CATALOG = load_catalog()
EXAMPLES_BY_NAME = every_example(CATALOG)
PEOPLE: dict[str, dict[str, Registration]] = {
    code: {one.id_no: one for one in read_population(SEEDS, code).values()}
    for code in CATALOG.localities
}

each_example = pytest.mark.parametrize("script", SCRIPTS.values(), ids=lambda one: one.name)


def form(script: Script) -> dict[str, Any]:
    return read_file(script.file, max_bytes=LARGEST)


def application(script: Script) -> tuple[HukouApplication, tuple[Material, ...]]:
    data = form(script)
    matter = CATALOG.matter(data["matter"])
    return parse(data, matter.reason, folder=EXAMPLES, max_bytes=LARGEST, max_chars=2000)


def home_of(applied: HukouApplication) -> str:
    return next(
        code
        for code, locality in CATALOG.localities.items()
        if applied.destination_station in {office.code for office in locality.offices}
    )


def test_every_example_is_played_and_every_script_has_its_example() -> None:
    examples = every_example(CATALOG)
    assert {path.stem for path in EXAMPLES.glob("*.yaml")} == set(examples)
    assert set(SCRIPTS) <= set(examples)
    assert [one.script.name for one in examples.values() if one.obstacle] == []


@each_example
def test_an_example_opens_with_a_chinese_sentence_that_says_what_it_shows(script: Script) -> None:
    first = script.file.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert "→" in first and first.endswith("。")


@each_example
def test_everybody_on_the_form_is_in_the_register_of_the_origin(script: Script) -> None:
    applied, _ = application(script)
    registered = PEOPLE[applied.origin_locality]
    people = {applied.applicant.id_no: applied.applicant.name}
    people |= {migrant.id_no: migrant.name for migrant in applied.migrants}
    assert people == {id_no: registered[id_no].name for id_no in people}
    main = registered[applied.migrants[0].id_no]
    assert applied.applicant.phone == main.phone
    assert applied.origin_address == main.address
    assert (applied.origin_station == main.station) is (script.name != "wrong-station")
    assert {registered[one.id_no].household_no for one in applied.migrants} == {main.household_no}


@each_example
def test_the_household_that_takes_them_in_is_that_of_the_spouse_or_child(script: Script) -> None:
    applied, _ = application(script)
    host = applied.spouse_id_no or applied.child_id_no
    assert (applied.receiving_household is None) is (host is None)
    if host is not None:
        registered = PEOPLE[home_of(applied)][host]
        assert registered.household_no == applied.receiving_household
        assert registered.address == applied.destination_address
        assert registered.station == applied.destination_station


@each_example
def test_the_registers_can_prove_what_the_form_says(script: Script) -> None:
    applied, _ = application(script)
    main = applied.migrants[0].id_no
    if applied.spouse_id_no:
        couples = [{one.id_a, one.id_b} for one in read_marriages(SEEDS).values()]
        assert {main, applied.spouse_id_no} in couples
    if applied.notice_number:
        admitted = [
            (one.id_no, one.notice_no, one.school, one.school_locality)
            for one in read_admissions(SEEDS).values()
        ]
        notice = (main, applied.notice_number, applied.school, home_of(applied))
        assert notice in admitted
    if applied.diploma_number:
        graduated = [
            (one.id_no, one.diploma_no, one.school, one.graduated_on)
            for one in read_graduations(SEEDS).values()
        ]
        diploma = (main, applied.diploma_number, applied.school, applied.graduated_on)
        assert diploma in graduated


@each_example
def test_only_the_correction_lacks_a_document(script: Script) -> None:
    applied, _ = application(script)
    home = home_of(applied)
    defects = find_defects(
        applied,
        CATALOG.intake_rules(applied.matter, home, on=DAY),
        destination_locality=home,
        today=DAY,
    )
    lacking = [defect.subject for defect in defects]
    assert lacking == (["RECEIVING_UNIT_PROOF"] if script.name == "correction" else [])


def test_what_is_handed_in_later_mends_the_correction() -> None:
    (wish,) = SCRIPTS["correction"].wishes
    parts = [{"type": type_, "file": file} for type_, file in wish.materials]
    handed_in = materials_of(parts, folder=EXAMPLES, max_bytes=LARGEST)
    assert [material.ref.type for material in handed_in] == ["RECEIVING_UNIT_PROOF"]


def test_nobody_applies_twice() -> None:
    everybody = [
        one.id_no for script in SCRIPTS.values() for one in application(script)[0].migrants
    ]
    assert len(set(everybody)) == len(everybody)


def test_every_matter_is_shown_and_two_in_both_directions() -> None:
    shown = {
        (form(script)["matter"], form(script)["origin_locality"]) for script in SCRIPTS.values()
    }
    assert {matter for matter, _ in shown} == set(CATALOG.matters)
    played = {one.matter for one in every_example(CATALOG).values()}
    assert {*CATALOG.matters, *CATALOG.transfers} <= played
    both = {matter for matter, _ in shown if {(matter, "330902"), (matter, "371002")} <= shown}
    assert both == {"HUKOU-JOB-TRANSFER", "HUKOU-SPOUSE"}


def test_every_generic_procedure_is_shown_and_a_bundle_of_either_life_cycle() -> None:
    examples = every_example(CATALOG).values()
    items = {one.matter: one for one in examples if one.matter in CATALOG.items}
    assert {one.family for one in items.values()} == set(FAMILY_OF_MODE.values())
    assert {CATALOG.definition(one).straight_through for one in items} == {True, False}
    places = {part.place for one in items for part in CATALOG.definition(one).participations}
    assert {Place.ORIGIN, Place.DESTINATION} <= places
    bundles = [CATALOG.scenarios[one.matter] for one in examples if one.matter in CATALOG.scenarios]
    assert {one.life_cycle for one in bundles} == set(Audience)


@pytest.mark.parametrize(
    "name", [name for name, one in EXAMPLES_BY_NAME.items() if one.matter in CATALOG.items]
)
def test_an_example_of_an_item_hands_in_all_that_its_definition_asks(name: str) -> None:
    script = EXAMPLES_BY_NAME[name].script
    applied, materials = parse_general(
        form(script), folder=EXAMPLES, max_bytes=LARGEST, max_chars=2000
    )
    _, defects = check(applied, materials, CATALOG.definition(applied.matter))
    assert defects == ()


def test_the_shared_data_agree_with_whoever_is_decided_without_hands() -> None:
    (script,) = [
        one.script
        for one in EXAMPLES_BY_NAME.values()
        if one.matter in CATALOG.items and CATALOG.definition(one.matter).straight_through
    ]
    applicant = form(script)["applicant"]
    (said,) = [
        entry.data
        for entry in read_entries(SEEDS).values()
        if entry.kind is RegisterKind.SHARED_DATA and entry.subject == applicant["id_no"]
    ]
    sources = {one.source for one in CATALOG.definition(form(script)["matter"]).checks}
    assert {one: answer_of(said[one], applicant["name"]) for one in sources} == dict.fromkeys(
        sources, CheckAnswer.YES
    )


def test_the_readme_names_every_file() -> None:
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    files = [*EXAMPLES.glob("*.yaml"), *(EXAMPLES / "documents").iterdir()]
    assert [path for path in files if str(path.relative_to(EXAMPLES)) not in readme] == []
