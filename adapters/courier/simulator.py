"""The courier as the simulator process keeps it: parcels that arrive at the next look, or do not.

Controls beside /_behaviour: PUT /courier/_fate; POST /courier/_advance?key=; PUT and POST
/courier/_callbacks (mode; send what waits).
"""

from datetime import UTC, datetime
from typing import Any, ClassVar

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.courier.client import Tracking
from adapters.courier.fate import Fate, FateMode, next_codes
from adapters.courier.protocol import (
    ClaimOrder,
    ClaimReason,
    ClaimReceipt,
    CourierCallback,
    CourierRefusal,
    ParcelOrder,
    TrackCode,
    TrackEvent,
    Waybill,
)
from adapters.models import OutsideModel, Word
from adapters.simulators.behaviour import Behaviour, Behaviours
from adapters.simulators.operations import Act, Query, Refused, bad_request
from adapters.simulators.outgoing import CallbackMode, CallbackSetting, Outgoing
from adapters.simulators.store import Store
from adapters.simulators.system import SimulatedSystem
from domain.waybill import Carrier, s10

_PARCELS = "courier#parcels"
_KEYS = "courier#keys"


class Track(OutsideModel):
    waybill_no: Word


class Parcel(OutsideModel):
    """One parcel in the courier's hands."""

    waybill_no: str
    order: ParcelOrder
    events: tuple[TrackEvent, ...]
    fate: Fate = Fate(mode=FateMode.DELIVER)
    claimed: bool = False


class CourierSimulator(SimulatedSystem):
    """Serves adapters.courier.client under courier."""

    receipt_prefix: ClassVar[str] = "YJ"

    def __init__(self, store: Store, behaviours: Behaviours) -> None:
        super().__init__("courier", store, behaviours)
        self._outgoing = Outgoing(store, "courier")
        self._fates: dict[str | None, Fate] = {}
        self.queries = {"track": Query(Track, self._track, _lost, personal=False)}
        self.orders = {
            "collect": Act(ParcelOrder, self._collect, Waybill),
            "claim": Act(ClaimOrder, self._claim, ClaimReceipt),
        }

    def routes(self) -> list[Route]:
        return [
            *super().routes(),
            Route("/courier/_fate", self._set_fate, methods=["PUT"]),
            Route("/courier/_advance", self._advance_now, methods=["POST"]),
            Route("/courier/_callbacks", self._set_callbacks, methods=["PUT"]),
            Route("/courier/_callbacks", self._send_callbacks, methods=["POST"]),
        ]

    async def _serve(self, operation: str, request: Request, rule: Behaviour | None) -> Response:
        answer = await super()._serve(operation, request, rule)
        self._outgoing.send_soon()
        return answer

    def _collect(self, order: ParcelOrder) -> dict[str, Any]:
        if order.from_locality == order.to_locality and not order.to_person:
            raise Refused(CourierRefusal.SAME_PLACE)
        number = _number(order.service, self.store.next_number())
        fate = self._fates.pop(order.key, None) or self._fates.pop(None, None)
        parcel = Parcel(
            waybill_no=number, order=order, events=(), fate=fate or Fate(mode=FateMode.DELIVER)
        )
        self.store.put(_KEYS, order.key, number)
        self._happen(parcel, [TrackCode.COLLECTED])
        return {"waybill_no": number, "service": order.service}

    def _track(self, question: Track) -> Tracking:
        with self.store.transaction():
            return Tracking(events=self._progress(self._parcel(question.waybill_no)).events)

    def _claim(self, order: ClaimOrder) -> None:
        parcel = self._parcel(order.waybill_no)
        if parcel.claimed:
            raise Refused(CourierRefusal.ALREADY_CLAIMED)
        delivered = parcel.events[-1].code is TrackCode.DELIVERED
        if delivered and order.reason is not ClaimReason.DAMAGED:
            raise Refused(CourierRefusal.ALREADY_DELIVERED)
        self._keep(parcel.model_copy(update={"claimed": True}))

    def _progress(self, parcel: Parcel) -> Parcel:
        past = [event.code for event in parcel.events]
        return self._happen(parcel, next_codes(past, parcel.fate.mode, parcel.fate.attempts))

    def _happen(self, parcel: Parcel, codes: list[TrackCode]) -> Parcel:
        order = parcel.order
        for code in codes:
            at_origin = code in (TrackCode.COLLECTED, TrackCode.IN_TRANSIT, TrackCode.RETURNED)
            event = TrackEvent(
                number=len(parcel.events) + 1,
                code=code,
                place=order.from_locality if at_origin else order.to_locality,
                at=datetime.now(UTC),
            )
            parcel = parcel.model_copy(update={"events": (*parcel.events, event)})
            if order.callback_url:
                callback = CourierCallback(key=order.key, waybill_no=parcel.waybill_no, event=event)
                self._outgoing.add(order.callback_url, f"{order.key}#{event.number:04d}", callback)
        if codes:
            self._keep(parcel)
        return parcel

    def _parcel(self, waybill_no: str) -> Parcel:
        body = self.store.get(_PARCELS, waybill_no)
        if body is None:
            raise Refused(CourierRefusal.UNKNOWN_WAYBILL)
        return Parcel.model_validate_json(body)

    def _keep(self, parcel: Parcel) -> None:
        self.store.put(_PARCELS, parcel.waybill_no, parcel.model_dump_json())

    async def _set_fate(self, request: Request) -> Response:
        """Of a parcel collected already, of one still to come, or of the next one."""
        try:
            fate = Fate.model_validate_json(await request.body())
        except ValidationError as error:
            return bad_request(error)
        number = None if fate.key is None else self.store.get(_KEYS, fate.key)
        if number is None:
            self._fates[fate.key] = fate
        else:
            self._keep(self._parcel(number).model_copy(update={"fate": fate}))
        return JSONResponse(fate.model_dump(mode="json"))

    async def _advance_now(self, request: Request) -> Response:
        """One progress of every parcel, or of the one under ?key=, and its call-backs."""
        key = request.query_params.get("key")
        with self.store.transaction():
            parcels = [Parcel.model_validate_json(body) for body in self.store.all(_PARCELS)]
            for parcel in parcels:
                if key in (None, parcel.order.key):
                    self._progress(parcel)
        if self._outgoing.mode is not CallbackMode.HOLD:
            await self._outgoing.send()
        return JSONResponse({"left": self._outgoing.left()})

    async def _set_callbacks(self, request: Request) -> Response:
        try:
            setting = CallbackSetting.model_validate_json(await request.body())
        except ValidationError as error:
            return bad_request(error)
        self._outgoing.mode = setting.mode
        return JSONResponse(setting.model_dump(mode="json"))

    async def _send_callbacks(self, _: Request) -> Response:
        return JSONResponse({"sent": await self._outgoing.send(), "left": self._outgoing.left()})


def _number(service: Carrier, serial: int) -> str:
    match service:
        case Carrier.EMS:
            return s10("EA", serial)
        case Carrier.REGISTERED:
            return s10("RA", serial)
        case Carrier.DOMESTIC:
            return f"99{serial:011d}"
        case Carrier.CONFIDENTIAL:
            return f"样例机-{serial:06d}"


def _lost(tracking: Tracking) -> Tracking:
    last = tracking.events[-1].model_copy(update={"code": TrackCode.LOST})
    return Tracking(events=(*tracking.events[:-1], last))
