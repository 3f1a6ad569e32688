"""How much anybody may send: counted before anything is read, so that no body fills the memory.

Stands before the whole console (`console.app`, `console.desk_app`). What is too much is a page for
people and a problem for callers of the programming interface.
"""

from __future__ import annotations

import re
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.office import Office
from console.web.plain_pages import refusal
from domain.calendar import SHANGHAI

#: Where papers are sent.
_UPLOADS = re.compile(
    r"/intake/drafts/[^/]+/(save|check|file)|/cases/[^/]+/hand-in|/progress/supplement"
)
#: Whose bodies are JSON with papers or payloads in them.
_MACHINES = re.compile(r"/api/v1/.*|/codec/.*")


class BodyBounds:
    """Middleware: 413 for a body beyond the policies, by what it announces and by what comes."""

    def __init__(self, app: ASGIApp, office: Office, *, machines: bool = False) -> None:
        self._app = app
        self._machines = machines
        self._office = office

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self.most(scope["path"])
        announced = dict(scope["headers"]).get(b"content-length", b"")
        if announced.isdigit() and int(announced) > most:
            await refusal(scope, 413, machines=self._machines)(scope, receive, send)
            return
        came = 0
        begun = False

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > most:
                # This one alone FastAPI lets through while it reads a body.
                raise HTTPException(413)
            return message

        async def answer(message: Message) -> None:
            nonlocal begun
            # Whatever was made of the broken body is not what happened.
            if came <= most or begun:
                begun = begun or message["type"] == "http.response.start"
                await send(message)

        try:
            await self._app(scope, counted, answer)
        except HTTPException:
            if came <= most:
                raise
        if came > most and not begun:
            await refusal(scope, 413, machines=self._machines)(scope, receive, send)

    def most(self, path: str) -> int:
        """Bytes that may be sent there."""
        if _MACHINES.fullmatch(path):
            return self._policy("api.body_max_bytes")
        form = self._policy("form.max_bytes")
        if _UPLOADS.fullmatch(path):
            return form + self._policy("upload.max_files") * self._policy("document.max_bytes")
        return form

    def _policy(self, key: str) -> int:
        today = datetime.now(SHANGHAI).date()
        return self._office.catalog.policy(key, self._office.locality, on=today).as_number()
