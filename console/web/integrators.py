"""The managers' page of integrators: keys and webhooks; and the page that lists the calls.

The rules are those of `console.key_desk` and `console.webhook_desk`, as for the interface itself.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from console.errors import OfficeCode, OfficeError
from console.key_desk import KeyDesk, KeyWanted
from console.web.acting import command_of, new_command
from console.web.context import Visit, Visiting, draw
from console.web.posts import manager
from console.webhook_desk import WebhookDesk
from domain.permissions import Permission
from domain.webhooks import WebhookEvent

router = APIRouter(include_in_schema=False)

_EMPTY = KeyWanted("", "", "", 180)


@router.get("/api/v1")
async def calls(request: Request) -> Response:
    """Every call of the interface in words, for whoever writes an integration."""
    found = request.app.state.openapi()
    by_tag: dict[str, list[dict[str, Any]]] = {}
    for path, operations in found["paths"].items():
        for method, one in operations.items():
            shown = {"method": method.upper(), "path": path, **one}
            by_tag.setdefault(one["tags"][0], []).append(shown)
    return draw(
        request,
        "interface.html.j2",
        title="接口说明",
        about=found["info"]["description"].split("\n"),
        by_tag=by_tag,
        events=list(WebhookEvent),
    )


@router.get("/integrators")
async def integrators(visit: Visiting) -> Response:
    """Keys and webhooks, and the form for a new key."""
    visit.need(Permission.MANAGE)
    return await _page(visit, _EMPTY)


@router.post("/integrators/keys")
async def issue(
    visit: Visiting,
    command_id: Annotated[str, Form()],
    name: Annotated[str, Form()] = "",
    code: Annotated[str, Form()] = "",
    office: Annotated[str, Form()] = "",
    days: Annotated[str, Form()] = "",
) -> Response:
    """Issue a key and show it, this once."""
    visit.need(Permission.MANAGE)
    number = int(days) if days.isascii() and days.isdigit() and len(days) < 6 else 0
    wanted = KeyWanted(name, code.strip().upper(), office, number)
    try:
        key, _ = await KeyDesk(visit.house.office).issue(
            wanted,
            by=manager(visit),
            own=visit.person.codes,
            command_id=command_of(command_id),
        )
    except OfficeError as error:
        return await _page(visit, wanted, error=error.message)
    return await _page(visit, _EMPTY, key=key)


@router.post("/integrators/keys/revoke")
async def revoke(visit: Visiting, number: Annotated[int, Form()]) -> Response:
    """End a key now."""
    visit.need(Permission.MANAGE)
    await KeyDesk(visit.house.office).revoke(number, by=manager(visit))
    return RedirectResponse("/integrators", 303)


@router.post("/integrators/webhooks")
async def change_webhook(
    visit: Visiting, number: Annotated[int, Form()], do: Annotated[str, Form()]
) -> Response:
    """Pause, set going again, or end a webhook."""
    visit.need(Permission.MANAGE)
    desk: WebhookDesk = visit.request.app.state.webhooks
    if do == "end":
        await desk.end(number)
    elif do in ("pause", "resume"):
        await desk.set_going(number, going=do == "resume")
    else:
        raise OfficeError(OfficeCode.WRONG_FIELD, "没有这项操作；请返回页面重新选择。")
    return RedirectResponse("/integrators", 303)


async def _page(visit: Visit, wanted: KeyWanted, *, error: str = "", key: str = "") -> Response:
    office = visit.house.office
    desk: WebhookDesk = visit.request.app.state.webhooks
    return visit.page(
        "integrators.html.j2",
        status=422 if error else 200,
        title="系统对接",
        keys=await KeyDesk(office).listed(),
        webhooks=await desk.listed(),
        labels={event.value: event.label for event in WebhookEvent},
        wanted=wanted,
        error=error,
        key=key,
        offices=office.catalog.offices,
        places=office.catalog.locality(office.locality).offices,
        today=visit.today,
        command_id=new_command(),
    )
