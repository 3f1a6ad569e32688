"""The register of parcels: content list, custody events, and who holds what now.

Called while a transition is written, by the courier's call-backs and by its polling. One event of a
parcel is written at a time, so that there is one custodian at each instant (R1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.parcels import CustodyEvent, ParcelItem, ParcelOpened, counted
from domain import custody
from domain.custody import Custody, CustodyCode, CustodyProblem
from domain.errors import DomainError
from domain.transports import Service, refuse_transport, refuse_waybill
from storage.parcel_tables import CustodyEventRow, Parcel


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelView:
    """A parcel with its list and where it stands."""

    opened: ParcelOpened
    case_no: str
    waybill: str | None
    custody: Custody
    changed_at: datetime


async def open_parcel(
    connection: AsyncConnection,
    parcel: ParcelOpened,
    at: datetime,
    *,
    case_no: str,
    made_in: int | None = None,
) -> bool:
    """Register a parcel; False where it is registered already.

    Raises DomainError where the service may not carry what is listed (R2).
    """
    refuse_transport(parcel.service, (item.kind for item in parcel.items))
    start = custody.opened(parcel.from_office, parcel.to_office)
    kept = await connection.execute(
        insert(Parcel)
        .values(
            **parcel.model_dump(mode="json"),
            case_no=case_no,
            made_in=made_in,
            opened_at=at,
            changed_at=at,
            waybill=None,
            **_columns(start),
        )
        .on_conflict_do_nothing()
        .returning(Parcel.parcel_key)
    )
    return kept.first() is not None


async def add_event(
    connection: AsyncConnection,
    event: CustodyEvent,
    at: datetime,
    *,
    made_in: int | None = None,
) -> Custody:
    """Add an event and return where the parcel stands; an event that is known changes nothing.

    Raises DomainError where the parcel is unknown, the event cannot follow, the wrong party speaks,
    the waybill cannot be the carrier's, or the count does not say what it is about.
    """
    await connection.execute(
        select(func.pg_advisory_xact_lock(func.hashtext(f"parcel:{event.parcel_key}")))
    )
    parcel = await find(connection, event.parcel_key)
    if parcel is None:
        raise DomainError(
            CustodyProblem.NOT_ANNOUNCED, "没有登记过这件物料；请先登记清单，再登记流转。"
        )
    rows = await connection.execute(
        select(CustodyEventRow.key).where(CustodyEventRow.parcel_key == event.parcel_key)
    )
    known = set(rows.scalars())
    if event.key in known:
        return parcel.custody
    moved = custody.after(parcel.custody, event.code, event.custodian)
    _refuse_facts(parcel.opened, event)
    await connection.execute(
        insert(CustodyEventRow).values(
            parcel_key=event.parcel_key,
            number=len(known) + 1,
            key=event.key,
            code=event.code.value,
            party=event.custodian,
            custodian=moved.custodian,
            facts=event.facts,
            at=at,
            made_in=made_in,
        )
    )
    changes = {**_columns(moved), "changed_at": at}
    if "waybill" in event.facts:
        changes["waybill"] = event.facts["waybill"]
    if event.code is CustodyCode.SEALED and "seal_no" in event.facts:
        changes["seal_no"] = event.facts["seal_no"]
    await connection.execute(
        update(Parcel).where(Parcel.parcel_key == event.parcel_key).values(**changes)
    )
    return moved


async def find(connection: AsyncConnection, parcel_key: str) -> ParcelView | None:
    """The parcel of that key, or None."""
    found = await _views(connection, Parcel.parcel_key == parcel_key)
    return found[0] if found else None


async def under_way(connection: AsyncConnection) -> tuple[ParcelView, ...]:
    """The parcels whose carrier is to be asked by the tracking round, oldest first."""
    states = [
        code.value
        for code in (
            CustodyCode.HANDED_OVER,
            CustodyCode.IN_TRANSIT,
            CustodyCode.SILENT,
            CustodyCode.SENT_BACK,
            CustodyCode.LOST,  # what was given up may still turn up
            CustodyCode.CLAIMED,
        )
    ]
    return await _views(connection, Parcel.state.in_(states) & Parcel.waybill.is_not(None))


def _refuse_facts(parcel: ParcelOpened, event: CustodyEvent) -> None:
    if event.code in (CustodyCode.HANDED_OVER, CustodyCode.SENT_BACK) and custody.is_carrier(
        event.custodian
    ):
        refuse_waybill(parcel.service, event.facts.get("waybill", ""))
    if event.code is CustodyCode.SEALED and not (event.facts.get("seal_no") or parcel.seal_no):
        raise DomainError(CustodyProblem.NOT_ANNOUNCED, "封装须登记封签号；请填写后再试。")
    if event.code in (CustodyCode.COUNT_OK, CustodyCode.COUNT_DIFF):
        listed = {item.code: item.count for item in parcel.items}
        differs = custody.count_differences(listed, counted(event.facts))
        if bool(differs) != (event.code is CustodyCode.COUNT_DIFF):
            raise DomainError(
                CustodyProblem.BAD_COUNT,
                "清点结论与逐项清点的数目不一致；请逐项登记实收数目后再试。",
            )


def _columns(now: Custody) -> dict[str, object]:
    return {
        "state": now.state.value,
        "custodian": now.custodian,
        "taker": now.taker,
        "homeward": now.homeward,
        "answerable": now.answerable,
        "settled": now.settled,
    }


def custody_of(row: Any) -> Custody:
    """Who has a parcel, as its row says."""
    return Custody(
        sender=row.from_office,
        addressee=row.to_office,
        state=CustodyCode(row.state),
        custodian=row.custodian,
        taker=row.taker,
        homeward=row.homeward,
        answerable=row.answerable,
    )


async def _views(connection: AsyncConnection, which: ColumnElement[bool]) -> tuple[ParcelView, ...]:
    rows = await connection.execute(
        select(Parcel.__table__).where(which).order_by(Parcel.opened_at, Parcel.parcel_key)
    )
    return tuple(
        ParcelView(
            opened=ParcelOpened(
                parcel_key=row.parcel_key,
                kind=row.kind,
                service=Service(row.service),
                from_locality=row.from_locality,
                from_office=row.from_office,
                to_locality=row.to_locality,
                to_office=row.to_office,
                items=tuple(ParcelItem.model_validate(item) for item in row.items),
                seal_no=row.seal_no,
            ),
            case_no=row.case_no,
            waybill=row.waybill,
            custody=custody_of(row),
            changed_at=row.changed_at,
        )
        for row in rows
    )
