"""The intake of a carrier's events: each is kept once and told to its parcel in one transaction.

Called by the courier's call-backs (console) and by the worker's courier round. Lateness, doubles
and order are the parcel's business (workflows/parcel.py), not this module's.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts import ids
from contracts.parcels import ParcelWord
from contracts.tidings import Tidings, TidingsKind
from storage import parcels, tidings
from storage.parcel_tables import TrackingRow


async def take_in(
    connection: AsyncConnection,
    *,
    parcel_key: str,
    waybill: str,
    number: int,
    code: str,
    place: str,
    at: datetime,
    source: str,
    now: datetime,
) -> bool:
    """Keep one event and the news of it; False where there is no such parcel here."""
    parcel = await parcels.find(connection, parcel_key)
    if parcel is None:
        return False
    await connection.execute(
        insert(TrackingRow)
        .values(
            waybill=waybill,
            number=number,
            parcel_key=parcel_key,
            code=code,
            place=place,
            at=at,
            source=source,
            taken_at=now,
        )
        .on_conflict_do_nothing()
    )
    await tidings.keep(
        connection,
        ids.parcel_workflow_id(parcel_key),
        Tidings(
            key=f"track:{waybill}:{number}",
            kind=TidingsKind.PARCEL,
            code=ParcelWord.TRACKING,
            facts={
                "parcel": parcel_key,
                "event": code,
                "waybill": waybill,
                "number": str(number),
                "place": place,
            },
        ),
        now,
        case_no=parcel.case_no,
    )
    return True
