"""Messages from within the house to a running case: money that arrived, a parcel's news.

Sent as a signal by the worker's own rounds and by other cases of the locality. ``key`` makes a
repeat harmless.
"""

from __future__ import annotations

from enum import StrEnum

from contracts.payload import Payload


class TidingsKind(StrEnum):
    """What there is to tell."""

    FUNDS_ARRIVED = "FUNDS_ARRIVED"
    FUNDS_BOUNCED = "FUNDS_BOUNCED"
    FUNDS_RETURNED = "FUNDS_RETURNED"
    PARCEL = "PARCEL"
    CASE_CLOSED = "CASE_CLOSED"
    DIFFERENCE = "DIFFERENCE"
    CALENDAR = "CALENDAR"  # another calendar is in force, and a limit of the case has another date
    CALENDAR_FINDING = "CALENDAR_FINDING"  # a check of the calendar does not find it any more
    SUPERVISION = "SUPERVISION"  # a rung of the ladder, or WITHDRAWN
    SHOW_AGAIN = "SHOW_AGAIN"  # operators see the case wrongly
    RATING = "RATING"
    HOTLINE = "HOTLINE"
    CHILD = "CHILD"  # of a composite case: filed, not filed, closed, not withdrawn


class Tidings(Payload):
    """One piece of news; never about a person. ``amount_fen`` is what this piece is about."""

    key: str
    kind: TidingsKind
    code: str = ""
    letter_no: str = ""
    amount_fen: int = 0
    total_fen: int = 0  # everything of that letter so far
    facts: dict[str, str] = {}
    more: tuple[Tidings, ...] = ()  # CALENDAR: of the case's other limits, told in the same breath

    @property
    def supervision_level(self) -> int:
        """SUPERVISION: 督办级别 of the rung that was issued; 0 where the ladder was withdrawn."""
        return int(self.facts.get("level", "0"))


class TidingsSent(Payload):
    """News from one case of the house to another, delivered by the worker's round."""

    to_workflow: str
    tidings: Tidings
