"""退回较早环节: the step to which a person sends a case back, with the reason in writing.

Called by procedures whose tasks take the outcome RETURN to more than one step. The limit of the
step that sends back runs on until the case has come there again: nobody gains time by a return.
Basis: docs/decisions/0038; 行政许可法 art 44 (what has not been delivered has no effect yet).
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.task_table import TASKS
    from domain.tasks import earlier_steps
    from workflows.desk import Desk
    from workflows.happenings import Decided

RETURN = "RETURN"
#: What whoever has the step again reads first.
RETURNED = "RETURNED"


def returned_to(desk: Desk, decided: Decided) -> str:
    """The kind of the step that the return names, or the nearest one; put on the trail."""
    outcome = TASKS[decided.kind].by_code[decided.outcome]
    step = decided.command.return_to or earlier_steps(outcome, desk.deciders)[0]
    desk.note("RETURNED_TO_STEP", step=step)
    return step
