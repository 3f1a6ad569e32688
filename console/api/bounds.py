"""What no operation ever sees: bodies that are not JSON. How large one may be says
`console.web.body_bounds` for the whole console.

Stands before the programming interface; called by `console.api.app`.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from console.problems import problem


class JsonOnly:
    """Middleware: 415 for a body that is not JSON."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD"):
            headers = dict(scope["headers"])
            has_body = (
                headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers
            )
            kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
            if has_body and kind != b"application/json":
                await problem("NOT_JSON")(scope, receive, send)
                return
        await self._app(scope, receive, send)
