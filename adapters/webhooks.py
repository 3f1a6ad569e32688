"""Sends what integrators are told, signed by the Standard Webhooks scheme.

Called by the worker's webhook round. The name is looked up, the address judged, and that very
address called: what a name means a moment later changes nothing.
"""

from __future__ import annotations

import asyncio
import json
import socket
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
from standardwebhooks import Webhook

from domain.webhooks import is_public

_SCHEMES = {"http": 80, "https": 443}


class ForbiddenTarget(Exception):
    """The address is none that anything is sent to; ``why`` says it in Chinese."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of it: ``said`` is the status, or what kind of silence; ``gone``: never again."""

    taken: bool
    said: str
    gone: bool = False


async def resolved(url: str, *, private: bool) -> str:
    """The IP address that the URL leads to; ForbiddenTarget, or OSError where no name is known."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ForbiddenTarget("地址写得不对") from None
    if parts.scheme not in _SCHEMES or not host:
        raise ForbiddenTarget("只能是 http 或者 https 的地址")
    if parts.username is not None or parts.fragment:
        raise ForbiddenTarget("地址中不能有账号或者锚点")
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(
            host, port or _SCHEMES[parts.scheme], type=socket.SOCK_STREAM
        )
    except UnicodeError:
        raise ForbiddenTarget("地址写得不对") from None
    addresses = [str(one[4][0]) for one in found]
    if not private and not all(is_public(one) for one in addresses):
        raise ForbiddenTarget("不能是内部网络的地址")
    return addresses[0]


class WebhookSender:
    """The way out; ``private``: addresses of inner networks are allowed."""

    def __init__(self, *, private: bool, timeout_seconds: float) -> None:
        self._private = private
        self._client = httpx.AsyncClient(
            timeout=timeout_seconds, follow_redirects=False, trust_env=False
        )

    async def send(
        self, url: str, secret: str, message_id: str, body: dict[str, Any], now: datetime
    ) -> Sent:
        """Send it once; only 2xx means that it was taken."""
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        try:
            address = await resolved(url, private=self._private)
            answer = await self._client.send(
                self._request(url, address, secret, message_id, text, now)
            )
        except ForbiddenTarget as refusal:
            return Sent(False, refusal.why)
        except httpx.TimeoutException:
            return Sent(False, "没有按时应答")
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            return Sent(False, "连接不上")
        return Sent(answer.is_success, str(answer.status_code), gone=answer.status_code == 410)

    def _request(
        self, url: str, address: str, secret: str, message_id: str, text: str, now: datetime
    ) -> httpx.Request:
        target = httpx.URL(url)
        return self._client.build_request(
            "POST",
            target.copy_with(host=address),
            content=text.encode(),
            headers={
                "Host": target.netloc.decode(),
                "Content-Type": "application/json",
                "User-Agent": "tongban-webhooks/1",
                "webhook-id": message_id,
                "webhook-timestamp": str(int(now.timestamp())),
                "webhook-signature": Webhook(secret).sign(message_id, now, text),
            },
            extensions={"sni_hostname": target.host},
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()
