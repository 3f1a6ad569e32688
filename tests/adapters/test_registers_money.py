"""Insurance relations and accounts in the business systems: acts and refusals (P1-P8)."""

from typing import Any

import pytest

from adapters.outside import OutsideSystems
from adapters.protocols import RegisterEntry, RegisterKind
from adapters.registers.protocol import MONEY_KINDS
from tests.adapters.business import act, now, order, put, query, refused, somebody
from tests.adapters.people import ASKED, another
from tests.adapters.process import SimulatorProcess

HERE, THERE = "330902", "371002"
PENSION = RegisterKind.PENSION


def letter() -> str:
    return f"样例函-{another()}"


@pytest.mark.parametrize("kind", MONEY_KINDS)
async def test_a_relation_moves_from_one_register_to_the_other(
    simulator: SimulatorProcess,
    origin: OutsideSystems,
    destination: OutsideSystems,
    kind: RegisterKind,
) -> None:
    old = await put(simulator, kind, "SEALED", HERE, balance_fen=5_000, months=20)
    new = RegisterEntry(kind=kind, subject=old.subject, locality=THERE, status="ACTIVE")
    number = letter()
    await act(destination, new, "OPEN", THERE, balance_fen=100, months=2)
    await act(origin, old, "END", HERE, letter_no=number)
    await act(
        destination, new, "CREDIT", THERE, letter_no=number, amount_fen=5_000, months=20, rows=[1]
    )
    ended, landed = await now(origin, old, HERE), await now(destination, new, THERE)
    assert (ended.status, ended.data["letter_no"]) == ("ENDED", number)
    assert (landed.status, landed.data["balance_fen"], landed.data["months"]) == (
        "ACTIVE",
        5_100,
        22,
    )
    assert [one["rows"] for one in landed.data["credits"]] == [[1]]
    everywhere = await origin.registers.everywhere(kind, old.subject, **ASKED)
    assert [(one.locality, one.status) for one in everywhere] == [
        (HERE, "ENDED"),
        (THERE, "ACTIVE"),
    ]


