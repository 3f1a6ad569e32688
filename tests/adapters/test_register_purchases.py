"""Purchases of homes: every locality sees one record, and nobody takes more than the price."""

from adapters.outside import OutsideSystems
from adapters.protocols import RegisterEntry, RegisterKind
from tests.adapters.business import act, now, put, refused
from tests.adapters.people import another
from tests.adapters.process import SimulatorProcess

HERE, THERE = "330902", "371002"
PURCHASE, FUND = RegisterKind.PURCHASE, RegisterKind.HOUSING_FUND


async def bought(simulator: SimulatorProcess) -> RegisterEntry:
    number = f"样例购-{another()}"
    return await put(simulator, PURCHASE, "REGISTERED", THERE, number, price_fen=1_000)


async def test_two_centres_together_reserve_no_more_than_the_price(
    simulator: SimulatorProcess, origin: OutsideSystems, destination: OutsideSystems
) -> None:
    home = await bought(simulator)
    await act(origin, home, "RESERVE", HERE, letter_no="样例函-1", amount_fen=700)
    over = {"letter_no": "样例函-2", "amount_fen": 301}
    assert await refused(destination, home, "RESERVE", THERE, **over) == "OVER_PRICE"
    again = {"letter_no": "样例函-1", "amount_fen": 1}
    assert await refused(origin, home, "RESERVE", HERE, **again) == "PURCHASE_USED"
    await act(destination, home, "RESERVE", THERE, letter_no="样例函-2", amount_fen=300)
    for systems, locality in ((origin, HERE), (destination, THERE)):
        seen = await now(systems, home, locality)
        assert [one["amount_fen"] for one in seen.data["withdrawals"]] == [700, 300]


async def test_what_is_given_back_may_be_reserved_by_somebody_else(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    home = await bought(simulator)
    await act(origin, home, "RESERVE", HERE, letter_no="样例函-1", amount_fen=1_000)
    await act(origin, home, "GIVE_BACK", HERE, letter_no="样例函-1")
    await act(origin, home, "RESERVE", HERE, letter_no="样例函-2", amount_fen=1_000)
    seen = await now(origin, home, HERE)
    assert [one["letter_no"] for one in seen.data["withdrawals"]] == ["样例函-2"]


async def test_an_account_keeps_letter_and_price_of_a_withdrawal(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    account = await put(simulator, FUND, "SEALED", HERE, balance_fen=500)
    told = {"purchase_no": "样例购-1", "letter_no": "样例函-1", "price_fen": 1_000}
    await act(origin, account, "WITHDRAW", HERE, amount_fen=200, **told)
    seen = await now(origin, account, HERE)
    assert seen.data["withdrawals"] == [{"amount_fen": 200, **told}]
