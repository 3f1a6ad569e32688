"""12345 tickets: what the platform tells, to which office a ticket may go, when a round is over.

Pure; used by the ticket's workflow, by what takes tickets in and by the check. Sources:
国办发〔2020〕53号, docs/rules.md B4.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class HotlineNews(StrEnum):
    """What the platform tells about a ticket."""

    TICKET = "TICKET"
    WITHDRAWN = "WITHDRAWN"
    CALLED_BACK = "CALLED_BACK"
    UNREADABLE = "UNREADABLE"  # what the platform sent breaks its own form


class TicketVerdict(StrEnum):
    """What the caller said when called back."""

    SATISFIED = "SATISFIED"
    UNSATISFIED = "UNSATISFIED"
    NOT_REACHED = "NOT_REACHED"


class ReplyKind(StrEnum):
    """What is sent back to the platform: an answer, the ticket itself, or more time taken."""

    REPLY = "REPLY"
    RETURN = "RETURN"
    EXTENSION = "EXTENSION"


class DispatchCode(StrEnum):
    """Why a ticket cannot go to the office that was named."""

    UNKNOWN_OFFICE = "UNKNOWN_OFFICE"
    RETURNED_ONCE = "RETURNED_ONCE"


def dispatch_refusal(
    office: str, *, offices: Collection[str], returned_by: Collection[str]
) -> DispatchCode | None:
    """Why a ticket may not be dispatched there: an office returns the same ticket once only."""
    if office not in offices:
        return DispatchCode.UNKNOWN_OFFICE
    if office in returned_by:
        return DispatchCode.RETURNED_ONCE
    return None


def goes_on(verdict: str, *, round_: int, rounds: int) -> bool:
    """Whether the ticket is handled once more after this call-back."""
    return verdict == TicketVerdict.UNSATISFIED and round_ < rounds
