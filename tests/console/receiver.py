"""An integrator's receiver of webhooks: keeps what comes, and answers as it is told."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from standardwebhooks import Webhook
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from embedded.ports import Ports


@dataclass(slots=True)
class Receiver:
    """``answers`` are given in turn, then always 200; ``came`` is (id, headers, text)."""

    url: str
    answers: list[int] = field(default_factory=list)
    came: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    secret: str = ""

    async def take(self, request: Request) -> Response:
        text = await request.body()
        headers = dict(request.headers)
        self.came.append((headers["webhook-id"], headers, text))
        status = self.answers.pop(0) if self.answers else 200
        if status < 300 and self.secret:
            self.taken.append(Webhook(self.secret).verify(text, headers))
        return Response(status_code=status, headers={"Location": f"{self.url}/elsewhere"})


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    """A receiver on this machine."""
    port = Ports.free().simulators
    one = Receiver(f"http://127.0.0.1:{port}/hook")
    app = Starlette(routes=[Route("/{path:path}", one.take, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", lifespan="off"))
    listening = socket.create_server(("127.0.0.1", port))
    serving = asyncio.create_task(server.serve([listening]))
    try:
        yield one
    finally:
        server.should_exit = True
        await serving
