"""The form check: one notice lists every defect, and names nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.hukou_intake import (
    Applicant,
    DefectCode,
    HukouApplication,
    MigrationReason,
    find_defects,
)
from tests.domain.applications import (
    CATALOG,
    CHILD,
    HOME,
    HUSBAND,
    MATTERS,
    TODAY,
    WIFE,
    born,
    check,
    found,
    graduate_case,
    migrant,
    papers,
    parent_case,
    spouse_case,
)


def test_a_complete_application_has_no_defect() -> None:
    assert check(spouse_case()) == ()
    assert check(graduate_case(date(2026, 6, 30))) == ()
    assert check(parent_case(born(1960, 1))) == ()


def test_all_defects_are_listed_at_once() -> None:
    application = replace(
        spouse_case(),
        origin_locality=HOME,
        origin_address=" ",
        documents=(),
        migrants=(migrant(id_no="339999199001010010"), migrant(2, CHILD, "")),
        spouse_id_no=None,
    )
    assert found(application, not_proven_by=("marriage",)) == [
        ("SAME_LOCALITY", "origin_locality"),
        ("FIELD_MISSING", "origin_address"),
        ("FIELD_MISSING", "spouse_id_no"),
        ("FIELD_MISSING", "migrants[1].relation"),
        ("IDENTITY_NUMBER_WRONG", "migrants[0].id_no"),
        ("DOCUMENT_MISSING", "SETTLEMENT_APPLICATION"),
        ("DOCUMENT_MISSING", "MARRIAGE_CERTIFICATE"),
        ("DOCUMENT_MISSING", "KINSHIP_PROOF[2]"),
    ]


def test_every_defect_says_in_chinese_what_is_wrong_and_what_to_do_and_names_nobody() -> None:
    wrong = "339999199001010010"
    application = replace(spouse_case(), migrants=(migrant(id_no=wrong),) * 2, documents=())
    defects = check(application)
    assert len(defects) >= 5
    for defect in defects:
        for sentence in (defect.text, defect.remedy):
            assert sentence.endswith("。")
            assert wrong not in sentence
            assert "示例" not in sentence


@pytest.mark.parametrize(
    ("application", "allowed"),
    [(spouse_case(), True), (graduate_case(date(2026, 6, 30)), False)],
)
def test_followers_come_along_only_where_the_matter_allows_them(
    application: HukouApplication, allowed: bool
) -> None:
    with_child = replace(
        application,
        migrants=(migrant(), migrant(2, CHILD, "子")),
        documents=application.documents + papers("KINSHIP_PROOF", seq=2),
    )
    expected = [] if allowed else [("FOLLOWERS_NOT_ALLOWED", "migrants")]
    assert found(with_child) == expected


def test_nobody_appears_twice_in_any_role() -> None:
    twice = replace(spouse_case(), migrants=(migrant(), migrant(2, f" {HUSBAND} ", "子")))
    assert ("PERSON_TWICE", "migrants[1].id_no") in found(twice)
    own_spouse = replace(spouse_case(), spouse_id_no=HUSBAND)
    assert found(own_spouse) == [("PERSON_TWICE", "spouse_id_no")]


@pytest.mark.parametrize("seqs", [(), (2,), (1, 3), (2, 1)])
def test_migrants_are_numbered_from_one(seqs: tuple[int, ...]) -> None:
    people = tuple(migrant(seq, born(1990 + seq, 1)) for seq in seqs)
    codes = [code for code, _ in found(replace(spouse_case(), migrants=people))]
    assert "MIGRANTS_MISNUMBERED" in codes


def test_the_reason_must_fit_the_matter() -> None:
    rules = CATALOG.intake_rules("HUKOU-PARENTS", HOME, on=TODAY)
    defects = find_defects(spouse_case(), rules, destination_locality=HOME, today=TODAY)
    assert defects[0].code is DefectCode.REASON_DIFFERS


@pytest.mark.parametrize(
    ("reason", "fields"),
    [
        (MigrationReason.JOB_TRANSFER, set()),
        (MigrationReason.ADMISSION, {"school", "notice_number"}),
        (MigrationReason.GRADUATION, {"school", "diploma_number", "graduated_on"}),
        (MigrationReason.SPOUSE, {"spouse_id_no", "receiving_household"}),
        (MigrationReason.PARENTS, {"child_id_no", "receiving_household"}),
    ],
)
def test_each_reason_asks_for_its_own_fields(reason: MigrationReason, fields: set[str]) -> None:
    bare = replace(
        spouse_case(),
        matter=MATTERS[reason],
        reason=reason,
        spouse_id_no=None,
        receiving_household=None,
    )
    missing = {d.subject for d in check(bare) if d.code is DefectCode.FIELD_MISSING}
    assert missing == fields


def test_an_applicant_who_cannot_be_reached_is_a_defect() -> None:
    application = replace(spouse_case(), applicant=Applicant("", WIFE, " "))
    assert found(application) == [
        ("FIELD_MISSING", "applicant.name"),
        ("FIELD_MISSING", "applicant.phone"),
    ]
