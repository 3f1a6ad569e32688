"""Reads a relation as the social insurance core keeps it into the record of the pension rules.

Called by the pension examiners. The register keeps counters and credits beside the record; what
letters brought is part of the relation and moves on with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.schemes.pension_record import AccountKind, RelationStatus

_FIELDS = (
    "unit",
    "started_work_on",
    "first_paid_on",
    "first_insured_on",
    "account_opened_on",
    "arrears_months",
    "arrears_waived",
    "pre1998_fen",
    "lump_sums",
)
_STATUS = {
    "PENSIONER": RelationStatus.PENSIONER,
    "SEALED": RelationStatus.SEALED,
    "ENDED": RelationStatus.BROKEN,
}


def relation(
    entry: Mapping[str, Any], status: str, locality: str, request: Mapping[str, Any]
) -> dict[str, Any]:
    """The record for `domain.schemes.pension`; `status` is the register's, which goes before."""
    kept = {name: entry[name] for name in _FIELDS if entry.get(name) is not None}
    temporary = status == "TEMPORARY" or entry.get("account_kind") == AccountKind.TEMPORARY
    stated = entry.get("status", RelationStatus.PAYING)
    return {
        **kept,
        "region": entry.get("region", locality),
        "status": _STATUS.get(status, stated),
        "account_kind": AccountKind.TEMPORARY if temporary else AccountKind.GENERAL,
        "rows": [*entry.get("rows", ()), *credited_rows(entry)],
        "request": dict(request),
    }


def credited_rows(entry: Mapping[str, Any], *, without: str = "") -> list[dict[str, Any]]:
    """What letters brought, row by row; `without` leaves one letter out.

    A credited row's balance belongs to the account of another place, so it is not carried along.
    """
    kept = ("months", "balance_fen", "balance_personal_fen")
    return [
        {name: value for name, value in row.items() if name not in kept}
        for credit in entry.get("credits", ())
        if credit["letter_no"] != without
        for row in credit.get("rows", ())
    ]
