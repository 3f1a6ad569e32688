"""Remittances and statements over HTTP, and every way in which a bank gets money wrong."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from adapters.outside import OutsideSystems
from adapters.protocols import (
    BankEntry,
    Direction,
    EntryKind,
    OutsideRefusal,
    OutsideUnavailable,
    RemittanceOrder,
)
from tests.adapters.conftest import StartSimulator
from tests.adapters.people import another, case_no
from tests.adapters.process import SimulatorProcess

IN, OUT = Direction.IN, Direction.OUT
AMOUNT = 2_064_000


@pytest.fixture
async def bank(simulator: SimulatorProcess) -> AsyncIterator[SimulatorProcess]:
    """The shared process; whatever happens in it, no fen appears or disappears."""
    await clear(simulator)
    yield simulator
    await clear(simulator)
    assert sum((await simulator.get("/bank/_balances")).values()) == 0


async def clear(simulator: SimulatorProcess) -> None:
    async with httpx.AsyncClient(trust_env=False, verify=False) as http:
        (await http.delete(f"{simulator.url}/bank/_money")).raise_for_status()


async def release(simulator: SimulatorProcess, reference: str) -> int:
    async with httpx.AsyncClient(trust_env=False, verify=False) as http:
        answer = await http.post(f"{simulator.url}/bank/_release?reference={reference}")
    released: int = answer.raise_for_status().json()["released"]
    return released


async def wrong(simulator: SimulatorProcess, mode: str, **more: Any) -> None:
    await simulator.put("/bank/_money", {"mode": mode, **more})


def remittance(**more: Any) -> RemittanceOrder:
    """From and to accounts of this test's own."""
    number = another()
    given = {
        "key": f"样例函-{number}/1",
        "case_no": case_no(),
        "from_account": f"{number}-PENSION",
        "to_account": f"{int(number) + 500_000}-PENSION",
        "amount_fen": AMOUNT,
        "reference": f"样例函-{number}",
        "purpose": "转移基金",
    }
    return RemittanceOrder.model_validate({**given, **more})


Line = tuple[Direction, int, EntryKind]


def lines(entries: tuple[BankEntry, ...]) -> list[Line]:
    return [(one.direction, one.amount_fen, one.kind) for one in entries]


async def payer(systems: OutsideSystems, order: RemittanceOrder) -> list[Line]:
    return lines(await systems.bank.statement(order.from_account, 0))


async def receiver(systems: OutsideSystems, order: RemittanceOrder) -> list[Line]:
    return lines(await systems.bank.statement(order.to_account, 0))


def moved(direction: Direction, amount: int = AMOUNT) -> Line:
    return (direction, amount, EntryKind.REMITTANCE)


async def test_a_remittance_stands_on_both_statements(
    bank: SimulatorProcess, origin: OutsideSystems
) -> None:
    order = remittance()
    before = await bank.get("/bank/_balances")
    await origin.bank.remit(order)
    (entry,) = await origin.bank.statement(order.to_account, 0)
    assert (entry.number, entry.direction, entry.kind) == (1, IN, EntryKind.REMITTANCE)
    assert (entry.amount_fen, entry.instructed_fen) == (AMOUNT, AMOUNT)
    assert (entry.reference, entry.order_key) == (order.reference, order.key)
    assert (entry.account, entry.counterparty) == (order.to_account, order.from_account)
    assert await payer(origin, order) == [moved(OUT)]
    after = await bank.get("/bank/_balances")
    assert order.from_account not in before
    assert after[order.to_account] - after[order.from_account] == 2 * AMOUNT
    assert after["TRANSIT"] == before.get("TRANSIT", 0)


async def test_an_order_is_executed_once_however_often_it_is_sent(
    bank: SimulatorProcess, origin: OutsideSystems
) -> None:
    order = remittance()
    await bank.behave("bank", "remit", "lost_answer", times=1)
    with pytest.raises(OutsideUnavailable):
        await origin.bank.remit(order)
    await bank.behave("bank", "remit", "twice", times=1)
    receipt = await origin.bank.remit(order)
    assert await origin.bank.remit(order) == receipt
    assert await receiver(origin, order) == [moved(IN)]
    with pytest.raises(OutsideRefusal) as refused:
        await origin.bank.remit(order.model_copy(update={"amount_fen": AMOUNT + 1}))
    assert refused.value.code == "KEY_REUSED"


