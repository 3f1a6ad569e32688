"""Bank and courier under trouble: nothing is done twice, nothing is done unsaid."""

import pytest

from adapters.outside import OutsideSystems
from adapters.protocols import OutsideMalformed, OutsideUnavailable
from tests.adapters.process import SimulatorProcess
from tests.adapters.test_bank import remittance
from tests.adapters.test_courier import parcel


@pytest.mark.parametrize(
    ("mode", "error"),
    [("down", OutsideUnavailable), ("garbage", OutsideMalformed), ("never", OutsideUnavailable)],
)
async def test_what_was_not_taken_was_not_done(
    simulator: SimulatorProcess, mode: str, error: type[Exception]
) -> None:
    hurried = simulator.outside(timeout_seconds=0.3)
    order, sent = remittance(), parcel()
    for system in ("bank", "courier"):
        await simulator.behave(system, "*", mode)
    for asked in (
        hurried.bank.remit(order),
        hurried.bank.statement(order.to_account, 0),
        hurried.courier.collect(sent),
        hurried.courier.track("EA000000000CN"),
    ):
        with pytest.raises(error):
            await asked
    await simulator.behave_well()
    assert await hurried.bank.statement(order.to_account, 0) == ()
    done = {act["key"] for act in await simulator.get("/_acts")}
    assert done.isdisjoint({order.key, sent.key})
    await hurried.aclose()


async def test_acts_and_questions_on_file_name_neither_account_nor_parcel_contents(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    order = remittance(to_account="6200000000000000009")
    await origin.bank.remit(order)
    await origin.bank.statement(order.to_account, 0)
    (act,) = [one for one in await simulator.get("/_acts") if one["key"] == order.key]
    assert act == {
        "system": "bank",
        "operation": "remit",
        "key": order.key,
        "case_no": order.case_no,
    }
    assert all(one["system"] != "bank" for one in await simulator.get("/_queries"))
