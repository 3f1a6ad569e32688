"""Files, vehicles, disability cards and made documents in the business systems (R, V, C, X3)."""

from typing import Any

import pytest

from adapters.outside import OutsideSystems
from adapters.protocols import RegisterEntry, RegisterKind
from adapters.registers.protocol import DOCUMENT_KINDS
from tests.adapters.business import act, now, put, refused, somebody
from tests.adapters.people import another
from tests.adapters.process import SimulatorProcess

HERE, THERE = "330902", "371002"


async def a_file(simulator: SimulatorProcess) -> tuple[RegisterEntry, dict[str, Any]]:
    entry = await put(simulator, RegisterKind.PERSONNEL_FILE, "HELD", items=["劳动合同"])
    return entry, {"letter_no": f"样例调-{another()}", "parcel_no": f"样例包-{another()}"}


async def a_vehicle(simulator: SimulatorProcess, **facts: Any) -> RegisterEntry:
    given = {
        "owner_id": somebody(),
        "locality": HERE,
        "plate": f"浙L样例{another()}",
        "certificate_no": f"样例登-{another()}",
        "licence_no": f"样例行-{another()}",
    }
    return await put(
        simulator,
        RegisterKind.VEHICLE,
        "REGISTERED",
        subject=f"0ZZZZZZZ0T0{another()}",
        **{**given, **facts},
    )


def new_owner(case: str) -> dict[str, Any]:
    return {
        "case": case,
        "owner_id": somebody(),
        "plate": f"鲁K样例{another()}",
        "certificate_no": f"样例登-{another()}",
    }


async def test_a_file_is_in_one_place_and_closed_on_the_receipt(
    simulator: SimulatorProcess, origin: OutsideSystems, destination: OutsideSystems
) -> None:
    file, papers = await a_file(simulator)
    assert await refused(destination, file, "RECEIVE", THERE, **papers) == "HELD_ELSEWHERE"
    assert await refused(origin, file, "CLOSE", HERE, **papers) == "WRONG_STATUS"
    await act(origin, file, "RELEASE", HERE, **papers)
    assert await refused(origin, file, "RELEASE", HERE, **papers) == "WRONG_STATUS"
    await act(destination, file, "RECEIVE", THERE, **papers, items=["劳动合同"])
    assert await refused(destination, file, "RECEIVE", THERE, **papers) == "WRONG_STATUS"
    assert await refused(origin, file, "CLOSE", HERE, **papers) == "NO_RECEIPT"
    other = {**papers, "letter_no": "样例调-他", "receipt_no": "样例回-1"}
    assert await refused(origin, file, "CLOSE", HERE, **other) == "LETTER_DIFFERS"
    await act(origin, file, "CLOSE", HERE, **papers, receipt_no="样例回-1")
    assert (await now(origin, file, HERE)).status == "CLOSED"
    assert (await now(destination, file, THERE)).status == "HELD"


async def test_a_file_that_is_sent_back_is_held_by_its_origin_again(
    simulator: SimulatorProcess, origin: OutsideSystems, destination: OutsideSystems
) -> None:
    file, papers = await a_file(simulator)
    assert await refused(destination, file, "RETURN", THERE, **papers) == "NOT_REGISTERED"
    await act(origin, file, "RELEASE", HERE, **papers)
    await act(destination, file, "RETURN", THERE, **papers)
    wrong = {**papers, "letter_no": "样例调-他"}
    assert await refused(origin, file, "RECEIVE", HERE, **wrong) == "LETTER_DIFFERS"
    await act(origin, file, "RECEIVE", HERE, **papers)
    assert (await now(origin, file, HERE)).status == "HELD"
    assert (await now(destination, file, THERE)).status == "SENT_BACK"


async def test_a_file_taken_in_can_still_be_sent_back_under_its_letter(
    simulator: SimulatorProcess, origin: OutsideSystems, destination: OutsideSystems
) -> None:
    file, papers = await a_file(simulator)
    await act(origin, file, "RELEASE", HERE, **papers)
    await act(destination, file, "RECEIVE", THERE, **papers)
    wrong = {**papers, "letter_no": "样例调-他"}
    assert await refused(destination, file, "RETURN", THERE, **wrong) == "LETTER_DIFFERS"
    await act(destination, file, "RETURN", THERE, **papers)
    assert await refused(destination, file, "RETURN", THERE, **papers) == "WRONG_STATUS"


