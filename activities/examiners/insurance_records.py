"""What the business systems keep, in the shape that `domain.schemes` reads; one function per kind.

Used by the examiners of unemployment, medical insurance and the housing fund. A relation that this
very letter ended counts as it was before, so that a table can be corrected after the ending act.
"""

from __future__ import annotations

from typing import Any

from activities.examining import Question


def standing(asked: Question) -> str:
    """ACTIVE, SEALED, PENSIONER or ENDED at the register, before this letter's own ending act."""
    record = asked.record or {}
    if asked.status == "ENDED" and asked.letter_no and record.get("letter_no") == asked.letter_no:
        return str(record.get("ended_from", "SEALED"))
    return asked.status


def identity_agrees(asked: Question) -> bool:
    """Whether the register keeps the applicant's name; a record without one agrees."""
    record, applicant = asked.record or {}, asked.application.get("applicant") or {}
    kept = record.get("name")
    return bool(record.get("identity_agrees", kept is None or kept == applicant.get("name")))


def unemployment(asked: Question, *, employed_at_destination: bool) -> dict[str, Any]:
    """A record of `domain.schemes.unemployment`; benefit months left stand in for those granted."""
    data = dict(asked.record or {})
    status = standing(asked)
    if status == "ENDED":
        data["status"] = "NONE"
    elif "status" not in data:
        benefit = "DRAWING" if data.get("drawing") else "STOPPED"
        data["status"] = "CONTRIBUTING" if status == "ACTIVE" else benefit
    if data.get("drawing") and "granted_months" not in data and "remaining_months" in data:
        data["granted_months"] = data["remaining_months"] + data.get("drawn_months", 0)
    return {
        "paid_months": data.get("months", 0),
        "carried_months": 0,
        "drawn_months": 0,
        "monthly_benefit_fen": 0,
        **data,
        "identity_agrees": identity_agrees(asked),
        "employed_at_destination": employed_at_destination,
    }


_MEDICAL = {"ACTIVE": "ACTIVE", "SEALED": "STOPPED", "PENSIONER": "RETIRED", "ENDED": "NONE"}


def medical(asked: Question) -> dict[str, Any]:
    """A record of `domain.schemes.medical`; the employee scheme unless the register says else."""
    data = asked.record or {}
    return {
        "scheme": "EMPLOYEE",
        "account_fen": data.get("balance_fen", 0),
        "arrears_fen": 0,
        "unsettled_claims": 0,
        "paid_months": data.get("months", 0),
        "continuous_months": data.get("months", 0),
        "paid_through": data.get("last_month"),
        "paid_from": data.get("first_month"),
        **data,
        "identity_agrees": identity_agrees(asked),
        "status": _MEDICAL.get(standing(asked), "NONE") if asked.record is not None else "NONE",
    }


_FUND = {"ACTIVE": "OPEN", "SEALED": "SEALED", "ENDED": "CLOSED"}


def housing_fund(asked: Question) -> dict[str, Any]:
    """A record of `domain.schemes.housing_fund`, with the person's earlier letters."""
    data = asked.record or {}
    return {
        "accounts": 1,
        "principal_fen": data.get("balance_fen", 0),
        "interest_fen": 0,
        "paid_months": data.get("months", 0),
        "loan_fen": 0,
        "frozen": False,
        **data,
        "identity_agrees": identity_agrees(asked),
        "letters": list(asked.letters),
        "status": _FUND.get(standing(asked), "NONE") if asked.record is not None else "NONE",
    }
