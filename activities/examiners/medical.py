"""A6 for the business desk: both offices validate; the destination explains a waiting period."""

from __future__ import annotations

from activities.examiners import insurance_records
from activities.examining import Findings, Question, examiner
from catalog.matter_policies import medical_policy
from domain.schemes import medical, medical_waiting
from domain.schemes.medical import MedicalScheme
from domain.schemes.statements import as_record


@examiner("MEDICAL", "DESTINATION")
def destination(asked: Question) -> Findings:
    """Who may come: insured here, not retired, nothing in flight; also what a balance is for."""
    policy = medical_policy(asked.catalog, asked.locality, asked.peer, on=asked.on)
    record = insurance_records.medical(asked)
    refused = medical.destination_findings(record, policy, asked.on)
    use = medical.balance_use(MedicalScheme(record["scheme"]), policy)
    return Findings(codes=tuple(one.code for one in refused), facts={"balance_use": use.value})


@examiner("MEDICAL", "WAITING")
def waiting(asked: Question) -> Findings:
    """待遇等待期, once the 信息表 is here; unknown where a month is not on record."""
    facts = (asked.statement or {}).get("facts", {})
    if asked.record is None or not facts.get("paid_through"):
        return Findings(codes=("WAITING:UNKNOWN",))
    policy = medical_policy(asked.catalog, asked.locality, asked.peer, on=asked.on)
    left = {
        "scheme": facts.get("insured_as"),
        "paid_through": facts.get("paid_through"),
        "continuous_months": facts.get("continuous_months", 0),
    }
    here = insurance_records.medical(asked)
    found = medical_waiting.waiting(
        left, here, policy, paid_back=asked.facts.get("paid_back") == "yes"
    )
    back = "MAY_PAY_BACK:yes" if found.may_pay_back else "MAY_PAY_BACK:no"
    return Findings(
        codes=(f"GAP_MONTHS:{found.gap_months}", f"WAITING_MONTHS:{found.months}", back),
        months=found.months,
        facts={"gap_months": str(found.gap_months)},
    )


@examiner("MEDICAL", "ORIGIN")
def origin(asked: Question) -> Findings:
    """Refusals by code, or the 信息表 with the balance of the personal account."""
    policy = medical_policy(asked.catalog, asked.locality, asked.peer, on=asked.on)
    record = insurance_records.medical(asked)
    refused = medical.origin_findings(record, policy, asked.on, letter=asked.letter_no)
    statement = medical.statement(record, policy, asked.on)
    return Findings(
        codes=tuple(one.code for one in refused),
        account_fen=statement.account_fen,
        total_fen=statement.total_fen,
        months=statement.months,
        statement=as_record(statement),
        facts={"insured_as": str(statement.facts["insured_as"])},
    )