async def test_a_statement_goes_on_after_the_last_entry_seen(
    bank: SimulatorProcess, origin: OutsideSystems
) -> None:
    first = remittance()
    for attempt in range(1, 6):
        await origin.bank.remit(first.model_copy(update={"key": f"{first.reference}/{attempt}"}))
    account = first.to_account
    assert [one.number for one in await origin.bank.statement(account, 0)] == [1, 2, 3, 4, 5]
    assert [one.number for one in await origin.bank.statement(account, 1, 2)] == [2, 3]
    assert await origin.bank.statement(account, 5) == ()
    assert await origin.bank.statement("000000-PENSION", 0) == ()
    several = await origin.bank.statements({"000000-PENSION": 0, account: 3})
    assert [(one.account, one.number) for one in several] == [(account, 4), (account, 5)]


async def test_late_money_is_under_way_until_it_is_released(
    bank: SimulatorProcess, origin: OutsideSystems
) -> None:
    order = remittance()
    await wrong(bank, "LATE", reference=order.reference)
    await origin.bank.remit(order)
    assert await payer(origin, order) == [moved(OUT)]
    assert await receiver(origin, order) == []
    assert order.reference in await bank.get("/bank/_waiting")
    assert (await bank.get("/bank/_balances"))["TRANSIT"] == AMOUNT
    assert await release(bank, order.reference) == 1
    assert await release(bank, order.reference) == 0
    assert await receiver(origin, order) == [moved(IN)]


async def test_late_money_may_come_with_a_later_look(
    bank: SimulatorProcess, origin: OutsideSystems
) -> None:
    order = remittance()
    await wrong(bank, "LATE", after_looks=3)
    await origin.bank.remit(order)
    seen = [len(await receiver(origin, order)) for _ in range(4)]
    assert seen == [0, 0, 1, 1]


@pytest.mark.parametrize("wait", [False, True])
async def test_a_bounce_gives_the_payer_the_money_back(
    bank: SimulatorProcess, origin: OutsideSystems, wait: bool
) -> None:
    order = remittance()
    await wrong(bank, "BOUNCED", reference=order.reference, wait=wait)
    await origin.bank.remit(order)
    assert await payer(origin, order) == [moved(OUT)] + [(IN, AMOUNT, EntryKind.BOUNCE)] * (
        not wait
    )
    assert await release(bank, order.reference) == int(wait)
    assert await payer(origin, order) == [moved(OUT), (IN, AMOUNT, EntryKind.BOUNCE)]
    assert await receiver(origin, order) == []
    again = order.model_copy(update={"key": f"{order.reference}/2"})
    await origin.bank.remit(again)
    assert await receiver(origin, order) == [moved(IN)]


@pytest.mark.parametrize("wait", [False, True])
async def test_partial_money_adds_up(
    bank: SimulatorProcess, origin: OutsideSystems, wait: bool
) -> None:
    order = remittance()
    await wrong(bank, "PARTIAL", reference=order.reference, first_fen=64_000, wait=wait)
    await origin.bank.remit(order)
    assert len(await receiver(origin, order)) == (1 if wait else 2)
    assert await release(bank, order.reference) == int(wait)
    assert await receiver(origin, order) == [moved(IN, 64_000), moved(IN, AMOUNT - 64_000)]
    assert await payer(origin, order) == [moved(OUT)]
    entries = await origin.bank.statement(order.to_account, 0)
    assert {one.instructed_fen for one in entries} == {AMOUNT}


@pytest.mark.parametrize("at_bank_cost", [False, True])
async def test_a_duplicate_execution_has_two_entries_of_one_order(
    bank: SimulatorProcess, origin: OutsideSystems, at_bank_cost: bool
) -> None:
    order = remittance()
    before = (await bank.get("/bank/_balances")).get("BANK", 0)
    await wrong(bank, "DUPLICATE", reference=order.reference, at_bank_cost=at_bank_cost)
    await origin.bank.remit(order)
    entries = await origin.bank.statement(order.to_account, 0)
    assert lines(entries) == [moved(IN), moved(IN)]
    assert [one.number for one in entries] == [1, 2]
    assert {one.order_key for one in entries} == {order.key}
    assert await payer(origin, order) == [moved(OUT)] * (1 if at_bank_cost else 2)
    after = (await bank.get("/bank/_balances")).get("BANK", 0)
    assert after - before == (-AMOUNT if at_bank_cost else 0)


