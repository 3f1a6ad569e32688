"""The work that people do in a joint matter: the parts, and what the lead office does about them.

Basis: docs/rules.md section 0 (JOINT), B3. Acceptance, review and decision are the generic steps'
own (`domain.general_tasks`). Merged into :data:`domain.task_table.TASKS`.
"""

from __future__ import annotations

from enum import StrEnum

from domain.offices import Role
from domain.tasks import OutcomeSpec, TaskSpec


class JointTask(StrEnum):
    """Kinds of tasks of 多地联办; the last two are the other locality's."""

    PART = "JOINT_PART"
    NEGATIVE = "JOINT_NEGATIVE"
    LATE = "JOINT_LATE"
    MISROUTED = "JOINT_MISROUTED"
    UNDELIVERED = "JOINT_UNDELIVERED"
    EXAMINATION = "JOINT_EXAMINATION"
    OPINION = "JOINT_OPINION"


class JointReason(StrEnum):
    """Why a part says no."""

    CONDITIONS_NOT_MET = "CONDITIONS_NOT_MET"
    RECORD_DIFFERS = "RECORD_DIFFERS"
    NO_RECORD = "NO_RECORD"
    OPEN_DISPUTE = "OPEN_DISPUTE"
    RESTRICTED = "RESTRICTED"
    PART_NOT_COMPETENT = "PART_NOT_COMPETENT"


#: Code -> (what it means, what the applicant can do).
JOINT_TEXTS: dict[str, tuple[str, str]] = {
    JointReason.CONDITIONS_NOT_MET: (
        "协同办理机构审查认为不符合其负责环节的办理条件",
        "请按书面意见补足条件后重新申请",
    ),
    JointReason.RECORD_DIFFERS: (
        "申请信息与协同办理机构的登记不一致",
        "请先到该机构核对、更正登记后重新申请",
    ),
    JointReason.NO_RECORD: (
        "协同办理机构查无所需登记",
        "请核实原登记机构后重新申请",
    ),
    JointReason.OPEN_DISPUTE: (
        "所涉事项尚有未了结的争议或者案件",
        "请待争议或者案件了结后重新申请",
    ),
    JointReason.RESTRICTED: (
        "所涉事项依法受到限制",
        "请先向作出限制的机关申请解除",
    ),
    JointReason.PART_NOT_COMPETENT: (
        "所送机构对该环节没有职权",
        "由受理机构重新确定协同机构，您无需另行申请",
    ),
}
_NO = frozenset(
    reason.value for reason in JointReason if reason is not JointReason.PART_NOT_COMPETENT
)
_BASIS = "国办发〔2020〕35号（多地联办）"

JOINT_TASKS: dict[str, TaskSpec] = {
    spec.kind: spec
    for spec in (
        TaskSpec(
            JointTask.PART,
            "协同环节办理",
            Role.HANDLER,
            (
                OutcomeSpec("AGREE", "已办结本环节，同意"),
                OutcomeSpec("DISAGREE", "不同意", needs_reason=True, reason_codes=_NO),
                OutcomeSpec("NOT_OURS", "不属本机构职责，退回牵头机构", needs_reason=True),
            ),
            _BASIS,
        ),
        TaskSpec(
            JointTask.NEGATIVE,
            "协同环节不同意，研究处理",
            Role.HANDLER,
            (
                OutcomeSpec("ASK_AGAIN", "补充说明，请其复核", needs_reason=True),
                OutcomeSpec("REFER", "报有权机关依法作出决定"),
            ),
            _BASIS,
        ),
        TaskSpec(
            JointTask.LATE,
            "协同环节逾期未复，协商处理",
            Role.HANDLER,
            (
                OutcomeSpec("KEEP_WAITING", "已联系，继续等待并再次催办"),
                OutcomeSpec("REPORT_SUPERIOR", "报共同上级协调", needs_reason=True),
                OutcomeSpec(
                    "PROMISED", "申请人已书面承诺，先行办理并事后核查", needs_evidence=True
                ),
            ),
            "国办发〔2020〕42号；平台牵头单位协调机制",
        ),
        TaskSpec(
            JointTask.MISROUTED,
            "协同机构称不属其职责，确定去向",
            Role.HANDLER,
            (
                OutcomeSpec("INSIST", "核对职责后发回原机构", needs_reason=True),
                OutcomeSpec("REPORT_SUPERIOR", "报共同上级确定，发回原机构", needs_reason=True),
                OutcomeSpec("REFER", "无机构可办，报有权机关依法作出决定", needs_reason=True),
            ),
            "行政许可法第32条第1款第2项",
        ),
        TaskSpec(
            JointTask.UNDELIVERED,
            "联办协助函未能送达对方",
            Role.HANDLER,
            (OutcomeSpec("SEND_AGAIN", "再次发送"),),
            "跨区域协同机制",
        ),
        TaskSpec(
            JointTask.EXAMINATION,
            "协助外地联办：审查",
            Role.HANDLER,
            (
                OutcomeSpec("PASS", "审查通过，报签发"),
                OutcomeSpec("REFUSE", "不同意，报签发", needs_reason=True, reason_codes=_NO),
                OutcomeSpec("REDIRECT", "不属本机构职责，转本地有权机构或退回"),
            ),
            _BASIS,
        ),
        TaskSpec(
            JointTask.OPINION,
            "协助外地联办：签发意见",
            Role.APPROVER,
            (
                OutcomeSpec("ISSUE", "按审查意见签发"),
                OutcomeSpec(
                    "RETURN", "退回审查", needs_reason=True, returns_to=(JointTask.EXAMINATION,)
                ),
            ),
            _BASIS,
            not_by_deciders_of=(JointTask.EXAMINATION,),
        ),
    )
}
