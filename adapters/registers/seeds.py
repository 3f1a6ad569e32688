"""The invented entries that fill new business systems; read from examples/registers/business.yaml.

Whoever is insured stands there in a few lines; the yearly rows of their relations are computed
here, with a flat rate of interest, so that every sum agrees with its rows.
"""

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from adapters.models import OutsideModel, Personal, Word
from adapters.registers.protocol import RegisterEntry, RegisterKind
from adapters.registers.seed_rows import annuity_rows, contribution_rows, resident_rows
from adapters.simulators.seeds import records

FILE = "business.yaml"
LAST_YEAR, LEFT_IN_MONTH = 2026, 2


class Insured(OutsideModel):
    """One person with relations at `origin`, and new ones at `destination` when given.

    since: first year; base_fen: monthly wage of that year; statuses and facts: by kind, for the
    origin's entry where it differs from the ordinary one.
    """

    id_no: Personal
    name: Personal
    kinds: tuple[RegisterKind, ...]
    origin: Word
    destination: Word | None = None
    since: Annotated[int, Field(ge=1990, le=LAST_YEAR)]
    base_fen: Annotated[int, Field(gt=0)]
    statuses: dict[RegisterKind, Word] = Field(default_factory=dict)
    facts: dict[RegisterKind, dict[str, Any]] = Field(default_factory=dict)


def read_insured(folder: Path) -> dict[str, Insured]:
    """The insured people by label."""
    return records(folder, FILE, "insured", Insured)


def read_entries(folder: Path) -> dict[str, RegisterEntry]:
    """Every entry by label; of the insured the label is person/kind/locality."""
    entries = records(folder, FILE, "entries", RegisterEntry)
    for label, person in read_insured(folder).items():
        for kind in person.kinds:
            entries[f"{label}/{kind}/{person.origin}"] = _at_origin(person, kind)
            if person.destination and kind is not RegisterKind.RESIDENT_PENSION:
                entries[f"{label}/{kind}/{person.destination}"] = _at_destination(person, kind)
    return entries


def _at_origin(person: Insured, kind: RegisterKind) -> RegisterEntry:
    usual = "ACTIVE" if kind is RegisterKind.RESIDENT_PENSION else "SEALED"
    first, last = (person.since, 1), (LAST_YEAR, LEFT_IN_MONTH)
    data = _facts(person, kind, person.origin, first, last) | person.facts.get(kind, {})
    return _entry(person, kind, person.origin, person.statuses.get(kind, usual), data)


def _at_destination(person: Insured, kind: RegisterKind) -> RegisterEntry:
    place = person.destination or ""
    first, last = (LAST_YEAR, LEFT_IN_MONTH + 1), (LAST_YEAR, 10)
    return _entry(person, kind, place, "ACTIVE", _facts(person, kind, place, first, last))


def _entry(
    person: Insured, kind: RegisterKind, place: str, status: str, data: dict[str, Any]
) -> RegisterEntry:
    return RegisterEntry(kind=kind, subject=person.id_no, locality=place, status=status, data=data)


def _pension(person: Insured, place: str, first: tuple[int, int]) -> dict[str, Any]:
    """Part one of the 信息表, as domain.schemes.pension_record reads it."""
    began, here = f"{person.since}-01-01", f"{first[0]}-{first[1]:02d}-01"
    return {
        "region": place,
        "account_kind": "GENERAL",
        "status": "BROKEN" if place == person.origin else "PAYING",
        "unit": "样例用人单位",
        "started_work_on": began,
        "first_paid_on": began,
        "first_insured_on": here,
        "account_opened_on": here,
        "pre1998_fen": 0,
        "arrears_waived": False,
        "lump_sums": [],
    }


def _facts(
    person: Insured,
    kind: RegisterKind,
    place: str,
    first: tuple[int, int],
    last: tuple[int, int],
) -> dict[str, Any]:
    if kind is RegisterKind.RESIDENT_PENSION:
        rows = resident_rows(place, first[0], last[0], person.base_fen)
    else:
        rows = contribution_rows(kind, place, first, last, person.base_fen)
    facts: dict[str, Any] = {
        "name": person.name,
        "first_month": f"{first[0]}-{first[1]:02d}",
        "last_month": f"{last[0]}-{last[1]:02d}",
        "months": sum(row["months"] for row in rows),
        "arrears_months": 0,
    }
    if kind is not RegisterKind.UNEMPLOYMENT:
        facts["balance_fen"] = rows[-1]["balance_fen"]
    match kind:
        case RegisterKind.UNEMPLOYMENT:
            facts |= {"drawing": False, "remaining_months": 0, "monthly_benefit_fen": 180_000}
        case RegisterKind.HOUSING_FUND:
            facts |= {"loan_fen": 0, "frozen": False}
        case RegisterKind.ANNUITY:
            facts |= {"unfunded_fen": 0, "rows": annuity_rows(rows)}
        case RegisterKind.RESIDENT_PENSION | RegisterKind.PENSION | RegisterKind.CIVIL_PENSION:
            facts["rows"] = rows
    if kind is RegisterKind.PENSION:
        facts |= _pension(person, place, first)
    return facts
