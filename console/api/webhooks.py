"""Webhooks over the programming interface: an integrator makes them with its key, a manager for it.

What is told carries no personal data; who may be told of a case is what the key's post may see.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import Field

from console.api.calling import Call, Calling
from console.api.once import Changing, once
from console.api.shapes import CHANGES, READS, Asked, Done, Number, Shown
from console.errors import OfficeCode, OfficeError
from console.web.posts import manager
from console.webhook_desk import WebhookDesk
from domain.permissions import Permission
from domain.webhooks import WebhookEvent

router = APIRouter(tags=["推送"])


class WebhookShown(Shown):
    """A webhook, without its secret."""

    id: int
    key_id: int
    key_name: str
    url: str
    events: list[WebhookEvent]
    created_by: str
    created_at: datetime
    paused_at: datetime | None
    paused_why: str | None
    delivered_at: datetime | None = Field(description="最近一次被接收")
    waiting: int = Field(description="还有几条没有送达")


class Webhooks(Shown):
    """Webhooks that have not ended."""

    items: list[WebhookShown]


class WebhookAsked(Asked):
    """A webhook to be made."""

    url: str = Field(min_length=1, max_length=500, description="http 或 https 地址")
    events: list[WebhookEvent] = Field(min_length=1, max_length=50, description="推送哪些事件")
    key: int | None = Field(
        default=None, ge=1, le=2**53, description="哪个密钥的；以密钥调用的为该密钥，不必写"
    )


class WebhookMade(WebhookShown):
    """A new webhook: this is the only time that its secret is told."""

    secret: str | None = Field(description="验签密钥（Standard Webhooks）；只告知这一次")


class MessageShown(Shown):
    """One thing that was or is to be told."""

    id: str = Field(description="webhook-id；重复推送时不变")
    case_no: str
    body: dict[str, Any]
    status: str = Field(description="WAITING 待送达、TAKEN 已接收")
    attempts: int
    next_at: datetime
    said: str | None = Field(description="接收方最近的应答")
    settled_at: datetime | None


class Messages(Shown):
    """The latest 50, newest first."""

    items: list[MessageShown]


@router.get("/webhooks", responses={**READS}, summary="推送")
async def list_webhooks(call: Calling) -> Webhooks:
    """自己密钥的推送；管理员看到全部。"""
    return Webhooks.model_validate({"items": await _desk(call).listed(_own(call))})


@router.post(
    "/webhooks",
    responses={**CHANGES},
    summary="登记推送",
    response_model=WebhookMade,
    status_code=201,
)
async def make_webhook(change: Changing, body: WebhookAsked) -> Response:
    """事件发生后向该地址推送，按 Standard Webhooks 签名；验签密钥只告知一次。"""

    async def work() -> WebhookMade:
        call = change.call
        own = _own(call)
        key_id = own or body.key
        if key_id is None or (own is not None and body.key not in (None, own)):
            words = "请写明是哪个密钥的推送；以密钥调用的只能登记自己的。"
            raise OfficeError(OfficeCode.WRONG_FIELD, words, fields={"key": words})
        by = call.key["code"] if call.key else manager(call.visit)
        secret, row = await _desk(call).create(body.url, body.events, key_id=key_id, by=by)
        return WebhookMade.model_validate({**row, "secret": secret})

    return await once(change, work, status=201, secret=frozenset({"secret"}))


@router.get("/webhooks/{number}/messages", responses={**READS}, summary="推送记录")
async def list_webhook_messages(call: Calling, number: Number) -> Messages:
    """最近的推送和接收方的应答。"""
    return Messages.model_validate({"items": await _desk(call).messages(number, _own(call))})


@router.post(
    "/webhooks/{number}/resume",
    responses={**CHANGES},
    summary="恢复推送",
    response_model=WebhookShown,
)
async def resume_webhook(change: Changing, number: Number) -> Response:
    """从没有送达的第一条起立即重新推送。"""

    async def work() -> WebhookShown:
        row = await _desk(change.call).set_going(number, _own(change.call), going=True)
        return WebhookShown.model_validate(row)

    return await once(change, work)


@router.post(
    "/webhooks/{number}/pause",
    responses={**CHANGES},
    summary="暂停推送",
    response_model=WebhookShown,
)
async def pause_webhook(change: Changing, number: Number) -> Response:
    """暂停期间的事件保留，恢复后补推。"""

    async def work() -> WebhookShown:
        row = await _desk(change.call).set_going(number, _own(change.call), going=False)
        return WebhookShown.model_validate(row)

    return await once(change, work)


@router.post(
    "/webhooks/{number}/end", responses={**CHANGES}, summary="结束推送", response_model=Done
)
async def end_webhook(change: Changing, number: Number) -> Response:
    """不再推送，没有送达的也不再送。"""

    async def work() -> Done:
        await _desk(change.call).end(number, _own(change.call))
        return Done()

    return await once(change, work)


def _desk(call: Call) -> WebhookDesk:
    desk: WebhookDesk = call.visit.request.app.state.webhooks
    return desk


def _own(call: Call) -> int | None:
    """The key whose webhooks these are; None: a manager, who sees to all. Forbidden for others."""
    if call.key is not None:
        call.need(Permission.READ)
        return int(call.key["id"])
    call.need(Permission.MANAGE)
    return None
