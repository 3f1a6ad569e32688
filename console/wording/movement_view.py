"""What ``show`` tells of a transfer: fields of the application, statement sums, money, parcels.

Called by `console.wording.case_view`. Sums stay integer fen. What somebody wrote into a field, and
what could identify a thing or person, appears only with ``persons``.
"""

from __future__ import annotations

from typing import Any

from catalog.catalog import Catalog
from catalog.transfer_models import FieldRule, FieldType
from console.wording.labels import labelled
from contracts.families import family
from contracts.money import RemittancePurpose
from domain.accounts import ACCOUNT_LABELS
from domain.custody import LABELS as CUSTODY_LABELS
from domain.custody import PERSON
from domain.transports import Service
from slips.amounts import figures

Record = dict[str, Any]
#: Sums on pages read as on slips: 1234567 fen is 12,345.67.
yuan = figures

_CHOSEN = (FieldType.CHOICE, FieldType.YES_NO)
_IDENTIFYING = (FieldType.TEXT, FieldType.ID_NO, FieldType.VIN)
_PURPOSES = {
    RemittancePurpose.TRANSFER: "划转",
    RemittancePurpose.SUPPLEMENT: "补划",
    RemittancePurpose.RETURN: "退还",
}
_STATUSES = {
    "ORDERED": "待交银行",
    "SENT": "银行已受理",
    "EXECUTED": "已付出",
    "BOUNCED": "已退汇",
    "VOID": "已撤销",
}


def movement_view(record: Record, catalog: Catalog, *, texts: bool, persons: bool) -> Record:
    """``fields``, ``statements``, ``money`` and ``parcels``; lists that may be empty."""
    matter = catalog.transfers.get(record["matter"])
    rules = matter.fields if matter else ()
    return {
        "fields": [
            _field(rule, record["details"][rule.name])
            for rule in rules
            if rule.name in record["details"] and _visible(rule.type, texts, persons)
        ],
        "statements": [
            {name: value for name, value in one.items() if name != "content"}
            for one in record["statements"]
        ],
        "money": [_money(one) for one in record["money"]],
        "parcels": [_parcel(one, catalog) for one in record["parcels"]],
    }


def letter_name(record: Record, verb: str, names: object) -> str | None:
    """What a letter is called in the case's family."""
    if record["family"] in ("", "HUKOU_MIGRATION"):
        return labelled(names, verb)
    own = family(record["family"]).letters
    return next((name for key, name in own.items() if key == verb), labelled(names, verb))


def _visible(kind: FieldType, texts: bool, persons: bool) -> bool:
    if kind in _CHOSEN:
        return True
    return persons if kind in _IDENTIFYING else texts


def _field(rule: FieldRule, value: Any) -> Record:
    words = str(value)
    match rule.type:
        case FieldType.CHOICE:
            words = rule.choices.get(words, words)
        case FieldType.YES_NO:
            words = {"yes": "是", "no": "否"}.get(words, words)
        case FieldType.MONEY:
            words = f"{yuan(int(value))}元"
    return {"name": rule.name, "label": rule.label, "value": value, "shown": words}


def _money(one: Record) -> Record:
    return {
        "letter_no": one["letter_no"],
        "announced_fen": one["announced_fen"],
        "arrived_fen": one["arrived_fen"],
        "credited_fen": one["credited_fen"],
        "balances": [
            {"account": code, "name": labelled(ACCOUNT_LABELS, code), "amount_fen": fen}
            for code, fen in one["balances"].items()
        ],
        "remittances": [
            {
                **{
                    name: order[name]
                    for name in (
                        *("key", "attempt", "purpose", "from_account", "to_account"),
                        *("amount_fen", "status", "receipt", "ordered_at", "changed_at"),
                    )
                },
                "purpose_name": labelled(_PURPOSES, order["purpose"]),
                "status_name": labelled(_STATUSES, order["status"]),
            }
            for order in one["remittances"]
        ],
    }


def _parcel(one: Record, catalog: Catalog) -> Record:
    shown = {
        name: one[name]
        for name in (
            *("parcel_key", "kind", "service", "from_office", "to_office", "items", "seal_no"),
            *("waybill", "state", "custodian", "answerable", "settled"),
        )
    }
    return {
        **shown,
        "service_name": Service(one["service"]).label,
        "state_name": labelled(CUSTODY_LABELS, one["state"]),
        "custodian_name": party_name(one["custodian"], catalog),
        "events": [
            {
                "at": event["at"],
                "code": event["code"],
                "name": labelled(CUSTODY_LABELS, event["code"]),
                "party": event["party"],
                "custodian": event["custodian"],
                "custodian_name": party_name(event["custodian"], catalog),
                "facts": event["facts"],
            }
            for event in one["events"]
        ],
    }


def party_name(party: str, catalog: Catalog) -> str:
    """Who holds a parcel, in words: an office, a carrier, the person."""
    if party == PERSON:
        return "当事人"
    if party.startswith("CARRIER:"):
        carrier = party.removeprefix("CARRIER:")
        return f"承运方 {Service(carrier).label if carrier in set(Service) else carrier}"
    office = catalog.offices.get(party)
    return office.name if office else party
