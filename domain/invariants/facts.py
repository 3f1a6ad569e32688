"""The facts that the rules of this package judge, as the registers of the localities tell them.

Gathered by the console's check. A fact holds no personal data: ``who`` stands for an identity
number without being one, and of written texts only the names of those that are there are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.attribution import Holder
from domain.invariants.papers import Certificate, Document, Letter
from domain.invariants.rungs import IssuedRung
from domain.limits import Extension
from domain.responsibility import Days

#: The family of the cases that move a registration of the population register.
HUKOU = "HUKOU_MIGRATION"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: where, in which case, what is wrong and what to look at (Chinese)."""

    invariant: str
    locality: str
    case_no: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One migrant of a case; ``former`` are the persons an identity correction replaced."""

    number: int
    who: str
    status: str
    open: bool
    former: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A legal act that stands. ``written``: which of reason, defects, remedy, evidence it has."""

    code: str
    office: str
    actor: str
    basis: str
    person: int
    effective_on: date
    at: datetime
    made_in: int
    facts: Mapping[str, str]
    written: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A worklist entry."""

    task_id: str
    kind: str
    office: str
    role: str
    status: str
    outcome: str | None = None
    reason_code: str | None = None
    command_id: str | None = None
    decided_by: str | None = None
    closed_in: int | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What a person asked; ``written`` as in :class:`Act`."""

    command_id: str
    verb: str
    actor: str
    office: str
    roles: frozenset[str]
    status: str
    outcome: str | None = None
    persons: tuple[int, ...] = ()
    written: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One written step of a case and what led to it: command ids, letter numbers, clocks."""

    sequence: int
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the audit trail."""

    made_in: int
    number: int
    code: str
    stage: str
    holder: str
    office: str
    at: datetime
    day: date
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseTaken:
    """A pause as it is stored; its reason may be anything, which is what the rule looks for."""

    reason: str
    from_day: date
    to_day: date | None
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitLine:
    """One line of a clock's log: where its date came from, and where it went."""

    cause: str
    calendar_to: str
    due_from: date | None
    due_to: date | None
    promised_to: date | None
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningLimit:
    """A clock's stored intervals and the dates stored with them; ``log`` None: not read."""

    kind: str
    number: int
    length: int
    unit: str
    basis: str
    promised: int | None
    effect: str
    rolls: bool
    started_on: date
    pauses: tuple[PauseTaken, ...]
    extensions: tuple[Extension, ...]
    due_on: date | None
    promised_on: date | None
    provisional: bool
    calendar_version: str
    stopped_on: date | None
    made_in: int
    log: tuple[LimitLine, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedDays:
    """Whose days a case used, as the register totals them up to ``as_of``."""

    as_of: datetime
    days: Mapping[Holder, Days]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case (HOME) or a leg (LEG) with everything on its file."""

    locality: str
    case_no: str
    kind: str
    family: str = HUKOU
    home_case_no: str
    stage: str
    holder: str
    office: str
    custodian: str
    intake: str
    station: str
    bureau: str
    ending: str | None
    overdue: bool
    escalation: int
    closed: bool
    filed_at: datetime
    waits_for_items: bool = False  # a composite case of which an item is at work
    persons: tuple[Person, ...] = ()
    acts: tuple[Act, ...] = ()
    tasks: tuple[Task, ...] = ()
    commands: tuple[Command, ...] = ()
    transitions: tuple[Transition, ...] = ()
    events: tuple[Event, ...] = ()
    clocks: tuple[RunningLimit, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    letters: tuple[Letter, ...] = ()
    documents: tuple[Document, ...] = ()
    notices: frozenset[str] = frozenset()  # templates of the notices that were queued
    rungs: tuple[IssuedRung, ...] = ()  # lowest and oldest first
    used: UsedDays | None = None  # None: not read, or a case about other cases

    @property
    def is_home(self) -> bool:
        """Whether this is the destination's case and not the origin's leg."""
        return self.kind == "HOME"

    @property
    def is_hukou(self) -> bool:
        """Whether this is a 户口迁移 and not a transfer of something else."""
        return self.family == HUKOU

    def person(self, number: int) -> Person | None:
        """The migrant with that number."""
        return next((one for one in self.persons if one.number == number), None)

    def acts_of(self, *codes: str, person: int | None = None) -> tuple[Act, ...]:
        """Acts of these codes, of one person where given."""
        return tuple(act for act in self.acts if act.code in codes and person in (None, act.person))

    def certificate(self, number: str) -> Certificate | None:
        """The paper of that number on this case."""
        return next((one for one in self.certificates if one.number == number), None)

    def live(self, kind: str, person: int) -> tuple[Certificate, ...]:
        """The person's papers of that kind that can still be used."""
        return tuple(
            one
            for one in self.certificates
            if (one.kind, one.person) == (kind, person) and one.status in ("PREPARED", "VALID")
        )

    def broken(self, invariant: str, text: str) -> Violation:
        """A violation found in this case."""
        return Violation(invariant, self.locality, self.case_no, text)

    def name(self, person: int) -> str:
        """How a report speaks of a migrant: by case and number, never by name."""
        return f"办件{self.case_no}第{person}人"


Found = Iterator[Violation]
