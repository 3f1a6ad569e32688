"""What a patrol of the supervision ladder is asked and what came of it; codes and counts only."""

from __future__ import annotations

from datetime import datetime

from contracts.payload import Payload


class PatrolRequest(Payload):
    """Patrol one locality as things stand ``at`` (the workflow's own time unless given).

    ``by_hand``: somebody asked for it, so the hours of the Schedule do not matter.
    """

    locality: str
    at: datetime | None = None
    by_hand: bool = False


class PatrolResult(Payload):
    """How many tasks were looked at and planned, and how many rungs were issued, closed with the
    work or withdrawn. ``skipped`` says why nothing was done: REST_DAY or OUT_OF_HOURS."""

    looked: int = 0
    planned: int = 0
    issued: int = 0
    closed: int = 0
    withdrawn: int = 0
    skipped: str = ""

    def plus(self, other: PatrolResult) -> PatrolResult:
        """Both counts together."""
        return PatrolResult(
            looked=self.looked + other.looked,
            planned=self.planned + other.planned,
            issued=self.issued + other.issued,
            closed=self.closed + other.closed,
            withdrawn=self.withdrawn + other.withdrawn,
            skipped=self.skipped or other.skipped,
        )
