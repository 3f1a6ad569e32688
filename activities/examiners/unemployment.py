"""A5 for the business desk: what the origin refuses, which months and money move."""

from __future__ import annotations

from activities.examiners import insurance_records
from activities.examining import Findings, Question, examiner
from catalog.matter_policies import unemployment_policy
from domain.schemes import unemployment
from domain.schemes.statements import as_record
from domain.schemes.unemployment import Scene
from domain.unemployment_tasks import SCENE_DIFFERS


@examiner("UNEMPLOYMENT", "DESTINATION")
def destination(asked: Question) -> Findings:
    """Whether the destination keeps a relation already: without one it is opened at the end."""
    registered = asked.record is not None and asked.status != "ENDED"
    known = "yes" if registered else "no"
    return Findings(codes=(f"REGISTERED:{known}",), facts={"registered": known})


@examiner("UNEMPLOYMENT", "ORIGIN")
def origin(asked: Question) -> Findings:
    """Refusals by code, or the 转出信息表; the scene applied for must be the register's (U3)."""
    if asked.record is None:
        return Findings(codes=("NOT_INSURED_HERE",))
    policy = unemployment_policy(asked.catalog, asked.locality, asked.peer, on=asked.on)
    chosen = asked.facts.get("scene", "")
    record = insurance_records.unemployment(
        asked, employed_at_destination=chosen != Scene.WITH_BENEFIT
    )
    refused = unemployment.origin_findings(record, policy, asked.on, letter=asked.letter_no)
    codes = tuple(one.code for one in refused)
    scene = unemployment.scene_of(record)
    if not codes and scene != chosen:
        codes = (SCENE_DIFFERS,)
    statement = unemployment.statement(record, policy, asked.on)
    left = statement.facts["benefit_months_left"] if scene is not Scene.YEARS_ONLY else 0
    paid = statement.facts["paid_months"] if scene is Scene.YEARS_ONLY else 0
    return Findings(
        codes=codes,
        pooled_fen=statement.pooled_fen,
        total_fen=statement.total_fen,
        months=statement.months,
        statement=as_record(statement),
        facts={
            "scene": scene.value,
            "benefit_months": str(left),
            "paid_months": str(paid),
            "paid_through": str(statement.facts["paid_through"]),
            "payout_month": unemployment.payout_month(asked.on, policy)
            if statement.total_fen
            else "",
        },
    )
