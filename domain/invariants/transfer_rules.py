"""The rules of all families over the world of transfers: (code, Chinese title, rule)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.invariants.facts import Violation
from domain.invariants.housing_fund import HOUSING_FUND_RULES
from domain.invariants.medical import MEDICAL_RULES
from domain.invariants.transfers import TransferWorld
from domain.invariants.unemployment import UNEMPLOYMENT_RULES

Rule = Callable[[TransferWorld], Iterator[Violation]]

TRANSFER_RULES: tuple[tuple[str, str, Rule], ...] = (
    *UNEMPLOYMENT_RULES,
    *MEDICAL_RULES,
    *HOUSING_FUND_RULES,
)
