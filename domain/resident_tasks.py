"""The work that people do in a transfer of a resident's pension account (docs/rules.md A3)."""

from __future__ import annotations

from enum import StrEnum

from domain.offices import Role
from domain.schemes.resident import ResidentReason
from domain.tasks import OutcomeSpec, TaskSpec
from domain.transfer_tasks import examination_task, release_task, review_task


class ResidentTask(StrEnum):
    """Kinds of tasks of A3."""

    REVIEW = "RESIDENT_REVIEW"
    EXAMINATION = "RESIDENT_EXAMINATION"
    RELEASE = "RESIDENT_RELEASE"
    BOOKING = "RESIDENT_BOOKING"


_REFUSALS = (
    *(reason.value for reason in ResidentReason),
    "NOT_FOUND",
    "ALREADY_ENDED",
    "IDENTITY_DIFFERS",
)

RESIDENT_TASKS: dict[str, TaskSpec] = {
    spec.kind: spec
    for spec in (
        review_task(ResidentTask.REVIEW, "城乡居民养老保险转入审核", "人社部发〔2019〕84号"),
        examination_task(
            ResidentTask.EXAMINATION, "核对缴费记录、结清利息", "人社部发〔2019〕84号", _REFUSALS
        ),
        release_task(
            ResidentTask.RELEASE,
            "审批转出并一次性划转个人账户",
            "人社部发〔2019〕84号",
            _REFUSALS,
            after=ResidentTask.EXAMINATION,
        ),
        TaskSpec(
            ResidentTask.BOOKING,
            "确认资金到齐、记账接续",
            Role.HANDLER,
            (OutcomeSpec("BOOK", "款表一致，记账接续", final=True),),
            "人社部发〔2019〕84号",
        ),
    )
}
