"""Applications that are complete, and what the form check finds in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from catalog.loader import load_catalog
from domain.hukou_intake import (
    Applicant,
    Defect,
    DocumentRef,
    HukouApplication,
    Migrant,
    MigrationReason,
    find_defects,
)
from domain.identity import with_check_digit

CATALOG = load_catalog()
TODAY = date(2026, 11, 23)
HOME = "371002"
HUSBAND = with_check_digit("33999919900101001")
WIFE = with_check_digit("37999919910202002")
CHILD = with_check_digit("33999920200303003")
MATTERS = {
    MigrationReason.JOB_TRANSFER: "HUKOU-JOB-TRANSFER",
    MigrationReason.ADMISSION: "HUKOU-ADMISSION",
    MigrationReason.GRADUATION: "HUKOU-GRADUATION",
    MigrationReason.SPOUSE: "HUKOU-SPOUSE",
    MigrationReason.PARENTS: "HUKOU-PARENTS",
}


def born(year: int, sex_digit: int, month: int = 11, day: int = 23) -> str:
    """An invented person's number; an odd digit is a man's."""
    return with_check_digit(f"339999{year}{month:02d}{day:02d}00{sex_digit}")


def papers(*types: str, seq: int | None = None) -> tuple[DocumentRef, ...]:
    return tuple(DocumentRef(type_, "0" * 64, seq) for type_ in types)


def migrant(seq: int = 1, id_no: str = HUSBAND, relation: str = "本人") -> Migrant:
    return Migrant(seq, relation, f"示例{seq}", id_no)


def spouse_case() -> HukouApplication:
    """A complete application of a husband who joins his wife."""
    return HukouApplication(
        matter="HUKOU-SPOUSE",
        reason=MigrationReason.SPOUSE,
        origin_locality="330902",
        origin_address="示例路1号",
        destination_station="371002-GA-01",
        destination_address="示例街2号",
        destination_area="city",
        receiving_household="HH-0001",
        applicant=Applicant("示例1", HUSBAND, "13900000000"),
        migrants=(migrant(),),
        documents=papers("SETTLEMENT_APPLICATION"),
        spouse_id_no=WIFE,
    )


def graduate_case(graduated_on: date) -> HukouApplication:
    return replace(
        spouse_case(),
        matter="HUKOU-GRADUATION",
        reason=MigrationReason.GRADUATION,
        spouse_id_no=None,
        documents=papers("SETTLEMENT_APPLICATION", "RECEIVING_ADDRESS_PROOF"),
        school="示例大学",
        diploma_number="D0001",
        graduated_on=graduated_on,
    )


def parent_case(id_no: str) -> HukouApplication:
    return replace(
        spouse_case(),
        matter="HUKOU-PARENTS",
        reason=MigrationReason.PARENTS,
        spouse_id_no=None,
        child_id_no=HUSBAND,
        migrants=(migrant(id_no=id_no),),
        documents=papers("SETTLEMENT_APPLICATION", "KINSHIP_PROOF"),
    )


def check(
    application: HukouApplication, *, not_proven_by: tuple[str, ...] = ()
) -> tuple[Defect, ...]:
    rules = CATALOG.intake_rules(MATTERS[application.reason], HOME, on=TODAY)
    return find_defects(
        application,
        rules,
        destination_locality=HOME,
        today=TODAY,
        not_proven_by=not_proven_by,
    )


def found(application: HukouApplication, **asked: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(defect.code.value, defect.subject) for defect in check(application, **asked)]
