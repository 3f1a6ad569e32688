"""终止关系: the act at the origin's register that cannot be taken back; used by every leg with one.

Basis: docs/rules.md A0 rule 1. The register knows the letter, so that a resend ends nothing twice.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.commands import Command
    from workflows.business import register_act
    from workflows.leg_case import LegCase, LegRefuses


async def end_relation(
    leg: LegCase, kind: str, command: Command, action: str = "END", **facts: str | int
) -> str:
    """The register's receipt number; raises LegRefuses where the register says no."""
    outcome = await register_act(
        leg.desk,
        kind,
        action,
        locality=leg.filing.locality,
        key=f"{action}:{leg.request.number}",
        summary="业务系统终止关系",
        facts={"letter_no": leg.request.number, **facts},
    )
    if outcome.done:
        return outcome.receipt_no
    leg.past_no_return = False
    raise LegRefuses(outcome.code, by=command)