@pytest.mark.parametrize("differs", [-1_00, 5])
async def test_a_wrong_amount_is_the_banks_own_mistake(
    bank: SimulatorProcess, origin: OutsideSystems, differs: int
) -> None:
    order = remittance()
    before = (await bank.get("/bank/_balances")).get("BANK", 0)
    await wrong(bank, "WRONG_AMOUNT", reference=order.reference, differs_fen=differs)
    await origin.bank.remit(order)
    assert await payer(origin, order) == [moved(OUT)]
    (entry,) = await origin.bank.statement(order.to_account, 0)
    assert (entry.amount_fen, entry.instructed_fen) == (AMOUNT + differs, AMOUNT)
    assert (await bank.get("/bank/_balances"))["BANK"] - before == -differs


async def test_money_sent_back_by_the_receiver_says_so(
    bank: SimulatorProcess, origin: OutsideSystems
) -> None:
    order = remittance()
    await origin.bank.remit(order)
    back = remittance(
        from_account=order.to_account,
        to_account=order.from_account,
        reference=order.reference,
        kind="RETURN",
    )
    await origin.bank.remit(back)
    assert (await payer(origin, order))[-1] == (IN, AMOUNT, EntryKind.RETURN)


async def test_a_rule_serves_its_reference_and_so_many_orders(
    bank: SimulatorProcess, origin: OutsideSystems
) -> None:
    meant, other = remittance(), remittance()
    await wrong(bank, "BOUNCED", reference=meant.reference, times=2)
    assert [one["mode"] for one in await bank.get("/bank/_money")] == ["BOUNCED"]
    await origin.bank.remit(other)
    for attempt in (1, 2, 3):
        await origin.bank.remit(meant.model_copy(update={"key": f"{meant.reference}/{attempt}"}))
    assert len(await receiver(origin, other)) == 1
    assert len(await receiver(origin, meant)) == 1
    assert await bank.get("/bank/_money") == []


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"from_account": "某人的账户"}, "ACCOUNT_UNKNOWN"),
        ({"from_account": "1-A", "to_account": "1-A"}, "ACCOUNT_UNKNOWN"),
        ({"from_account": "330902-X", "to_account": "330902-X"}, "SAME_ACCOUNT"),
        ({"amount_fen": 10**15}, "INSUFFICIENT_FUNDS"),
    ],
)
async def test_what_cannot_be_paid_is_refused_and_moves_nothing(
    bank: SimulatorProcess, origin: OutsideSystems, facts: dict[str, Any], code: str
) -> None:
    order = remittance(**facts)
    with pytest.raises(OutsideRefusal) as refused:
        await origin.bank.remit(order)
    assert refused.value.code == code
    assert "代码" not in refused.value.text
    assert await receiver(origin, order) == []


@pytest.mark.parametrize(
    "rule",
    [
        {"mode": "PARTIAL"},
        {"mode": "WRONG_AMOUNT"},
        {"mode": "LOSE"},
        {"mode": "LATE", "times": 0},
        {"mode": "LATE", "seconds": 3},
    ],
)
async def test_a_rule_that_could_not_show_is_not_taken(
    bank: SimulatorProcess, rule: dict[str, Any]
) -> None:
    async with httpx.AsyncClient(trust_env=False, verify=False) as http:
        answer = await http.put(f"{bank.url}/bank/_money", json=rule)
    assert answer.status_code == 400
    assert await bank.get("/bank/_money") == []


async def test_a_contradicting_statement_differs_and_the_books_stay_true(
    bank: SimulatorProcess, origin: OutsideSystems
) -> None:
    order = remittance()
    await origin.bank.remit(order)
    await bank.behave("bank", "statement", "contradict", times=1)
    assert await receiver(origin, order) == [moved(IN, AMOUNT + 1)]
    assert await receiver(origin, order) == [moved(IN)]


async def test_money_under_way_survives_a_kill(start_simulator: StartSimulator) -> None:
    first = start_simulator()
    systems = first.outside()
    order = remittance()
    await wrong(first, "LATE", reference=order.reference)
    await systems.bank.remit(order)
    first.kill()
    second = start_simulator(first.port)
    assert await second.get("/bank/_waiting") == [order.reference]
    await systems.bank.remit(order)
    assert await release(second, order.reference) == 1
    assert await receiver(systems, order) == [moved(IN)]
    assert sum((await second.get("/bank/_balances")).values()) == 0
    await systems.aclose()
