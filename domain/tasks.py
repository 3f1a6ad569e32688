"""What a task may be decided as: the closed table behind every worklist entry.

A task kind says which role does it and which outcomes it takes; an outcome says whether it needs a
written reason, a coded reason, a list of defects or the persons it applies to. Workflow validators,
console and CLI all read this table, so that none of them can offer what another refuses.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from enum import StrEnum

from domain.offices import Role


@dataclass(frozen=True, slots=True)
class OutcomeSpec:
    """One way to decide a task."""

    code: str
    label: str
    needs_reason: bool = False  # a written reason, kept in the register (G7)
    reason_codes: frozenset[str] = frozenset()  # one of these must be given
    needs_defects: bool = False  # a one-time notice must list every defect (B3)
    per_person: bool = False  # may name the persons it applies to
    needs_evidence: bool = False
    needs_count: bool = False  # the items that differ from the list, each with its number
    final: bool = False  # it takes effect in a register at once, and nobody here can take it back
    returns_to: tuple[str, ...] = ()  # earlier kinds of the same office's work, the nearest first


def send_back(*kinds: str) -> OutcomeSpec:
    """退回较早环节: to whichever of these steps the person names, with the reason in writing."""
    return OutcomeSpec("RETURN", "退回较早环节", needs_reason=True, returns_to=kinds)


def earlier_steps(outcome: OutcomeSpec, decided: Collection[str]) -> tuple[str, ...]:
    """The steps that a case may go back to by this outcome: kinds of tasks that it has passed.

    ``decided``: kinds that somebody has decided in the case. Empty: there is nothing to return to.
    """
    return tuple(kind for kind in outcome.returns_to if kind in decided)


@dataclass(frozen=True, slots=True)
class TaskSpec:
    """One kind of work for a person."""

    kind: str
    title: str
    role: Role
    outcomes: tuple[OutcomeSpec, ...]
    basis: str
    not_by_deciders_of: tuple[str, ...] = ()  # four eyes: another person must have done these kinds
    by_code: dict[str, OutcomeSpec] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_code", {outcome.code: outcome for outcome in self.outcomes})

    def outcome(self, code: str) -> OutcomeSpec | None:
        """The outcome of that code, or None where this kind of task does not take it."""
        return self.by_code.get(code)


def outcomes_now(spec: TaskSpec, decided: Collection[str]) -> tuple[OutcomeSpec, ...]:
    """What the task may be decided as in a case where these kinds have been decided.

    A return names only steps that the case has passed; where it has passed none, it is left out.
    """
    narrowed = (
        replace(one, returns_to=earlier_steps(one, decided)) if one.returns_to else one
        for one in spec.outcomes
    )
    return tuple(
        now
        for now, stated in zip(narrowed, spec.outcomes, strict=True)
        if now.returns_to or not stated.returns_to
    )


class TaskStatus(StrEnum):
    """A task's life in the worklist."""

    OPEN = "OPEN"
    DONE = "DONE"
    SUPERSEDED = "SUPERSEDED"  # the law or another event settled it
