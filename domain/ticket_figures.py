"""What 12345 tickets add up to: in all, and by the office that answered or sent one back.

Pure counting over acts of the tickets' cases; `storage.ticket_figures` reads them. Sources:
docs/rules.md B4 12345.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAct:
    """One act of a ticket's case in the period; ``late``: its limit was marked as passed before."""

    code: str
    office: str
    round: int = 0
    verdict: str = ""
    late: bool = False


@dataclass(slots=True, kw_only=True)
class TicketFigures:
    """The figures of one office; of the whole where ``office`` is empty.

    ``replied`` counts rounds answered, ``repeated`` of these second ones. ``returned`` are tickets
    sent back: by the office, or to the platform in the whole. ``received`` and the closings are of
    the whole only, for they belong to the lead office.
    """

    office: str = ""
    received: int = 0
    returned: int = 0
    replied: int = 0
    on_time: int = 0
    repeated: int = 0
    closed: int = 0
    satisfied: int = 0


def ticket_figures(received: int, acts: Iterable[TicketAct]) -> tuple[TicketFigures, ...]:
    """The whole first, then each office in the order of its code."""
    whole = TicketFigures(received=received)
    found: dict[str, TicketFigures] = {}
    for act in acts:
        own = found.setdefault(act.office, TicketFigures(office=act.office))
        match act.code:
            case "TICKET_REPLIED":
                for sums in (whole, own):
                    sums.replied += 1
                    sums.on_time += not act.late
                    sums.repeated += act.round > 1
            case "TICKET_NOT_OURS":
                own.returned += 1
            case "TICKET_RETURNED":
                whole.returned += 1
            case "TICKET_CLOSED":
                whole.closed += 1
                whole.satisfied += act.verdict == "SATISFIED"
    worked = [found[code] for code in sorted(found) if found[code].replied or found[code].returned]
    return whole, *worked
