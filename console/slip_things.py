"""Papers that travel with things, or are signed where things change hands.

Called by `console.slip_desk`. A parcel's own papers (`console.slip_parcels`) stand with its 寄递
and with the case that receives it; notice and receipt of a personnel file with its leg and case.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from console.slip_facts import UNKNOWN, CaseFile, Offer, Record, day_of
from console.slip_parcels import contents, ends, events, labels, parcel_papers, titles_of
from contracts.letters import LetterVerb
from contracts.parcels import counted
from domain.casework import CERTIFICATE_LABELS, ActCode, CertificateKind
from domain.custody import LABELS, CustodyCode
from domain.transports import Service
from slips.kinds import SlipKind

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
        yield from parcel_papers(case, parcel)
    yield from _handovers(case)
    yield from _file_dispatches(case)
    yield from _file_receipt(case)


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
            about=f"{act['effective_on']} {reason}",
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
        if parcel["kind"] != "FILE" or not events(parcel, CustodyCode.HANDED_OVER):
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
                "contents": contents(case, parcel),
                **labels(parcel),
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
        if one["kind"] == "FILE" and events(one, CustodyCode.RECEIPT_SIGNED)
    ]
    for act in case.acts(ActCode.BOOKED):
        for parcel in arrived[-1:]:
            seals = events(parcel, CustodyCode.SEAL_OK, CustodyCode.SEAL_BROKEN)
            counts = events(parcel, CustodyCode.COUNT_OK, CustodyCode.COUNT_DIFF)
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
        **ends(case, parcel),
        **({"file_no": file_no} if file_no else {}),
    }


def _differences(case: CaseFile, parcel: Record, count: Record) -> Iterator[dict[str, Any]]:
    listed, titles = {item["code"]: item["count"] for item in parcel["items"]}, titles_of(case)
    for code, found in sorted(counted(count["facts"]).items()):
        yield {
            "name": f"{code} {titles.get(code, '')}".strip(),
            "listed": f"{listed.get(code, 0)}页",
            "found": f"{found}页",
            "proposal": "登记差异",
        }
