"""The couriers that carry sealed parcels between offices, as activities and the parcel desk see
them: order a collection, follow the parcel, claim what is lost.

Tracking comes by polling (`track`) and, where the order names an address, by call-back: the
courier posts a CourierCallback for each event, perhaps twice, late or in another order.
"""

from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import AwareDatetime, Field

from adapters.models import Order, OutsideModel, Receipt, Word
from domain.waybill import Carrier


class CourierRefusal(StrEnum):
    """Codes of OutsideRefusal from the courier."""

    UNKNOWN_WAYBILL = "UNKNOWN_WAYBILL"
    ALREADY_DELIVERED = "ALREADY_DELIVERED"
    ALREADY_CLAIMED = "ALREADY_CLAIMED"
    SAME_PLACE = "SAME_PLACE"


class TrackCode(StrEnum):
    COLLECTED = "COLLECTED"
    IN_TRANSIT = "IN_TRANSIT"
    ARRIVED = "ARRIVED"
    OUT_FOR_DELIVERY = "OUT_FOR_DELIVERY"
    DELIVERED = "DELIVERED"
    ATTEMPT_FAILED = "ATTEMPT_FAILED"
    RETURNING = "RETURNING"
    RETURNED = "RETURNED"
    LOST = "LOST"


#: After one of these nothing more comes.
FINAL_CODES = (TrackCode.DELIVERED, TrackCode.RETURNED, TrackCode.LOST)


class ClaimReason(StrEnum):
    LOST = "LOST"
    SILENT = "SILENT"
    DAMAGED = "DAMAGED"


class ParcelOrder(Order):
    """Collect one sealed parcel. key: the parcel number.

    service: who carries, which decides the form of the waybill number. weight_g: grams.
    callback_url: where events are posted to, of the ordering office; None for polling only.
    to_person: goes to a home; between offices of one place nothing is posted.
    """

    service: Carrier
    from_locality: Word
    to_locality: Word
    declared_items: Annotated[int, Field(ge=1)]
    weight_g: Annotated[int, Field(ge=1)] | None = None
    callback_url: Word | None = None
    to_person: bool = False


class Waybill(Receipt):
    """The parcel is in the courier's hands under this number."""

    waybill_no: Word
    service: Carrier


class TrackEvent(OutsideModel):
    """number: from 1 without gaps per waybill; place: a locality (GB/T 2260)."""

    number: Annotated[int, Field(ge=1)]
    code: TrackCode
    place: Word
    at: AwareDatetime


class CourierCallback(OutsideModel):
    """What the courier posts. key: the parcel number of the order."""

    key: Word
    waybill_no: Word
    event: TrackEvent


class ClaimOrder(Order):
    """索赔 / 查询: one per waybill."""

    waybill_no: Word
    reason: ClaimReason
    declared_items: Annotated[int, Field(ge=1)]


class ClaimReceipt(Receipt):
    """The courier took the claim; `receipt_no` is its number."""


class Courier(Protocol):
    """Every method raises OutsideUnavailable (repeat) or OutsideRefusal (a CourierRefusal)."""

    async def collect(self, order: ParcelOrder) -> Waybill:
        """Hand over a parcel, once per parcel number. Refusal: SAME_PLACE, but of homes."""

    async def track(self, waybill_no: str) -> tuple[TrackEvent, ...]:
        """Every event so far, in order. Refusal: UNKNOWN_WAYBILL."""

    async def claim(self, order: ClaimOrder) -> ClaimReceipt:
        """Refusals: UNKNOWN_WAYBILL, ALREADY_DELIVERED (unless DAMAGED), ALREADY_CLAIMED."""
