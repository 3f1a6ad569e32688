"""The work that people do in a transfer of an employee's pension relation (docs/rules.md A2).

The rules choose the kind of task, so that a clerk is never offered a decision that the law does
not leave to him: whoever may not be taken over has no PASS.
"""

from __future__ import annotations

from enum import StrEnum

from domain.offices import Role
from domain.pension_refusals import HOME_REASONS, MENDABLE, ORIGIN_REASONS, PensionReason
from domain.tasks import OutcomeSpec, TaskSpec
from domain.transfer_tasks import release_task


class PensionTask(StrEnum):
    """Kinds of tasks of A2."""

    REVIEW = "PENSION_REVIEW"
    TEMPORARY = "PENSION_TEMPORARY"
    NOT_TAKEN = "PENSION_NOT_TAKEN"
    EXAMINATION = "PENSION_EXAMINATION"
    ARREARS = "PENSION_ARREARS"
    OBSTACLE = "PENSION_OBSTACLE"
    WAITING = "PENSION_WAITING"
    RELEASE = "PENSION_RELEASE"
    BOOKING = "PENSION_BOOKING"
    OVERLAP = "PENSION_OVERLAP"


_ORDER = "国办发〔2009〕66号第二条、第五条"
_ORIGIN = "人社部发〔2009〕187号"
_AGAIN = OutcomeSpec("RECHECK", "登记已变更，重新核对")


def _refuse(reasons: tuple[PensionReason, ...]) -> OutcomeSpec:
    return OutcomeSpec(
        "REFUSE",
        "不予办理并书面说明理由",
        needs_reason=True,
        reason_codes=frozenset(reason.value for reason in reasons),
    )


_WAIT = OutcomeSpec(
    "WAIT", "书面告知本人，等待其处理", needs_reason=True, reason_codes=frozenset(MENDABLE)
)

PENSION_TASKS: dict[str, TaskSpec] = {
    spec.kind: spec
    for spec in (
        TaskSpec(
            PensionTask.REVIEW,
            "养老保险转入审核",
            Role.HANDLER,
            (
                OutcomeSpec("PASS", "符合条件，发函"),
                OutcomeSpec("REFUSE", "不予办理并书面说明理由", needs_reason=True),
                _AGAIN,
            ),
            _ORDER,
        ),
        TaskSpec(
            PensionTask.TEMPORARY,
            "超龄首次参保，建立临时缴费账户",
            Role.HANDLER,
            (OutcomeSpec("OPEN_TEMPORARY", "不转关系，建立临时缴费账户"), _AGAIN),
            _ORDER,
        ),
        TaskSpec(
            PensionTask.NOT_TAKEN,
            "不符合转入条件，书面说明",
            Role.HANDLER,
            (_refuse(HOME_REASONS), _AGAIN),
            _ORDER,
        ),
        TaskSpec(
            PensionTask.EXAMINATION,
            "核对参保缴费记录、计算转移资金",
            Role.HANDLER,
            (OutcomeSpec("PASS", "核对无误，报审批"), _WAIT, _AGAIN, _refuse(ORIGIN_REASONS)),
            _ORIGIN,
        ),
        TaskSpec(
            PensionTask.ARREARS,
            "欠费未处理，告知本人",
            Role.HANDLER,
            (_WAIT, _AGAIN, _refuse(ORIGIN_REASONS)),
            _ORIGIN,
        ),
        TaskSpec(
            PensionTask.OBSTACLE,
            "不能转出，答复转入地",
            Role.HANDLER,
            (_refuse(ORIGIN_REASONS), _AGAIN),
            _ORIGIN,
        ),
        TaskSpec(
            PensionTask.WAITING,
            "等待本人处理",
            Role.HANDLER,
            (_AGAIN, _refuse(MENDABLE)),
            _ORIGIN,
        ),
        release_task(
            PensionTask.RELEASE,
            "审批终止关系、出具信息表并划转",
            _ORIGIN,
            [reason.value for reason in ORIGIN_REASONS],
            after=PensionTask.EXAMINATION,
        ),
        TaskSpec(
            PensionTask.BOOKING,
            "合并关系、记账接续",
            Role.HANDLER,
            (
                OutcomeSpec("BOOK", "款表一致，记账接续", final=True),
                OutcomeSpec("ASK_CORRECTION", "信息表有误，商请对方更正", needs_reason=True),
            ),
            "人社厅发〔2017〕7号第九条",
        ),
        TaskSpec(
            PensionTask.OVERLAP,
            "重复缴费先转后清",
            Role.HANDLER,
            (
                OutcomeSpec("CLEAN_HERE", "本人选择保留转入记录，清理并退还本地重复部分"),
                OutcomeSpec("CLEAN_THERE", "本人选择保留本地记录，清理并退还转入重复部分"),
            ),
            "人社部发〔2009〕187号；人社部规〔2016〕5号",
        ),
    )
}
