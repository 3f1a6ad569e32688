"""The kinds of slips, by their printed titles. Stored and shown by the console."""

from __future__ import annotations

from enum import StrEnum


class SlipKind(StrEnum):
    INTAKE = "INTAKE"
    ACCEPTANCE = "ACCEPTANCE"
    CORRECTION = "CORRECTION"
    NON_ACCEPTANCE = "NON_ACCEPTANCE"
    REFUSAL = "REFUSAL"
    EXTENSION = "EXTENSION"
    EXTENSION_REVOCATION = "EXTENSION_REVOCATION"
    SPECIAL_PROCEDURE = "SPECIAL_PROCEDURE"
    HEARING_RIGHT = "HEARING_RIGHT"
    HEARING_NOTICE = "HEARING_NOTICE"
    HEARING_ANNOUNCEMENT = "HEARING_ANNOUNCEMENT"
    WITHDRAWAL = "WITHDRAWAL"
    CONCLUSION = "CONCLUSION"
    SERVICE = "SERVICE"
    TRANSFER_OF_THINGS = "TRANSFER_OF_THINGS"
    HANDOVER_LIST = "HANDOVER_LIST"
    FILE_DISPATCH = "FILE_DISPATCH"
    FILE_RECEIPT = "FILE_RECEIPT"
    CONTRIBUTION_VOUCHER = "CONTRIBUTION_VOUCHER"
    CONTACT_LETTER = "CONTACT_LETTER"
    STATEMENT = "STATEMENT"
    PAYMENT_VOUCHER = "PAYMENT_VOUCHER"
    SUPERVISION_ORDER = "SUPERVISION_ORDER"
    RECTIFY_NOTICE = "RECTIFY_NOTICE"
    INTERVIEW_NOTICE = "INTERVIEW_NOTICE"
    CIRCULAR = "CIRCULAR"
    SUPERIOR_REQUEST = "SUPERIOR_REQUEST"


TITLES: dict[SlipKind, str] = {
    SlipKind.INTAKE: "收件凭证",
    SlipKind.ACCEPTANCE: "受理通知书",
    SlipKind.CORRECTION: "一次性告知补正通知书",
    SlipKind.NON_ACCEPTANCE: "不予受理决定书",
    SlipKind.REFUSAL: "不予办理告知书",
    SlipKind.EXTENSION: "延长办理期限通知书",
    SlipKind.EXTENSION_REVOCATION: "撤销延长办理期限通知书",
    SlipKind.SPECIAL_PROCEDURE: "特殊程序（时限）告知书",
    SlipKind.HEARING_RIGHT: "听证告知书",
    SlipKind.HEARING_NOTICE: "听证通知书",
    SlipKind.HEARING_ANNOUNCEMENT: "听证公告",
    SlipKind.WITHDRAWAL: "撤回回执",
    SlipKind.CONCLUSION: "办结通知书",
    SlipKind.SERVICE: "送达回执",
    SlipKind.TRANSFER_OF_THINGS: "物料流转凭证",
    SlipKind.HANDOVER_LIST: "材料交接清单",
    SlipKind.FILE_DISPATCH: "档案转递通知单",
    SlipKind.FILE_RECEIPT: "档案转递通知单回执",
    SlipKind.CONTRIBUTION_VOUCHER: "基本养老保险参保缴费凭证",
    SlipKind.CONTACT_LETTER: "基本养老保险关系转移接续联系函",
    SlipKind.STATEMENT: "基本养老保险关系转移接续信息表",
    SlipKind.PAYMENT_VOUCHER: "划款凭证",
    SlipKind.SUPERVISION_ORDER: "督办单",
    SlipKind.RECTIFY_NOTICE: "限期整改通知书",
    SlipKind.INTERVIEW_NOTICE: "约谈通知书",
    SlipKind.CIRCULAR: "通报",
    SlipKind.SUPERIOR_REQUEST: "报请协调函",
}
