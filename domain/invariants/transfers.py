"""What every rule about a transfer judges: its case, its leg, and what the registers say of it.

Gathered by the console's check over all localities; each family's rules stand in a module of their
own and are listed in `domain.invariants.transfer_rules`. No personal data: ``subject`` is a
pseudonym, the same wherever the same person, vehicle or file is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from domain.invariants.facts import Act, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One side of a transfer: the home case (``side`` HOME) or a leg (LEG) with its acts in order.

    ``letter_no`` is the request that leads to the leg; ``ending`` None while it runs; ``facts`` are
    the pinned choices of the application.
    """

    family: str
    side: str
    locality: str
    peer: str
    case_no: str
    home_case_no: str
    letter_no: str | None
    subject: str
    stage: str
    ending: str | None
    acts: tuple[Act, ...]
    facts: Mapping[str, str]

    def did(self, *codes: str) -> tuple[Act, ...]:
        """The acts of these codes, in their order."""
        return tuple(act for act in self.acts if act.code in codes)

    def broken(self, invariant: str, text: str) -> Violation:
        """A violation found in this case."""
        return Violation(invariant, self.locality, self.case_no, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a business register of a locality says about one subject. National kinds stand once."""

    kind: str
    subject: str
    locality: str
    status: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferWorld:
    """All transfers of the localities checked, and the entries of their subjects."""

    localities: frozenset[str]
    transfers: tuple[Transfer, ...]
    entries: tuple[Entry, ...]

    def of(self, family: str, side: str | None = None) -> Iterator[Transfer]:
        """The transfers of a family, of one side or of both."""
        for one in self.transfers:
            if one.family == family and side in (None, one.side):
                yield one

    def entries_of(self, kind: str, subject: str) -> tuple[Entry, ...]:
        """What the registers say about a subject, locality by locality."""
        return tuple(
            entry for entry in self.entries if (entry.kind, entry.subject) == (kind, subject)
        )
