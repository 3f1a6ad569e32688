"""Each act on the population register over HTTP, and what the register refuses (H1-H4, G2, G3)."""

import pytest

from adapters.outside import OutsideSystems
from adapters.protocols import (
    OutsideRefusal,
    Registration,
    RegistrationStatus,
    ReplaceOrder,
)
from tests.adapters.people import (
    ASKED,
    another,
    cancel,
    case_no,
    close,
    kept,
    land,
    person,
    registered,
    restore,
)
from tests.adapters.process import SimulatorProcess


def _replacement(who: Registration, old_no: str, new_no: str) -> ReplaceOrder:
    return ReplaceOrder(
        key=f"replace-{another()}", case_no=case_no(), id_no=who.id_no, old_no=old_no, new_no=new_no
    )


async def test_a_registered_person_is_found_with_all_facts(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    who = await registered(simulator, phone="12000000099", needs_art14_approval=True)
    assert await origin.population.look_up(who.id_no, **ASKED) == who


async def test_nobody_is_found_under_an_unknown_number(origin: OutsideSystems) -> None:
    assert await origin.population.look_up(person().id_no, **ASKED) is None


async def test_every_query_is_kept_with_its_case_and_purpose(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    number = case_no()
    await origin.population.look_up(person().id_no, case_no=number, purpose="迁出核对")
    asked = [one for one in await simulator.get("/_queries") if one["case_no"] == number]
    assert [(one["system"], one["purpose"]) for one in asked] == [("population/330902", "迁出核对")]


async def test_a_query_without_purpose_is_not_answered(origin: OutsideSystems) -> None:
    with pytest.raises(Exception, match="HTTP 400"):
        await origin.population.look_up(person().id_no, case_no=case_no(), purpose="")


async def test_a_move_crosses_from_one_register_to_the_other(
    simulator: SimulatorProcess, origin: OutsideSystems, destination: OutsideSystems
) -> None:
    who = await registered(simulator)
    order = cancel(who)
    receipt = await origin.population.cancel_for_move(order)
    assert receipt.receipt_no.startswith("HK-") and receipt.at.tzinfo is not None
    gone = await kept(origin, who)
    assert (gone.status, gone.certificate_no) == (
        RegistrationStatus.IN_TRANSIT,
        order.certificate_no,
    )

    await destination.population.land(land(who, order.certificate_no))
    landed = await kept(destination, who)
    assert (landed.status, landed.arrived_with, landed.station) == (
        RegistrationStatus.ACTIVE,
        order.certificate_no,
        "371002-GA-02",
    )
    assert landed.household_no.startswith("371002-H-")

    await origin.population.close_moved(close(who, order.certificate_no))
    closed = await kept(origin, who)
    assert (closed.status, closed.now_in) == (RegistrationStatus.MOVED_OUT, "371002")


async def test_the_snapshot_shows_what_the_invariants_need(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    who = await registered(simulator)
    order = cancel(who)
    await origin.population.cancel_for_move(order)
    facts = {fact.id_no: fact for fact in await origin.population.snapshot()}
    fact = facts[who.id_no]
    assert (fact.status, fact.certificate_no, fact.arrived_with, fact.station) == (
        RegistrationStatus.IN_TRANSIT,
        order.certificate_no,
        None,
        who.station,
    )


async def test_a_replaced_certificate_is_void_at_once(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    who = await registered(simulator)
    order = cancel(who)
    await origin.population.cancel_for_move(order)
    new_no = f"样例迁-{another()}"
    await origin.population.replace_certificate(_replacement(who, order.certificate_no, new_no))
    assert (await kept(origin, who)).certificate_no == new_no
    with pytest.raises(OutsideRefusal) as refused:
        await origin.population.close_moved(close(who, order.certificate_no))
    assert refused.value.code == "CERTIFICATE_DIFFERS"
    await origin.population.close_moved(close(who, new_no))


async def test_a_void_number_is_not_issued_again(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    who, other = await registered(simulator), await registered(simulator)
    order = cancel(who)
    await origin.population.cancel_for_move(order)
    await origin.population.replace_certificate(
        _replacement(who, order.certificate_no, f"样例迁-{another()}")
    )
    with pytest.raises(OutsideRefusal) as refused:
        await origin.population.cancel_for_move(cancel(other, order.certificate_no))
    assert refused.value.code == "CERTIFICATE_SPENT"


async def test_a_restored_person_is_active_and_cannot_be_closed(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    who = await registered(simulator)
    order = cancel(who)
    await origin.population.cancel_for_move(order)
    await origin.population.restore(restore(who, order.certificate_no))
    back = await kept(origin, who)
    assert (back.status, back.certificate_no) == (RegistrationStatus.ACTIVE, None)
    with pytest.raises(OutsideRefusal) as refused:
        await origin.population.close_moved(close(who, order.certificate_no))
    assert refused.value.code == "WRONG_STATUS"


async def test_a_certificate_lands_one_person_once(
    simulator: SimulatorProcess, destination: OutsideSystems
) -> None:
    who, other = person(), person()
    number = f"样例迁-{another()}"
    await destination.population.land(land(who, number))
    with pytest.raises(OutsideRefusal) as again:
        await destination.population.land(land(who, number))
    assert again.value.code == "ALREADY_ACTIVE"
    with pytest.raises(OutsideRefusal) as used:
        await destination.population.land(land(other, number))
    assert used.value.code == "CERTIFICATE_SPENT"


async def test_somebody_who_moved_out_may_come_back(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    who = await registered(simulator, status="MOVED_OUT", now_in="371002")
    await origin.population.land(land(who, f"样例迁-{another()}", "330902"))
    back = await kept(origin, who)
    assert (back.status, back.now_in) == (RegistrationStatus.ACTIVE, None)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"status": "IN_TRANSIT", "certificate_no": "样例迁-在途"}, "WRONG_STATUS"),
        ({"status": "MOVED_OUT"}, "WRONG_STATUS"),
        ({"status": "DECEASED"}, "DECEASED"),
        ({"under_investigation": True}, "UNDER_INVESTIGATION"),
    ],
)
async def test_who_may_not_move_out_is_refused_and_stays(
    simulator: SimulatorProcess, origin: OutsideSystems, facts: dict[str, object], code: str
) -> None:
    who = await registered(simulator, "330902", **facts)
    with pytest.raises(OutsideRefusal) as refused:
        await origin.population.cancel_for_move(cancel(who))
    assert refused.value.code == code
    assert refused.value.text
    assert await kept(origin, who) == who


async def test_who_is_unknown_here_cannot_move_out(origin: OutsideSystems) -> None:
    with pytest.raises(OutsideRefusal) as refused:
        await origin.population.cancel_for_move(cancel(person()))
    assert refused.value.code == "NOT_REGISTERED"
