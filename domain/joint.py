"""多地联办: whom a joint case waits for, and when it may go on without somebody.

Asked by the joint procedure (`workflows.joint_parts`) and by tests. Basis: docs/rules.md section 0
(JOINT) and B3: silence is never consent, and a promise never replaces another office's own act.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

#: Parts of one case: each has a time limit of its own, of the kinds PART_1 to PART_8.
MOST_PARTS = 8


class PartState(StrEnum):
    """Where one part of a joint case stands, seen from the case."""

    OPEN = "OPEN"  # nobody has been asked yet
    ASKED = "ASKED"
    AGREED = "AGREED"
    REFUSED = "REFUSED"
    PROMISED = "PROMISED"  # the case went on upon a written promise; the answer is still to come
    LEFT_OUT = "LEFT_OUT"  # optional, and concluded without it


class Before(StrEnum):
    """Until when a part must have ended."""

    REVIEW = "REVIEW"  # 前置联办
    CONCLUSION = "CONCLUSION"  # 一般联办


@dataclass(frozen=True, slots=True)
class PartStanding:
    """One part as the rules see it. ``settled``: the lead has taken note of its refusal."""

    number: int
    before: Before
    required: bool
    on_commitment: bool
    state: PartState
    late: bool = False
    settled: bool = False


def waits_for(parts: Iterable[PartStanding], before: Before) -> tuple[int, ...]:
    """The parts that hold the case at this point: what comes before the review holds the end too.

    An optional part never holds. A refusal holds until the lead office has asked again or put it
    before the deciding office.
    """
    held = {Before.REVIEW} if before is Before.REVIEW else set(Before)
    return tuple(one.number for one in parts if one.before in held and _holds(one))


def _holds(part: PartStanding) -> bool:
    if not part.required:
        return False
    if part.state is PartState.REFUSED:
        return not part.settled
    return part.state in (PartState.OPEN, PartState.ASKED)


def stand_against(parts: Iterable[PartStanding]) -> tuple[int, ...]:
    """Required parts that said no: nothing can be granted while one of them stands."""
    return tuple(one.number for one in parts if one.required and one.state is PartState.REFUSED)


def may_go_on_promise(part: PartStanding) -> bool:
    """Whether the applicant's written promise may carry the case past this part, for now."""
    return part.on_commitment and part.late and part.state is PartState.ASKED


def may_leave_out(part: PartStanding) -> bool:
    """Whether the case may do without the part altogether."""
    return not part.required and part.state in (PartState.OPEN, PartState.ASKED)
