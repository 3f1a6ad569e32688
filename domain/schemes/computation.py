"""How every scheme explains a sum: steps, findings, the statement that travels, what is printed.

Filled by the modules of this package; read by the origin's leg, by letters and by the command
``compute``. Amounts are integer fen; inside a formula they are exact fractions and are rounded
half up to a fen once, where a total is stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol, TypeVar

Exact = Fraction | Decimal | int


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a derivation: what it is, how it is reckoned, what comes out (yuan or words)."""

    label: str
    formula: str
    result: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that stands in the way: a code, why, and what the person can do about it."""

    code: str
    text: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Statement:
    """The transfer information form (信息表) of one scheme.

    `account_fen` + `pooled_fen` = `total_fen`; `months` are the months carried; `facts` are the
    fields of part one, `rows` those of part two; both are plain JSON (dates as texts), so that a
    statement can be stored and sent as it is.
    """

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
    """A derivation to be printed; `results` are label and value in the order to be shown."""

    title: str
    steps: tuple[Step, ...]
    results: Mapping[str, str]
    findings: tuple[Finding, ...] = ()


PolicyT_contra = TypeVar("PolicyT_contra", contravariant=True)


class Compute(Protocol[PolicyT_contra]):
    """What a scheme's module offers to the command ``compute``, its policy type aside."""

    def __call__(
        self, record: Mapping[str, Any], policy: PolicyT_contra, on: date
    ) -> Computation: ...


def whole_fen(amount: Exact) -> int:
    """Round half up to a whole fen (half a fen away from zero)."""
    exact = Fraction(amount)
    doubled = abs(exact) * 2 + 1
    rounded = doubled.numerator // (2 * doubled.denominator)
    return rounded if exact >= 0 else -rounded


def yuan(fen: Exact) -> str:
    """Fen as people read them: 1234567 -> "12,345.67"."""
    whole = whole_fen(fen)
    sign = "-" if whole < 0 else ""
    return f"{sign}{abs(whole) // 100:,}.{abs(whole) % 100:02d}"


def percent(basis_points: int) -> str:
    """1100 -> "11%", 850 -> "8.5%"."""
    return f"{Decimal(basis_points) / 100:f}%"


def iso(day: date | None) -> str | None:
    """A date as plain JSON holds it."""
    return None if day is None else day.isoformat()


def span(months: int) -> str:
    """187 -> "15年7个月"."""
    years, rest = divmod(months, 12)
    if not years:
        return f"{rest}个月"
    return f"{years}年{rest}个月" if rest else f"{years}年"
