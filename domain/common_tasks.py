"""The work that every procedure knows: intake, delivery, a silent peer, an undelivered letter.

Sources: docs/rules.md A0 and B1; roles are the project's own reading of them. Merged into
:data:`domain.task_table.TASKS`.
"""

from __future__ import annotations

from enum import StrEnum

from domain.general_tasks import GeneralTask
from domain.offices import Role
from domain.tasks import OutcomeSpec, TaskSpec, send_back


class CommonTask(StrEnum):
    """Kinds of tasks that any case or leg may open."""

    INTAKE_CHECK = "INTAKE_CHECK"
    PEER_SILENT = "PEER_SILENT"
    DELIVERY = "DELIVERY"
    LETTER_UNDELIVERED = "LETTER_UNDELIVERED"


COMMON_TASKS: dict[str, TaskSpec] = {
    spec.kind: spec
    for spec in (
        TaskSpec(
            CommonTask.INTAKE_CHECK,
            "收件形式审查",
            Role.INTAKE,
            (
                OutcomeSpec("ACCEPT", "受理"),
                OutcomeSpec("CORRECT", "一次性告知补正", needs_defects=True),
                OutcomeSpec("NOT_ACCEPT", "不予受理", needs_reason=True),
            ),
            "行政许可法第32条（参照）",
        ),
        TaskSpec(
            CommonTask.PEER_SILENT,
            "对方逾期未复，协商处理",
            Role.HANDLER,
            (
                OutcomeSpec("KEEP_WAITING", "已联系，继续等待并再次催办"),
                OutcomeSpec("REPORT_SUPERIOR", "报共同上级协调", needs_reason=True),
            ),
            "平台牵头单位协调机制",
        ),
        TaskSpec(
            CommonTask.DELIVERY,
            "送达",
            Role.INTAKE,
            (
                OutcomeSpec("PICKED_UP", "窗口领取"),
                OutcomeSpec("MAILED", "邮寄送达"),
                OutcomeSpec("ELECTRONIC", "电子送达"),
                send_back(GeneralTask.MAKING, GeneralTask.DECISION, GeneralTask.REVIEW),
            ),
            "送达规定",
        ),
        TaskSpec(
            CommonTask.LETTER_UNDELIVERED,
            "函件未能送达对方",
            Role.HANDLER,
            (OutcomeSpec("SEND_AGAIN", "再次发送"),),
            "跨区域协同机制",
        ),
    )
}
