"""What stands before everything of the console: an outage is told in words, wherever it happens.

Sessions are read before any page, so that a database that is away would otherwise end each request
in a bare server error. Used by `console.app` and `console.desk_app`.
"""

from __future__ import annotations

import logging

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.web.plain_pages import refusal

_LOG = logging.getLogger(__name__)
#: A database that does not answer, or that nobody gets a connection to any more.
OUTAGES: tuple[type[Exception], ...] = (DBAPIError, PoolTimeoutError, OSError)


class Guard:
    """Middleware: 503 for an outage, 500 for a fault; both say what to do next."""

    def __init__(self, app: ASGIApp, *, machines: bool = False) -> None:
        self._app = app
        self._machines = machines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except OUTAGES as error:
            if begun:
                raise
            # What was asked may name somebody; the kind of the error is enough.
            _LOG.warning("the console cannot serve", extra={"outage": type(error).__name__})
            await refusal(scope, 503, machines=self._machines)(scope, receive, send)
        except Exception:
            if not begun:
                await refusal(scope, 500, machines=self._machines)(scope, receive, send)
            raise
