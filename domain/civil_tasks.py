"""The work that people do in A4: a civil servant's pension and its annuity, two transfers apart."""

from __future__ import annotations

from enum import StrEnum

from domain.offices import Role
from domain.schemes.civil import CivilReason
from domain.schemes.civil_annuity import AnnuityReason
from domain.schemes.pension_findings import OriginReason
from domain.tasks import OutcomeSpec, TaskSpec
from domain.transfer_tasks import examination_task, release_task, review_task


class CivilTask(StrEnum):
    """Kinds of tasks of 机关事业单位养老保险."""

    REVIEW = "CIVIL_REVIEW"
    EXAMINATION = "CIVIL_EXAMINATION"
    RELEASE = "CIVIL_RELEASE"
    BOOKING = "CIVIL_BOOKING"


class AnnuityTask(StrEnum):
    """Kinds of tasks of 职业年金."""

    REVIEW = "ANNUITY_REVIEW"
    FUNDING = "ANNUITY_FUNDING"
    EXAMINATION = "ANNUITY_EXAMINATION"
    RELEASE = "ANNUITY_RELEASE"
    BOOKING = "ANNUITY_BOOKING"


_BASIS = "人社部规〔2017〕1号"
_GONE = ("NOT_FOUND", "ALREADY_ENDED")
_CIVIL = tuple(dict.fromkeys((*map(str, CivilReason), *map(str, OriginReason), *_GONE)))
_ANNUITY = (*map(str, AnnuityReason), *_GONE)


def _booking(kind: str, title: str) -> TaskSpec:
    return TaskSpec(
        kind,
        title,
        Role.HANDLER,
        (OutcomeSpec("BOOK", "款表一致，记账接续", final=True),),
        "人社厅发〔2017〕7号第九条",
    )


CIVIL_TASKS: dict[str, TaskSpec] = {
    spec.kind: spec
    for spec in (
        review_task(CivilTask.REVIEW, "机关事业单位养老保险转入审核", _BASIS),
        examination_task(CivilTask.EXAMINATION, "核对缴费记录、计算转移资金", _BASIS, _CIVIL),
        release_task(
            CivilTask.RELEASE,
            "审批终止关系、出具信息表并划转",
            _BASIS,
            _CIVIL,
            after=CivilTask.EXAMINATION,
        ),
        _booking(CivilTask.BOOKING, "合并关系、记账接续"),
        review_task(AnnuityTask.REVIEW, "职业年金转入审核", _BASIS),
        TaskSpec(
            AnnuityTask.FUNDING,
            "单位缴费记账部分记实",
            Role.HANDLER,
            (
                OutcomeSpec("FUNDED", "财政资金已到账，登记记实"),
                OutcomeSpec(
                    "REFUSE",
                    "无法记实，不予转出",
                    needs_reason=True,
                    reason_codes=frozenset((AnnuityReason.UNIT_PART_NOT_FUNDED.value,)),
                ),
            ),
            "人社厅发〔2017〕7号",
        ),
        examination_task(AnnuityTask.EXAMINATION, "核对职业年金缴费记录", _BASIS, _ANNUITY),
        release_task(
            AnnuityTask.RELEASE,
            "审批终止管理、出具信息表并划转",
            _BASIS,
            _ANNUITY,
            after=AnnuityTask.EXAMINATION,
        ),
        _booking(AnnuityTask.BOOKING, "归集职业年金、记账接续"),
    )
}
