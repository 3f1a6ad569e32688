"""Papers that travel with things, or are signed where things change hands.

Called by `console.slip_desk`. A parcel's own papers stand with its procedure 寄递 and with the case
that receives it; the dispatch notice and receipt of a personnel file with its leg and its case.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from console.slip_facts import UNKNOWN, CaseFile, Offer, Record, Rows, day_of, document_names
from contracts.letters import LetterVerb
from contracts.parcels import counted
from domain.casework import CERTIFICATE_LABELS, ActCode, CertificateKind
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
_FILE = "PERSONNEL_FILE"
#: Acts by which things change hands at the counter: whether the person gives, and why.
_BY_HAND = {
    ActCode.COLLECTED: (True, "代收须寄送属地的证件、材料原件"),
    ActCode.OLD_COLLECTED: (True, "收回旧证"),
    ActCode.OLD_VOIDED: (True, "收回原号牌、行驶证、登记证书"),
    ActCode.OLD_RESTORED: (False, "发还原号牌、行驶证、登记证书"),
}
_OLD_PAPERS = (
    ("plate", CertificateKind.PLATE, 2),
    ("licence_no", CertificateKind.LICENCE, 1),
    ("certificate_no", CertificateKind.OWNERSHIP, 1),
)


def things(case: CaseFile) -> Iterator[Offer]:
    """Every paper about things that the case's register allows."""
    for parcel in case.record["parcels"]:
        yield _custody_list(case, parcel)
        yield from _to_the_messenger(case, parcel)
    yield from _handovers(case)
    yield from _file_dispatches(case)
    yield from _file_receipt(case)


# ---------------------------------------------------------------------- parcels


