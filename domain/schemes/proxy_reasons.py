"""Why a home office asks for more, refuses or never ends a proxied matter, in words (A11, G7).

Read by the tasks of A11 and, through `domain.refusals`, by notices and answers. What the register
finds has its words in `proxy_intake`; those that name a date or number are said here in general.
"""

from __future__ import annotations

from enum import StrEnum

from domain.general_reasons import GENERAL_TEXTS, GeneralReason
from domain.schemes.proxy_intake import WORDING, ProxyRefusal


class CorrectionReason(StrEnum):
    """What is wrong with papers that the window sent."""

    PHOTO_UNUSABLE = "PHOTO_UNUSABLE"
    FINGERPRINTS_UNUSABLE = "FINGERPRINTS_UNUSABLE"
    FORM_INCOMPLETE = "FORM_INCOMPLETE"
    PAPERS_UNREADABLE = "PAPERS_UNREADABLE"


class DecisionReason(StrEnum):
    """Why an accepted application is not granted."""

    CONDITIONS_NOT_MET = "CONDITIONS_NOT_MET"
    EXIT_NOT_PERMITTED = "EXIT_NOT_PERMITTED"
    STATEMENT_FALSE = "STATEMENT_FALSE"


CORRECTION_LAPSED = "CORRECTION_LAPSED"
UNCLAIMED = "UNCLAIMED"
OUT_OF_SCOPE = "OUT_OF_SCOPE"

_GENERAL: dict[str, tuple[str, str]] = {
    CorrectionReason.PHOTO_UNUSABLE: ("照片不符合制证要求", "请到代收窗口重新采集人像"),
    CorrectionReason.FINGERPRINTS_UNUSABLE: ("指纹信息无法使用", "请到代收窗口重新采集指纹"),
    CorrectionReason.FORM_INCOMPLETE: ("申请表填写不完整", "请到代收窗口补填申请表"),
    CorrectionReason.PAPERS_UNREADABLE: ("材料扫描件无法辨认", "请到代收窗口重新提交材料"),
    DecisionReason.CONDITIONS_NOT_MET: (
        "经审查不符合规定的条件",
        "条件具备后可以重新申请，也可以依法申请行政复议或者提起行政诉讼",
    ),
    DecisionReason.EXIT_NOT_PERMITTED: (
        "属于法律规定不予批准出境的情形",
        "可以向属地出入境管理机构查询，也可以依法申请行政复议或者提起行政诉讼",
    ),
    DecisionReason.STATEMENT_FALSE: (
        "申请材料与查明的情况不符",
        "更正材料后可以重新申请，也可以依法申请行政复议或者提起行政诉讼",
    ),
    GeneralReason.FEE_UNPAID: GENERAL_TEXTS[GeneralReason.FEE_UNPAID],
    CORRECTION_LAPSED: ("补正期限届满没有补齐材料", "材料齐全后可以重新申请"),
    UNCLAIMED: ("证件留存期满无人领取，已退回属地办理机关", "请直接向属地办理机关领取"),
    OUT_OF_SCOPE: ("所申请的事项不在代收范围内", "请直接向属地办理机关申请"),
    ProxyRefusal.TRANSFER_OPEN: (
        "同一事项已有正在办理的申请",
        "请等待该申请办结，或者撤回后再申请",
    ),
    ProxyRefusal.DOCUMENT_MISSING: ("没有查到本事项所依据的证件", "请先向属地办理机关申领证件"),
    ProxyRefusal.TOO_EARLY: ("现在还不到换证时间", "请在证件有效期届满前的换证期间内申请"),
    ProxyRefusal.TOO_LATE: (
        "从业资格证过期已超过规定期限，应予注销，不能换证",
        "请向属地道路运输管理机构重新申请从业资格",
    ),
}

#: Every code that an applicant may read: (what it means, what to do), without the full stop.
TEXTS: dict[str, tuple[str, str]] = {
    **{
        code.value: (text.rstrip("。"), remedy.rstrip("。"))
        for code, (text, remedy) in WORDING.items()
    },
    **{str(code): words for code, words in _GENERAL.items()},
}