async def test_a_relation_ends_for_one_letter_and_comes_back_on_it_alone(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    entry, number = await put(simulator, PENSION, "TEMPORARY", balance_fen=7), letter()
    assert await refused(origin, entry, "REINSTATE", HERE, letter_no=number) == "NOT_ENDED"
    await act(origin, entry, "END", HERE, letter_no=number)
    await act(origin, entry, "END", HERE, letter_no=number)
    assert await refused(origin, entry, "END", HERE, letter_no=letter()) == "ALREADY_ENDED"
    assert await refused(origin, entry, "REINSTATE", HERE, letter_no=letter()) == "LETTER_DIFFERS"
    await act(origin, entry, "REINSTATE", HERE, letter_no=number)
    assert await now(origin, entry, HERE) == entry


@pytest.mark.parametrize(
    ("kind", "status", "data", "code"),
    [
        (PENSION, "PENSIONER", {}, "PENSIONER"),
        (RegisterKind.HOUSING_FUND, "ACTIVE", {}, "NOT_SEALED"),
        (RegisterKind.HOUSING_FUND, "SEALED", {"loan_fen": 1}, "LOAN_OPEN"),
        (RegisterKind.HOUSING_FUND, "SEALED", {"frozen": True}, "FROZEN"),
        (RegisterKind.ANNUITY, "SEALED", {"unfunded_fen": 500}, "UNFUNDED"),
    ],
)
async def test_what_may_not_end_stays_as_it_was(
    simulator: SimulatorProcess,
    origin: OutsideSystems,
    kind: RegisterKind,
    status: str,
    data: dict[str, Any],
    code: str,
) -> None:
    entry = await put(simulator, kind, status, **data)
    assert await refused(origin, entry, "END", HERE, letter_no=letter()) == code
    assert await now(origin, entry, HERE) == entry


async def test_a_letter_is_credited_once_whatever_the_key(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    entry, number = await put(simulator, PENSION, "ACTIVE"), letter()
    credit = order(entry, "CREDIT", letter_no=number, amount_fen=900, account_fen=600, months=3)
    receipt = await origin.registers.act(credit)
    assert await origin.registers.act(credit) == receipt
    again = {"letter_no": number, "amount_fen": 900}
    assert await refused(origin, entry, "CREDIT", HERE, **again) == "ALREADY_CREDITED"
    landed = await now(origin, entry, HERE)
    assert (landed.data["balance_fen"], landed.data["months"]) == (600, 3)


async def test_a_corrected_table_replaces_what_its_letter_brought(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    entry, number = await put(simulator, PENSION, "ACTIVE", balance_fen=10, months=1), letter()
    assert (
        await refused(origin, entry, "CORRECT", HERE, letter_no=number, amount_fen=1)
        == "NOT_CREDITED"
    )
    await act(origin, entry, "CREDIT", HERE, letter_no=number, amount_fen=900, months=9)
    await act(origin, entry, "CREDIT", HERE, letter_no=letter(), amount_fen=5, months=1)
    better = letter()
    await act(
        origin,
        entry,
        "CORRECT",
        HERE,
        letter_no=number,
        by_letter_no=better,
        amount_fen=700,
        months=7,
    )
    corrected = await now(origin, entry, HERE)
    assert (corrected.data["balance_fen"], corrected.data["months"]) == (715, 9)
    assert corrected.data["credits"][-1]["letter_no"] == better
    assert len(corrected.data["credits"]) == 2


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("TEMPORARY", "TEMPORARY_ACCOUNT"),
        ("ENDED", "WRONG_STATUS"),
        ("PENSIONER", "WRONG_STATUS"),
    ],
)
async def test_money_does_not_land_in_what_is_no_general_account(
    simulator: SimulatorProcess, origin: OutsideSystems, status: str, code: str
) -> None:
    entry = await put(simulator, PENSION, status)
    assert await refused(origin, entry, "CREDIT", HERE, letter_no=letter(), amount_fen=1) == code


async def test_a_relation_opens_once_and_again_after_it_ended_with_its_old_credits(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    entry, number = await put(simulator, PENSION, "ACTIVE"), letter()
    assert await refused(origin, entry, "OPEN", HERE) == "ALREADY_OPEN"
    assert await refused(origin, entry, "OPEN_TEMPORARY", HERE) == "ALREADY_OPEN"
    await act(origin, entry, "CREDIT", HERE, letter_no=number, amount_fen=1)
    await act(origin, entry, "SEAL", HERE)
    assert await refused(origin, entry, "SEAL", HERE) == "WRONG_STATUS"
    await act(origin, entry, "END", HERE, letter_no=letter())
    await act(origin, entry, "OPEN", HERE)
    assert (
        await refused(origin, entry, "CREDIT", HERE, letter_no=number, amount_fen=1)
        == "ALREADY_CREDITED"
    )
    retired = await put(simulator, PENSION, "PENSIONER")
    assert await refused(origin, retired, "OPEN", HERE) == "PENSIONER"


async def test_a_temporary_account_is_one_of_the_employee_scheme(
    origin: OutsideSystems,
) -> None:
    fresh = RegisterEntry(kind=PENSION, subject=somebody(), locality=HERE, status="?")
    await act(origin, fresh, "OPEN_TEMPORARY", HERE, months=0)
    assert (await now(origin, fresh, HERE)).status == "TEMPORARY"
    medical = fresh.model_copy(update={"kind": RegisterKind.MEDICAL})
    assert await refused(origin, medical, "OPEN_TEMPORARY", HERE) == "UNKNOWN_ACTION"


async def test_a_purchase_is_withdrawn_for_once_and_never_above_the_balance(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    fund = await put(simulator, RegisterKind.HOUSING_FUND, "ACTIVE", balance_fen=1_000)
    withdraw = {"amount_fen": 600, "purchase_no": "样例购-1"}
    await act(origin, fund, "WITHDRAW", HERE, **withdraw)
    assert await refused(origin, fund, "WITHDRAW", HERE, **withdraw) == "PURCHASE_USED"
    more = {"amount_fen": 401, "purchase_no": "样例购-2"}
    assert await refused(origin, fund, "WITHDRAW", HERE, **more) == "OVER_BALANCE"
    assert (await now(origin, fund, HERE)).data["balance_fen"] == 400
    ended = await put(simulator, RegisterKind.HOUSING_FUND, "ENDED", balance_fen=1_000)
    assert await refused(origin, ended, "WITHDRAW", HERE, **withdraw) == "WRONG_STATUS"
    frozen = await put(
        simulator, RegisterKind.HOUSING_FUND, "SEALED", balance_fen=1_000, frozen=True
    )
    assert await refused(origin, frozen, "WITHDRAW", HERE, **withdraw) == "FROZEN"


async def test_months_are_recorded_once_per_letter(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    entry, number = await put(simulator, RegisterKind.UNEMPLOYMENT, "ACTIVE", months=5), letter()
    await act(origin, entry, "RECORD_MONTHS", HERE, letter_no=number, months=30)
    again = {"letter_no": number, "months": 30}
    assert await refused(origin, entry, "RECORD_MONTHS", HERE, **again) == "ALREADY_RECORDED"
    assert (await now(origin, entry, HERE)).data["months"] == 35
    left = {"letter_no": letter(), "months": 0, "remaining_months": 7}
    await act(origin, entry, "RECORD_MONTHS", HERE, **left)
    assert (await now(origin, entry, HERE)).data["remaining_months"] == 7
    ended = await put(simulator, RegisterKind.UNEMPLOYMENT, "ENDED")
    assert await refused(origin, ended, "RECORD_MONTHS", HERE, **again) == "WRONG_STATUS"


async def test_months_paid_twice_are_refunded_once(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    entry, number = await put(simulator, PENSION, "ACTIVE", balance_fen=900, months=9), letter()
    double = {"letter_no": number, "amount_fen": 200, "months": 2}
    await act(origin, entry, "REFUND", HERE, **double)
    assert await refused(origin, entry, "REFUND", HERE, **double) == "ALREADY_REFUNDED"
    left = await now(origin, entry, HERE)
    assert (left.data["balance_fen"], left.data["months"]) == (700, 7)
    for amount_fen, months in ((701, 1), (1, 8)):
        over = {"letter_no": letter(), "amount_fen": amount_fen, "months": months}
        assert await refused(origin, entry, "REFUND", HERE, **over) == "OVER_BALANCE"


async def test_an_annuity_is_funded_in_full_before_it_ends(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    entry = await put(
        simulator, RegisterKind.ANNUITY, "SEALED", balance_fen=1_500, unfunded_fen=500
    )
    assert await refused(origin, entry, "FUND_ANNUITY", HERE, amount_fen=499) == "AMOUNT_DIFFERS"
    await act(origin, entry, "FUND_ANNUITY", HERE, amount_fen=500)
    assert await refused(origin, entry, "FUND_ANNUITY", HERE, amount_fen=500) == "NOTHING_TO_FUND"
    await act(origin, entry, "END", HERE, letter_no=letter())
    assert await refused(origin, entry, "FUND_ANNUITY", HERE, amount_fen=1) == "WRONG_STATUS"
    assert (await now(origin, entry, HERE)).data["balance_fen"] == 1_500


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("END", {}),
        ("END", {"letter_no": ""}),
        ("END", {"letter_no": 7}),
        ("CREDIT", {"letter_no": "样例函"}),
        ("CREDIT", {"letter_no": "样例函", "amount_fen": "900"}),
        ("CREDIT", {"letter_no": "样例函", "amount_fen": -1}),
        ("CREDIT", {"letter_no": "样例函", "amount_fen": True}),
        ("RECORD_MONTHS", {"letter_no": "样例函"}),
    ],
)
async def test_an_act_without_its_facts_is_refused(
    simulator: SimulatorProcess, origin: OutsideSystems, action: str, data: dict[str, object]
) -> None:
    entry = await put(simulator, PENSION, "ACTIVE")
    assert await refused(origin, entry, action, HERE, **data) == "FACTS_MISSING"
    assert await now(origin, entry, HERE) == entry


async def test_who_is_unknown_can_be_looked_for_but_not_acted_upon(
    origin: OutsideSystems,
) -> None:
    nobody = RegisterEntry(kind=PENSION, subject=somebody(), locality=HERE, status="?")
    assert await origin.registers.look(query(nobody)) is None
    assert await origin.registers.everywhere(PENSION, nobody.subject, **ASKED) == ()
    for action in ("SEAL", "END", "REINSTATE", "CREDIT", "CORRECT", "REFUND", "RECORD_MONTHS"):
        facts = {"letter_no": letter(), "amount_fen": 1, "months": 1}
        assert await refused(origin, nobody, action, HERE, **facts) == "NOT_REGISTERED"
    assert await refused(origin, nobody, "EXPLODE", HERE) == "UNKNOWN_ACTION"


async def test_a_locality_neither_reads_nor_changes_what_another_keeps(
    simulator: SimulatorProcess, destination: OutsideSystems
) -> None:
    entry = await put(simulator, PENSION, "ACTIVE", HERE)
    assert await refused(destination, entry, "SEAL", HERE) == "FOREIGN_LOCALITY"
    with pytest.raises(Exception, match="FOREIGN_LOCALITY"):
        await destination.registers.look(query(entry, HERE))
    assert await destination.registers.look(query(entry, THERE)) is None
