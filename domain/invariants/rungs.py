"""Facts about supervision: one issued rung with what became of it, and the rules it was issued by.

Gathered by the console's check beside the facts of `domain.invariants.facts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.supervision import LadderPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class RungRecord:
    """What was recorded about a rung; ``reason`` is the code of an ending."""

    kind: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RungPaper:
    """A slip that was handed out about a rung."""

    kind: str
    case_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedRung:
    """A rung as it is stored. ``policy``, ``lead`` and ``superior`` are those of its locality on
    the day of issue; ``paper`` is the kind of slip that goes with it, '' for a mere notice."""

    number: str
    task_id: str
    office: str
    rung: str
    round: int
    issuer: str
    issued_at: datetime
    due_on: date | None
    task_due_on: date
    policy: LadderPolicy
    lead: str
    superior: str
    paper: str = ""
    slips: tuple[RungPaper, ...] = ()
    records: tuple[RungRecord, ...] = ()
