"""What is asked of the re-plan and of the weekly check of a locality's calendar."""

from __future__ import annotations

from datetime import datetime

from contracts.payload import Payload


class ReplanRequest(Payload):
    """Count every open clock of the locality again, after this entry of its calendar log."""

    locality: str
    entry: int


class ReplanProgress(Payload):
    """How far a re-plan has come, in clocks; ``untold``: news that have not reached their case.

    ``urgent`` are those of a date that lies earlier: once none of them is left, everything that can
    take effect is known to the running cases.
    """

    entry: int
    version: str = ""
    total: int = 0
    counted: int = 0
    moved: int = 0
    confirmed: int = 0
    same: int = 0
    expired: int = 0
    kept: int = 0
    tidings: int = 0
    untold: int = 0
    urgent: int = 0
    urgent_untold: int = 0
    armed: bool = False
    counting: bool = True
    superseded_by: int | None = None


class CalendarCheckRequest(Payload):
    """Look after the locality's calendar as things stand ``at`` (now unless given)."""

    locality: str
    at: datetime | None = None


class CalendarCheckResult(Payload):
    """How many findings stand, came new and are gone; ``keys``: those that stand."""

    standing: int
    opened: int
    closed: int
    keys: tuple[str, ...] = ()
