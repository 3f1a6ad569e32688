"""What a step says about parcels: a parcel opened with its list, and events of its custody.

Parts of a transition, and what the courier's call-backs are turned into. Items have codes and
counts; no personal word stands here.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from contracts.cases import Desks, PinnedLimit
from contracts.payload import Payload
from domain.custody import CustodyCode
from domain.transports import ItemKind, Service


class ParcelItem(Payload):
    """One line of the content list (清单): what it is and how many pieces."""

    code: str
    kind: ItemKind
    count: int = Field(default=1, gt=0)


class ParcelOpened(Payload):
    """A parcel with its list. ``to_office`` is PERSON where it goes to the applicant.

    The receiving locality opens its own copy under the same ``parcel_key``.
    """

    parcel_key: str
    kind: str  # FILE, ORIGINALS, RESULT...: what the parcel is for, as the procedure calls it
    service: Service
    from_locality: str
    from_office: str
    to_locality: str
    to_office: str
    items: tuple[ParcelItem, ...]
    seal_no: str = ""


class CustodyEvent(Payload):
    """One event; (parcel_key, key) has one effect.

    ``custodian``: who is offered the parcel (HANDED_OVER, SENT_BACK) or who acknowledges it; ""
    where the parcel's own data say so. ``facts``: "waybill" with HANDED_OVER and SENT_BACK,
    "counted:<item code>" with COUNT_DIFF, "seal_no" with SEALED.
    """

    key: str
    parcel_key: str
    code: CustodyCode
    custodian: str = ""
    facts: dict[str, str] = {}


def counted(facts: dict[str, str]) -> dict[str, int]:
    """What the receiver counted by item code, from an event's facts."""
    return {
        name.removeprefix("counted:"): int(number)
        for name, number in facts.items()
        if name.startswith("counted:") and number.isdigit()
    }


class ParcelNews(StrEnum):
    """What a parcel tells the case that sent it (code of Tidings; facts: ``parcel`` is its key)."""

    HANDED_OVER = "HANDED_OVER"  # facts: waybill, seal, service, items
    IN_TRANSIT = "IN_TRANSIT"
    ARRIVED = "ARRIVED"
    SIGNED = "SIGNED"  # by the person: the end
    SILENT = "SILENT"
    LOST = "LOST"
    REBUILT = "REBUILT"  # the end: what was lost is rebuilt and may be sent again
    RETURNED = "RETURNED"  # the end: the sender has it again
    CALLED_OFF = "CALLED_OFF"  # the end: never left
    RECEIPT_BACK = "RECEIPT_BACK"  # the end


#: Reason of the PROGRESS letter that tells the receiver under which number a parcel that came back
#: travels now (facts: those of HANDED_OVER).
NEW_WAYBILL = "NEW_WAYBILL"


class ParcelWord(StrEnum):
    """What a case tells its parcel."""

    RECEIPT_BACK = "RECEIPT_BACK"  # facts: seal, counted:<item>
    SENT_BACK = "SENT_BACK"  # the same and waybill
    CALL_OFF = "CALL_OFF"
    TRACKING = "TRACKING"  # the carrier's event; facts: event, waybill, number, place


class ParcelFiling(Payload):
    """The input of the procedure 寄递. ``case_no`` is given when the sender's step is written.

    ``limits``: handover, tracking, transit, trace, as pinned in the case that sends.
    """

    case_no: str = ""
    locality: str
    locality_name: str
    receiver_name: str
    family: str
    matter: str
    matter_name: str
    home_case_no: str
    parent_case_no: str
    parent_workflow_id: str
    desks: Desks
    parcel: ParcelOpened
    limits: dict[str, PinnedLimit]
    office_names: dict[str, str] = {}


class CourierRequest(Payload):
    """Give a parcel to its courier, or claim it. ``back``: from the receiver to the sender."""

    case_no: str
    parcel_key: str
    attempt: int = 1
    back: bool = False
    waybill: str = ""


def items_text(items: tuple[ParcelItem, ...]) -> str:
    """A content list as a letter's coded fact: code:kind:count;…"""
    return ";".join(f"{item.code}:{item.kind.value}:{item.count}" for item in items)


def items_of(text: str) -> tuple[ParcelItem, ...]:
    """The inverse of :func:`items_text`."""
    rows = (line.rsplit(":", 2) for line in text.split(";") if line)
    return tuple(ParcelItem(code=c, kind=ItemKind(k), count=int(n)) for c, k, n in rows)
