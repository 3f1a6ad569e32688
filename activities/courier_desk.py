"""寄递交接: gives parcels to the courier and claims what is lost, under keys made from the parcel.

Called by the procedure 寄递 and by receivers that send something back. A refusal is an answer; an
outage is raised and retried under the same key.
"""

from __future__ import annotations

from temporalio import activity

from adapters.courier.protocol import ClaimOrder, ClaimReason, ParcelOrder
from adapters.protocols import Courier, OutsideRefusal
from contracts.acts import ActOutcome
from contracts.parcels import CourierRequest
from domain.courier_calls import call_token, order_key
from domain.custody import PERSON
from domain.transports import Service
from domain.waybill import Carrier
from storage import parcels
from storage.database import Database

CARRIERS = {
    Service.EMS: Carrier.EMS,
    Service.REGISTERED_MAIL: Carrier.REGISTERED,
    Service.ORDINARY_MAIL: Carrier.DOMESTIC,
    Service.CONFIDENTIAL_POST: Carrier.CONFIDENTIAL,
}


class CourierDesk:
    """One locality's dealings with the carriers. ``console_url``: where they post events to."""

    def __init__(
        self, database: Database, courier: Courier, console_url: str, secret: bytes
    ) -> None:
        self._database = database
        self._courier = courier
        self._console_url = console_url
        self._secret = secret

    @activity.defn(name="交寄")
    async def collect(self, request: CourierRequest) -> ActOutcome:
        """Hand a parcel to its carrier; ``receipt_no`` is the waybill number."""
        async with self._database.read() as connection:
            parcel = await parcels.find(connection, request.parcel_key)
        assert parcel is not None, "a parcel is on file before its procedure runs"
        sent, back = parcel.opened, request.back
        key = order_key(sent.parcel_key, request.attempt, back=back)
        try:
            waybill = await self._courier.collect(
                ParcelOrder(
                    key=key,
                    case_no=request.case_no,
                    service=CARRIERS[sent.service],
                    from_locality=sent.to_locality if back else sent.from_locality,
                    to_locality=sent.from_locality if back else sent.to_locality,
                    to_person=sent.to_office == PERSON and not back,
                    declared_items=sum(item.count for item in sent.items),
                    # The way back is followed by its addressee, who asks by number.
                    callback_url=None if back else self._callback(key),
                )
            )
        except OutsideRefusal as refusal:
            return ActOutcome(done=False, code=refusal.code)
        return ActOutcome(done=True, receipt_no=waybill.waybill_no)

    @activity.defn(name="寄递索赔")
    async def claim(self, request: CourierRequest) -> ActOutcome:
        """索赔: once per waybill."""
        async with self._database.read() as connection:
            parcel = await parcels.find(connection, request.parcel_key)
        assert parcel is not None, "a parcel is on file before its procedure runs"
        try:
            receipt = await self._courier.claim(
                ClaimOrder(
                    key=f"{request.parcel_key}/claim/{request.attempt}",
                    case_no=request.case_no,
                    waybill_no=request.waybill,
                    reason=ClaimReason.LOST,
                    declared_items=sum(item.count for item in parcel.opened.items),
                )
            )
        except OutsideRefusal as refusal:
            return ActOutcome(done=False, code=refusal.code)
        return ActOutcome(done=True, receipt_no=receipt.receipt_no)

    def _callback(self, key: str) -> str:
        return f"{self._console_url}/courier/events/{call_token(self._secret, key)}"
