"""The record of an employee's or civil servant's pension as the rules read it.

Used by the examiners of 城乡衔接 and A4, whose origin may be either scheme.
"""

from __future__ import annotations

from typing import Any

from activities.examiners.own_fields import own, rows_of, standing
from activities.examiners.pension_record import credited_rows, relation
from activities.examining import Question

ROW = (
    "region",
    "year",
    "from_month",
    "to_month",
    "months",
    "monthly_base_fen",
    "wage_fen",
    "unit_rate_bp",
    "account_rate_bp",
    "personal_rate_bp",
    "booked_fen",
    "booked_personal_fen",
    "interest_fen",
    "interest_personal_fen",
    "balance_fen",
    "balance_personal_fen",
    "lump_sum",
)
_CIVIL = ("region", "pool", "arrears_months", "earlier_account_fen", "leaving", "hukou_region")


def employee_record(asked: Question, *, scheme: str, purpose: str) -> dict[str, Any]:
    """As `domain.schemes.pension_record`, asked for by the peer's scheme."""
    request = {
        "destination_region": asked.peer,
        "destination_scheme": scheme,
        "purpose": purpose,
    }
    return relation(asked.record or {}, asked.status, asked.locality, request)


def civil_record(asked: Question, *, scheme: str) -> dict[str, Any]:
    """As `domain.schemes.civil_record`; a pool is the prefecture unless the core says otherwise."""
    record = asked.record or {}
    request = {"destination_region": asked.peer, "destination_scheme": scheme}
    if scheme == "CIVIL":
        request["destination_pool"] = pool_of(asked.peer)
    return {
        "region": asked.locality,
        "pool": pool_of(asked.locality),
        **own(record, _CIVIL),
        "status": standing(asked.status, record),
        "rows": [*rows_of(record, ROW), *credited_rows(record)],
        "request": request,
    }


def pool_of(locality: str) -> str:
    """The pooling area of a county: its districted city (docs/rules.md A4 [W])."""
    return f"{locality[:4]}00"
