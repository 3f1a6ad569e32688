"""The work that people do in a matter collected for another place (docs/rules.md A11).

The window's tasks only collect and hand over (X1); acceptance, decision and making are the home
office's. Merged into :data:`domain.task_table.TASKS`.
"""

from __future__ import annotations

from enum import StrEnum

from domain.offices import Role
from domain.schemes.proxy_intake import ProxyRefusal
from domain.schemes.proxy_reasons import CorrectionReason, DecisionReason
from domain.tasks import OutcomeSpec, TaskSpec, send_back


class ProxyTask(StrEnum):
    """Kinds of tasks of A11; the first three are the window's."""

    COLLECTION = "PROXY_COLLECTION"
    HAND_OVER = "PROXY_HAND_OVER"
    HELD = "PROXY_HELD"
    ACCEPTANCE = "PROXY_ACCEPTANCE"
    REVIEW = "PROXY_REVIEW"
    DECISION = "PROXY_DECISION"
    MAKING = "PROXY_MAKING"
    ACTIVATION = "PROXY_ACTIVATION"


_NOT_ACCEPTED = frozenset(reason.value for reason in ProxyRefusal)
_DEFECTS = frozenset(reason.value for reason in CorrectionReason)
_REFUSED = frozenset(reason.value for reason in DecisionReason)

PROXY_TASKS: dict[str, TaskSpec] = {
    spec.kind: spec
    for spec in (
        TaskSpec(
            ProxyTask.COLLECTION,
            "代收件：核对形式和身份",
            Role.INTAKE,
            (
                OutcomeSpec("COLLECT", "材料齐全，收件并移送属地"),
                OutcomeSpec("INCOMPLETE", "告知补齐全部材料", needs_defects=True),
                OutcomeSpec("NOT_COLLECT", "不在代收范围，退还材料并告知去处", needs_reason=True),
            ),
            "国办发〔2020〕35号（异地代收代办）",
        ),
        TaskSpec(
            ProxyTask.HAND_OVER,
            "送达证件、收回旧证",
            Role.INTAKE,
            (
                OutcomeSpec("HANDED_OVER", "当面交付，旧证（如有）已收回"),
                OutcomeSpec("MAILED", "寄递送达，已签收"),
                OutcomeSpec("UNDELIVERED", "本次未能送达"),
            ),
            "送达规定；docs/rules.md A11",
        ),
        TaskSpec(
            ProxyTask.HELD,
            "留存待领的证件",
            Role.INTAKE,
            (OutcomeSpec("HANDED_OVER", "当面交付，旧证（如有）已收回"),),
            "docs/rules.md A11",
        ),
        TaskSpec(
            ProxyTask.ACCEPTANCE,
            "属地机关受理审查",
            Role.INTAKE,
            (
                OutcomeSpec("ACCEPT", "受理"),
                OutcomeSpec("CORRECT", "一次性告知补正", needs_defects=True, reason_codes=_DEFECTS),
                OutcomeSpec("REDIRECT", "不属本机关管辖，转送有权机关"),
                OutcomeSpec(
                    "NOT_ACCEPT", "不予受理", needs_reason=True, reason_codes=_NOT_ACCEPTED
                ),
            ),
            "行政许可法第32条",
        ),
        TaskSpec(
            ProxyTask.REVIEW,
            "审查申请",
            Role.HANDLER,
            (
                OutcomeSpec("PASS", "符合条件，报审批"),
                OutcomeSpec("REFUSE", "不符合条件，报审批", needs_reason=True),
            ),
            "出入境、居民身份证、道路运输管理规定",
        ),
        TaskSpec(
            ProxyTask.DECISION,
            "作出决定",
            Role.APPROVER,
            (
                OutcomeSpec("GRANT", "准予签发"),
                OutcomeSpec(
                    "RETURN", "退回审查", needs_reason=True, returns_to=(ProxyTask.REVIEW,)
                ),
                OutcomeSpec("REFUSE", "不予签发", needs_reason=True, reason_codes=_REFUSED),
            ),
            "行政许可法第38条",
            not_by_deciders_of=(ProxyTask.REVIEW,),
        ),
        TaskSpec(
            ProxyTask.MAKING,
            "制作证件并寄送窗口",
            Role.HANDLER,
            (OutcomeSpec("MADE", "已制作"), send_back(ProxyTask.DECISION, ProxyTask.REVIEW)),
            "行政许可法第44条",
        ),
        TaskSpec(
            ProxyTask.ACTIVATION,
            "核对登记后启用新证",
            Role.HANDLER,
            (OutcomeSpec("TRY_AGAIN", "已核对，再次登记"),),
            "docs/rules.md A11",
        ),
    )
}
