"""The work of the housing fund's centres: transfer, and withdrawal for a purchase (A7)."""

from __future__ import annotations

from enum import StrEnum

from domain.offices import Role
from domain.schemes.housing_fund import FundRefusal
from domain.schemes.purchase_withdrawal import WithdrawalRefusal
from domain.tasks import OutcomeSpec, TaskSpec
from domain.transfer_tasks import examination_task, release_task, review_task


class FundTask(StrEnum):
    """Kinds of tasks of the transfer."""

    REVIEW = "FUND_REVIEW"
    EXAMINATION = "FUND_EXAMINATION"
    RELEASE = "FUND_RELEASE"
    NEGOTIATION = "FUND_NEGOTIATION"
    BOOKING = "FUND_BOOKING"


class PurchaseTask(StrEnum):
    """Kinds of tasks of 异地购房提取."""

    VERIFICATION = "PURCHASE_VERIFICATION"
    ACCEPTANCE = "PURCHASE_ACCEPTANCE"
    EXAMINATION = "PURCHASE_EXAMINATION"
    DECISION = "PURCHASE_DECISION"


_RULES = "全国住房公积金异地转移接续业务操作规程"
_REGULATION = "住房公积金管理条例第二十四条、第二十五条"
_FUND = tuple(one.value for one in FundRefusal)
_PURCHASE = tuple(one.value for one in WithdrawalRefusal)

FUND_TASKS: dict[str, TaskSpec] = {
    spec.kind: spec
    for spec in (
        review_task(FundTask.REVIEW, "核对要素并上传联系函", _RULES),
        examination_task(FundTask.EXAMINATION, "核对账户状态与余额", _RULES, _FUND),
        release_task(
            FundTask.RELEASE,
            "审批转出、出具账户信息表并划款",
            _RULES,
            _FUND,
            after=FundTask.EXAMINATION,
        ),
        TaskSpec(
            FundTask.NEGOTIATION,
            "两地中心协商",
            Role.HANDLER,
            (
                OutcomeSpec("ASK_CORRECTION", "商请对方更正账户信息表", needs_reason=True),
                OutcomeSpec("RETURN_EXCESS", "退回多划款项", needs_reason=True),
                OutcomeSpec("KEEP_WAITING", "协商一致，等待余款或答复", needs_reason=True),
            ),
            _RULES,
        ),
        TaskSpec(
            FundTask.BOOKING,
            "与职工核对并入账",
            Role.HANDLER,
            (
                OutcomeSpec("BOOK", "款表一致，职工无异议，入账", final=True),
                OutcomeSpec("DISPUTE", "职工有异议，与转出地协商", needs_reason=True),
            ),
            _RULES,
        ),
        review_task(PurchaseTask.VERIFICATION, "核验身份、购房合同、发票与契税并移送", _REGULATION),
        TaskSpec(
            PurchaseTask.ACCEPTANCE,
            "受理移送的提取申请",
            Role.INTAKE,
            (
                OutcomeSpec("ACCEPT", "受理，三日内决定"),
                OutcomeSpec(
                    "REFUSE", "不予受理", needs_reason=True, reason_codes=frozenset(_PURCHASE)
                ),
            ),
            _REGULATION,
        ),
        examination_task(
            PurchaseTask.EXAMINATION, "核对账户余额与购房款余额", _REGULATION, _PURCHASE
        ),
        release_task(
            PurchaseTask.DECISION,
            "决定准予提取并支付",
            _REGULATION,
            _PURCHASE,
            after=PurchaseTask.EXAMINATION,
        ),
    )
}
