"""The work that a ticket of the 12345 hotline makes (docs/rules.md B4)."""

from __future__ import annotations

from enum import StrEnum

from domain.offices import Role
from domain.tasks import OutcomeSpec, TaskSpec

_BASIS = "国办发〔2020〕53号（派单、签收、办理、答复、回访）"


class HotlineTask(StrEnum):
    """Kinds of tasks of a ticket."""

    DISPATCH = "HOTLINE_DISPATCH"
    SIGN = "HOTLINE_SIGN"
    HANDLE = "HOTLINE_HANDLE"
    CALL_BACK = "HOTLINE_CALL_BACK"


HOTLINE_TASKS: dict[str, TaskSpec] = {
    HotlineTask.DISPATCH: TaskSpec(
        HotlineTask.DISPATCH,
        "派发热线工单",
        Role.SUPERVISOR,
        (
            OutcomeSpec("DISPATCH", "派发（依据栏写承办机构代码）", needs_evidence=True),
            OutcomeSpec("RETURN", "不属本地区职责，退回热线平台", needs_reason=True),
        ),
        _BASIS,
    ),
    HotlineTask.SIGN: TaskSpec(
        HotlineTask.SIGN,
        "签收热线工单",
        Role.HANDLER,
        (
            OutcomeSpec("SIGN", "签收办理"),
            OutcomeSpec("NOT_OURS", "不属本机构职责，退回重派", needs_reason=True),
        ),
        _BASIS,
    ),
    HotlineTask.HANDLE: TaskSpec(
        HotlineTask.HANDLE,
        "办理并答复热线工单",
        Role.HANDLER,
        (OutcomeSpec("REPLY", "办理完毕，答复（理由栏写答复内容）", needs_reason=True),),
        _BASIS,
    ),
    HotlineTask.CALL_BACK: TaskSpec(
        HotlineTask.CALL_BACK,
        "回访热线来电人",
        Role.SUPERVISOR,
        (
            OutcomeSpec("SATISFIED", "来电人满意"),
            OutcomeSpec("UNSATISFIED", "来电人不满意，说明意见", needs_reason=True),
            OutcomeSpec("NOT_REACHED", "多次联系不上", needs_reason=True),
        ),
        _BASIS,
    ),
}
