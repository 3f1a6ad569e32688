"""The policy values that the pension rules read; built by ``catalog.scheme_policies``.

A value that changed over the years is a dated table; the day asked is the month it applies to,
not today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Dated:
    """A value and the first and last day it is in force (None: until further notice)."""

    value: int
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class DatedTable:
    """Values by date. The first match wins, so a locality's own entries stand first."""

    entries: tuple[Dated, ...]

    def at(self, day: date) -> int | None:
        """The value in force, or None before the rule existed."""
        for one in self.entries:
            if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to):
                return one.value
        return None

    def in_month(self, month: int) -> int | None:
        """As `at`, for a month counted since the year 0 (year * 12 + month - 1)."""
        return self.at(date(month // 12, month % 12 + 1, 1))


@dataclass(frozen=True, slots=True)
class PensionPolicy:
    """Rates in basis points, months, ages in years.

    `account_rates` (share of the wage booked into the account) and `pooled_rates` (share that the
    pooled fund hands over) begin in 1998; `age_limits_*` begin in 2010, so that people first
    insured earlier keep a general account. `minimum_months` is the table of 最低缴费年限.
    """

    account_rates: DatedTable
    pooled_rates: DatedTable
    age_limits_male: DatedTable
    age_limits_female: DatedTable
    lump_sum_evidence_months: int
    temporary_moves_again: bool


@dataclass(frozen=True, slots=True)
class BenefitPlacePolicy:
    """When a place is responsible for the pension: months of contribution there."""

    min_months: int
    temporary_counts: bool


@dataclass(frozen=True, slots=True)
class ResidentPolicy:
    """`minimum_months`: employee contributions that make an employee pension, by year."""

    minimum_months: DatedTable


@dataclass(frozen=True, slots=True)
class CivilPolicy:
    """`pooled_rates` begin with the reform of 2014-10; `account_rates` as for enterprises."""

    account_rates: DatedTable
    pooled_rates: DatedTable


@dataclass(frozen=True, slots=True)
class AnnuityPolicy:
    """Contribution rates of 职业年金 in basis points of the wage."""

    unit_rates: DatedTable
    personal_rates: DatedTable