def _custody_list(case: CaseFile, parcel: Record) -> Offer:
    facts: dict[str, Any] = {
        **_ends(case, parcel),
        "case_no": case.record["case_no"],
        "matter": case.record["matter_name"],
        "carrier": Service(parcel["service"]).label,
        "contents": _contents(case, parcel),
        "custody": list(_chain(case, parcel)),
        **_labels(parcel),
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
    for event in _events(parcel, CustodyCode.HANDED_OVER)[-1:]:
        ends = _ends(case, parcel)
        yield Offer(
            kind=SlipKind.HANDOVER_LIST,
            subject=f"{parcel['parcel_key']}:{event['number']}",
            about=f"{day_of(event['at'])} 交专人",
            office=parcel["from_office"],
            facts={
                "case_no": case.record["case_no"],
                "from_office": ends["from_office"],
                "to_office": f"{ends['to_office']}（专人送取）",
                "handed_on": day_of(event["at"]),
                "reason": f"{case.record['matter_name']}，封签号{parcel['seal_no']}",
                "contents": _contents(case, parcel),
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


def _contents(case: CaseFile, parcel: Record) -> Rows:
    """The list as it was sealed; a file's items have titles, and pieces are pages."""
    names = {
        **{kind.value: label for kind, label in CERTIFICATE_LABELS.items()},
        **document_names(case.catalog, case.record["matter"]),
    }
    titles = _titles(case)
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


def _ends(case: CaseFile, parcel: Record) -> dict[str, str]:
    return {f"{end}_office": _party(case, parcel[f"{end}_office"]) for end in ("from", "to")}


def _labels(parcel: Record) -> dict[str, Any]:
    given = {"waybill": parcel["waybill"], "seal": parcel["seal_no"]}
    return {name: value for name, value in given.items() if value}


def _events(parcel: Record, *codes: CustodyCode) -> list[Record]:
    return [event for event in parcel["events"] if event["code"] in codes]


def _party(case: CaseFile, party: str) -> str:
    if party == PERSON:
        return "当事人"
    if is_carrier(party):
        return Service(party.partition(":")[2]).label
    return case.office(party)


# ---------------------------------------------------------------------- at the counter


def _handovers(case: CaseFile) -> Iterator[Offer]:
    """材料交接清单 between the person and the office that the act names."""
    for act in case.acts(*_BY_HAND):
        gives, reason = _BY_HAND[ActCode(act["code"])]
        contents = list(_handed(case, ActCode(act["code"])))
        if not contents:
            continue
        sides = (case.applicant, case.office(act["office"]))
        giver, taker = sides if gives else sides[::-1]
        yield Offer(
            kind=SlipKind.HANDOVER_LIST,
            subject=act["key"],
            about=f"{act['effective_on']} {giver} → {taker}",
            office=act["office"],
            facts={
                "case_no": case.record["case_no"],
                "from_office": giver,
                "to_office": taker,
                "handed_on": act["effective_on"],
                "reason": reason,
                "contents": contents,
            },
        )


def _handed(case: CaseFile, act: ActCode) -> Iterator[dict[str, Any]]:
    """What the person gave or got; nothing where no thing lay on the counter."""
    if act in (ActCode.OLD_VOIDED, ActCode.OLD_RESTORED):
        old = case.records.get("VEHICLE_FILE", {})
        for name, kind, copies in _OLD_PAPERS:
            if old.get(name):
                yield {
                    "name": CERTIFICATE_LABELS[kind],
                    "number": str(old[name]),
                    "form": "原件",
                    "copies": copies,
                }
    elif case.record["kind"] != "HOME":
        return  # what came by parcel has its own papers
    elif act is ActCode.OLD_COLLECTED:
        yield {"name": f"旧证件（{case.record['matter_name']}）", "form": "原件", "copies": 1}
    elif case.record["details"].get("originals") == "yes":
        for paper in case.materials():
            yield {**paper, "form": "原件"}


# ---------------------------------------------------------------------- personnel files


def _file_dispatches(case: CaseFile) -> Iterator[Offer]:
    """档案转递通知单 with its stub, for every parcel with the file that has left."""
    if case.record["kind"] != "LEG" or case.record["family"] != _FILE:
        return
    for parcel in case.sent:
        if parcel["kind"] != "FILE" or not _events(parcel, CustodyCode.HANDED_OVER):
            continue
        yield Offer(
            kind=SlipKind.FILE_DISPATCH,
            subject=parcel["parcel_key"],
            about=f"{Service(parcel['service']).label} {parcel['waybill']}",
            office=parcel["from_office"],
            facts={
                **_file(case, parcel),
                "call_up_no": case.request_no,
                "carrier": Service(parcel["service"]).label,
                # A file is never split (docs/rules.md A8).
                "volumes": 1,
                "contents": _contents(case, parcel),
                **_labels(parcel),
            },
        )


def _file_receipt(case: CaseFile) -> Iterator[Offer]:
    """档案转递通知单回执, once the file is on the shelf here."""
    if case.record["kind"] != "HOME" or case.record["family"] != _FILE:
        return
    notices = [one for one in case.record["letters"] if one["verb"] == LetterVerb.ANSWER]
    arrived = [
        one
        for one in case.record["parcels"]
        if one["kind"] == "FILE" and _events(one, CustodyCode.RECEIPT_SIGNED)
    ]
    for act in case.acts(ActCode.BOOKED):
        for parcel in arrived[-1:]:
            seals = _events(parcel, CustodyCode.SEAL_OK, CustodyCode.SEAL_BROKEN)
            counts = _events(parcel, CustodyCode.COUNT_OK, CustodyCode.COUNT_DIFF)
            yield Offer(
                kind=SlipKind.FILE_RECEIPT,
                subject=act["key"],
                about=f"{act['effective_on']} 入库",
                office=act["office"],
                facts={
                    **_file(case, parcel),
                    "dispatch_no": str(notices[-1]["number"]) if notices else UNKNOWN,
                    "received_on": day_of(seals[-1]["at"]),
                    "seal_state": LABELS[CustodyCode(seals[-1]["code"])],
                    "count_state": LABELS[CustodyCode(counts[-1]["code"])],
                    "differences": list(_differences(case, parcel, counts[-1])),
                },
            )


def _file(case: CaseFile, parcel: Record) -> dict[str, Any]:
    file_no = case.records.get("STATEMENT", {}).get("file_no")
    return {
        "person": case.applicant,
        **_ends(case, parcel),
        **({"file_no": file_no} if file_no else {}),
    }


def _differences(case: CaseFile, parcel: Record, count: Record) -> Iterator[dict[str, Any]]:
    listed, titles = {item["code"]: item["count"] for item in parcel["items"]}, _titles(case)
    for code, found in sorted(counted(count["facts"]).items()):
        yield {
            "name": f"{code} {titles.get(code, '')}".strip(),
            "listed": f"{listed.get(code, 0)}页",
            "found": f"{found}页",
            "proposal": "登记差异",
        }


def _titles(case: CaseFile) -> dict[str, str]:
    """Item number -> title, by the content list that the origin drew up."""
    items = case.records.get("STATEMENT", {}).get("items") or ()
    return {str(one["number"]): str(one["title"]) for one in items if "title" in one}
