"""A3 for the business desk: who may bring an account here, and what the origin hands over."""

from __future__ import annotations

from typing import Any

from activities.examiners.own_fields import ended_by_other, rows_with_brought, standing
from activities.examining import Findings, Question, examiner
from catalog.scheme_policies import resident_policy
from domain.schemes import resident
from domain.schemes.statements import as_record

ROW = (
    "year",
    "from_month",
    "to_month",
    "months",
    "personal_fen",
    "collective_fen",
    "subsidy_fen",
    "interest_fen",
    "subsidy_interest_fen",
)


@examiner("RESIDENT_PENSION", "DESTINATION")
def destination(asked: Question) -> Findings:
    """Whoever draws a pension here brings nothing; without a relation one is opened to book on."""
    if asked.record is None or asked.status == "ENDED":
        return Findings(codes=("NO_RELATION_YET",))
    return Findings(codes=("PENSIONER" if asked.status == "PENSIONER" else "INSURED_HERE",))


@examiner("RESIDENT_PENSION", "ORIGIN")
def origin(asked: Question) -> Findings:
    """Refusals by code, or the whole account with its settled interest."""
    if asked.record is None:
        return Findings(codes=("NOT_FOUND",))
    if ended_by_other(asked.status, asked.record, asked.letter_no):
        return Findings(codes=("ALREADY_ENDED",))
    policy = resident_policy(asked.catalog, asked.locality, on=asked.on)
    record = _record(asked)
    codes = tuple(one.code for one in resident.findings(record, policy, asked.on))
    if codes:
        return Findings(codes=codes)
    statement = resident.statement(record, policy, asked.on)
    interest = sum(row["interest_fen"] for row in statement.rows)
    return Findings(
        account_fen=statement.account_fen,
        total_fen=statement.total_fen,
        months=statement.months,
        statement=as_record(statement),
        facts={"interest_fen": str(interest)},
    )


def _record(asked: Question) -> dict[str, Any]:
    """The core knows the account, the destination's letter that the hukou has landed there."""
    record = asked.record or {}
    return {
        "region": record.get("region", asked.locality),
        "status": standing(asked.status, record),
        "rows": rows_with_brought(record, ROW),
        "hukou": {
            "from_region": asked.locality,
            "to_region": asked.peer,
            "landed_on": asked.on.isoformat() if asked.facts.get("hukou") == "LANDED" else None,
        },
    }
