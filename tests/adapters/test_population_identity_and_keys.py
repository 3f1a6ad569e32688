"""Deaths, corrected identities and repeated keys on the population register over HTTP."""

import pytest

from adapters.outside import OutsideSystems
from adapters.protocols import (
    DeathOrder,
    IdentityOrder,
    OutsideRefusal,
    Registration,
    RegistrationStatus,
)
from tests.adapters.people import (
    ASKED,
    TODAY,
    another,
    cancel,
    case_no,
    close,
    kept,
    person,
    registered,
    restore,
)
from tests.adapters.process import SimulatorProcess


def _death(who: Registration) -> DeathOrder:
    return DeathOrder(key=f"death-{another()}", case_no=case_no(), id_no=who.id_no, on=TODAY)


def _correction(who: Registration, **new: str) -> IdentityOrder:
    return IdentityOrder(
        key=f"correct-{another()}",
        case_no=case_no(),
        id_no=who.id_no,
        name=who.name,
        new_id_no=new.get("id_no", who.id_no),
        new_name=new.get("name", who.name),
        on=TODAY,
    )


@pytest.mark.parametrize("status", ["ACTIVE", "IN_TRANSIT"])
async def test_a_death_ends_the_registration(
    simulator: SimulatorProcess, origin: OutsideSystems, status: str
) -> None:
    who = await registered(simulator, status=status)
    await origin.population.record_death(_death(who))
    assert (await kept(origin, who)).status is RegistrationStatus.DECEASED
    with pytest.raises(OutsideRefusal) as refused:
        await origin.population.record_death(_death(who))
    assert refused.value.code == "DECEASED"


async def test_a_death_is_recorded_where_the_person_liveskept(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    who = await registered(simulator, status="MOVED_OUT", now_in="371002")
    with pytest.raises(OutsideRefusal) as refused:
        await origin.population.record_death(_death(who))
    assert refused.value.code == "WRONG_STATUS"


async def test_a_corrected_number_keeps_status_and_is_found_under_the_old_one(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    who, new_id = await registered(simulator), person().id_no
    order = cancel(who)
    await origin.population.cancel_for_move(order)
    await origin.population.correct_identity(_correction(who, id_no=new_id, name="孙样例更"))
    found = await kept(origin, who)
    assert (found.id_no, found.name, found.former_id_no, found.former_name) == (
        new_id,
        "孙样例更",
        who.id_no,
        who.name,
    )
    assert found.status is RegistrationStatus.IN_TRANSIT
    with pytest.raises(OutsideRefusal) as refused:
        await origin.population.close_moved(close(who, order.certificate_no))
    assert refused.value.code == "IDENTITY_CORRECTED"
    await origin.population.close_moved(close(found, order.certificate_no))


async def test_a_correction_can_be_taken_back(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    who, new_id = await registered(simulator), person().id_no
    await origin.population.correct_identity(_correction(who, id_no=new_id))
    wrong = await kept(origin, who)
    await origin.population.correct_identity(_correction(wrong, id_no=who.id_no))
    for number in (who.id_no, new_id):
        found = await origin.population.look_up(number, **ASKED)
        assert found is not None and found.id_no == who.id_no


async def test_a_correction_meets_no_other_person(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    who, other = await registered(simulator), await registered(simulator)
    with pytest.raises(OutsideRefusal) as taken:
        await origin.population.correct_identity(_correction(who, id_no=other.id_no))
    assert taken.value.code == "IDENTITY_TAKEN"
    misnamed = who.model_copy(update={"name": "孙样例误"})
    with pytest.raises(OutsideRefusal) as differs:
        await origin.population.correct_identity(_correction(misnamed, name="孙样例更"))
    assert differs.value.code == "IDENTITY_DIFFERS"


async def test_a_repeat_returns_the_first_receipt_even_after_the_state_moved_on(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    who = await registered(simulator)
    order = cancel(who)
    first = await origin.population.cancel_for_move(order)
    await origin.population.restore(restore(who, order.certificate_no))
    assert await origin.population.cancel_for_move(order) == first
    assert (await kept(origin, who)).status is RegistrationStatus.ACTIVE


async def test_a_key_with_other_content_is_refused(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    who, other = await registered(simulator), await registered(simulator)
    order = cancel(who)
    await origin.population.cancel_for_move(order)
    with pytest.raises(OutsideRefusal) as other_person:
        await origin.population.cancel_for_move(order.model_copy(update={"id_no": other.id_no}))
    another_act = restore(who, order.certificate_no).model_copy(update={"key": order.key})
    with pytest.raises(OutsideRefusal) as other_act:
        await origin.population.restore(another_act)
    assert other_person.value.code == other_act.value.code == "KEY_REUSED"
    assert (await kept(origin, other)).status is RegistrationStatus.ACTIVE
    assert (await kept(origin, who)).status is RegistrationStatus.IN_TRANSIT


async def test_two_localities_may_use_the_same_key(
    simulator: SimulatorProcess, origin: OutsideSystems, destination: OutsideSystems
) -> None:
    here, there = await registered(simulator), await registered(simulator, "371002")
    order = cancel(here)
    await origin.population.cancel_for_move(order)
    await destination.population.cancel_for_move(
        cancel(there).model_copy(update={"key": order.key})
    )
    assert (await kept(destination, there)).status is RegistrationStatus.IN_TRANSIT
