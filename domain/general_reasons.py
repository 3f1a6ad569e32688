"""Why an item under a generic procedure is refused, returned or revoked, in words (G7).

Read by the tasks of `domain.general_tasks` and, through `domain.refusals`, by notices and papers.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

_REMEDY = "条件具备后可以重新申请，也可以依法申请行政复议或者提起行政诉讼"


class GeneralRefusal(StrEnum):
    """Reasons of a decision, coded; what is special to the case is written beside them."""

    CONDITIONS_NOT_MET = "CONDITIONS_NOT_MET"
    STATEMENT_FALSE = "STATEMENT_FALSE"
    ORIGINALS_DIFFER = "ORIGINALS_DIFFER"
    RIGHTS_OF_OTHERS = "RIGHTS_OF_OTHERS"


class GeneralReason(StrEnum):
    """What ends a case without a decision, or after it."""

    FEE_UNPAID = "FEE_UNPAID"
    DEFERRED_MISSING = "DEFERRED_MISSING"
    ORIGINALS_MISSING = "ORIGINALS_MISSING"
    PROMISE_FALSE = "PROMISE_FALSE"


#: Code -> (what it means, what to do).
GENERAL_TEXTS: Mapping[str, tuple[str, str]] = {
    GeneralRefusal.CONDITIONS_NOT_MET: ("经审查不符合规定的条件", _REMEDY),
    GeneralRefusal.STATEMENT_FALSE: (
        "申请材料与查明的情况不符",
        "更正材料后可以重新申请，也可以依法申请行政复议或者提起行政诉讼",
    ),
    GeneralRefusal.ORIGINALS_DIFFER: (
        "核验的原件与提交的材料不一致",
        "请持有效原件重新申请，也可以依法申请行政复议或者提起行政诉讼",
    ),
    GeneralRefusal.RIGHTS_OF_OTHERS: (
        "办理将损害他人的合法权益",
        "与权利人协商解决后可以重新申请，也可以依法申请行政复议或者提起行政诉讼",
    ),
    GeneralReason.FEE_UNPAID: ("缴费期限届满没有缴费", "可以重新申请，并在期限内缴费"),
    GeneralReason.DEFERRED_MISSING: (
        "容缺受理的材料没有在承诺的期限内补齐",
        "材料齐全后可以重新申请",
    ),
    GeneralReason.ORIGINALS_MISSING: (
        "须核验的原件没有在期限内交到收件窗口",
        "备齐原件后可以重新申请",
    ),
    GeneralReason.PROMISE_FALSE: (
        "经核查承诺的内容不属实，决定已撤销、结果文书作废",
        "可以提交证明材料重新申请；如不服，可以依法申请行政复议或者提起行政诉讼",
    ),
}
