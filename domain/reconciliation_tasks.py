"""The work that a difference of the daily reconciliation makes (docs/rules.md D, P1 and P6)."""

from __future__ import annotations

from enum import StrEnum

from domain.offices import Role
from domain.tasks import OutcomeSpec, TaskSpec


class ReconciliationTask(StrEnum):
    """Kinds of tasks of the reconciliation."""

    DIFFERENCE = "RECONCILIATION_DIFFERENCE"


RECONCILIATION_TASKS: dict[str, TaskSpec] = {
    ReconciliationTask.DIFFERENCE: TaskSpec(
        ReconciliationTask.DIFFERENCE,
        "处理对账差异",
        Role.HANDLER,
        (
            OutcomeSpec("SETTLED", "已更正，待再次对账核实", needs_reason=True),
            OutcomeSpec("EXPLAINED", "已查明，无需更正", needs_reason=True),
            OutcomeSpec("ASSIGN", "将来款归入联系函（依据栏写联系函号）", needs_evidence=True),
        ),
        "docs/rules.md D P1、P6",
    ),
}
