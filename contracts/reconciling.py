"""What the daily reconciliation is asked and what came of it; sums, keys and counts only."""

from __future__ import annotations

from datetime import datetime

from contracts.payload import Payload


class ReconcileRequest(Payload):
    """Compare one locality's books, letters and statements as they stand at ``at`` (now)."""

    locality: str
    at: datetime | None = None


class ReconcileResult(Payload):
    """How many differences stand, how many of them are new, and how many are gone."""

    found: int
    opened: int
    closed: int


class AssignRequest(Payload):
    """A clerk's command names the letter of an unknown arrival; its text is in the register."""

    case_no: str
    command_id: str
