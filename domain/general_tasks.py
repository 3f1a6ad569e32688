"""The work that people do under a generic procedure, whatever the item (docs/rules.md A12, B1, B3).

Acceptance, review and decision are the competent office's alone; who reviewed does not decide.
The result is delivered as everywhere, by the task DELIVERY of `domain.common_tasks`.
Merged into :data:`domain.task_table.TASKS`.
"""

from __future__ import annotations

from enum import StrEnum

from domain.general_reasons import GeneralRefusal
from domain.offices import Role
from domain.tasks import OutcomeSpec, TaskSpec, send_back


class GeneralTask(StrEnum):
    """Kinds of tasks of the generic procedures; the last is the collecting window's."""

    ACCEPTANCE = "GENERAL_ACCEPTANCE"
    REVIEW = "GENERAL_REVIEW"
    DECISION = "GENERAL_DECISION"
    PAYMENT = "GENERAL_PAYMENT"
    SUPPLEMENT = "GENERAL_SUPPLEMENT"
    MAKING = "GENERAL_MAKING"
    AFTER_CHECK = "GENERAL_AFTER_CHECK"
    REVOCATION = "GENERAL_REVOCATION"
    ORIGINALS = "GENERAL_ORIGINALS"
    COLLECTION = "GENERAL_COLLECTION"


_REFUSED = frozenset(reason.value for reason in GeneralRefusal)

GENERAL_TASKS: dict[str, TaskSpec] = {
    spec.kind: spec
    for spec in (
        TaskSpec(
            GeneralTask.ACCEPTANCE,
            "受理审查",
            Role.INTAKE,
            (
                OutcomeSpec("ACCEPT", "受理"),
                OutcomeSpec("CORRECT", "一次性告知补正", needs_defects=True),
                OutcomeSpec("NOT_ACCEPT", "不予受理", needs_reason=True),
            ),
            "行政许可法第32条（参照）",
        ),
        TaskSpec(
            GeneralTask.REVIEW,
            "审查申请",
            Role.HANDLER,
            (
                OutcomeSpec("PASS", "符合条件，报审批"),
                OutcomeSpec("REFUSE", "不符合条件，报审批", needs_reason=True),
                OutcomeSpec("DEMAND_ORIGINALS", "须核验纸质原件，转异地代收", needs_reason=True),
            ),
            "行政许可法第34条（参照）",
        ),
        TaskSpec(
            GeneralTask.DECISION,
            "作出决定",
            Role.APPROVER,
            (
                OutcomeSpec("GRANT", "准予"),
                OutcomeSpec(
                    "RETURN", "退回审查", needs_reason=True, returns_to=(GeneralTask.REVIEW,)
                ),
                OutcomeSpec("REFUSE", "不予办理", needs_reason=True, reason_codes=_REFUSED),
            ),
            "行政许可法第38条（参照）",
            not_by_deciders_of=(GeneralTask.REVIEW,),
        ),
        TaskSpec(
            GeneralTask.PAYMENT,
            "确认缴费",
            Role.INTAKE,
            (OutcomeSpec("PAID", "已缴费，记录票据号", needs_evidence=True),),
            "事项的收费依据",
        ),
        TaskSpec(
            GeneralTask.SUPPLEMENT,
            "核对容缺补交的材料",
            Role.INTAKE,
            (
                OutcomeSpec("COMPLETE", "已补齐，符合要求"),
                OutcomeSpec("INCOMPLETE", "仍不符合要求，告知须补的内容", needs_defects=True),
            ),
            "国发〔2022〕5号（容缺受理）",
        ),
        TaskSpec(
            GeneralTask.MAKING,
            "制作结果文书",
            Role.HANDLER,
            (
                OutcomeSpec("MADE", "已制作"),
                send_back(GeneralTask.DECISION, GeneralTask.REVIEW),
            ),
            "行政许可法第44条（参照）",
        ),
        TaskSpec(
            GeneralTask.AFTER_CHECK,
            "告知承诺事后核查",
            Role.HANDLER,
            (
                OutcomeSpec("KEPT", "承诺属实"),
                OutcomeSpec("FALSE", "承诺不实，报审批", needs_reason=True, needs_evidence=True),
            ),
            "国办发〔2020〕42号（告知承诺）",
        ),
        TaskSpec(
            GeneralTask.REVOCATION,
            "承诺不实，决定是否撤销",
            Role.APPROVER,
            (
                OutcomeSpec("REVOKE", "撤销决定，结果文书作废", needs_reason=True, final=True),
                OutcomeSpec("KEEP", "查明承诺属实，维持决定", needs_reason=True),
                send_back(GeneralTask.AFTER_CHECK),
            ),
            "行政许可法第69条；国办发〔2020〕42号",
            not_by_deciders_of=(GeneralTask.AFTER_CHECK,),
        ),
        TaskSpec(
            GeneralTask.ORIGINALS,
            "核验原件",
            Role.HANDLER,
            (
                OutcomeSpec("AGREE", "与提交的材料一致"),
                OutcomeSpec("DIFFER", "与提交的材料不一致", needs_reason=True),
            ),
            "国办发〔2020〕35号（收受分离）",
        ),
        TaskSpec(
            GeneralTask.COLLECTION,
            "代收原件：核对形式和身份",
            Role.INTAKE,
            (
                OutcomeSpec("COLLECT", "原件齐全、身份相符，寄送有权机关"),
                OutcomeSpec("INCOMPLETE", "告知补齐全部原件", needs_defects=True),
            ),
            "国办发〔2020〕35号（异地代收代办）",
        ),
    )
}
