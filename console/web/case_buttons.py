"""Which buttons a case's pages show to a person: none that would only be refused.

Shared by the case page, its acts, a closed task and the pages that the buttons lead to.
"""

from __future__ import annotations

from typing import Any

from console.slip_desk import taking_part
from console.web.context import Visit
from domain.casework import ClockKind, Stage
from domain.permissions import Permission, Post

Record = dict[str, Any]


def printing_post(visit: Visit, case: Record) -> Post | None:
    """A working post at an office that takes part; a supervisor reads, and issues nothing."""
    posts = (
        visit.person.post(Permission.COMPLETE, office)
        for office in sorted(place for place in taking_part(case) if place)
    )
    return next((post for post in posts if post is not None), None)


def waits_for_papers(case: Record) -> bool:
    """Whether papers can be handed in now: after a notice, or what was let in without them."""
    return case["closed_at"] is None and (
        case["stage"] == Stage.CORRECTION
        or any(
            clock["kind"] == ClockKind.DEFERRAL and clock["stopped_on"] is None
            for clock in case["clocks"]
        )
    )


def may_hand_in(visit: Visit, case: Record) -> bool:
    """Whether this person takes papers in for the case, and the case waits for some."""
    return waits_for_papers(case) and visit.person.may(Permission.FILE, case["intake_office"])


def buttons(visit: Visit, case: Record) -> dict[str, bool]:
    """What the templates ask."""
    return {
        "may_print": printing_post(visit, case) is not None,
        "may_hand_in": may_hand_in(visit, case),
    }
