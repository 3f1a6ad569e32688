"""The rules of all families over the world of transfers: (code, Chinese title, rule)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.invariants.facts import Violation
from domain.invariants.transfers import TransferWorld

Rule = Callable[[TransferWorld], Iterator[Violation]]

TRANSFER_RULES: tuple[tuple[str, str, Rule], ...] = ()
