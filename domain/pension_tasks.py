"""The work that people do in a transfer of an employee's pension relation (docs/rules.md A2)."""

from __future__ import annotations

from enum import StrEnum

from domain.offices import Role
from domain.schemes.pension_findings import OriginReason
from domain.tasks import OutcomeSpec, TaskSpec
from domain.transfer_tasks import examination_task, release_task, review_task


class PensionTask(StrEnum):
    """Kinds of tasks of A2."""

    REVIEW = "PENSION_REVIEW"
    EXAMINATION = "PENSION_EXAMINATION"
    RELEASE = "PENSION_RELEASE"
    BOOKING = "PENSION_BOOKING"


_REFUSALS = tuple(reason.value for reason in OriginReason)

PENSION_TASKS: dict[str, TaskSpec] = {
    spec.kind: spec
    for spec in (
        review_task(PensionTask.REVIEW, "养老保险转入审核", "国办发〔2009〕66号第二条、第五条"),
        examination_task(
            PensionTask.EXAMINATION,
            "核对参保缴费记录、计算转移资金",
            "人社部发〔2009〕187号",
            _REFUSALS,
        ),
        release_task(
            PensionTask.RELEASE,
            "审批终止关系、出具信息表并划转",
            "人社部发〔2009〕187号",
            _REFUSALS,
            after=PensionTask.EXAMINATION,
        ),
        TaskSpec(
            PensionTask.BOOKING,
            "合并关系、记账接续",
            Role.HANDLER,
            (OutcomeSpec("BOOK", "款表一致，记账接续"),),
            "人社厅发〔2017〕7号第九条",
        ),
    )
}
