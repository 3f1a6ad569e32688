"""The courier over HTTP; built by the composition root, called by activities."""

from collections.abc import Mapping
from typing import ClassVar

from adapters.courier.protocol import (
    ClaimOrder,
    ClaimReceipt,
    CourierRefusal,
    ParcelOrder,
    TrackEvent,
    Waybill,
)
from adapters.http import OutsideHttp
from adapters.models import OutsideModel


class Tracking(OutsideModel):
    """The answer to `track` on the wire."""

    events: tuple[TrackEvent, ...]


class CourierClient(OutsideHttp):
    """Implements adapters.courier.protocol.Courier."""

    system: ClassVar[str] = "寄递企业"
    sentences: ClassVar[Mapping[str, str]] = {
        CourierRefusal.UNKNOWN_WAYBILL: "寄递企业查无此运单，请核对运单编号",
        CourierRefusal.ALREADY_DELIVERED: "该邮件已经妥投，请与收件机构核对",
        CourierRefusal.ALREADY_CLAIMED: "该运单已经提出索赔，请等待答复",
        CourierRefusal.SAME_PLACE: "寄出地与寄达地相同，请核对寄达地",
    }

    async def collect(self, order: ParcelOrder) -> Waybill:
        return await self._order("collect", order, Waybill)

    async def track(self, waybill_no: str) -> tuple[TrackEvent, ...]:
        found = await self._ask("track", {"waybill_no": waybill_no}, Tracking)
        return () if found is None else found.events

    async def claim(self, order: ClaimOrder) -> ClaimReceipt:
        return await self._order("claim", order, ClaimReceipt)
