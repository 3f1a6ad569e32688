"""The work around a parcel: sealing and handing over, a search, a loss, a return, the check-in.

The first five belong to the office that sends (workflows/parcel.py), the last two to the one that
receives (workflows/parcel_in.py). Sources: docs/rules.md A8 and D R1, R3, R5, X2.
"""

from __future__ import annotations

from enum import StrEnum

from domain.offices import Role
from domain.tasks import OutcomeSpec, TaskSpec


class ParcelTask(StrEnum):
    """Kinds of tasks of 寄递."""

    HANDOVER = "PARCEL_HANDOVER"
    TRACE = "PARCEL_TRACE"
    CLAIM = "PARCEL_CLAIM"
    REBUILD = "PARCEL_REBUILD"
    CAME_BACK = "PARCEL_CAME_BACK"
    SEAL_CHECK = "PARCEL_SEAL_CHECK"
    COUNT_CHECK = "PARCEL_COUNT_CHECK"


PARCEL_TASKS: dict[str, TaskSpec] = {
    spec.kind: spec
    for spec in (
        TaskSpec(
            ParcelTask.HANDOVER,
            "清点装封并交承运方",
            Role.HANDLER,
            (
                OutcomeSpec("HAND_OVER", "已按清单装封，交承运方"),
                OutcomeSpec("CALL_OFF", "不再寄出", needs_reason=True),
            ),
            "docs/rules.md A8",
        ),
        TaskSpec(
            ParcelTask.TRACE,
            "查询寄递下落",
            Role.HANDLER,
            (
                OutcomeSpec("KEEP_WAITING", "已向承运方查询，继续等待"),
                OutcomeSpec("LOST", "查询无结果，按遗失处理", needs_reason=True),
            ),
            "docs/rules.md A8",
        ),
        TaskSpec(
            ParcelTask.CLAIM,
            "遗失报告与索赔",
            Role.HANDLER,
            (
                OutcomeSpec("CLAIM", "已报告，向承运方索赔"),
                OutcomeSpec("NO_CLAIM", "已报告，不提出索赔", needs_reason=True),
            ),
            "docs/rules.md A8",
        ),
        TaskSpec(
            ParcelTask.REBUILD,
            "遗失物料补办重建",
            Role.HANDLER,
            (OutcomeSpec("REBUILT", "已补办重建，可另行寄送", needs_reason=True),),
            "docs/rules.md A8",
        ),
        TaskSpec(
            ParcelTask.CAME_BACK,
            "收回退件并处理",
            Role.HANDLER,
            (
                OutcomeSpec("SEND_AGAIN", "已收回，核对后重新装封寄出"),
                OutcomeSpec("KEEP", "已收回，留存不再寄", needs_reason=True),
            ),
            "docs/rules.md A8、A11",
        ),
        TaskSpec(
            ParcelTask.SEAL_CHECK,
            "收件查验封签",
            Role.HANDLER,
            (
                OutcomeSpec("SEAL_OK", "已收到，封签完好"),
                OutcomeSpec("SEAL_BROKEN", "已收到，封签破损", needs_reason=True),
            ),
            "docs/rules.md A8、R5",
        ),
        TaskSpec(
            ParcelTask.COUNT_CHECK,
            "按清单清点核对",
            Role.HANDLER,
            (
                OutcomeSpec("COUNT_OK", "与清单相符"),
                OutcomeSpec("COUNT_DIFF", "与清单不符", needs_reason=True, needs_count=True),
            ),
            "docs/rules.md A8、R3",
        ),
    )
}
