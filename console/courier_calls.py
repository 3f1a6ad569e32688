"""The door at which a courier posts its tracking events; part of the console's HTTP side.

A call-back is believed where its address carries the token of its own order. Events are kept once
and told to the parcel by the worker, so that doubles, lateness and order do no harm.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from adapters.courier.protocol import CourierCallback
from domain.courier_calls import call_is_genuine, parcel_of_order
from storage import tracking
from storage.database import Database

#: A call-back is a few hundred bytes; whoever sends more is no courier.
_MAX_BYTES = 10_000


def courier_door(database: Database, secret: bytes) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint: 200 taken, 400 unreadable, 403 not of this order, 404 no such parcel here."""

    async def take(request: Request) -> Response:
        body = await request.body()
        try:
            if len(body) > _MAX_BYTES:
                raise ValueError("too long")
            call = CourierCallback.model_validate_json(body)
        except (ValidationError, ValueError):
            return _refusal(400, "NOT_A_CALLBACK", "回传内容不是寄递轨迹，请按接口约定重新发送。")
        if not call_is_genuine(secret, call.key, request.path_params["token"]):
            return _refusal(403, "NOT_ALLOWED", "回传地址与运单不符，请使用下单时给出的地址。")
        async with database.write() as connection:
            known = await tracking.take_in(
                connection,
                parcel_key=parcel_of_order(call.key),
                waybill=call.waybill_no,
                number=call.event.number,
                code=call.event.code.value,
                place=call.event.place,
                at=call.event.at,
                source="CALLBACK",
                now=datetime.now(UTC),
            )
        if not known:
            return _refusal(404, "UNKNOWN_PARCEL", "没有这件物料，请核对单号。")
        return JSONResponse({"taken": call.event.number})

    return take


def _refusal(status: int, code: str, message: str) -> Response:
    return JSONResponse({"code": code, "message": message}, status_code=status)
