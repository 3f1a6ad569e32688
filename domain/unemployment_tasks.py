"""The work that people do in a transfer of unemployment insurance (docs/rules.md A5)."""

from __future__ import annotations

from enum import StrEnum

from domain.offices import Role
from domain.schemes.unemployment_refusals import UnemploymentRefusal
from domain.tasks import OutcomeSpec, TaskSpec
from domain.transfer_tasks import examination_task, release_task, review_task

#: The scene that was applied for is not the one that the origin's register shows.
SCENE_DIFFERS = "SCENE_DIFFERS"


class UnemploymentTask(StrEnum):
    """Kinds of tasks of A5."""

    REVIEW = "UNEMPLOYMENT_REVIEW"
    EXAMINATION = "UNEMPLOYMENT_EXAMINATION"
    RELEASE = "UNEMPLOYMENT_RELEASE"
    RECORDING = "UNEMPLOYMENT_RECORDING"


_REFUSALS = (*(one.value for one in UnemploymentRefusal), SCENE_DIFFERS)

UNEMPLOYMENT_TASKS: dict[str, TaskSpec] = {
    spec.kind: spec
    for spec in (
        review_task(UnemploymentTask.REVIEW, "失业保险转入审核", "失业保险条例第二十二条"),
        examination_task(
            UnemploymentTask.EXAMINATION,
            "核对缴费与待遇月数、计算转移资金",
            "失业保险条例第十七条、第二十二条",
            _REFUSALS,
        ),
        release_task(
            UnemploymentTask.RELEASE,
            "审批转出、出具转出信息表",
            "失业保险条例第二十二条",
            _REFUSALS,
            after=UnemploymentTask.EXAMINATION,
        ),
        TaskSpec(
            UnemploymentTask.RECORDING,
            "登记转入的缴费或待遇月数",
            Role.HANDLER,
            (OutcomeSpec("RECORD", "按信息表登记月数"),),
            "失业保险条例第二十二条",
        ),
    )
}
