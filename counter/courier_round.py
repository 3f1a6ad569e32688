"""The worker's courier round: asks the carriers about every parcel under way.

Runs beside the outbox; what a call-back has told already is nothing new. Carriers that post no
call-backs, or whose call-backs got lost, are heard here.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from adapters.protocols import Courier, OutsideRefusal, OutsideUnavailable
from domain.transports import Service
from storage import parcels, tracking
from storage.database import Database

#: A parcel that has not moved for long is asked about less often, but at least this often.
_AT_LEAST = timedelta(minutes=30)


class CourierRound:
    """One locality's questions to the carriers of the parcels that it sent."""

    def __init__(self, database: Database, courier: Courier, locality: str) -> None:
        self._database = database
        self._courier = courier
        self._locality = locality
        self._asked: dict[str, datetime] = {}

    async def step(self) -> int:
        """Ask about every parcel that is with a carrier; returns how many were asked about."""
        async with self._database.glance() as connection:
            under_way = await parcels.under_way(connection)
        ours = [
            one
            for one in under_way
            if one.opened.from_locality == self._locality
            and one.opened.service is not Service.MESSENGER
            and self._is_time(one)
        ]
        for one in ours:
            await self._ask(one)
        return len(ours)

    def _is_time(self, parcel: parcels.ParcelView) -> bool:
        """Asked again after a tenth of the time for which nothing has happened."""
        now, waybill = datetime.now(UTC), parcel.waybill or ""
        wait = min(_AT_LEAST, (now - parcel.changed_at) / 10)
        if now - self._asked.get(waybill, now - _AT_LEAST) < wait:
            return False
        self._asked[waybill] = now
        return True

    async def _ask(self, parcel: parcels.ParcelView) -> None:
        waybill = parcel.waybill or ""
        try:
            events = await self._courier.track(waybill)
        except (OutsideUnavailable, OutsideRefusal):
            return
        for event in events:
            async with self._database.write() as connection:
                await tracking.take_in(
                    connection,
                    parcel_key=parcel.opened.parcel_key,
                    waybill=waybill,
                    number=event.number,
                    code=event.code.value,
                    place=event.place,
                    at=event.at,
                    source="POLL",
                    now=datetime.now(UTC),
                )
