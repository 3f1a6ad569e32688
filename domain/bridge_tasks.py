"""The work that people do when a resident's and an employee's pension become one (A3 城乡衔接)."""

from __future__ import annotations

from enum import StrEnum

from domain.offices import Role
from domain.tasks import OutcomeSpec, TaskSpec
from domain.transfer_tasks import examination_task, release_task, review_task


class BridgeTask(StrEnum):
    """Kinds of tasks of 城乡衔接."""

    REVIEW = "BRIDGE_REVIEW"
    EXAMINATION = "BRIDGE_EXAMINATION"
    RELEASE = "BRIDGE_RELEASE"
    BOOKING = "BRIDGE_BOOKING"
    REFUND = "BRIDGE_REFUND"
    RECOVERY = "BRIDGE_RECOVERY"


class BridgeReason(StrEnum):
    """Why two pensions do not become one in the way that was asked for."""

    NOT_YET = "NOT_YET"
    TOO_FEW_MONTHS = "TOO_FEW_MONTHS"
    ENOUGH_MONTHS = "ENOUGH_MONTHS"
    PENSIONER = "PENSIONER"
    NOT_FOUND = "NOT_FOUND"
    ALREADY_ENDED = "ALREADY_ENDED"


_BASIS = "人社部发〔2014〕17号"
_REFUSALS = tuple(BridgeReason)

BRIDGE_TASKS: dict[str, TaskSpec] = {
    spec.kind: spec
    for spec in (
        review_task(BridgeTask.REVIEW, "制度衔接审核：是否达到年龄、按年限确定方向", _BASIS),
        examination_task(
            BridgeTask.EXAMINATION, "核对缴费记录、计算并入资金和应退金额", _BASIS, _REFUSALS
        ),
        release_task(
            BridgeTask.RELEASE,
            "审批终止关系并划转个人账户",
            _BASIS,
            _REFUSALS,
            after=BridgeTask.EXAMINATION,
        ),
        TaskSpec(
            BridgeTask.BOOKING,
            "合并个人账户、记账接续",
            Role.HANDLER,
            (OutcomeSpec("BOOK", "款表一致，记账接续", final=True),),
            _BASIS,
        ),
        TaskSpec(
            BridgeTask.REFUND,
            "重复参保或终止账户的个人资金退还本人",
            Role.HANDLER,
            (OutcomeSpec("PAID", "已退还本人"),),
            _BASIS,
        ),
        TaskSpec(
            BridgeTask.RECOVERY,
            "追回重复领取的基础养老金",
            Role.HANDLER,
            (
                OutcomeSpec("IN_FULL", "已一次退还"),
                OutcomeSpec("INSTALMENTS", "已签订分期退还协议", needs_reason=True),
                OutcomeSpec("OFFSET", "同意从待遇中抵扣", needs_reason=True),
            ),
            "社会保险经办条例第四十六条",
        ),
    )
}
