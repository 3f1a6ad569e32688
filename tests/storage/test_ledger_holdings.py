"""What the check reads from the registers is what the procedures wrote."""

from __future__ import annotations

from dataclasses import replace

from contracts.money import (
    BankEntry,
    BankEntryKind,
    LedgerEntry,
    RemittanceOrdered,
    RemittancePurpose,
    remittance_key,
)
from contracts.parcels import CustodyEvent, ParcelItem, ParcelOpened
from domain.accounts import EntryKind
from domain.custody import CustodyCode, carrier
from domain.invariants.custody import Holdings, check_custody
from domain.invariants.money import Ending, Money, check_money
from domain.transports import ItemKind, Service
from storage import bank_statements, holdings, ledger, parcels, remittances
from storage.database import Database
from tests.storage.builders import NOW, TODAY, open_case


async def test_an_ending_act_written_whole_is_read_whole(database: Database) -> None:
    """The origin ends the relation, orders and books in one step; the bank executes."""
    filing = await open_case(database)
    case_no, letter_no = filing.case_no, f"{filing.case_no}-01"
    order = RemittanceOrdered(
        key=remittance_key(letter_no, RemittancePurpose.TRANSFER, 1),
        letter_no=letter_no,
        from_account="ZS-01",
        to_account="WH-01",
        amount_fen=100,
    )
    entry = LedgerEntry(key="sent", letter_no=letter_no, kind=EntryKind.SENT, amount_fen=100)
    line = BankEntry(
        account=f"ZS-{case_no}",
        number=1,
        kind=BankEntryKind.EXECUTED,
        amount_fen=100,
        reference=order.key,
        booked_on=TODAY,
    )
    async with database.write() as connection:
        await ledger.post(connection, entry, NOW, case_no=case_no, made_in=4)
        await remittances.order_remittance(connection, order, NOW, case_no=case_no, made_in=4)
    async with database.write() as connection:
        await bank_statements.take_in(connection, line, NOW)
    async with database.read() as connection:
        books = [
            one for one in await holdings.books(connection, "371002") if one.letter_no == letter_no
        ]
        orders = [
            one
            for one in await holdings.remittance_facts(connection, "371002")
            if one.letter_no == letter_no
        ]
    (book,) = books
    assert (book.case_no, book.peer, book.made_in) == (case_no, "330902", {"sent": 4})
    assert [(one.status, one.made_in) for one in orders] == [("EXECUTED", 4)]
    ending = Ending(
        locality="371002",
        case_no=case_no,
        letter_no=letter_no,
        ended_in=4,
        table_in=4,
        amount_fen=100,
    )
    for step, broken in ((4, []), (5, ["P4"])):
        moved = replace(ending, ended_in=step, table_in=step)
        found = check_money(
            Money(
                localities=frozenset({"371002"}),
                books=tuple(books),
                remittances=tuple(orders),
                endings=(moved,),
            )
        )
        assert sorted({one.invariant for one in found}) == broken


async def test_a_parcel_is_read_with_its_events(database: Database) -> None:
    case_no = (await open_case(database)).case_no
    key = f"{case_no}-P1"
    opened = ParcelOpened(
        parcel_key=key,
        kind="FILE",
        service=Service.EMS,
        from_locality="330902",
        from_office="330902-DA-01",
        to_locality="371002",
        to_office="371002-DA-01",
        items=(ParcelItem(code="FORM", kind=ItemKind.PERSONNEL_FILE, count=2),),
        seal_no="F-001",
    )
    told: tuple[tuple[CustodyCode, str, dict[str, str]], ...] = (
        (CustodyCode.SEALED, "", {}),
        (CustodyCode.HANDED_OVER, carrier("EMS"), {"waybill": "RR473124829GB"}),
        (CustodyCode.IN_TRANSIT, carrier("EMS"), {}),
        (CustodyCode.SEAL_OK, "", {}),
        (CustodyCode.COUNT_DIFF, "", {"counted:FORM": "1"}),
    )
    async with database.write() as connection:
        await parcels.open_parcel(connection, opened, NOW, case_no=case_no)
        for code, party, facts in told:
            event = CustodyEvent(key=code, parcel_key=key, code=code, custodian=party, facts=facts)
            await parcels.add_event(connection, event, NOW)
    async with database.read() as connection:
        found = [
            one
            for one in await holdings.parcel_facts(connection, "371002")
            if one.parcel_key == key
        ]
    (fact,) = found
    assert fact.listed == {"FORM": 2}
    assert fact.events[-1].counted == {"FORM": 1}
    assert (fact.stands.custodian, fact.closed) == ("371002-DA-01", False)
    everything = Holdings(localities=frozenset({"371002"}), parcels=tuple(found), originals=())
    assert check_custody(everything) == []
