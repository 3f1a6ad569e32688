"""The register books each fact once, whatever repeats it, and stands where its entries lead."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from contracts.money import (
    LedgerEntry,
    RemittanceOrdered,
    RemittancePurpose,
    remittance_key,
)
from domain.accounts import Account, EntryKind
from domain.conservation import conservation
from domain.errors import DomainError
from domain.ledger import LedgerProblem, balances, position, standing_of
from storage import ledger, remittances
from storage.database import Database
from storage.ledger_tables import RemittanceRow
from tests.storage.builders import NOW, open_case


def entry(letter_no: str, kind: EntryKind, amount: int, key: str = "", **more: Any) -> LedgerEntry:
    return LedgerEntry(
        key=key or kind.value, letter_no=letter_no, kind=kind, amount_fen=amount, **more
    )


def order(letter_no: str, attempt: int = 1, **more: Any) -> RemittanceOrdered:
    given = {"purpose": RemittancePurpose.TRANSFER, "amount_fen": 100, **more}
    return RemittanceOrdered(
        key=remittance_key(letter_no, given["purpose"], attempt),
        letter_no=letter_no,
        attempt=attempt,
        from_account="ZS-01",
        to_account="WH-01",
        **given,
    )


async def letter(database: Database) -> str:
    """A letter number of a fresh case."""
    return f"{(await open_case(database)).case_no}-01"


async def stands(database: Database, letter_no: str) -> dict[Account, int]:
    async with database.read() as connection:
        found = await ledger.balances(connection, letter_no)
    return {account: fen for account, fen in found.items() if fen}


async def test_an_entry_booked_twice_has_one_effect(database: Database) -> None:
    number = await letter(database)
    async with database.write() as connection:
        assert await ledger.post(connection, entry(number, EntryKind.SENT, 100), NOW)
    async with database.write() as connection:
        assert not await ledger.post(connection, entry(number, EntryKind.SENT, 100), NOW)
    assert await stands(database, number) == {Account.RELATION: -100, Account.IN_TRANSIT: 100}


async def test_the_same_key_with_another_amount_is_refused(database: Database) -> None:
    number = await letter(database)
    async with database.write() as connection:
        await ledger.post(connection, entry(number, EntryKind.SENT, 100), NOW)
        with pytest.raises(DomainError) as refused:
            await ledger.post(connection, entry(number, EntryKind.SENT, 101), NOW)
    assert refused.value.code is LedgerProblem.BAD_AMOUNT


async def test_two_workers_at_once_book_one_entry(database: Database) -> None:
    number = await letter(database)

    async def book() -> bool:
        async with database.write() as connection:
            return await ledger.post(connection, entry(number, EntryKind.SENT, 100), NOW)

    assert sorted(await asyncio.gather(book(), book(), book())) == [False, False, True]
    assert (await stands(database, number))[Account.IN_TRANSIT] == 100


async def test_what_may_not_be_booked_leaves_no_trace(database: Database) -> None:
    number = await letter(database)
    with pytest.raises(DomainError) as refused:
        async with database.write() as connection:
            await ledger.post(connection, entry(number, EntryKind.ARRIVED, 100), NOW)
            await ledger.post(connection, entry(number, EntryKind.MATCHED, 100), NOW)
    assert refused.value.code is LedgerProblem.NOT_ANNOUNCED
    assert await stands(database, number) == {}


async def test_entries_come_back_as_they_were_booked(database: Database) -> None:
    number = await letter(database)
    async with database.write() as connection:
        for kind in (EntryKind.ARRIVED, EntryKind.ANNOUNCED, EntryKind.MATCHED):
            await ledger.post(connection, entry(number, kind, 100), NOW)
    async with database.read() as connection:
        found = (await ledger.entries(connection, number))[number]
        everything = await ledger.entries(connection)
    assert [one.fact.kind for one in found] == ["ARRIVED", "ANNOUNCED", "MATCHED"]
    assert balances(found) == position(standing_of(found))
    assert everything[number] == found


async def test_what_an_unconfirmed_step_booked_is_taken_back_and_may_come_again(
    database: Database,
) -> None:
    """An arrival in between was booked against the announcement that is taken back."""
    filing = await open_case(database)
    number = f"{filing.case_no}-01"
    announced = entry(number, EntryKind.ANNOUNCED, 100)
    async with database.write() as connection:
        await ledger.post(connection, announced, NOW, case_no=filing.case_no, made_in=4)
        await ledger.post(connection, entry(number, EntryKind.ARRIVED, 130), NOW)
    async with database.write() as connection:
        assert await ledger.undo(connection, filing.case_no, 4, NOW) == 1
    async with database.write() as connection:
        assert await ledger.undo(connection, filing.case_no, 4, NOW) == 0
    assert await stands(database, number) == {Account.SUSPENSE: 130, Account.UNANNOUNCED: -130}
    async with database.write() as connection:
        assert await ledger.post(connection, announced, NOW, case_no=filing.case_no, made_in=5)
        assert not await ledger.post(connection, announced, NOW, case_no=filing.case_no, made_in=5)
    async with database.read() as connection:
        found = (await ledger.entries(connection, number))[number]
    assert balances(found) == position(standing_of(found))
    assert not [said for said in conservation(number, [], found) if "在途" not in said]
    assert (await stands(database, number))[Account.IN_TRANSIT] == -100


@pytest.mark.parametrize("table", ["ledger_entries", "ledger_postings"])
@pytest.mark.parametrize("change", ["UPDATE {} SET amount_fen = 1", "DELETE FROM {}"])
async def test_entries_and_postings_cannot_be_changed(
    database: Database, table: str, change: str
) -> None:
    number = await letter(database)
    async with database.write() as connection:
        await ledger.post(connection, entry(number, EntryKind.SENT, 100), NOW)
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.write() as connection:
            await connection.execute(text(change.format(table)))


# --------------------------------------------------------------------- orders to the bank


async def order_it(database: Database, what: RemittanceOrdered, made_in: int = 1) -> bool:
    case_no = what.letter_no.removesuffix("-01")
    async with database.write() as connection:
        return await remittances.order_remittance(
            connection, what, NOW, case_no=case_no, made_in=made_in
        )


async def statuses(database: Database, letter_no: str) -> list[str]:
    async with database.read() as connection:
        return [status for _, status in await remittances.remittances(connection, letter_no)]


async def test_a_letter_has_one_remittance_alive_and_another_after_a_bounce(
    database: Database,
) -> None:
    number = await letter(database)
    assert await order_it(database, order(number))
    assert not await order_it(database, order(number))
    with pytest.raises(DomainError) as refused:
        await order_it(database, order(number, 2))
    assert refused.value.code is LedgerProblem.SENT_ALREADY
    async with database.write() as connection:
        await remittances.mark_sent(connection, order(number).key, "B-1", NOW)
        await remittances.mark_bounced(connection, order(number).key, NOW)
    assert await order_it(database, order(number, 2))
    assert await statuses(database, number) == ["BOUNCED", "ORDERED"]


async def test_the_database_itself_keeps_a_second_live_remittance_out(database: Database) -> None:
    number = await letter(database)
    await order_it(database, order(number))
    with pytest.raises(IntegrityError):
        async with database.write() as connection:
            row = (
                (
                    await connection.execute(
                        select(RemittanceRow.__table__).where(RemittanceRow.letter_no == number)
                    )
                )
                .mappings()
                .one()
            )
            twin = {**row, "key": f"{row['key']}x"}
            await connection.execute(RemittanceRow.__table__.insert().values(**twin))  # type: ignore[attr-defined]


async def test_an_order_is_given_to_the_bank_once(database: Database) -> None:
    number = await letter(database)
    await order_it(database, order(number))
    async with database.write() as connection:
        assert order(number) in await remittances.unsent_remittances(connection)
        await remittances.mark_sent(connection, order(number).key, "B-1", NOW)
        assert order(number) not in await remittances.unsent_remittances(connection)


async def test_a_statement_that_is_faster_than_the_bank_s_answer_is_kept(
    database: Database,
) -> None:
    number = await letter(database)
    await order_it(database, order(number))
    async with database.write() as connection:
        await remittances.mark_executed(connection, order(number).key, NOW)
        await remittances.mark_sent(connection, order(number).key, "B-1", NOW)
    assert await statuses(database, number) == ["EXECUTED"]
    async with database.write() as connection:
        await remittances.mark_bounced(connection, order(number).key, NOW)
    assert await statuses(database, number) == ["BOUNCED"]


async def test_an_unconfirmed_order_is_void_unless_the_bank_has_it(database: Database) -> None:
    number = await letter(database)
    await order_it(database, order(number), made_in=3)
    supplement = order(number, purpose=RemittancePurpose.SUPPLEMENT)
    await order_it(database, supplement, made_in=3)
    async with database.write() as connection:
        await remittances.mark_sent(connection, supplement.key, "B-2", NOW)
        await remittances.void_unconfirmed(connection, number.removesuffix("-01"), 3, NOW)
    assert sorted(await statuses(database, number)) == ["SENT", "VOID"]
    assert await order_it(database, order(number), made_in=4)
