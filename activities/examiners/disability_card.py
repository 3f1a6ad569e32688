"""A10 for the business desk: both federations' look at the national register of cards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from activities.examining import Findings, Question, examiner
from catalog.matter_policies import card_policy
from domain.schemes import disability_card
from domain.schemes.disability_card import CardStatus

#: A card on its way is a valid one; whose letter it travels under stands beside it.
_STATUS = {
    "VALID": CardStatus.VALID,
    "MIGRATING": CardStatus.VALID,
    "CANCELLED": CardStatus.CANCELLED,
    "VOID": CardStatus.VOID,
}
_FILE = ("number", "type", "grade", "issued_on", "valid_to")
_FORMS = ("残疾人证申请表", "残疾评定表")


@examiner("DISABILITY_CARD", "DESTINATION")
def destination(asked: Question) -> Findings:
    """What stands against taking the card over; that the hukou has landed is asked before."""
    data = asked.record or {}
    record = {
        **_record(asked, data),
        "county": asked.locality,
        "hukou_region": asked.locality if asked.facts.get("landed") == "yes" else "",
        "active_elsewhere": data.get("active_at", asked.peer) != asked.peer,
    }
    policy = card_policy(asked.catalog, asked.locality, asked.peer, on=asked.on)
    found = disability_card.destination_findings(record, policy, asked.on, letter=_case(asked))
    return Findings(codes=tuple(one.code for one in found))


@examiner("DISABILITY_CARD", "ORIGIN")
def origin(asked: Question) -> Findings:
    """Refusals by code, or the card's file with its application and assessment forms."""
    data = asked.record or {}
    record = _record(asked, data)
    policy = card_policy(asked.catalog, asked.locality, asked.peer, on=asked.on)
    found = disability_card.origin_findings(record, policy, asked.on, letter=_case(asked))
    return Findings(
        codes=tuple(one.code for one in found),
        statement={
            **{name: data[name] for name in _FILE if name in data},
            "forms": list(data.get("forms", _FORMS)),
        },
        record_kind="CARD_FILE",
    )


def _record(asked: Question, data: Mapping[str, Any]) -> dict[str, Any]:
    """The register's own words as the record that the rules read."""
    applied, number = asked.application, str(data.get("number", ""))
    here = data.get("active_at") in (asked.locality, asked.peer)
    return {
        "status": _STATUS.get(asked.status, CardStatus.NONE) if here else CardStatus.NONE,
        "number": number,
        "issued_on": data.get("issued_on"),
        "identity_agrees": number[:18] == applied.get("applicant", {}).get("id_no"),
        "record_agrees": number == applied.get("details", {}).get("card_no"),
        "grade_disputed": data.get("grade_disputed", False),
        "open_letter": data.get("released_to", ""),
    }


def _case(asked: Question) -> str:
    return asked.facts.get("case", "")
