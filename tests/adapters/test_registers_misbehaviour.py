"""The business systems under trouble: keys, lost answers, kills, questions kept on file."""

import pytest

from adapters.outside import OutsideSystems
from adapters.protocols import (
    BusinessRefusal,
    OutsideMalformed,
    OutsideRefusal,
    OutsideUnavailable,
    RegisterAction,
    RegisterKind,
)
from adapters.registers.sentences import SENTENCES
from adapters.registers.simulator import TABLES
from tests.adapters.business import now, order, put, query
from tests.adapters.conftest import StartSimulator
from tests.adapters.people import another
from tests.adapters.process import SimulatorProcess

HERE = "330902"
SYSTEM = f"registers/{HERE}"
PENSION = RegisterKind.PENSION


async def acts(simulator: SimulatorProcess, key: str) -> int:
    return sum(act["key"] == key for act in await simulator.get("/_acts"))


@pytest.mark.parametrize("mode", ["lost_answer", "twice"])
async def test_an_act_is_done_once_whatever_becomes_of_its_answer(
    simulator: SimulatorProcess, origin: OutsideSystems, mode: str
) -> None:
    entry = await put(simulator, PENSION, "ACTIVE")
    credit = order(entry, "CREDIT", letter_no="样例函", amount_fen=5)
    await simulator.behave(SYSTEM, "act", mode, times=1)
    if mode == "lost_answer":
        with pytest.raises(OutsideUnavailable):
            await origin.registers.act(credit)
    receipt = await origin.registers.act(credit)
    assert await origin.registers.act(credit) == receipt
    assert (await now(origin, entry, HERE)).data["balance_fen"] == 5
    assert await acts(simulator, credit.key) == 1


async def test_a_known_key_with_other_facts_is_refused(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    entry = await put(simulator, PENSION, "ACTIVE")
    credit = order(entry, "CREDIT", letter_no="样例函", amount_fen=5)
    await origin.registers.act(credit)
    other = {"letter_no": "样例函", "amount_fen": 6}
    with pytest.raises(OutsideRefusal) as refused:
        await origin.registers.act(credit.model_copy(update={"data": other}))
    assert refused.value.code == "KEY_REUSED"


@pytest.mark.parametrize(
    ("mode", "error"), [("down", OutsideUnavailable), ("garbage", OutsideMalformed)]
)
async def test_a_broken_system_does_nothing_and_that_of_the_peer_works_on(
    simulator: SimulatorProcess,
    origin: OutsideSystems,
    destination: OutsideSystems,
    mode: str,
    error: type[Exception],
) -> None:
    entry = await put(simulator, PENSION, "ACTIVE")
    await simulator.behave(SYSTEM, "*", mode)
    for _ in range(2):
        with pytest.raises(error):
            await origin.registers.act(order(entry, "SEAL"))
        with pytest.raises(error):
            await origin.registers.look(query(entry))
    assert await destination.registers.look(query(entry, "371002")) is None
    await simulator.behave_well()
    assert await now(origin, entry, HERE) == entry


async def test_no_answer_at_all_ends_at_the_timeout(simulator: SimulatorProcess) -> None:
    entry = await put(simulator, PENSION, "ACTIVE")
    hurried = simulator.outside(timeout_seconds=0.2)
    await simulator.behave(SYSTEM, "act", "never", times=1)
    with pytest.raises(OutsideUnavailable, match=r"0\.2 秒内没有答复"):
        await hurried.registers.act(order(entry, "SEAL"))
    assert await now(hurried, entry, HERE) == entry
    await hurried.aclose()


async def test_a_contradicting_register_tells_another_name_and_other_sums(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    entry = await put(simulator, PENSION, "ACTIVE", name="孙样例测", balance_fen=100, months=3)
    await simulator.behave(SYSTEM, "*", "contradict")
    told = await now(origin, entry, HERE)
    assert told.data == {"name": "孙样例测异", "balance_fen": 101, "months": 3}
    question = query(entry)
    (everywhere,) = await origin.registers.everywhere(
        PENSION, entry.subject, question.case_no, question.purpose
    )
    assert everywhere == told
    await simulator.behave_well()
    assert await now(origin, entry, HERE) == entry


async def test_a_refusal_can_be_ordered_from_a_system(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    entry = await put(simulator, PENSION, "ACTIVE")
    await simulator.behave(SYSTEM, "act", "refuse", code="PENSIONER", times=1)
    with pytest.raises(OutsideRefusal) as refused:
        await origin.registers.act(order(entry, "SEAL"))
    assert (refused.value.code, refused.value.text) == (
        "PENSIONER",
        SENTENCES[BusinessRefusal.PENSIONER],
    )


def test_every_action_stands_in_a_table_and_every_table_knows_it() -> None:
    performed = {action for table in TABLES.values() for action in table}
    assert performed == set(RegisterAction)
    assert TABLES.keys() == set(RegisterKind)


def test_every_refusal_has_a_sentence_of_its_own() -> None:
    assert SENTENCES.keys() == set(BusinessRefusal)
    assert len(set(SENTENCES.values())) == len(SENTENCES)


async def test_every_question_is_kept_with_case_and_purpose(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    entry = await put(simulator, PENSION, "ACTIVE")
    question = query(entry)
    await origin.registers.look(question)
    await origin.registers.everywhere(PENSION, entry.subject, question.case_no, "全国查询")
    asked = [
        (one["system"], one["operation"], one["purpose"])
        for one in await simulator.get("/_queries")
        if one["case_no"] == question.case_no
    ]
    assert asked == [(SYSTEM, "look", question.purpose), (SYSTEM, "everywhere", "全国查询")]
    with pytest.raises(OutsideMalformed, match="HTTP 400"):
        await origin.registers.everywhere(PENSION, entry.subject, question.case_no, "")


async def test_a_kill_loses_neither_entries_nor_receipts(start_simulator: StartSimulator) -> None:
    first = start_simulator()
    systems = first.outside()
    entry = await put(first, RegisterKind.VEHICLE, "REGISTERED", subject=f"0ZZ{another()}")
    lock = order(entry, "LOCK", case="办件-车")
    await first.behave(SYSTEM, "act", "lost_answer", times=1)
    with pytest.raises(OutsideUnavailable):
        await systems.registers.act(lock)
    first.kill()
    second = start_simulator(first.port)
    await systems.registers.act(lock)
    assert (await now(systems, entry, HERE)).data == {"locked_by": "办件-车"}
    assert await acts(second, lock.key) == 1
    await systems.aclose()
