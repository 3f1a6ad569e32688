"""The keys of orders to a courier, and the token that proves a call-back to be its own; pure.

Every order names a call-back address with a token of its own: whoever does not know the order
cannot post events for it. Used by activities/courier_desk.py and the console's call-back endpoint.
"""

from __future__ import annotations

import hashlib
import hmac


def order_key(parcel_key: str, attempt: int, *, back: bool = False) -> str:
    """The key of one journey: the parcel, its attempt, and whether it goes back."""
    return f"{parcel_key}/{'B' if back else 'A'}{attempt}"


def parcel_of_order(key: str) -> str:
    """The parcel that an order's key speaks of."""
    return key.partition("/")[0]


def call_token(secret: bytes, key: str) -> str:
    """The token in the call-back address of an order."""
    return hmac.new(secret, f"courier|{key}".encode(), hashlib.sha256).hexdigest()


def call_is_genuine(secret: bytes, key: str, token: str) -> bool:
    """Whether the token belongs to that order; takes the same time for any wrong one."""
    return hmac.compare_digest(call_token(secret, key), token)
