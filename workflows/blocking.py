"""不可转出的情形: what the register itself rules out is refused, even where two people let it pass.

Called by legs between the release and the ending act, with the findings that a clerk may settle.
It keeps pensioners where they are (docs/rules.md P5) and never ends a relation without its sums.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.commands import Command
    from workflows.leg_case import LegCase, LegRefuses


def refuse_if_blocked(
    leg: LegCase,
    examined: Examined,
    command: Command,
    settled: frozenset[str] = frozenset(),
) -> None:
    """Raises LegRefuses with the first finding that is not among ``settled``."""
    for code in examined.codes:
        if code not in settled:
            leg.past_no_return = False
            raise LegRefuses(code, by=command)
