"""The work that people do in a transfer of basic medical insurance (docs/rules.md A6)."""

from __future__ import annotations

from enum import StrEnum

from domain.offices import Role
from domain.schemes.medical import MedicalRefusal
from domain.tasks import OutcomeSpec, TaskSpec
from domain.transfer_tasks import examination_task, release_task, review_task


class MedicalTask(StrEnum):
    """Kinds of tasks of A6."""

    REVIEW = "MEDICAL_REVIEW"
    EXAMINATION = "MEDICAL_EXAMINATION"
    RELEASE = "MEDICAL_RELEASE"
    SYNC = "MEDICAL_SYNC"
    BALANCE = "MEDICAL_BALANCE"


_BASIS = "医保办发〔2021〕43号"
_REFUSALS = tuple(one.value for one in MedicalRefusal)

MEDICAL_TASKS: dict[str, TaskSpec] = {
    spec.kind: spec
    for spec in (
        review_task(MedicalTask.REVIEW, "医保关系转入校验", _BASIS),
        examination_task(MedicalTask.EXAMINATION, "校验参保缴费记录与未结费用", _BASIS, _REFUSALS),
        release_task(
            MedicalTask.RELEASE,
            "审批终止关系、上传信息表",
            _BASIS,
            _REFUSALS,
            after=MedicalTask.EXAMINATION,
        ),
        TaskSpec(
            MedicalTask.SYNC,
            "同步信息表、接续医保关系",
            Role.HANDLER,
            (OutcomeSpec("SYNC", "信息表无误，办结接续"),),
            _BASIS,
        ),
        TaskSpec(
            MedicalTask.BALANCE,
            "个人账户余额入账",
            Role.HANDLER,
            (
                OutcomeSpec("BOOK", "记入本人个人账户", final=True),
                OutcomeSpec("PAY_OUT", "本地无个人账户，退还本人", needs_reason=True),
            ),
            _BASIS,
        ),
    )
}
