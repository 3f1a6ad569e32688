"""The address at which the hotline's platform may post news of one locality; pure.

It carries a token of its own: whoever was not told it cannot post tickets. Used by the worker's
hotline round, which names the address, and by the console's door behind it.
"""

from __future__ import annotations

import hashlib
import hmac


def news_token(secret: bytes, locality: str) -> str:
    """The token in the address of a locality."""
    return hmac.new(secret, f"hotline|{locality}".encode(), hashlib.sha256).hexdigest()


def news_is_genuine(secret: bytes, locality: str, token: str) -> bool:
    """Whether the token is that locality's; takes the same time for any wrong one."""
    return hmac.compare_digest(news_token(secret, locality), token)
