"""What a rule computed and how: shown on screens, stored with a case, printed by `compute`.

Filled by the modules of this package; sums are integer fen, results are texts for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a derivation: what, by which formula, with which result."""

    label: str
    formula: str
    result: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Why an office says no: a code of the scheme, the reason, what the person can do."""

    code: str
    text: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Statement:
    """The origin's information form (信息表): sums in fen, months, rows and further facts."""

    scheme: str
    account_fen: int
    pooled_fen: int
    total_fen: int
    months: int
    temporary: bool
    rows: tuple[Mapping[str, Any], ...]
    facts: Mapping[str, Any]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Computation:
    """A computation without a case: its derivation and its results by name."""

    title: str
    steps: tuple[Step, ...]
    results: Mapping[str, str]
