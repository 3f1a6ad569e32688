"""Who is of the house at the doors for machines: callers on this machine, or with the token.

Asked by `console.app` and `console.bulletin_pages`. Where a token is set, it alone counts: a
gateway on this machine makes every caller look local.
"""

from __future__ import annotations

import hmac

from starlette.requests import Request


def is_of_the_house(request: Request, token: str | None) -> bool:
    """Whether the caller brings ``token`` (Authorization: Bearer …), or is local where none is."""
    if token is not None:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    return request.client is not None and request.client.host in ("127.0.0.1", "::1")
