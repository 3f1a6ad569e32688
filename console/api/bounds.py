"""What no operation ever sees: bodies that are too large, or are not JSON.

Stands before the programming interface; called by `console.api.app`.
"""

from __future__ import annotations

from datetime import datetime

from fastapi import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.api.problems import problem
from console.web.context import House
from domain.calendar import SHANGHAI


class Bounds:
    """Middleware: 413 for a body beyond the policy, 415 for one that is not JSON."""

    def __init__(self, app: ASGIApp, house: House) -> None:
        self._app = app
        self._house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        most = self._most()
        announced = headers.get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > most:
            await problem("BODY_TOO_LARGE")(scope, receive, send)
            return
        has_body = announced != b"0" or b"transfer-encoding" in headers
        kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        if has_body and scope["method"] not in ("GET", "HEAD") and kind != b"application/json":
            await problem("NOT_JSON")(scope, receive, send)
            return
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > most:
                # This one alone FastAPI lets through while it reads a body.
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)

    def _most(self) -> int:
        office = self._house.office
        today = datetime.now(SHANGHAI).date()
        return office.catalog.policy("api.body_max_bytes", office.locality, on=today).as_number()
