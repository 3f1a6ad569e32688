"""A4 for the business desk: civil servants' pensions in both directions, and their annuity."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from activities.examiners.own_fields import ended_by_other, rows_with_brought
from activities.examiners.own_pension import civil_record, employee_record
from activities.examining import Findings, Question, examiner
from catalog.scheme_policies import annuity_policy, civil_policy, pension_policy
from domain.schemes import civil, civil_annuity, pension
from domain.schemes.computation import Statement
from domain.schemes.statements import as_record

_ANNUITY_ROW = (
    "year",
    "from_month",
    "to_month",
    "wage_fen",
    "unit_fen",
    "personal_fen",
    "interest_fen",
    "unit_funded",
)


@examiner("CIVIL_PENSION", "DESTINATION")
@examiner("ANNUITY", "DESTINATION")
def destination(asked: Question) -> Findings:
    """Whether the person is insured here; without a relation one is opened to book on."""
    if asked.record is None or asked.status == "ENDED":
        return Findings(codes=("NO_RELATION_YET",))
    return Findings(codes=("PENSIONER" if asked.status == "PENSIONER" else "INSURED_HERE",))


@examiner("CIVIL_PENSION", "ORIGIN")
def origin(asked: Question) -> Findings:
    """Out of the civil scheme by its own rules, into it by those of employees (互转)."""
    if asked.record is None:
        return Findings(codes=("NOT_FOUND",))
    if ended_by_other(asked.status, asked.record, asked.letter_no):
        return Findings(codes=("ALREADY_ENDED",))
    if asked.facts.get("direction") == "ENTERPRISE_TO_CIVIL":
        policy = pension_policy(asked.catalog, asked.locality, on=asked.on)
        record = employee_record(asked, scheme="CIVIL", purpose="MOVE")
        codes = [one.code for one in pension.origin_findings(record, policy, asked.on)]
        if "PENSIONER" in codes:
            return Findings(codes=tuple(codes))
        return _told(codes, pension.statement(record, policy, asked.on))
    to_enterprise = asked.facts.get("direction") == "CIVIL_TO_ENTERPRISE"
    rules = civil_policy(asked.catalog, asked.locality, on=asked.on)
    record = civil_record(asked, scheme="PENSION" if to_enterprise else "CIVIL")
    codes = [one.code for one in civil.findings(record, rules, asked.on)]
    if "PENSIONER" in codes:
        return Findings(codes=tuple(codes))
    return _told(codes, civil.statement(record, rules, asked.on))


@examiner("ANNUITY", "ORIGIN")
def annuity(asked: Question) -> Findings:
    """What must be funded first, or the whole annuity; all of it is account money."""
    if asked.record is None:
        return Findings(codes=("NOT_FOUND",))
    if ended_by_other(asked.status, asked.record, asked.letter_no):
        return Findings(codes=("ALREADY_ENDED",))
    unfunded = int(asked.record.get("unfunded_fen", 0))
    policy = annuity_policy(asked.catalog, asked.locality, on=asked.on)
    record = _annuity_record(asked, funded=unfunded == 0)
    codes = [one.code for one in civil_annuity.findings(record, policy, asked.on)]
    if unfunded and civil_annuity.AnnuityReason.UNIT_PART_NOT_FUNDED not in codes:
        codes.append(civil_annuity.AnnuityReason.UNIT_PART_NOT_FUNDED.value)
    if set(codes) - {civil_annuity.AnnuityReason.AMOUNT_DIFFERS.value}:
        return Findings(codes=tuple(codes), facts={"unfunded_fen": str(unfunded)})
    return _told(codes, civil_annuity.statement(record, policy, asked.on))


def _annuity_record(asked: Question, *, funded: bool) -> dict[str, Any]:
    """Once the core says that nothing is unfunded, no row is booked only any more."""
    record = asked.record or {}
    rows = [{"unit_funded": True, **row} for row in rows_with_brought(record, _ANNUITY_ROW)]
    return {
        "region": record.get("region", asked.locality),
        "destination_has_plan": asked.facts.get("new_unit_has_plan") != "no",
        "rows": [{**row, "unit_funded": True} for row in rows] if funded else rows,
    }


def _told(codes: Iterable[str], statement: Statement) -> Findings:
    return Findings(
        codes=tuple(codes),
        account_fen=statement.account_fen,
        pooled_fen=statement.pooled_fen,
        total_fen=statement.total_fen,
        months=statement.months,
        statement=as_record(statement),
    )
