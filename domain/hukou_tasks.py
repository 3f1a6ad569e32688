"""The work that people do in a 户口迁移, home and origin: each task's role, outcomes and basis.

Read by workflow validators, console and command line. Sources: docs/rules.md A1 and A1-X; roles and
the four-eyes rules are the project's own reading of them.
"""

from __future__ import annotations

from enum import StrEnum

from domain.hukou import OriginRefusal
from domain.offices import Role
from domain.tasks import OutcomeSpec, TaskSpec, send_back


class TaskKind(StrEnum):
    """The work that people do in a hukou migration, home and origin."""

    REVIEW = "REVIEW"
    APPROVAL = "APPROVAL"
    ORIGIN_REFUSAL = "ORIGIN_REFUSAL"
    PERMIT_EXPIRED = "PERMIT_EXPIRED"
    LANDING = "LANDING"
    DISCREPANCY = "DISCREPANCY"
    PHONE_CONFIRMATION = "PHONE_CONFIRMATION"
    CANCELLATION = "CANCELLATION"
    REISSUE = "REISSUE"
    RESTORATION = "RESTORATION"


_REFUSALS = frozenset(code.value for code in OriginRefusal)
_AFTER_LOSS = frozenset({"EXPIRED", "LOST"})

HUKOU_TASKS: dict[str, TaskSpec] = {
    spec.kind: spec
    for spec in (
        TaskSpec(
            TaskKind.REVIEW,
            "迁入审核",
            Role.HANDLER,
            (
                OutcomeSpec("PASS", "审核通过，报县级审批"),
                OutcomeSpec("REFUSE", "建议不予迁入", needs_reason=True),
            ),
            "户口登记条例第13条；本地户口迁移规定",
        ),
        TaskSpec(
            TaskKind.APPROVAL,
            "县级公安机关审批",
            Role.APPROVER,
            (
                OutcomeSpec("APPROVE", "准予迁入"),
                OutcomeSpec("RETURN", "退回审核", needs_reason=True, returns_to=(TaskKind.REVIEW,)),
                OutcomeSpec("REFUSE", "不予迁入", needs_reason=True),
            ),
            "户口迁移跨省通办工作规范",
            not_by_deciders_of=(TaskKind.REVIEW,),
        ),
        TaskSpec(
            TaskKind.ORIGIN_REFUSAL,
            "处理不予迁出反馈",
            Role.HANDLER,
            (
                OutcomeSpec("ASK_AGAIN", "补充更正后再次申请迁出", needs_reason=True),
                OutcomeSpec("CONCLUDE", "终止办理并书面告知"),
            ),
            "户口迁移跨省通办工作规范",
        ),
        TaskSpec(
            TaskKind.PERMIT_EXPIRED,
            "准予迁入证明过期处理",
            Role.HANDLER,
            (
                OutcomeSpec("ISSUE_AGAIN", "重新签发并再次申请迁出"),
                OutcomeSpec("CONCLUDE", "终止办理并书面告知", needs_reason=True),
            ),
            "准予迁入证明有效期40日",
        ),
        TaskSpec(
            TaskKind.LANDING,
            "落户登记",
            Role.HANDLER,
            (
                OutcomeSpec("LAND", "核验迁移证并落户", per_person=True, final=True),
                OutcomeSpec(
                    "REISSUE",
                    "出具未落户证明，申请补发迁移证",
                    reason_codes=_AFTER_LOSS,
                    per_person=True,
                ),
                OutcomeSpec(
                    "LAND_DIRECTLY",
                    "因不可抗力逾期，直接落户",
                    needs_reason=True,
                    needs_evidence=True,
                    per_person=True,
                ),
                OutcomeSpec(
                    "IMPOSSIBLE",
                    "无法落户，出具未落户证明并商请恢复户口",
                    needs_reason=True,
                    per_person=True,
                ),
            ),
            "户口登记条例第13条",
        ),
        TaskSpec(
            TaskKind.DISCREPANCY,
            "人口库核对不一致处理",
            Role.HANDLER,
            (
                OutcomeSpec(
                    "REFUSE", "不予迁出", reason_codes=_REFUSALS, needs_reason=True, per_person=True
                ),
                OutcomeSpec("PROCEED", "已核实，继续办理", needs_reason=True, needs_evidence=True),
            ),
            "户口登记条例第10条、第14条",
        ),
        TaskSpec(
            TaskKind.PHONE_CONFIRMATION,
            "电话核实本人意愿",
            Role.HANDLER,
            (
                OutcomeSpec("CONFIRMED", "本人确认迁出"),
                OutcomeSpec("DENIED", "本人不同意迁出", needs_reason=True),
                OutcomeSpec("UNREACHABLE", "无法接通"),
            ),
            "户口迁移跨省通办工作规范",
        ),
        TaskSpec(
            TaskKind.CANCELLATION,
            "注销户口并签发迁移证",
            Role.APPROVER,
            (
                OutcomeSpec("CANCEL", "注销户口，签发迁移证", final=True),
                send_back(TaskKind.PHONE_CONFIRMATION, TaskKind.DISCREPANCY),
                OutcomeSpec("REFUSE", "不予迁出", reason_codes=_REFUSALS, needs_reason=True),
            ),
            "户口登记条例第10条",
            not_by_deciders_of=(TaskKind.PHONE_CONFIRMATION,),
        ),
        TaskSpec(
            TaskKind.REISSUE,
            "补发户口迁移证",
            Role.HANDLER,
            (
                OutcomeSpec("REISSUE", "原证作废，补发迁移证"),
                OutcomeSpec("REFUSE", "不予补发", needs_reason=True),
            ),
            "户口迁移证补发规定（凭未落户证明）",
        ),
        TaskSpec(
            TaskKind.RESTORATION,
            "恢复户口",
            Role.APPROVER,
            (OutcomeSpec("RESTORE", "凭未落户证明恢复户口"),),
            "户口登记条例；恢复户口规定（凭未落户证明）",
        ),
    )
}
