"""The register of parcels writes every event once and refuses what cannot have happened."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from contracts.parcels import CustodyEvent, ParcelItem, ParcelOpened
from domain.custody import Custody, CustodyCode, CustodyProblem, carrier
from domain.errors import DomainError
from domain.transports import ItemKind, Service, TransportProblem
from storage import parcels
from storage.database import Database
from storage.parcel_tables import CustodyEventRow
from tests.storage.builders import NOW, open_case

C = CustodyCode
SENDER, OFFICE, EMS = "330902-DA-01", "371002-DA-01", carrier("EMS")
WAYBILL = "RR473124829GB"
FORM, PHOTO = "FORM", "PHOTO"


def parcel(key: str, **more: Any) -> ParcelOpened:
    given = {
        "kind": "FILE",
        "service": Service.EMS,
        "from_locality": "330902",
        "from_office": SENDER,
        "to_locality": "371002",
        "to_office": OFFICE,
        "items": (
            ParcelItem(code=FORM, kind=ItemKind.PERSONNEL_FILE, count=2),
            ParcelItem(code=PHOTO, kind=ItemKind.PERSONNEL_FILE),
        ),
        "seal_no": "F-001",
        **more,
    }
    return ParcelOpened(parcel_key=key, **given)


async def opened(database: Database, **more: Any) -> str:
    """The key of a parcel on a fresh case; the key is the case's number and P1."""
    case_no = (await open_case(database)).case_no
    async with database.write() as connection:
        one = parcel(f"{case_no}-P1", **more)
        assert await parcels.open_parcel(connection, one, NOW, case_no=case_no)
    return f"{case_no}-P1"


async def add(
    database: Database, parcel_key: str, code: CustodyCode, custodian: str = "", **facts: str
) -> Custody:
    event = CustodyEvent(
        key=f"{code}:{len(facts)}",
        parcel_key=parcel_key,
        code=code,
        custodian=custodian,
        facts={name.replace("counted_", "counted:"): told for name, told in facts.items()},
    )
    async with database.write() as connection:
        return await parcels.add_event(connection, event, NOW)


async def events(database: Database, parcel_key: str) -> list[tuple[int, str]]:
    """Number and custodian of each event of a parcel."""
    async with database.read() as connection:
        rows = await connection.execute(
            select(CustodyEventRow.number, CustodyEventRow.custodian)
            .where(CustodyEventRow.parcel_key == parcel_key)
            .order_by(CustodyEventRow.number)
        )
        return [(row.number, row.custodian) for row in rows]


async def send(database: Database, parcel_key: str) -> None:
    await add(database, parcel_key, C.SEALED)
    await add(database, parcel_key, C.HANDED_OVER, EMS, waybill=WAYBILL)
    await add(database, parcel_key, C.IN_TRANSIT, EMS)


async def test_a_parcel_is_registered_once_with_its_list(database: Database) -> None:
    key = await opened(database)
    case_no = key.removesuffix("-P1")
    async with database.write() as connection:
        assert not await parcels.open_parcel(connection, parcel(key), NOW, case_no=case_no)
    async with database.read() as connection:
        found = await parcels.find(connection, key)
        assert await parcels.find(connection, "样例") is None
    assert found is not None and found.opened == parcel(key)
    assert (found.custody.custodian, found.custody.settled) == (SENDER, False)


async def test_a_special_file_is_not_registered_for_ordinary_ways(database: Database) -> None:
    special = (ParcelItem(code=FORM, kind=ItemKind.SPECIAL_FILE),)
    with pytest.raises(DomainError) as refused:
        await opened(database, items=special)
    assert refused.value.code is TransportProblem.NOT_ALLOWED
    key = await opened(database, items=special, service=Service.CONFIDENTIAL_POST)
    await add(database, key, C.SEALED)
    await add(database, key, C.HANDED_OVER, carrier("机要"), waybill="2026-15")


async def test_a_parcel_s_way_is_kept_and_its_custodian_known(database: Database) -> None:
    key = await opened(database)
    await send(database, key)
    async with database.read() as connection:
        found = await parcels.find(connection, key)
        assert key in [one.opened.parcel_key for one in await parcels.under_way(connection)]
    assert found is not None and found.waybill == WAYBILL
    assert (found.custody.custodian, found.custody.answerable) == (EMS, SENDER)
    await add(database, key, C.SEAL_OK, OFFICE)
    await add(database, key, C.COUNT_OK, counted_FORM="2", counted_PHOTO="1")
    await add(database, key, C.RECEIPT_SIGNED, OFFICE)
    done = await add(database, key, C.RECEIPT_BACK)
    assert done.settled
    assert await events(database, key) == [
        (1, SENDER),
        (2, SENDER),
        (3, EMS),
        (4, OFFICE),
        (5, OFFICE),
        (6, OFFICE),
        (7, OFFICE),
    ]


async def test_an_event_told_twice_or_by_two_at_once_is_written_once(database: Database) -> None:
    key = await opened(database)
    await asyncio.gather(*(add(database, key, C.SEALED) for _ in range(3)))
    first = await add(database, key, C.HANDED_OVER, EMS, waybill=WAYBILL)
    assert await add(database, key, C.HANDED_OVER, EMS, waybill=WAYBILL) == first
    assert len(await events(database, key)) == 2


async def test_what_cannot_follow_is_refused_and_leaves_the_parcel_as_it_was(
    database: Database,
) -> None:
    key = await opened(database)
    with pytest.raises(DomainError) as refused:
        await add(database, key, C.SEAL_OK, OFFICE)
    assert refused.value.code is CustodyProblem.CANNOT_FOLLOW
    assert await events(database, key) == []
    async with database.read() as connection:
        found = await parcels.find(connection, key)
    assert found is not None and found.custody.custodian == SENDER


async def test_an_event_of_a_parcel_nobody_registered_is_refused(database: Database) -> None:
    with pytest.raises(DomainError) as refused:
        await add(database, "样例", C.SEALED)
    assert refused.value.code is CustodyProblem.NOT_ANNOUNCED


async def test_a_parcel_needs_its_seal_number_and_a_true_waybill(database: Database) -> None:
    key = await opened(database, seal_no="")
    with pytest.raises(DomainError) as unsealed:
        await add(database, key, C.SEALED)
    assert unsealed.value.code is CustodyProblem.NOT_ANNOUNCED
    await add(database, key, C.SEALED, seal_no="F-002")
    with pytest.raises(DomainError) as mistyped:
        await add(database, key, C.HANDED_OVER, EMS, waybill="RR473124828GB")
    assert mistyped.value.code is TransportProblem.BAD_WAYBILL


@pytest.mark.parametrize(
    ("code", "forms"), [(C.COUNT_OK, "1"), (C.COUNT_DIFF, "2")], ids=["hidden", "invented"]
)
async def test_a_count_must_say_what_it_is_about(
    database: Database, code: CustodyCode, forms: str
) -> None:
    key = await opened(database)
    await send(database, key)
    await add(database, key, C.SEAL_BROKEN, OFFICE)
    with pytest.raises(DomainError) as refused:
        await add(database, key, code, counted_FORM=forms)
    assert refused.value.code is CustodyProblem.BAD_COUNT
    await add(database, key, C.COUNT_DIFF, counted_FORM="1", counted_PHOTO="1")


@pytest.mark.parametrize(
    "change", ["UPDATE custody_events SET code = ''", "DELETE FROM custody_events"]
)
async def test_custody_events_cannot_be_changed(database: Database, change: str) -> None:
    key = await opened(database)
    await add(database, key, C.SEALED)
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.write() as connection:
            await connection.execute(text(change))
