"""What a step says about parcels: a parcel opened with its list, and events of its custody.

Parts of a transition, and what the courier's call-backs are turned into. Items have codes and
counts; no personal word stands here.
"""

from __future__ import annotations

from pydantic import Field

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
