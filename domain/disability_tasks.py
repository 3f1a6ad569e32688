"""The work that people do when a disability card moves with its holder (docs/rules.md A10)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from domain.offices import Role
from domain.schemes.disability_card import WORDING, CardRefusal
from domain.tasks import OutcomeSpec, TaskSpec
from domain.transfer_tasks import examination_task, release_task, review_task


class CardTask(StrEnum):
    """Kinds of tasks of A10."""

    REVIEW = "CARD_REVIEW"
    EXAMINATION = "CARD_EXAMINATION"
    RELEASE = "CARD_RELEASE"
    ACTIVATION = "CARD_ACTIVATION"
    REASSESSMENT = "CARD_REASSESSMENT"
    UNDO = "CARD_UNDO"


#: What the national register itself may answer, and words without places to fill.
_PLAIN: Mapping[str, tuple[str, str]] = {
    CardRefusal.CARD_EXPIRED: ("该残疾人证已超过有效期", "请先办理到期换领，再申请迁移"),
    CardRefusal.TRANSFER_OPEN: (
        "该残疾人证已有正在办理的迁移",
        "请等待该次迁移办结，或者撤回后再申请",
    ),
    "ALREADY_MIGRATING": (
        "该残疾人证已有正在办理的迁移",
        "请等待该次迁移办结，或者撤回后再申请",
    ),
    "FOREIGN_LOCALITY": (
        "该残疾人证不在本地残联管理",
        "请核对残疾人证上的批准机关后重新申请",
    ),
}

#: Every refusal of A10 in words, for `domain.refusals`.
CARD_TEXTS: Mapping[str, tuple[str, str]] = {
    **{
        code.value: (text.rstrip("。"), remedy.rstrip("。"))
        for code, (text, remedy) in WORDING.items()
    },
    **{str(code): words for code, words in _PLAIN.items()},
}

_REFUSALS = tuple(reason.value for reason in CardRefusal)
_RULES = "残疾人证管理办法"

CARD_TASKS: dict[str, TaskSpec] = {
    spec.kind: spec
    for spec in (
        review_task(CardTask.REVIEW, "残疾人证迁入审核", _RULES),
        examination_task(CardTask.EXAMINATION, "核实残疾人证档案", _RULES, _REFUSALS),
        release_task(
            CardTask.RELEASE,
            "审批迁出、出具迁移证明并转出档案",
            _RULES,
            _REFUSALS,
            after=CardTask.EXAMINATION,
        ),
        TaskSpec(
            CardTask.ACTIVATION,
            "建档、签注并激活残疾人证",
            Role.HANDLER,
            (
                OutcomeSpec("ACTIVATE", "档案齐全，签注日期并激活"),
                OutcomeSpec("REASSESS", "残疾状况明显不同，先重新评定", needs_reason=True),
                OutcomeSpec("REFUSE", "不能激活，请迁出地恢复", needs_reason=True),
            ),
            _RULES,
        ),
        TaskSpec(
            CardTask.REASSESSMENT,
            "登记重新评定结论",
            Role.HANDLER,
            (
                OutcomeSpec("SAME", "类别、等级不变"),
                OutcomeSpec("CHANGED", "类别或者等级有变化，激活后换证", needs_reason=True),
            ),
            "残疾人证管理办法；行政许可法第四十五条（参照）",
        ),
        TaskSpec(
            CardTask.UNDO,
            "撤销迁出未成，核对登记库后重试",
            Role.HANDLER,
            (OutcomeSpec("TRY_AGAIN", "已核对，再次撤销"),),
            "docs/rules.md A10、C2",
        ),
    )
}
