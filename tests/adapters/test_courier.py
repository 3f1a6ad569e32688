"""Parcels over HTTP: collected once, followed by polling and by call-back, lost and claimed."""

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from adapters.outside import OutsideSystems
from adapters.protocols import (
    ClaimOrder,
    ClaimReason,
    CourierCallback,
    OutsideRefusal,
    OutsideUnavailable,
    ParcelOrder,
)
from domain.waybill import Carrier, validate
from tests.adapters.conftest import StartSimulator
from tests.adapters.people import another, case_no
from tests.adapters.process import SimulatorProcess

ALL_THE_WAY = ["COLLECTED", "IN_TRANSIT", "ARRIVED", "OUT_FOR_DELIVERY", "DELIVERED"]


class Receiver:
    """A real HTTP server that takes call-backs, or fails the first `failing` of them."""

    def __init__(self) -> None:
        self.taken: list[CourierCallback] = []
        self.failing = 0
        self._arrived = asyncio.Condition()
        self._server = uvicorn.Server(
            uvicorn.Config(
                Starlette(routes=[Route("/parcels/{token}", self._take, methods=["POST"])]),
                log_level="error",
                lifespan="off",
            )
        )
        # It listens before the server runs, so nobody has to wait until it does.
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}/parcels/secret"

    async def __aenter__(self) -> "Receiver":
        self._serving = asyncio.create_task(self._server.serve(sockets=[self._listening]))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.should_exit = True
        await self._serving

    async def _take(self, request: Request) -> Response:
        if self.failing:
            self.failing -= 1
            return Response(status_code=503)
        async with self._arrived:
            self.taken.append(CourierCallback.model_validate_json(await request.body()))
            self._arrived.notify_all()
        return Response(status_code=204)

    async def until(self, count: int) -> None:
        async with asyncio.timeout(5), self._arrived:
            await self._arrived.wait_for(lambda: len(self.taken) >= count)

    @property
    def numbers(self) -> list[int]:
        return [one.event.number for one in self.taken]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with Receiver() as open_:
        yield open_


@pytest.fixture
async def courier(simulator: SimulatorProcess) -> AsyncIterator[SimulatorProcess]:
    yield simulator
    await simulator.put("/courier/_callbacks", {"mode": "NORMAL"})
    await post(simulator, "/courier/_callbacks")


async def post(simulator: SimulatorProcess, path: str) -> Any:
    async with httpx.AsyncClient(trust_env=False, verify=False) as http:
        return (await http.post(simulator.url + path)).raise_for_status().json()


async def advance(simulator: SimulatorProcess, order: ParcelOrder) -> Any:
    return await post(simulator, f"/courier/_advance?key={order.key}")


def parcel(**more: Any) -> ParcelOrder:
    given = {
        "key": f"样例包-{another()}",
        "case_no": case_no(),
        "service": "EMS",
        "from_locality": "330902",
        "to_locality": "371002",
        "declared_items": 3,
    }
    return ParcelOrder.model_validate({**given, **more})


def claim(waybill_no: str, reason: ClaimReason = ClaimReason.LOST) -> ClaimOrder:
    return ClaimOrder(
        key=f"claim-{another()}",
        case_no=case_no(),
        waybill_no=waybill_no,
        reason=reason,
        declared_items=3,
    )


async def codes(systems: OutsideSystems, waybill_no: str) -> list[str]:
    events = await systems.courier.track(waybill_no)
    assert [one.number for one in events] == list(range(1, len(events) + 1))
    return [one.code.value for one in events]


@pytest.mark.parametrize("service", list(Carrier))
async def test_each_service_numbers_its_waybills_as_it_does(
    courier: SimulatorProcess, origin: OutsideSystems, service: Carrier
) -> None:
    waybills = [await origin.courier.collect(parcel(service=service)) for _ in range(2)]
    for waybill in waybills:
        assert validate(service, waybill.waybill_no) == waybill.waybill_no
        assert waybill.service is service
    assert waybills[0].waybill_no != waybills[1].waybill_no


