"""The token of a form with files, read from its first field and handed on as the header.

Wrapped around the check of tokens by `console.desk_app`: the library's own reading of multipart
forms does not know the parser's present interface, and its header is what a script sends anyway.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADER = b"x-csrftoken"
_TYPE = b"content-type"
#: The token and the lines before it are far shorter; a form that begins otherwise has none.
_MOST = 2048
_FIRST = re.compile(
    rb'\A--[^\r\n]+\r\nContent-Disposition: form-data; name="csrftoken"\r\n'
    rb"(?:Content-[^\r\n]+\r\n)*\r\n([A-Za-z0-9_.\-]{1,300})\r\n",
    re.IGNORECASE,
)


class TokenOfUploads:
    """Middleware: ``check`` makes the checking application around the one that is protected."""

    def __init__(self, app: ASGIApp, check: Callable[[ASGIApp], ASGIApp]) -> None:
        self._app = check(_with_its_type(app))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_upload(scope):
            await self._app(scope, receive, send)
            return
        begun: list[Message] = []
        start = b""
        while len(start) < _MOST:
            message = await receive()
            begun.append(message)
            start += message.get("body", b"")
            if message["type"] != "http.request" or not message.get("more_body"):
                break

        async def replay() -> Message:
            return begun.pop(0) if begun else await receive()

        found = _FIRST.match(start[:_MOST])
        # The check sees no form that it would read itself; the application gets the type back.
        headers = [(name, value) for name, value in scope["headers"] if name != _TYPE]
        if found is not None:
            headers.append((_HEADER, found.group(1)))
        kept = dict(scope["headers"])[_TYPE]
        headers.append((_TYPE, b"application/octet-stream"))
        await self._app({**scope, "headers": headers, "upload_type": kept}, replay, send)


def _with_its_type(app: ASGIApp) -> ASGIApp:
    async def restored(scope: Scope, receive: Receive, send: Send) -> None:
        if "upload_type" in scope:
            headers = [(name, value) for name, value in scope["headers"] if name != _TYPE]
            scope = {**scope, "headers": [*headers, (_TYPE, scope["upload_type"])]}
        await app(scope, receive, send)

    return restored


def _is_upload(scope: Scope) -> bool:
    headers = dict(scope["headers"])
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    return bool(kind == b"multipart/form-data" and _HEADER not in headers)
