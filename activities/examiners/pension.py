"""A2 for the business desk: who may transfer (destination), what moves and why not (origin)."""

from __future__ import annotations

from typing import Any

from activities.examining import Findings, Question, examiner
from catalog.scheme_policies import pension_policy
from domain.schemes import pension
from domain.schemes.statements import as_record


@examiner("PENSION", "DESTINATION")
def destination(asked: Question) -> Findings:
    """The person pays here; the decision order is told to the reviewer as codes."""
    if asked.record is None:
        return Findings(codes=("NOT_INSURED_HERE",))
    return Findings(codes=(f"STATUS:{asked.status}",))


@examiner("PENSION", "ORIGIN")
def origin(asked: Question) -> Findings:
    """Refusals by code, or the statement with its sums."""
    if asked.record is None:
        return Findings(codes=("NOT_FOUND",))
    policy = pension_policy(asked.catalog, asked.locality, on=asked.on)
    record: dict[str, Any] = {
        **asked.record,
        "request": {
            "destination_region": asked.peer,
            "destination_scheme": "PENSION",
            "purpose": "MOVE",
        },
    }
    codes = tuple(one.code for one in pension.origin_findings(record, policy, asked.on))
    statement = pension.statement(record, policy, asked.on)
    return Findings(
        codes=codes,
        account_fen=statement.account_fen,
        pooled_fen=statement.pooled_fen,
        total_fen=statement.total_fen,
        months=statement.months,
        statement=as_record(statement),
        facts={"temporary": "yes" if statement.temporary else "no"},
    )