async def test_a_parcel_is_collected_once_and_arrives_at_the_next_look(
    courier: SimulatorProcess, origin: OutsideSystems
) -> None:
    order = parcel()
    await courier.behave("courier", "collect", "lost_answer", times=1)
    with pytest.raises(OutsideUnavailable):
        await origin.courier.collect(order)
    await courier.behave("courier", "collect", "twice", times=1)
    waybill = await origin.courier.collect(order)
    assert await origin.courier.collect(order) == waybill
    assert await codes(origin, waybill.waybill_no) == ALL_THE_WAY
    assert await codes(origin, waybill.waybill_no) == ALL_THE_WAY
    events = await origin.courier.track(waybill.waybill_no)
    assert (events[0].place, events[-1].place) == ("330902", "371002")
    acts = [one for one in await courier.get("/_acts") if one["key"] == order.key]
    assert len(acts) == 1


async def test_a_stalled_parcel_says_nothing_until_it_goes_on(
    courier: SimulatorProcess, origin: OutsideSystems
) -> None:
    order = parcel()
    await courier.put("/courier/_fate", {"mode": "STALL", "key": order.key})
    waybill = await origin.courier.collect(order)
    for _ in range(3):
        assert await codes(origin, waybill.waybill_no) == ["COLLECTED"]
    await courier.put("/courier/_fate", {"mode": "DELIVER", "key": order.key})
    assert await codes(origin, waybill.waybill_no) == ALL_THE_WAY


async def test_a_lost_parcel_ends_lost_and_can_be_claimed_once(
    courier: SimulatorProcess, origin: OutsideSystems
) -> None:
    await courier.put("/courier/_fate", {"mode": "LOSE"})
    waybill, other = [await origin.courier.collect(parcel()) for _ in range(2)]
    assert await codes(origin, waybill.waybill_no) == ["COLLECTED", "IN_TRANSIT", "LOST"]
    assert await codes(origin, waybill.waybill_no) == ["COLLECTED", "IN_TRANSIT", "LOST"]
    assert await codes(origin, other.waybill_no) == ALL_THE_WAY
    order = claim(waybill.waybill_no)
    receipt = await origin.courier.claim(order)
    assert await origin.courier.claim(order) == receipt
    with pytest.raises(OutsideRefusal) as again:
        await origin.courier.claim(claim(waybill.waybill_no))
    assert again.value.code == "ALREADY_CLAIMED"


@pytest.mark.parametrize(
    ("mode", "last"),
    [("FAIL", ["RETURNING", "RETURNED"]), ("FAIL_THEN_DELIVER", ["OUT_FOR_DELIVERY", "DELIVERED"])],
)
async def test_attempts_fail_one_by_one_and_then_it_ends(
    courier: SimulatorProcess, origin: OutsideSystems, mode: str, last: list[str]
) -> None:
    order = parcel()
    await courier.put("/courier/_fate", {"mode": mode, "key": order.key, "attempts": 2})
    waybill = await origin.courier.collect(order)
    way, attempt = ALL_THE_WAY[:3], ["OUT_FOR_DELIVERY", "ATTEMPT_FAILED"]
    assert await codes(origin, waybill.waybill_no) == [*way, *attempt]
    assert await codes(origin, waybill.waybill_no) == [*way, *attempt, *attempt]
    for _ in range(2):
        assert await codes(origin, waybill.waybill_no) == [*way, *attempt, *attempt, *last]


async def test_what_was_delivered_can_be_claimed_only_as_damaged(
    courier: SimulatorProcess, origin: OutsideSystems
) -> None:
    waybill = await origin.courier.collect(parcel())
    assert (await codes(origin, waybill.waybill_no))[-1] == "DELIVERED"
    with pytest.raises(OutsideRefusal) as refused:
        await origin.courier.claim(claim(waybill.waybill_no, ClaimReason.SILENT))
    assert refused.value.code == "ALREADY_DELIVERED"
    await origin.courier.claim(claim(waybill.waybill_no, ClaimReason.DAMAGED))


async def test_unknown_waybills_and_parcels_to_where_they_are_are_refused(
    courier: SimulatorProcess, origin: OutsideSystems
) -> None:
    for asked in (
        origin.courier.track("EA000000000CN"),
        origin.courier.claim(claim("EA000000000CN")),
        origin.courier.collect(parcel(to_locality="330902")),
    ):
        with pytest.raises(OutsideRefusal) as refused:
            await asked
        assert refused.value.code in ("UNKNOWN_WAYBILL", "SAME_PLACE")
        assert "代码" not in refused.value.text