async def test_a_vehicle_flips_in_one_act_and_its_old_numbers_are_void(
    simulator: SimulatorProcess, origin: OutsideSystems, destination: OutsideSystems
) -> None:
    car, case = await a_vehicle(simulator), f"办件-{another()}"
    new = new_owner(case)
    assert await refused(destination, car, "FLIP", THERE, **new) == "NOT_LOCKED"
    await act(destination, car, "LOCK", THERE, case=case)
    await act(destination, car, "LOCK", THERE, case=case)
    assert await refused(destination, car, "FLIP", THERE, **new) == "NOT_RELEASED"
    await act(origin, car, "RELEASE_FILE", HERE, case=case)
    assert await refused(destination, car, "FLIP", THERE, **new) == "NO_INVOICE"
    await act(destination, car, "INVOICE_ISSUE", THERE, case=case, invoice_no=f"样例票-{case}")
    old = {**new, "certificate_no": car.data["certificate_no"]}
    assert await refused(destination, car, "FLIP", THERE, **old) == "NUMBER_SPENT"
    await act(destination, car, "FLIP", THERE, **new)
    flipped = await now(origin, car, HERE)
    assert (flipped.status, flipped.locality) == ("REGISTERED", THERE)
    assert {name: flipped.data[name] for name in new if name != "case"} == {
        name: value for name, value in new.items() if name != "case"
    }
    assert flipped.data["licence_no"] != car.data["licence_no"]
    assert {car.data[name] for name in ("plate", "certificate_no", "licence_no")} == {
        *flipped.data["spent"]
    }
    assert [one["status"] for one in flipped.data["invoices"]] == ["USED"]
    assert await refused(destination, car, "FLIP", THERE, **new) == "ALREADY_FLIPPED"
    assert await refused(destination, car, "LOCK", THERE, case=case) == "ALREADY_FLIPPED"
    assert len(await origin.registers.everywhere(car.kind, car.subject, case, "核查")) == 1


async def test_a_vehicle_is_locked_by_one_case(
    simulator: SimulatorProcess, origin: OutsideSystems, destination: OutsideSystems
) -> None:
    car, case = await a_vehicle(simulator), f"办件-{another()}"
    assert await refused(origin, car, "UNLOCK", HERE, case=case) == "NOT_LOCKED"
    await act(destination, car, "LOCK", THERE, case=case)
    for action in ("LOCK", "UNLOCK", "RELEASE_FILE", "INVOICE_ISSUE", "FLIP"):
        other = {**new_owner("办件-他"), "invoice_no": "样例票-他"}
        assert await refused(origin, car, action, HERE, **other) == "LOCKED_BY_OTHER"
    await act(destination, car, "UNLOCK", THERE, case=case)
    assert await now(origin, car, HERE) == car


async def test_an_invoice_is_live_once_and_reversed_before_the_lock_goes(
    simulator: SimulatorProcess, destination: OutsideSystems
) -> None:
    car, case = await a_vehicle(simulator), f"办件-{another()}"
    first, second = f"样例票-{another()}", f"样例票-{another()}"
    await act(destination, car, "LOCK", THERE, case=case)
    await act(destination, car, "INVOICE_ISSUE", THERE, case=case, invoice_no=first)
    issue = {"case": case, "invoice_no": second}
    assert await refused(destination, car, "INVOICE_ISSUE", THERE, **issue) == "INVOICE_LIVE"
    assert await refused(destination, car, "UNLOCK", THERE, case=case) == "INVOICE_LIVE"
    reverse = {"case": case, "reversal_no": f"样例红-{another()}"}
    assert (
        await refused(destination, car, "INVOICE_REVERSE", THERE, **reverse, invoice_no=second)
        == "NO_INVOICE"
    )
    await act(destination, car, "INVOICE_REVERSE", THERE, **reverse, invoice_no=first)
    again = {"case": case, "invoice_no": first}
    assert await refused(destination, car, "INVOICE_ISSUE", THERE, **again) == "NUMBER_SPENT"
    await act(destination, car, "INVOICE_ISSUE", THERE, **issue)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"mortgage": True}, "MORTGAGED"),
        ({"violations": 2}, "VIOLATIONS_PENDING"),
    ],
)
async def test_a_vehicle_with_something_pending_is_not_released(
    simulator: SimulatorProcess, origin: OutsideSystems, facts: dict[str, Any], code: str
) -> None:
    car = await a_vehicle(simulator, **facts)
    await act(origin, car, "LOCK", HERE, case="办件-车")
    assert await refused(origin, car, "RELEASE_FILE", HERE, case="办件-车") == code


async def test_a_frozen_vehicle_is_not_locked_and_only_its_origin_releases(
    simulator: SimulatorProcess, origin: OutsideSystems, destination: OutsideSystems
) -> None:
    frozen = await a_vehicle(simulator, frozen=True)
    assert await refused(origin, frozen, "LOCK", HERE, case="办件-车") == "FROZEN"
    car = await a_vehicle(simulator)
    await act(destination, car, "LOCK", THERE, case="办件-车")
    assert (
        await refused(destination, car, "RELEASE_FILE", THERE, case="办件-车") == "FOREIGN_LOCALITY"
    )


