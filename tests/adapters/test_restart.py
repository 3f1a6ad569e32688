"""A simulator that is stopped or killed goes on where it was, and repeats stay repeats."""

import asyncio

import pytest

from adapters.protocols import OutsideUnavailable, Registration, RegistrationStatus
from adapters.simulators.seeds import read_population
from tests.adapters.conftest import StartSimulator
from tests.adapters.people import ASKED, cancel, close, registered
from tests.adapters.process import SEEDS


def _seeded() -> Registration:
    return read_population(SEEDS, "330902")["job-transfer"]


@pytest.mark.parametrize("accident", [False, True], ids=["stopped", "killed"])
async def test_a_restart_keeps_acts_receipts_and_people(
    start_simulator: StartSimulator, accident: bool
) -> None:
    first = start_simulator()
    before = first.outside()
    who, added = _seeded(), await registered(first)
    order = cancel(who)
    receipt = await before.population.cancel_for_move(order)
    await before.aclose()
    if accident:
        first.kill()
    else:
        assert first.stop() == 0

    after = start_simulator(first.port).outside()
    # Seeding again would have made the person ACTIVE once more.
    kept = await after.population.look_up(who.id_no, **ASKED)
    assert kept is not None and kept.status is RegistrationStatus.IN_TRANSIT
    assert await after.population.look_up(added.id_no, **ASKED) == added
    assert await after.population.cancel_for_move(order) == receipt
    closing = await after.population.close_moved(close(who, order.certificate_no))
    assert closing.receipt_no != receipt.receipt_no
    await after.aclose()


async def test_an_answer_lost_with_the_process_is_found_by_the_repeat(
    start_simulator: StartSimulator,
) -> None:
    first = start_simulator()
    client = first.outside()
    order = cancel(_seeded())
    await first.behave("population/330902", "cancel_for_move", "lost_answer")
    with pytest.raises(OutsideUnavailable):
        await client.population.cancel_for_move(order)
    first.kill()
    with pytest.raises(OutsideUnavailable, match="连接失败"):
        await client.population.cancel_for_move(order)
    second = start_simulator(first.port)
    await client.population.cancel_for_move(order)
    await client.aclose()
    assert [act["key"] for act in await second.get("/_acts")] == [order.key]


async def test_a_hanging_request_does_not_keep_the_process_from_stopping(
    start_simulator: StartSimulator,
) -> None:
    simulator = start_simulator()
    client = simulator.outside(timeout_seconds=30)
    await simulator.behave("population/330902", "look_up", "never", times=1)
    hanging = asyncio.create_task(client.population.look_up(_seeded().id_no, **ASKED))
    async with asyncio.timeout(5):
        while await simulator.get("/_behaviour"):
            pass  # gone once the request has arrived
    assert await asyncio.to_thread(simulator.stop) == 0
    with pytest.raises(OutsideUnavailable):
        await hanging
    await client.aclose()
