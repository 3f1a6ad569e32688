"""The work that a low rating and an appeal against one make (docs/rules.md B4).

The lead office's supervisor calls back, verifies and reviews; the rated office puts things right.
"""

from __future__ import annotations

from enum import StrEnum

from domain.offices import Role
from domain.tasks import OutcomeSpec, TaskSpec

_BASIS = "国办发〔2019〕51号（回访核实、整改反馈）"


class RatingTask(StrEnum):
    """Kinds of tasks after a rating."""

    CALL_BACK = "RATING_CALL_BACK"
    VERIFICATION = "RATING_VERIFICATION"
    RECTIFICATION = "RATING_RECTIFICATION"
    FEEDBACK = "RATING_FEEDBACK"
    CONFIRMATION = "RATING_CONFIRMATION"
    APPEAL = "RATING_APPEAL_REVIEW"


RATING_TASKS: dict[str, TaskSpec] = {
    RatingTask.CALL_BACK: TaskSpec(
        RatingTask.CALL_BACK,
        "回访差评评价人",
        Role.SUPERVISOR,
        (
            OutcomeSpec("REACHED", "已联系上，记下所反映的问题", needs_reason=True),
            OutcomeSpec("NOT_REACHED", "多次联系不上，记下联系经过", needs_reason=True),
        ),
        _BASIS,
    ),
    RatingTask.VERIFICATION: TaskSpec(
        RatingTask.VERIFICATION,
        "核实差评并交办",
        Role.SUPERVISOR,
        (
            OutcomeSpec("SIMPLE", "情况属实，简单问题，交承办机构整改", needs_reason=True),
            OutcomeSpec("COMPLEX", "情况属实，复杂问题，交承办机构整改", needs_reason=True),
            OutcomeSpec("UNFOUNDED", "与事实不符，无需整改（评价仍计入）", needs_reason=True),
        ),
        _BASIS,
    ),
    RatingTask.RECTIFICATION: TaskSpec(
        RatingTask.RECTIFICATION,
        "整改差评所反映的问题",
        Role.HANDLER,
        (OutcomeSpec("DONE", "已整改", needs_reason=True, needs_evidence=True),),
        _BASIS,
    ),
    RatingTask.FEEDBACK: TaskSpec(
        RatingTask.FEEDBACK,
        "向评价人反馈处理结果",
        Role.SUPERVISOR,
        (
            OutcomeSpec("INFORMED", "已当面或电话反馈", needs_reason=True),
            OutcomeSpec("BY_MESSAGE", "联系不上，已用短信反馈"),
        ),
        _BASIS,
    ),
    RatingTask.CONFIRMATION: TaskSpec(
        RatingTask.CONFIRMATION,
        "复核整改结果并公开",
        Role.SUPERVISOR,
        (
            OutcomeSpec("PASS", "整改到位，公开处理结果（不含个人信息）"),
            OutcomeSpec("AGAIN", "整改不到位，退回重新整改", needs_reason=True),
        ),
        _BASIS,
    ),
    RatingTask.APPEAL: TaskSpec(
        RatingTask.APPEAL,
        "复核评价申诉",
        Role.SUPERVISOR,
        (
            OutcomeSpec("UPHOLD", "申诉成立，该评价不计入", needs_reason=True),
            OutcomeSpec("REJECT", "申诉不成立，评价照常计入", needs_reason=True),
        ),
        "国办发〔2019〕51号（申诉复核）",
    ),
}