async def test_a_card_is_active_in_one_county_with_its_number(
    simulator: SimulatorProcess, origin: OutsideSystems, destination: OutsideSystems
) -> None:
    card = await put(
        simulator, RegisterKind.DISABILITY_CARD, "VALID", number="样例残", active_at=HERE
    )
    case = {"case": f"办件-{another()}"}
    assert await refused(destination, card, "RELEASE", THERE, **case) == "FOREIGN_LOCALITY"
    assert await refused(destination, card, "ACTIVATE", THERE, **case) == "OTHER_VALID_CARD"
    assert await refused(origin, card, "CANCEL_RELEASE", HERE, **case) == "NOT_MIGRATING"
    await act(origin, card, "RELEASE", HERE, **case)
    for action in ("RELEASE", "CANCEL_RELEASE"):
        assert await refused(origin, card, action, HERE, case="他") == "ALREADY_MIGRATING"
    assert await refused(destination, card, "ACTIVATE", THERE, case="他") == "ALREADY_MIGRATING"
    wrong = {**case, "number": "样例残异"}
    assert await refused(destination, card, "ACTIVATE", THERE, **wrong) == "NUMBER_DIFFERS"
    await act(destination, card, "ACTIVATE", THERE, **case, number="样例残")
    moved = await now(origin, card, HERE)
    assert (moved.status, moved.locality) == ("VALID", THERE)
    assert moved.data == {"number": "样例残", "active_at": THERE}
    assert await refused(destination, card, "ACTIVATE", THERE, **case) == "NOT_MIGRATING"


async def test_a_card_that_was_not_taken_over_is_valid_where_it_was(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    card = await put(simulator, RegisterKind.DISABILITY_CARD, "VALID", number="样例残")
    await act(origin, card, "RELEASE", HERE, case="办件-残")
    await act(origin, card, "CANCEL_RELEASE", HERE, case="办件-残")
    assert await now(origin, card, HERE) == card


@pytest.mark.parametrize(
    ("status", "facts", "code"),
    [
        ("VOID", {}, "CARD_VOID"),
        (
            "MIGRATING",
            {"released_to": "办件-残", "other_cards": [{"status": "VALID"}]},
            "OTHER_VALID_CARD",
        ),
    ],
)
async def test_nobody_gets_a_second_valid_card(
    simulator: SimulatorProcess,
    destination: OutsideSystems,
    status: str,
    facts: dict[str, Any],
    code: str,
) -> None:
    card = await put(simulator, RegisterKind.DISABILITY_CARD, status, **facts)
    assert await refused(destination, card, "ACTIVATE", THERE, case="办件-残") == code


@pytest.mark.parametrize("kind", DOCUMENT_KINDS)
async def test_a_new_document_is_valid_only_once_the_old_one_is_gone(
    simulator: SimulatorProcess, origin: OutsideSystems, kind: RegisterKind
) -> None:
    old = {"number": f"样例旧-{another()}", "valid_to": "2026-12-20", "state": "VALID"}
    held, case = await put(simulator, kind, "VALID", current=old), {"case": f"办件-{another()}"}
    assert await refused(origin, held, "COLLECT_OLD", HERE, **case) == "NOTHING_MADE"
    assert await refused(origin, held, "ACTIVATE", HERE, **case) == "NOTHING_MADE"
    await act(origin, held, "MAKE", HERE, **case, valid_to="2036-12-20")
    assert await refused(origin, held, "MAKE", HERE, **case) == "ALREADY_MADE"
    assert await refused(origin, held, "MAKE", HERE, case="他") == "OTHER_MADE"
    assert await refused(origin, held, "ACTIVATE", HERE, **case) == "OLD_NOT_COLLECTED"
    made = (await now(origin, held, HERE)).data["made"]["number"]
    await act(origin, held, "COLLECT_OLD", HERE, **case)
    assert await refused(origin, held, "COLLECT_OLD", HERE, **case) == "ALREADY_COLLECTED"
    await act(origin, held, "ACTIVATE", HERE, **case)
    valid = await now(origin, held, HERE)
    assert valid.status == "VALID"
    assert valid.data["current"] == {"number": made, "valid_to": "2036-12-20", "state": "VALID"}
    assert valid.data["spent"] == [old["number"]]
    assert await refused(origin, held, "MAKE", HERE, **case) == "ALREADY_MADE"
    spent = {"case": "办件-再", "number": old["number"]}
    assert await refused(origin, held, "MAKE", HERE, **spent) == "NUMBER_SPENT"


async def test_a_first_document_needs_no_old_one_and_a_lost_one_is_void(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    first = RegisterEntry(kind=RegisterKind.TEMP_ID, subject=somebody(), locality=HERE, status="?")
    await act(origin, first, "MAKE", HERE, case="办件-临")
    assert await refused(origin, first, "COLLECT_OLD", HERE) == "NO_OLD_DOCUMENT"
    await act(origin, first, "ACTIVATE", HERE, case="办件-临")
    await act(origin, first, "MAKE", HERE, case="办件-临二")
    await act(origin, first, "VOID_OLD", HERE)
    for action in ("VOID_OLD", "COLLECT_OLD"):
        assert await refused(origin, first, action, HERE) == "ALREADY_VOID"
    await act(origin, first, "ACTIVATE", HERE, case="办件-临二")
    assert len((await now(origin, first, HERE)).data["spent"]) == 1
