"""Every way in which an outside system can misbehave, seen through the client."""

import asyncio
from time import monotonic

import httpx
import pytest

from adapters.outside import OutsideSystems
from adapters.population.client import PopulationClient
from adapters.protocols import (
    MarriageStatus,
    Notice,
    OutsideMalformed,
    OutsideRefusal,
    OutsideUnavailable,
    RegistrationStatus,
)
from adapters.simulators.seeds import read_admissions, read_marriages
from tests.adapters.people import ASKED, another, cancel, case_no, close, registered
from tests.adapters.process import SEEDS, SimulatorProcess

POPULATION = "population/330902"


async def _acts(simulator: SimulatorProcess, key: str) -> int:
    return sum(act["key"] == key for act in await simulator.get("/_acts"))


async def test_a_lost_answer_and_its_repeat_are_one_act(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    who = await registered(simulator)
    order = cancel(who)
    await simulator.behave(POPULATION, "cancel_for_move", "lost_answer", times=1)
    with pytest.raises(OutsideUnavailable):
        await origin.population.cancel_for_move(order)
    after_loss = await origin.population.look_up(who.id_no, **ASKED)
    assert after_loss is not None and after_loss.status is RegistrationStatus.IN_TRANSIT

    receipt = await origin.population.cancel_for_move(order)
    assert await origin.population.cancel_for_move(order) == receipt
    assert await origin.population.look_up(who.id_no, **ASKED) == after_loss
    assert await _acts(simulator, order.key) == 1


async def test_a_request_that_arrives_twice_is_one_act(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    who = await registered(simulator)
    order = cancel(who)
    await simulator.behave(POPULATION, "cancel_for_move", "twice")
    await origin.population.cancel_for_move(order)
    assert await _acts(simulator, order.key) == 1


async def test_a_notice_that_arrives_twice_or_loses_its_answer_is_sent_once(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    notice = Notice(key=f"n-{another()}", case_no=case_no(), phone="12000000001", text="已办结")
    await simulator.behave("notices", "send", "lost_answer", times=1)
    with pytest.raises(OutsideUnavailable):
        await origin.notices.send(notice)
    await simulator.behave("notices", "send", "twice", times=1)
    await origin.notices.send(notice)
    sent = await simulator.get("/notices/_sent")
    assert sum(one["key"] == notice.key for one in sent) == 1


async def test_an_answer_that_comes_too_late_may_still_take_effect(
    simulator: SimulatorProcess,
) -> None:
    who = await registered(simulator)
    order = cancel(who)
    hurried = simulator.outside(timeout_seconds=0.2)
    await simulator.behave(POPULATION, "cancel_for_move", "late", seconds=0.6, times=1)
    started = monotonic()
    with pytest.raises(OutsideUnavailable, match=r"0\.2 秒内没有答复"):
        await hurried.population.cancel_for_move(order)
    assert monotonic() - started < 0.6
    async with asyncio.timeout(5):
        while await _acts(simulator, order.key) == 0:
            pass  # each look is a request of its own
    await hurried.aclose()
    patient = simulator.outside()
    await patient.population.cancel_for_move(order)
    await patient.aclose()
    assert await _acts(simulator, order.key) == 1


async def test_a_late_answer_within_the_time_is_an_answer(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    who = await registered(simulator)
    await simulator.behave(POPULATION, "look_up", "late", seconds=0.3)
    started = monotonic()
    assert await origin.population.look_up(who.id_no, **ASKED) == who
    assert monotonic() - started >= 0.3


async def test_no_answer_at_all_ends_at_the_timeout(simulator: SimulatorProcess) -> None:
    who = await registered(simulator)
    order = cancel(who)
    hurried = simulator.outside(timeout_seconds=0.3)
    await simulator.behave(POPULATION, "*", "never")
    with pytest.raises(OutsideUnavailable):
        await hurried.population.cancel_for_move(order)
    await simulator.behave_well()
    still_here = await hurried.population.look_up(who.id_no, **ASKED)
    await hurried.aclose()
    assert still_here == who
    assert await _acts(simulator, order.key) == 0


@pytest.mark.parametrize(
    ("mode", "error"), [("down", OutsideUnavailable), ("garbage", OutsideMalformed)]
)
async def test_a_broken_system_does_nothing_and_works_again_afterwards(
    simulator: SimulatorProcess,
    origin: OutsideSystems,
    mode: str,
    error: type[OutsideUnavailable],
) -> None:
    who = await registered(simulator)
    order = cancel(who)
    await simulator.behave(POPULATION, "*", mode, times=2)
    for _ in range(2):
        with pytest.raises(OutsideUnavailable) as raised:
            await origin.population.cancel_for_move(order)
        assert type(raised.value) is error
    assert await _acts(simulator, order.key) == 0
    await origin.population.cancel_for_move(order)


async def test_a_typed_refusal_carries_its_code_and_changes_nothing(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    who = await registered(simulator)
    await simulator.behave(POPULATION, "cancel_for_move", "refuse", code="UNDER_INVESTIGATION")
    with pytest.raises(OutsideRefusal) as refused:
        await origin.population.cancel_for_move(cancel(who))
    assert refused.value.code == "UNDER_INVESTIGATION"
    assert "核查" in refused.value.text
    assert await origin.population.look_up(who.id_no, **ASKED) == who


async def test_a_contradicting_register_answers_with_other_facts(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    who = await registered(simulator)
    couple, student = read_marriages(SEEDS)["spouse-mover"], read_admissions(SEEDS)["student"]
    for system in (POPULATION, "marriage", "education"):
        await simulator.behave(system, "*", "contradict")
    found = await origin.population.look_up(who.id_no, **ASKED)
    assert found is not None and found.name != who.name and found.id_no == who.id_no
    marriage = await origin.marriage.verify(couple.id_a, couple.id_b, **ASKED)
    assert marriage is not None and marriage.status is MarriageStatus.DIVORCED
    admission = await origin.education.verify_admission(student.id_no, student.notice_no, **ASKED)
    assert admission is not None and admission.name != student.name
    # Only answers differ: the record itself and the acts stay true.
    order = cancel(who)
    await origin.population.cancel_for_move(order)
    await simulator.behave_well()
    true = await origin.population.look_up(who.id_no, **ASKED)
    assert true is not None and true.name == who.name


async def test_a_behaviour_counts_down_and_touches_its_operation_only(
    simulator: SimulatorProcess, origin: OutsideSystems, destination: OutsideSystems
) -> None:
    who = await registered(simulator)
    order = cancel(who)
    await origin.population.cancel_for_move(order)
    await simulator.behave(POPULATION, "close_moved", "down", times=1)
    assert await origin.population.look_up(who.id_no, **ASKED) is not None
    assert await destination.population.look_up(who.id_no, **ASKED) is None
    with pytest.raises(OutsideUnavailable):
        await origin.population.close_moved(close(who, order.certificate_no))
    assert await simulator.get("/_behaviour") == []
    await origin.population.close_moved(close(who, order.certificate_no))


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        ({"system": "population/999999", "mode": "down"}, "population/330902"),
        ({"system": POPULATION, "operation": "cancel", "mode": "down"}, "cancel_for_move"),
        ({"system": POPULATION, "operation": "land", "mode": "contradict"}, "查询"),
        ({"system": "notices", "mode": "contradict"}, "查询"),
        ({"system": POPULATION, "mode": "refuse"}, "不符合要求"),
        ({"system": POPULATION, "mode": "late"}, "不符合要求"),
        ({"system": POPULATION, "mode": "sulk"}, "mode"),
        ({"system": POPULATION, "mode": "down", "times": 0}, "times"),
    ],
)
async def test_a_behaviour_that_could_not_show_is_not_taken(
    simulator: SimulatorProcess, rule: dict[str, object], word: str
) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.put(f"{simulator.url}/_behaviour", json=rule)
    assert answer.status_code == 400
    assert word in answer.json()["text"]
    assert await simulator.get("/_behaviour") == []


async def test_an_answer_that_drips_in_slowly_is_late_too() -> None:
    async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b" ")
            await asyncio.sleep(0.05)

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with PopulationClient(f"http://127.0.0.1:{port}", timeout_seconds=0.3) as client:
        # Every byte comes in time for a read timeout; only the whole exchange is late.
        async with asyncio.timeout(5):
            with pytest.raises(OutsideUnavailable, match=r"0\.3 秒内没有答复"):
                await client.look_up("", **ASKED)
    server.close()
    await server.wait_closed()