async def test_every_event_is_posted_to_the_address_of_the_order(
    courier: SimulatorProcess, origin: OutsideSystems, receiver: Receiver
) -> None:
    order = parcel(callback_url=receiver.url)
    waybill = await origin.courier.collect(order)
    await receiver.until(1)
    assert await advance(courier, order) == {"left": 0}
    assert [one.event.code.value for one in receiver.taken] == ALL_THE_WAY
    assert {(one.key, one.waybill_no) for one in receiver.taken} == {
        (order.key, waybill.waybill_no)
    }
    assert tuple(one.event for one in receiver.taken) == (
        await origin.courier.track(waybill.waybill_no)
    )


async def test_a_look_at_the_tracking_posts_too(
    courier: SimulatorProcess, origin: OutsideSystems, receiver: Receiver
) -> None:
    waybill = await origin.courier.collect(parcel(callback_url=receiver.url))
    await origin.courier.track(waybill.waybill_no)
    await receiver.until(5)
    assert receiver.numbers == [1, 2, 3, 4, 5]


async def test_a_call_back_that_is_not_taken_comes_again(
    courier: SimulatorProcess, origin: OutsideSystems, receiver: Receiver
) -> None:
    order = parcel(callback_url=receiver.url)
    await courier.put("/courier/_callbacks", {"mode": "HOLD"})
    await origin.courier.collect(order)
    receiver.failing = 1
    assert await post(courier, "/courier/_callbacks") == {"sent": 0, "left": 1}
    assert await post(courier, "/courier/_callbacks") == {"sent": 1, "left": 0}
    assert receiver.numbers == [1]


@pytest.mark.parametrize(
    ("mode", "numbers"),
    [
        ("TWICE", [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]),
        ("REVERSE", [5, 4, 3, 2, 1]),
    ],
)
async def test_call_backs_come_twice_or_out_of_order(
    courier: SimulatorProcess,
    origin: OutsideSystems,
    receiver: Receiver,
    mode: str,
    numbers: list[int],
) -> None:
    order = parcel(callback_url=receiver.url)
    await courier.put("/courier/_callbacks", {"mode": "HOLD"})
    await origin.courier.collect(order)
    assert await advance(courier, order) == {"left": 5}
    assert receiver.taken == []
    await courier.put("/courier/_callbacks", {"mode": mode})
    assert await post(courier, "/courier/_callbacks") == {"sent": 5, "left": 0}
    assert receiver.numbers == numbers


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/nobody", "no address at all", "http://["])
async def test_an_address_where_nobody_listens_does_not_keep_the_parcel(
    start_simulator: StartSimulator, url: str
) -> None:
    own = start_simulator()
    systems = own.outside()
    order = parcel(callback_url=url)
    waybill = await systems.courier.collect(order)
    assert await advance(own, order) == {"left": 5}
    assert await codes(systems, waybill.waybill_no) == ALL_THE_WAY
    await systems.aclose()


async def test_a_parcel_and_its_call_backs_survive_a_kill(
    start_simulator: StartSimulator, receiver: Receiver
) -> None:
    first = start_simulator()
    systems = first.outside()
    order = parcel(callback_url=receiver.url)
    await first.put("/courier/_callbacks", {"mode": "HOLD"})
    waybill = await systems.courier.collect(order)
    first.kill()
    start_simulator(first.port)
    assert await systems.courier.collect(order) == waybill
    assert await codes(systems, waybill.waybill_no) == ALL_THE_WAY
    await receiver.until(5)
    assert set(receiver.numbers) == {1, 2, 3, 4, 5}
    await systems.aclose()


async def test_a_contradicting_courier_says_lost(
    courier: SimulatorProcess, origin: OutsideSystems
) -> None:
    waybill = await origin.courier.collect(parcel())
    await courier.behave("courier", "track", "contradict", times=1)
    assert (await codes(origin, waybill.waybill_no))[-1] == "LOST"
    assert (await codes(origin, waybill.waybill_no))[-1] == "DELIVERED"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/courier/_fate", {"mode": "EAT"}),
        ("/courier/_fate", {"mode": "FAIL", "attempts": 0}),
        ("/courier/_callbacks", {"mode": "NEVER"}),
    ],
)
async def test_a_control_that_could_not_show_is_not_taken(
    courier: SimulatorProcess, path: str, body: dict[str, Any]
) -> None:
    async with httpx.AsyncClient(trust_env=False, verify=False) as http:
        answer = await http.put(courier.url + path, json=body)
    assert answer.status_code == 400
