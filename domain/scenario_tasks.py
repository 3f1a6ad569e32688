"""The one task that a composite case (一件事) has itself: everything missing is told once.

Merged into :data:`domain.task_table.TASKS`. All else is the children's own.
"""

from __future__ import annotations

from enum import StrEnum

from domain.offices import Role
from domain.tasks import OutcomeSpec, TaskSpec


class ScenarioTask(StrEnum):
    """Kinds of tasks of 一件事."""

    INTAKE = "SCENARIO_INTAKE"


SCENARIO_TASKS: dict[str, TaskSpec] = {
    ScenarioTask.INTAKE: TaskSpec(
        ScenarioTask.INTAKE,
        "一件事收件：核对表单和材料",
        Role.INTAKE,
        (
            OutcomeSpec("DISPATCH", "分送各事项，由各承办机构依法受理"),
            OutcomeSpec("CORRECT", "一次性告知全部须补内容", needs_defects=True),
            OutcomeSpec("NOT_TAKEN", "不属本一件事，退回申请", needs_reason=True),
        ),
        "鲁政办发〔2021〕7号（“双全双百”一链办理）",
    )
}
