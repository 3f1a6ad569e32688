"""The courier over HTTP; built by the composition root, called by activities."""

from collections.abc import Mapping
from typing import ClassVar

from adapters.courier.protocol import (
    ClaimOrder,
    ClaimReceipt,
    ParcelOrder,
    TrackEvent,
    Waybill,
)
from adapters.courier.sentences import SENTENCES
from adapters.http import OutsideHttp
from adapters.models import OutsideModel


class Tracking(OutsideModel):
    """The answer to `track` on the wire."""

    events: tuple[TrackEvent, ...]


class CourierClient(OutsideHttp):
    """Implements adapters.courier.protocol.Courier."""

    system: ClassVar[str] = "寄递企业"
    sentences: ClassVar[Mapping[str, str]] = SENTENCES

    async def collect(self, order: ParcelOrder) -> Waybill:
        return await self._order("collect", order, Waybill)

    async def track(self, waybill_no: str) -> tuple[TrackEvent, ...]:
        found = await self._ask("track", {"waybill_no": waybill_no}, Tracking)
        return () if found is None else found.events

    async def claim(self, order: ClaimOrder) -> ClaimReceipt:
        return await self._order("claim", order, ClaimReceipt)
