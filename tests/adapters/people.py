"""Invented people and orders for the adapter tests; every call makes another person."""

from datetime import date, timedelta
from itertools import count

from adapters.outside import OutsideSystems
from adapters.protocols import (
    CancelOrder,
    CloseOrder,
    LandOrder,
    Registration,
    RestoreOrder,
    Sex,
)
from domain.identity import with_check_digit
from tests.adapters.process import SimulatorProcess

TODAY = date(2026, 11, 23)
ASKED = {"case_no": "3710022026112300000017", "purpose": "核对迁移人登记"}
_numbers = count(1)


def another() -> str:
    """A number no other test uses, for keys and certificates."""
    return f"{next(_numbers):06d}"


def person(locality: str = "330902", **facts: object) -> Registration:
    """Somebody new: the birth date makes the identity number differ."""
    born = date(1960, 1, 1) + timedelta(days=next(_numbers))
    county = {"330902": "339999", "371002": "379999"}[locality]
    given = {
        "id_no": with_check_digit(f"{county}{born:%Y%m%d}000"),
        "name": "孙样例测",
        "sex": Sex.FEMALE,
        "ethnic": "汉族",
        "birth_date": born,
        "station": f"{locality}-GA-01",
        "address": "样例路200号",
        "household_no": f"{locality}-H-{another()}",
    }
    return Registration.model_validate({**given, **facts})


async def registered(
    simulator: SimulatorProcess, locality: str = "330902", **facts: object
) -> Registration:
    """Somebody new whom the register of the locality knows."""
    somebody = person(locality, **facts)
    await simulator.put(f"/population/{locality}/_person", somebody.model_dump(mode="json"))
    return somebody


async def kept(systems: OutsideSystems, who: Registration) -> Registration:
    """What the register of these systems has on record about somebody it knows."""
    found = await systems.population.look_up(who.id_no, **ASKED)
    assert found is not None
    return found


def case_no() -> str:
    return f"3710022026112300{another()}"


def cancel(who: Registration, certificate_no: str | None = None) -> CancelOrder:
    return CancelOrder(
        key=f"cancel-{another()}",
        case_no=case_no(),
        id_no=who.id_no,
        certificate_no=certificate_no or f"样例迁-{another()}",
        to_locality="371002",
        on=TODAY,
    )


def close(who: Registration, certificate_no: str) -> CloseOrder:
    return CloseOrder(
        key=f"close-{another()}",
        case_no=case_no(),
        id_no=who.id_no,
        certificate_no=certificate_no,
        landed_in="371002",
        on=TODAY,
    )


def restore(who: Registration, certificate_no: str) -> RestoreOrder:
    return RestoreOrder(
        key=f"restore-{another()}",
        case_no=case_no(),
        id_no=who.id_no,
        certificate_no=certificate_no,
        not_landed_proof_no=f"样例未落-{another()}",
        on=TODAY,
    )


def land(who: Registration, certificate_no: str | None, locality: str = "371002") -> LandOrder:
    return LandOrder(
        key=f"land-{another()}",
        case_no=case_no(),
        id_no=who.id_no,
        name=who.name,
        sex=who.sex,
        birth_date=who.birth_date,
        ethnic=who.ethnic,
        certificate_no=certificate_no,
        station=f"{locality}-GA-02",
        address="样例街300号",
        household_no=None,
        on=TODAY,
    )
