"""What the nightly check of registers against visibility is asked and what came of it."""

from __future__ import annotations

from datetime import datetime

from contracts.payload import Payload


class RegisterCheckRequest(Payload):
    """Compare one locality's register with what Temporal shows, ``at`` (the workflow's now)."""

    locality: str
    at: datetime | None = None


class RegisterCheckResult(Payload):
    """How many cases were compared, how many differences stand, are new, were asked to show
    themselves again, and are gone."""

    compared: int
    found: int
    opened: int
    repaired: int
    gone: int
