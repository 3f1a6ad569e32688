"""How a family's rules are applied to what the business register says: one examiner per family.

Called by :class:`activities.business.BusinessDesk`. An examiner is a pure function over the
register's record and the application; it may ask the catalogue for policies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from catalog.catalog import Catalog


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What an examiner looks at. ``record`` is None where the register knows nobody."""

    record: Mapping[str, Any] | None
    status: str
    application: Mapping[str, Any]  # applicant, agent, details
    statement: Mapping[str, Any] | None  # the other side's record, where there is one
    request: Mapping[str, Any] | None = None  # a record that went along with the request
    facts: Mapping[str, str]
    catalog: Catalog
    locality: str
    peer: str
    on: date
    letter_no: str
    subject: str = ""  # an identity number, or a VIN
    hukou_here: bool = False  # registered in this locality now, where the family asks for it
    also: Mapping[str, Mapping[str, Any] | None] = field(default_factory=dict)  # kind -> record
    letters: tuple[Mapping[str, str], ...] = ()  # earlier requests about the same: number, state


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What came of it. ``statement`` is stored on the case under ``record_kind``, never sent on."""

    codes: tuple[str, ...] = ()
    account_fen: int = 0
    pooled_fen: int = 0
    total_fen: int = 0
    months: int = 0
    statement: Mapping[str, Any] | None = None
    record_kind: str = "STATEMENT"
    facts: Mapping[str, str] = field(default_factory=dict)


Examiner = Callable[[Question], Findings]

#: (family, side) -> examiner; each family's module adds its own.
EXAMINERS: dict[tuple[str, str], Examiner] = {}


def examiner(family: str, side: str) -> Callable[[Examiner], Examiner]:
    """Register a family's examiner for one side."""

    def keep(function: Examiner) -> Examiner:
        EXAMINERS[family, side] = function
        return function

    return keep
