"""The papers of one parcel: the list that travels with it, and what a messenger signs for.

Called by `console.slip_things`, which also takes a parcel's content list and labels from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from console.slip_facts import CaseFile, Offer, Record, Rows, day_of, document_names
from domain.casework import CERTIFICATE_LABELS
from domain.custody import LABELS, PERSON, CustodyCode, is_carrier
from domain.transports import ItemKind, Service
from slips.kinds import SlipKind

_ITEMS = {
    ItemKind.PERSONNEL_FILE: "人事档案材料",
    ItemKind.SPECIAL_FILE: "人事档案材料（机要管理）",
    ItemKind.ORIGINAL: "证件、材料原件",
    ItemKind.RESULT: "办理结果证件",
    ItemKind.VEHICLE_PAPER: "机动车牌证、登记资料",
    ItemKind.COPY: "复印件",
    ItemKind.RECEIPT: "回执",
}


def parcel_papers(case: CaseFile, parcel: Record) -> Iterator[Offer]:
    """物料流转凭证, and 材料交接清单 where a messenger has taken it."""
    yield _custody_list(case, parcel)
    yield from _to_the_messenger(case, parcel)


def _custody_list(case: CaseFile, parcel: Record) -> Offer:
    facts: dict[str, Any] = {
        **ends(case, parcel),
        "case_no": case.record["case_no"],
        "matter": case.record["matter_name"],
        "carrier": Service(parcel["service"]).label,
        "contents": contents(case, parcel),
        "custody": list(_chain(case, parcel)),
        **labels(parcel),
    }
    sent_here = parcel["from_locality"] == case.locality
    return Offer(
        kind=SlipKind.TRANSFER_OF_THINGS,
        subject=parcel["parcel_key"],
        about=f"{facts['from_office']} → {facts['to_office']}",
        office=parcel["from_office"] if sent_here else parcel["to_office"],
        facts=facts,
    )


def _to_the_messenger(case: CaseFile, parcel: Record) -> Iterator[Offer]:
    """专人送取: the messenger signs for every piece at the sender's counter."""
    if case.record["kind"] != "PARCEL" or parcel["service"] != Service.MESSENGER:
        return
    for event in events(parcel, CustodyCode.HANDED_OVER)[-1:]:
        sides = ends(case, parcel)
        yield Offer(
            kind=SlipKind.HANDOVER_LIST,
            subject=f"{parcel['parcel_key']}:{event['number']}",
            about=f"{day_of(event['at'])} 交专人",
            office=parcel["from_office"],
            facts={
                "case_no": case.record["case_no"],
                "from_office": sides["from_office"],
                "to_office": f"{sides['to_office']}（专人送取）",
                "handed_on": day_of(event["at"]),
                "reason": f"{case.record['matter_name']}，封签号{parcel['seal_no']}",
                "contents": contents(case, parcel),
            },
        )


def _chain(case: CaseFile, parcel: Record) -> Iterator[dict[str, Any]]:
    """One row per event: who had it before, who has it now."""
    holder = parcel["from_office"]
    for event in parcel["events"]:
        taker = event["party"] or event["custodian"]
        yield {
            "event": LABELS[CustodyCode(event["code"])],
            "from": _party(case, holder),
            "to": _party(case, taker) if taker != holder else "",
            "on": day_of(event["at"]),
            "condition": event["facts"].get("seal_no", ""),
        }
        holder = event["custodian"]


def contents(case: CaseFile, parcel: Record) -> Rows:
    """The list as it was sealed; a file's items have titles, and pieces are pages."""
    names = {
        **{kind.value: label for kind, label in CERTIFICATE_LABELS.items()},
        **document_names(case.catalog, case.record["matter"]),
    }
    titles = titles_of(case)
    rows: Rows = []
    for item in parcel["items"]:
        is_file = item["kind"] in (ItemKind.PERSONNEL_FILE, ItemKind.SPECIAL_FILE)
        code, many = item["code"], item["count"]
        rows.append(
            {
                "name": titles.get(code) or names.get(code, _ITEMS[ItemKind(item["kind"])]),
                "number": code if is_file else "",
                "form": {"COPY": "复印件", "RECEIPT": "回执"}.get(item["kind"], "原件"),
                "copies": 1 if is_file else many,
                **({"sheets": many} if is_file else {}),
            }
        )
    return rows


def ends(case: CaseFile, parcel: Record) -> dict[str, str]:
    """Sender and receiver by name, as facts of a form."""
    return {f"{end}_office": _party(case, parcel[f"{end}_office"]) for end in ("from", "to")}


def labels(parcel: Record) -> dict[str, Any]:
    """Waybill and seal, as facts of a form, where there are any."""
    given = {"waybill": parcel["waybill"], "seal": parcel["seal_no"]}
    return {name: value for name, value in given.items() if value}


def events(parcel: Record, *codes: CustodyCode) -> list[Record]:
    """The parcel's events of these kinds, in their order."""
    return [event for event in parcel["events"] if event["code"] in codes]


def _party(case: CaseFile, party: str) -> str:
    if party == PERSON:
        return "当事人"
    if is_carrier(party):
        return Service(party.partition(":")[2]).label
    return case.office(party)


def titles_of(case: CaseFile) -> dict[str, str]:
    """Item number -> title, by the content list that the origin drew up."""
    items = case.records.get("STATEMENT", {}).get("items") or ()
    return {str(one["number"]): str(one["title"]) for one in items if "title" in one}
