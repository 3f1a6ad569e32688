"""What the routines of bulletins and digests are asked and what came of it; numbers only."""

from __future__ import annotations

from datetime import datetime

from contracts.payload import Payload


class BulletinRequest(Payload):
    """Issue the bulletins of a kind (DAILY, MONTHLY) that are due as things stand ``at`` (now)."""

    locality: str
    kind: str
    at: datetime | None = None


class BulletinResult(Payload):
    """The numbers of the bulletins that the run found issued, oldest period first."""

    numbers: tuple[str, ...] = ()


class DigestRequest(Payload):
    """Tell every office of a locality what its day holds, as things stand ``at`` (now)."""

    locality: str
    at: datetime | None = None


class DigestResult(Payload):
    """How many offices have a digest of the day; none on a day that is no working day."""

    offices: int = 0
