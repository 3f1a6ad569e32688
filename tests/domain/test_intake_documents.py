"""The form check asks only for materials that no register proves."""

from __future__ import annotations

from dataclasses import replace

from domain.hukou_intake import MigrationReason
from tests.domain.applications import (
    CATALOG,
    CHILD,
    HOME,
    TODAY,
    found,
    migrant,
    papers,
    spouse_case,
)


def test_what_a_register_proves_is_not_asked_until_it_fails_to_prove_it() -> None:
    assert found(spouse_case()) == []
    assert found(spouse_case(), not_proven_by=("marriage",)) == [
        ("DOCUMENT_MISSING", "MARRIAGE_CERTIFICATE")
    ]
    assert found(spouse_case(), not_proven_by=("population",)) == [
        ("DOCUMENT_MISSING", "IDENTITY_CARD[1]"),
        ("DOCUMENT_MISSING", "HOUSEHOLD_BOOK"),
        ("DOCUMENT_MISSING", "RECEIVING_HOUSEHOLD_BOOK"),
    ]


def test_a_document_per_person_is_asked_of_each_person() -> None:
    application = replace(
        spouse_case(),
        migrants=(migrant(), migrant(2, CHILD, "子")),
        documents=papers("SETTLEMENT_APPLICATION", "HOUSEHOLD_BOOK", "RECEIVING_HOUSEHOLD_BOOK")
        + papers("IDENTITY_CARD", seq=1)
        + papers("KINSHIP_PROOF", seq=2),
    )
    assert found(application, not_proven_by=("population",)) == [
        ("DOCUMENT_MISSING", "IDENTITY_CARD[2]")
    ]


def test_a_document_of_somebody_who_does_not_move_is_pointed_out() -> None:
    application = replace(
        spouse_case(), documents=spouse_case().documents + papers("IDENTITY_CARD", seq=7)
    )
    assert found(application) == [("DOCUMENT_OF_NOBODY", "documents[1]")]


def test_a_document_that_is_optional_is_never_missing() -> None:
    rules = CATALOG.intake_rules("HUKOU-ADMISSION", HOME, on=TODAY)
    assert "COLLECTIVE_HOUSEHOLD_PROOF" in {need.type for need in rules.documents}
    admitted = replace(
        spouse_case(),
        matter="HUKOU-ADMISSION",
        reason=MigrationReason.ADMISSION,
        spouse_id_no=None,
        school="示例大学",
        notice_number="N0001",
    )
    assert found(admitted) == []
    assert found(admitted, not_proven_by=("education",)) == [
        ("DOCUMENT_MISSING", "ADMISSION_NOTICE")
    ]
