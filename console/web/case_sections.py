"""What the case page shows of a case: the words of `console.wording` put together for the template.

No decision is taken here; what may be seen was decided by `console.web.case_reading`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from catalog.catalog import Catalog
from console.wording.case_view import case_view
from console.wording.events import history
from console.wording.finding_values import material_words
from console.wording.findings import notable_words
from console.wording.labels import (
    HOLDER_LABELS,
    actor_label,
    ending_label,
    labelled,
    locality_name,
    office_name,
    outcome_label,
)
from console.wording.movement_view import yuan
from console.wording.paper_names import (
    CERTIFICATE_STATES,
    NOTICE_NAMES,
    account_name,
    item_name,
    letter_receipt,
    notice_receipt,
    parcel_fact,
)
from console.wording.reasons import reason_label
from domain.calendar import CalendarBook
from domain.casework import CLOCK_LABELS
from domain.ratings import Level

Record = dict[str, Any]

TASK_STATES: Mapping[str, str] = {"OPEN": "待办理", "DONE": "已办", "SUPERSEDED": "已取消"}
_SOURCES = {"APPLICANT": "申请人提交", "OFFICE": "本机构制作"}
#: What a page can show itself; anything else is downloaded.
SHOWN = ("application/pdf", "image/png", "image/jpeg", "text/plain", "application/json")


def sections(
    record: Record, catalog: Catalog, calendars: CalendarBook, now: datetime, *, persons: bool
) -> Record:
    """Everything the template names; ``persons`` opens names and free texts."""
    view = case_view(record, catalog, calendars, now, texts=persons, persons=persons)
    family = record["family"]
    return {
        **view,
        "due_why": _due_why(record),
        "mode": record["mode"],
        "ending_words": _ending(record),
        # A matter within one place has nobody on the other side.
        "peer_name": locality_name(record["peer"], catalog)
        if record["peer"] != record["case_no"][:6]
        else "",
        "offices": [
            (word, office_name(record[f"{place}_office"], catalog))
            for word, place in (
                ("收件机构", "intake"),
                ("主管机构", "competent"),
                ("保管机构", "custodian"),
            )
        ],
        "days": [
            (labelled(HOLDER_LABELS, holder), days) for holder, days in view["days_used"].items()
        ],
        "tasks": [
            {
                **one,
                "office_name": office_name(one["office"], catalog),
                "state": TASK_STATES.get(one["status"], one["status"]),
                "result": outcome_label(one),
                "by": actor_label(one["decided_by"]),
                "notes": notable_words(one["findings"] or (), catalog, family),
            }
            for one in view["tasks"][::-1]
        ],
        "acts": [
            {
                **one,
                "office_name": office_name(one["office"], catalog),
                "actor": actor_label(one["actor"]),
            }
            for one in view["acts"]
        ],
        "hearings": [one for one in view["acts"] if one["code"].startswith("HEARING_")],
        "certificates": [
            {
                **one,
                "issuer_name": locality_name(one["issuer"], catalog),
                "state": CERTIFICATE_STATES.get(one["status"], one["status"]),
            }
            for one in view["certificates"]
        ],
        "letters": [
            {
                **one,
                "peer_name": locality_name(one["peer"], catalog),
                "way": "发出" if one["direction"] == "OUT" else "收到",
                "receipt_words": letter_receipt(one["receipt"]),
                "why": reason_label(one["reason_code"], family) if one["reason_code"] else "",
            }
            for one in view["letters"][::-1]
        ],
        "notices": [
            {
                **one,
                "name": NOTICE_NAMES.get(one["template"], one["template"]),
                "came": notice_receipt(one["receipt"]),
            }
            for one in view["notices"][::-1]
        ],
        "documents": [_document(one, catalog) for one in record["documents"]],
        "money": [_money(one, catalog) for one in view["money"]],
        "parcels": [_parcel(one) for one in view["parcels"]],
        "ratings": [{**one, "level_name": Level(one["level"]).label} for one in record["ratings"]],
        "history": history(record, catalog),
    }


def _due_why(record: Record) -> str | None:
    """The limit that the due date comes from, with its basis."""
    for row in record["clocks"]:
        if record["due_on"] and row["due_on"] == record["due_on"] and row["stopped_on"] is None:
            return f"{labelled(CLOCK_LABELS, row['kind'])}（{row['basis']}）"
    return None


def _ending(record: Record) -> str | None:
    if not record["ending"]:
        return None
    reason = record["reason_code"]
    words = ending_label(record["ending"], record["family"]) or record["ending"]
    return f"{words}：{reason_label(reason, record['family'])}" if reason else words


def _document(one: Record, catalog: Catalog) -> Record:
    source = str(one["source"])
    kind, _, rest = source.partition(":")
    came = {"PEER": f"对方来函 {rest}", "SHARED": "共享数据"}.get(kind)
    return {
        **one,
        "name": material_words(one["type"], catalog),
        "from": came or _SOURCES.get(source, source),
        "kilobytes": max(1, round(one["size"] / 1024)),
        "shown": one["media_type"].split(";")[0] in SHOWN,
    }


def _money(one: Record, catalog: Catalog) -> Record:
    def sum_(fen: int | None) -> str:
        return "—" if fen is None else yuan(fen)

    return {
        "letter_no": one["letter_no"],
        "rows": [
            *((line["name"], sum_(line["amount_fen"])) for line in one["balances"]),
            ("对方告知划出", sum_(one["announced_fen"])),
            ("银行到账", sum_(one["arrived_fen"])),
            ("已入账", sum_(one["credited_fen"])),
        ],
        "orders": [
            {
                **order,
                "amount": yuan(order["amount_fen"]),
                "payer": account_name(order["from_account"], catalog),
                "payee": account_name(order["to_account"], catalog),
            }
            for order in one["remittances"]
        ],
    }


def _parcel(one: Record) -> Record:
    return {
        **one,
        "contents": "、".join(
            f"{item_name(item['code'])}×{item['count']}" for item in one["items"]
        ),
        "chain": [
            {**event, "notes": [parcel_fact(key, value) for key, value in event["facts"].items()]}
            for event in one["events"]
        ],
    }
