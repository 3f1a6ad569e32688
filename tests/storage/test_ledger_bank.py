"""The bank's statement is taken in once, and the daily run keeps one difference per thing."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select

from contracts.money import (
    BankEntry,
    BankEntryKind,
    LedgerEntry,
    RemittanceOrdered,
    RemittancePurpose,
    Taken,
    remittance_key,
)
from domain.accounts import Account, EntryKind
from domain.errors import DomainError
from domain.reconciliation import differences
from domain.reconciliation_facts import Difference, DifferenceKind, Patience
from storage import bank_statements, ledger, reconciliation, remittances
from storage.database import Database
from storage.ledger_tables import BankEntryRow
from tests.storage.builders import NOW, TODAY, open_case

_accounts = count(1)
ARRIVED, EXECUTED, BOUNCED = BankEntryKind.ARRIVED, BankEntryKind.EXECUTED, BankEntryKind.BOUNCED


def account() -> str:
    return f"ZH-{next(_accounts):03d}"


def line(where: str, number: int, kind: BankEntryKind, amount: int, reference: str) -> BankEntry:
    return BankEntry(
        account=where,
        number=number,
        kind=kind,
        amount_fen=amount,
        reference=reference,
        booked_on=TODAY,
    )


async def take(database: Database, entry: BankEntry) -> Taken:
    async with database.write() as connection:
        return await bank_statements.take_in(connection, entry, NOW)


async def post(database: Database, letter_no: str, kind: EntryKind, amount: int) -> None:
    async with database.write() as connection:
        entry = LedgerEntry(key=kind.value, letter_no=letter_no, kind=kind, amount_fen=amount)
        await ledger.post(connection, entry, NOW)


async def stands(database: Database, letter_no: str) -> dict[Account, int]:
    async with database.read() as connection:
        found = await ledger.balances(connection, letter_no)
    return {where: fen for where, fen in found.items() if fen}


async def sent(database: Database, **more: Any) -> RemittanceOrdered:
    """An order of 100 fen that the bank has, with its entry."""
    filing = await open_case(database)
    letter_no = f"{filing.case_no}-01"
    order = RemittanceOrdered(
        key=remittance_key(letter_no, RemittancePurpose.TRANSFER, 1),
        letter_no=letter_no,
        from_account="ZS-01",
        to_account="WH-01",
        amount_fen=100,
        **more,
    )
    await post(database, letter_no, EntryKind.SENT, 100)
    async with database.write() as connection:
        await remittances.order_remittance(
            connection, order, NOW, case_no=filing.case_no, made_in=1
        )
        await remittances.mark_sent(connection, order.key, "B-1", NOW)
    return order


async def status(database: Database, letter_no: str) -> str:
    async with database.read() as connection:
        return (await remittances.remittances(connection, letter_no))[-1][1]


async def announced(database: Database) -> str:
    """A letter of ours to which 100 fen were announced."""
    letter_no = f"{(await open_case(database)).case_no}-01"
    await post(database, letter_no, EntryKind.ANNOUNCED, 100)
    return letter_no


async def test_a_line_taken_in_twice_is_booked_once(database: Database) -> None:
    letter_no, where = await announced(database), account()
    entry = line(where, 1, ARRIVED, 60, f"{letter_no}/TRANSFER/1")
    first, second = await take(database, entry), await take(database, entry)
    assert (first.letter_no, first.total_arrived_fen, first.new) == (letter_no, 60, True)
    assert (second.letter_no, second.total_arrived_fen, second.new) == (letter_no, 60, False)
    third = await take(database, line(where, 2, ARRIVED, 40, letter_no))
    assert third.total_arrived_fen == 100
    assert await stands(database, letter_no) == {Account.SUSPENSE: 100, Account.IN_TRANSIT: -100}


async def test_the_round_goes_on_after_the_last_line(database: Database) -> None:
    where = account()
    async with database.read() as connection:
        assert await bank_statements.last_number(connection, where) == 0
    await take(database, line(where, 7, ARRIVED, 5, "样例附言"))
    async with database.read() as connection:
        assert await bank_statements.last_number(connection, where) == 7
        both = await bank_statements.last_numbers(connection, ["371002-NOWHERE", where])
        assert both == {"371002-NOWHERE": 0, where: 7}


async def waits(database: Database, where: str, number: int) -> bool:
    """Whether a line names no letter of ours."""
    async with database.read() as connection:
        known = await connection.scalar(
            select(BankEntryRow.known).where(
                BankEntryRow.account == where, BankEntryRow.number == number
            )
        )
    return known is False


async def test_unknown_money_waits_until_it_is_assigned_to_its_letter(database: Database) -> None:
    letter_no, where = await announced(database), account()
    entry = line(where, 1, ARRIVED, 100, "样例附言")
    taken = await take(database, entry)
    assert (taken.letter_no, taken.known) == (f"UNKNOWN:{where}:1", False)
    assert await waits(database, where, 1)
    for new in (True, False):
        async with database.write() as connection:
            again = await bank_statements.assign(connection, where, 1, letter_no, NOW)
        assert (again.new, again.total_arrived_fen) == (new, 100)
    assert await stands(database, taken.letter_no) == {}
    assert await stands(database, letter_no) == {Account.SUSPENSE: 100, Account.IN_TRANSIT: -100}
    assert not await waits(database, where, 1)
    repeated = await take(database, entry)
    assert (repeated.letter_no, repeated.new, repeated.known) == (letter_no, False, True)


async def test_money_that_has_its_letter_cannot_be_assigned_to_another(database: Database) -> None:
    letter_no, other, where = await announced(database), await announced(database), account()
    await take(database, line(where, 1, ARRIVED, 100, letter_no))
    with pytest.raises(DomainError):
        async with database.write() as connection:
            await bank_statements.assign(connection, where, 1, other, NOW)


async def test_a_bounce_brings_the_money_back_and_frees_the_letter(database: Database) -> None:
    order, where = await sent(database), account()
    await take(database, line(where, 1, EXECUTED, 100, order.key))
    assert await status(database, order.letter_no) == "EXECUTED"
    await take(database, line(where, 2, BOUNCED, 100, order.key))
    assert await status(database, order.letter_no) == "BOUNCED"
    assert await stands(database, order.letter_no) == {
        Account.RELATION: -100,
        Account.RETURNED: 100,
    }


async def test_one_of_two_executions_that_bounces_leaves_the_order_paid(
    database: Database,
) -> None:
    order, where = await sent(database), account()
    for number in (1, 2):
        await take(database, line(where, number, EXECUTED, 100, order.key))
    await take(database, line(where, 3, BOUNCED, 100, order.key))
    assert await status(database, order.letter_no) == "EXECUTED"
    assert (await stands(database, order.letter_no))[Account.IN_TRANSIT] == 100
    await take(database, line(where, 4, BOUNCED, 100, order.key))
    assert await status(database, order.letter_no) == "BOUNCED"
    assert Account.IN_TRANSIT not in await stands(database, order.letter_no)


async def test_money_that_comes_to_its_sender_is_a_return(database: Database) -> None:
    order, where = await sent(database), account()
    await post(database, order.letter_no, EntryKind.RETURN_ANNOUNCED, 30)
    await take(database, line(where, 1, ARRIVED, 30, f"{order.letter_no}/RETURN/1"))
    assert await stands(database, order.letter_no) == {
        Account.RELATION: -100,
        Account.IN_TRANSIT: 70,
        Account.RETURNED: 30,
    }


# ------------------------------------------------------------------------- the daily run


async def run(database: Database, day: date, *found: Difference) -> tuple[list[str], list[str]]:
    async with database.write() as connection:
        result = await reconciliation.record_run(connection, day, found, NOW)
    return [one.key for one in result.opened], list(result.closed)


async def test_a_difference_opens_once_and_closes_with_the_run_that_misses_it(
    database: Database,
) -> None:
    letter_no = await announced(database)
    one = Difference(
        key=f"NOT_ARRIVED:{letter_no}",
        kind=DifferenceKind.NOT_ARRIVED,
        letter_no=letter_no,
        amount_fen=-100,
        text="样例。",
        remedy="样例。",
    )
    days = [TODAY + timedelta(days=number) for number in range(4)]
    assert await run(database, days[0], one) == ([one.key], [])
    assert await run(database, days[0], one) == ([], [])
    assert await run(database, days[1], one) == ([], [])
    assert await run(database, days[2]) == ([], [one.key])
    assert await run(database, days[2], one) == ([one.key], [])
    async with database.read() as connection:
        assert await reconciliation.open_differences(connection) == (one,)
    assert await run(database, days[3]) == ([], [one.key])


async def test_what_the_registers_say_is_what_the_comparison_reads(database: Database) -> None:
    """A letter announced and never paid, an order executed twice, and unknown money."""
    letter_no, order, where = await announced(database), await sent(database), account()
    for number in (1, 2):
        await take(database, line(where, number, EXECUTED, 100, order.key))
    await take(database, line(where, 3, ARRIVED, 5, "样例附言"))
    async with database.read() as connection:
        found = differences(
            await ledger.entries(connection),
            {letter_no: 100, order.letter_no: 100},
            await reconciliation.order_facts(connection),
            await reconciliation.bank_facts(connection),
            today=TODAY + timedelta(days=10),
            patience=Patience(execute_days=2, arrive_days=5, reorder_days=3),
        )
    keys = {one.key for one in found}
    assert {
        f"NOT_ARRIVED:{letter_no}",
        f"EXECUTED_TWICE:{order.key}",
        f"ARRIVED_UNKNOWN:{where}:3",
    } <= keys
    for about in (letter_no, order.letter_no, f"UNKNOWN:{where}:3"):
        assert f"LEDGER_UNBALANCED:{about}" not in keys
