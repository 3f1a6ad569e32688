"""What a procedure can wake up to: a decision, an instruction, a letter, a limit that ran out."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.commands import Command
from contracts.letters import Letter, Receipt
from contracts.tidings import Tidings


@dataclass(frozen=True, slots=True)
class Decided:
    """A clerk decided a task."""

    command: Command
    kind: str

    @property
    def outcome(self) -> str:
        """The outcome's code; the validator has made sure that there is one."""
        return self.command.outcome or ""


@dataclass(frozen=True, slots=True)
class Instructed:
    """Somebody asked something of the case as a whole: withdraw, hand in, report a death."""

    command: Command


@dataclass(frozen=True, slots=True)
class Arrived:
    """A letter of the other locality."""

    letter: Letter


@dataclass(frozen=True, slots=True)
class Expired:
    """A time limit ran out."""

    clock: str


@dataclass(frozen=True, slots=True)
class Told:
    """News from within the house: money, a parcel, another case."""

    tidings: Tidings


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The other counter's receipt for a letter that nobody waited for."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter that travelled beside the case: the other counter's receipt, or none in a day."""

    number: str
    receipt: Receipt | None


Happening = Decided | Instructed | Arrived | Expired | Told | Acknowledged | Posted
