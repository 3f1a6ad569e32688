"""The seeded people are artificial beyond doubt, consistent, and there for every matter."""

from pathlib import Path

import pytest

from adapters.protocols import AdmissionRecord, GraduationRecord, RegistrationStatus
from adapters.simulators.seeds import (
    SeedError,
    localities_in,
    read_admissions,
    read_graduations,
    read_marriages,
    read_population,
)
from domain.identity import birth_date_of, check_identity_number, sex_of
from tests.adapters.process import SEEDS

COUNTY = {"330902": "339999", "371002": "379999"}
PEOPLE = {locality: read_population(SEEDS, locality) for locality in COUNTY}
EVERYBODY = {label: one for people in PEOPLE.values() for label, one in people.items()}


def test_both_localities_have_people() -> None:
    assert localities_in(SEEDS) == sorted(COUNTY)


@pytest.mark.parametrize("locality", COUNTY)
def test_every_number_is_well_formed_and_can_never_be_issued(locality: str) -> None:
    for label, one in PEOPLE[locality].items():
        assert check_identity_number(one.id_no) == one.id_no, label
        # A number tells where it was given, not where its bearer has moved since.
        moved_here = label.endswith("-landed")
        assert moved_here != (one.id_no[:6] == COUNTY[locality]), label
        assert one.id_no[:6] in COUNTY.values(), label
        assert one.id_no[14:17] in ("000", "001"), label
        assert birth_date_of(one.id_no) == one.birth_date, label
        assert sex_of(one.id_no) is one.sex, label


@pytest.mark.parametrize("locality", COUNTY)
def test_everybody_looks_invented_and_belongs_to_a_station_here(locality: str) -> None:
    for label, one in PEOPLE[locality].items():
        assert "样例" in one.name and "样例" in one.address, label
        assert one.station.startswith(f"{locality}-GA-"), label
        assert one.phone is None or one.phone.startswith("120"), label


def test_numbers_and_labels_are_used_once() -> None:
    assert len(EVERYBODY) == sum(map(len, PEOPLE.values()))
    assert len({one.id_no for one in EVERYBODY.values()}) == len(EVERYBODY)


def test_there_is_somebody_for_every_matter_and_trouble() -> None:
    here, there = PEOPLE["330902"], PEOPLE["371002"]
    assert here["spouse-mover"].household_no == here["spouse-mover-child"].household_no
    assert there["mirror-spouse-mover"].household_no == (
        there["mirror-spouse-mover-child"].household_no
    )
    assert here["parent"].birth_date.year <= 1966
    assert here["wrong-station"].station != here["job-transfer"].station
    assert here["needs-approval"].needs_art14_approval
    assert here["deceased"].status is RegistrationStatus.DECEASED
    assert here["under-investigation"].under_investigation
    assert here["moved-earlier"].status is RegistrationStatus.MOVED_OUT
    spare = [one for label, one in here.items() if label.startswith("spare-")]
    assert len(spare) == 3
    for one in (*spare, here["graduate"], here["student"], there["parent-host"]):
        assert one.status is RegistrationStatus.ACTIVE


def test_proofs_belong_to_the_people_of_their_labels() -> None:
    hosts = {"spouse-mover": "spouse-host", "mirror-spouse-mover": "mirror-spouse-host"}
    marriages = read_marriages(SEEDS)
    assert marriages.keys() == hosts.keys()
    for mover, host in hosts.items():
        assert marriages[mover].id_a == EVERYBODY[mover].id_no
        assert marriages[mover].id_b == EVERYBODY[host].id_no
    assert read_graduations(SEEDS).keys() == {"graduate"}
    assert read_admissions(SEEDS).keys() == {"student", "mirror-student"}
    proofs: list[tuple[str, AdmissionRecord | GraduationRecord]] = [
        *read_graduations(SEEDS).items(),
        *read_admissions(SEEDS).items(),
    ]
    for label, proof in proofs:
        assert (proof.id_no, proof.name) == (EVERYBODY[label].id_no, EVERYBODY[label].name)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("people: [", "YAML"),
        ("people: 5", "列表 people"),
        ("people: [{name: 样例}]", "第 1 项：缺少 label"),
        ("people: [{label: a, nmae: 样例}]", "没有这些项目：nmae"),
        ("people: [{label: a, name: 样例}]", "缺失或有误：id_no"),
    ],
)
def test_a_wrong_seed_file_is_named_with_its_field(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "population-330902.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SeedError, match=says) as wrong:
        read_population(tmp_path, "330902")
    assert "population-330902.yaml" in str(wrong.value)


def test_a_label_is_not_given_twice(tmp_path: Path) -> None:
    text = (SEEDS / "marriages.yaml").read_text(encoding="utf-8")
    twice = text.replace("label: mirror-spouse-mover", "label: spouse-mover")
    (tmp_path / "marriages.yaml").write_text(twice, encoding="utf-8")
    with pytest.raises(SeedError, match="label 重复：spouse-mover"):
        read_marriages(tmp_path)
