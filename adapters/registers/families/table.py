"""What the state tables of the simulated business systems have in common; used by the families.

An action is a pure function: what stands in the register and what is ordered give the entry that
shall stand there, or a refusal. The simulator looks it up, performs it and stores the result.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from adapters.registers.protocol import BusinessRefusal, RegisterEntry, RegisterOrder
from adapters.simulators.operations import Refused


@dataclass(frozen=True, slots=True)
class Standing:
    """The entry acted upon, the subject's entries elsewhere, and a number never given before."""

    entry: RegisterEntry | None
    elsewhere: tuple[RegisterEntry, ...]
    number: int

    def known(self) -> RegisterEntry:
        """The entry; refuses NOT_REGISTERED."""
        if self.entry is None:
            refuse(BusinessRefusal.NOT_REGISTERED)
        return self.entry


Action = Callable[[Standing, RegisterOrder], RegisterEntry]
Table = Mapping[str, Action]


def refuse(code: BusinessRefusal) -> NoReturn:
    raise Refused(code)


def word(order: RegisterOrder, field: str) -> str:
    """A text the action cannot do without; refuses FACTS_MISSING."""
    value = order.data.get(field)
    if not isinstance(value, str) or not value:
        refuse(BusinessRefusal.FACTS_MISSING)
    return value


def count(order: RegisterOrder, field: str, default: int | None = None) -> int:
    """Fen or months, at least 0; without a default refuses FACTS_MISSING when absent."""
    value = order.data.get(field, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        refuse(BusinessRefusal.FACTS_MISSING)
    return value


def case_of(order: RegisterOrder) -> str:
    """The case that locks or releases: named in the data, else the order's own.

    The two localities of a transfer number their orders apart and name the one case in the data.
    """
    named = order.data.get("case", order.case_no)
    if not isinstance(named, str) or not named:
        refuse(BusinessRefusal.FACTS_MISSING)
    return named


def fresh(order: RegisterOrder, status: str, data: Mapping[str, Any]) -> RegisterEntry:
    """A new entry where the order stands."""
    return RegisterEntry(
        kind=order.kind,
        subject=order.subject,
        locality=order.locality,
        status=status,
        data=dict(data),
    )


def changed(entry: RegisterEntry, status: str | None = None, /, **data: Any) -> RegisterEntry:
    """The entry with another status and other facts; a fact given as None is removed."""
    facts = {name: value for name, value in {**entry.data, **data}.items() if value is not None}
    return entry.model_copy(update={"status": status or entry.status, "data": facts})
