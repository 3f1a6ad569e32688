"""What a drill has seen, as plain facts: who was late on which day, and what was issued then. Pure.

`embedded.drill.watching` collects them, `embedded.drill.expected` and `.verdict` judge them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.limits import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An open task as it stood just before a patrol; ``length`` of its limit, in ``unit``."""

    task_id: str
    due_on: date | None
    length: int | None
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Patrolled:
    """One patrol of a locality, and all open tasks of that moment.

    ``stages``: stage and ending of every case just before, ``stages_after`` when all was quiet
    again.
    """

    locality: str
    at: datetime
    day: date
    seen: tuple[Seen, ...]
    issued: int
    stages: tuple[tuple[str, str, str], ...] = ()
    stages_after: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFact:
    """A task as it is in the end; ``leg``: another locality waits for it."""

    task_id: str
    case_no: str
    home_case_no: str
    locality: str
    office: str
    kind: str
    title: str
    matter: str
    leg: bool
    opened_on: date
    due_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RungFact:
    """A rung as the register of supervision has it. ``told_home``: the letter about it arrived."""

    number: str
    task_id: str
    rung: str
    round: int
    issued_at: datetime
    issued_on: date
    reply_due: date | None
    task_due_on: date
    issuer: str
    office: str
    warning: str
    rule: str
    days_late: int
    answered_at: datetime | None
    ended: str
    told_home: bool
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFact:
    """A case as it is in the end; ``wanted`` are the endings that its example may have."""

    case_no: str
    home_case_no: str
    locality: str
    kind: str
    matter: str
    example: str
    stage: str
    ending: str
    escalation: int
    closed: bool
    wanted: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that the verdict rests on."""

    patrols: tuple[Patrolled, ...]
    tasks: tuple[TaskFact, ...]
    rungs: tuple[RungFact, ...]
    cases: tuple[CaseFact, ...]
