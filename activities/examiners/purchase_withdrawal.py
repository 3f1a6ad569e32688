"""A7 异地购房提取 for the business desk: the purchase place verifies, the deposit place decides.

The purchase stands in a register that every locality sees, with every withdrawal of the household
on it, so that two holders with accounts in different places are counted over both.
"""

from __future__ import annotations

from typing import Any

from activities.examiners import insurance_records
from activities.examining import Findings, Question, examiner
from catalog.matter_policies import withdrawal_policy
from domain.schemes import purchase_withdrawal

KIND = "PURCHASE"
_OWN = "HOLDER"


@examiner("PURCHASE_WITHDRAWAL", "DESTINATION")
def purchase_place(asked: Question) -> Findings:
    """What of contract, price, invoice and tax the purchase's register confirms; () when all is."""
    details = asked.application.get("details", {})
    return Findings(codes=tuple(_differences(asked.also.get(KIND), details, asked.locality)))


@examiner("PURCHASE_WITHDRAWAL", "ORIGIN")
def deposit_place(asked: Question) -> Findings:
    """Refusals by code, or the sum to be paid."""
    details = asked.application.get("details", {})
    policy = withdrawal_policy(asked.catalog, asked.locality, asked.peer, on=asked.on)
    record = _record(asked, details)
    refused = purchase_withdrawal.origin_findings(record, policy, asked.on)
    granted = 0 if refused else purchase_withdrawal.granted_fen(record)
    derivation = purchase_withdrawal.derivation(record, policy, asked.on)
    return Findings(
        codes=tuple(one.code for one in refused),
        account_fen=granted,
        total_fen=granted,
        statement={
            "granted_fen": granted,
            "price_fen": record["purchase"]["price_fen"],
            "purchase_no": details.get("purchase_no", ""),
            "steps": [
                {"label": one.label, "formula": one.formula, "result": one.result}
                for one in derivation.steps
            ],
        },
    )


def _record(asked: Question, details: dict[str, Any]) -> dict[str, Any]:
    fund = insurance_records.housing_fund(asked)
    purchase = asked.also.get(KIND)
    number = details.get("purchase_no")
    own = [one for one in fund.get("withdrawals", []) if one["purchase_no"] == number]
    # What this very case took already (a correction, a payment sent again) is not counted twice.
    others = [
        one
        for one in (purchase or {}).get("withdrawals", [])
        if one["letter_no"] != asked.letter_no
    ]
    prior = [{"holder": one["letter_no"], "fen": one["amount_fen"]} for one in others]
    mine = [one for one in own if one.get("letter_no") != asked.letter_no]
    if mine:
        prior.append({"holder": _OWN, "fen": 0})
    return {
        "status": fund["status"],
        "identity_agrees": fund["identity_agrees"],
        "frozen": fund["frozen"],
        "balance_fen": fund.get("balance_fen", 0),
        "holder": _OWN,
        **({"requested_fen": details["requested"]} if details.get("requested") else {}),
        "purchase": {
            "region": (purchase or {}).get("region", ""),
            "price_fen": (purchase or {}).get("price_fen", 0),
            "verified": not _differences(purchase, details, asked.peer),
        },
        "hukou_region": details.get("hukou_region", ""),
        "deposit_region": asked.locality,
        "prior": prior,
    }


def _differences(purchase: Any, details: dict[str, Any], place: str) -> list[str]:
    if purchase is None:
        return ["PURCHASE_NOT_FOUND"]
    found = []
    if purchase.get("price_fen") != details.get("price"):
        found.append("PRICE_DIFFERS")
    if str(purchase.get("region", ""))[:4] != place[:4]:
        found.append("REGION_DIFFERS")
    if purchase.get("invoice_no") != details.get("invoice_no"):
        found.append("INVOICE_DIFFERS")
    if not purchase.get("tax_paid"):
        found.append("TAX_UNPAID")
    return found
