"""The door at which the 12345 platform posts news of tickets; part of the console's HTTP side.

A call-back is believed where its address carries the locality's token. News are kept once and told
to the ticket's case by the worker, so that doubles and lateness do no harm; news that overtake
their ticket are sent away and come again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from activities.ticket_filing import take_news
from adapters.hotline.protocol import HotlineEvent
from catalog.catalog import Catalog
from domain.errors import DomainError
from domain.hotline import HotlineNews
from domain.hotline_calls import news_is_genuine
from storage.database import Database

#: The longest call is a few thousand characters; whoever sends more is no platform.
_MAX_BYTES = 40_000


def hotline_door(
    database: Database, catalog: Catalog, locality: str, secret: bytes
) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint: 200 taken, 400 unreadable, 403 wrong address, 404 no such ticket yet."""

    async def take(request: Request) -> Response:
        if not news_is_genuine(secret, locality, request.path_params["token"]):
            return _refusal(403, "NOT_ALLOWED", "回传地址不正确，请使用轮询时给出的地址。")
        body = await request.body()
        try:
            if len(body) > _MAX_BYTES:
                raise ValueError("too long")
            event = HotlineEvent.model_validate_json(body)
            if event.kind is HotlineNews.UNREADABLE:
                raise ValueError("not for the wire")
        except (ValidationError, ValueError):
            return _refusal(400, "NOT_NEWS", "回传内容不是工单消息，请按接口约定重新发送。")
        try:
            async with database.write() as connection:
                known = await take_news(
                    connection, catalog, locality, event, source="CALLBACK", at=datetime.now(UTC)
                )
        except DomainError as error:
            return _refusal(409, str(error.code), error.message)
        if not known:
            return _refusal(404, "UNKNOWN_TICKET", "还没有这张工单，请先推送工单再推送其消息。")
        return JSONResponse({"taken": event.number})

    return take


def _refusal(status: int, code: str, message: str) -> Response:
    return JSONResponse({"code": code, "message": message}, status_code=status)
