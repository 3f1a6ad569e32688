"""What a case's papers, accounts and packed items are called.

Read by `commands.paper_screen`, `commands.movement_screen` and findings. A code of a later version
is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalog.catalog import Catalog
from console.wording.labels import locality_name
from contracts.letters import ReceiptCode
from contracts.money import PAYOUT
from domain.casework import CERTIFICATE_LABELS

LETTER_REFUSALS: Mapping[str, str] = {
    ReceiptCode.WRONG_ADDRESS: "不是发给本地区或本机构的函",
    ReceiptCode.UNKNOWN_CASE: "本地没有这一办件",
    ReceiptCode.CASE_CLOSED: "办件已办结",
    ReceiptCode.ALREADY_CANCELLED: "户口已注销，不能撤回",
    ReceiptCode.NOT_EXPECTED: "办件现在的阶段不能收此函",
    ReceiptCode.NUMBER_REUSED: "函号已用于另一内容",
    ReceiptCode.UNKNOWN_CERTIFICATE: "查无此证件",
    ReceiptCode.MISSING_PROOF: "缺少未落户证明",
    ReceiptCode.UNSUPPORTED: "本地不办理此事项",
    ReceiptCode.LETTER_OPEN: "此前的联系函尚未办结或作废",
    ReceiptCode.PERMIT_USED: "准予迁入证明已用于另一申请",
    ReceiptCode.NOT_IN_FORCE: "事项在对方地区不在有效期内",
    ReceiptCode.CANCELLED: "事项在对方地区已取消",
    ReceiptCode.NOT_LISTED: "对方地区的通办清单没有这一事项",
    ReceiptCode.MODE_NOT_OFFERED: "对方地区不按这一业务模式办理",
    ReceiptCode.EXCLUDED: "对方地区已把事项列入负面清单",
    ReceiptCode.OUTSIDE_REACH: "超出通办范围，两地没有通办协议",
    ReceiptCode.LACKS_MEANS: "对方机构不具备为外地申请人办理的条件",
    ReceiptCode.NO_OFFICE: "对方地区系统内没有承办机构",
}

RECORD_NAMES: Mapping[str, str] = {
    "STATEMENT": "信息表",
    "REQUEST_RECORD": "申请地缴费记录",
    "REGISTRATION": "登记资料",
    "VEHICLE_FILE": "车辆电子档案",
    "CARD_FILE": "残疾人证档案",
}

#: Whose money an account of a locality holds, by family.
FUND_NAMES: Mapping[str, str] = {
    "PENSION": "企业职工养老保险基金",
    "RESIDENT_PENSION": "城乡居民养老保险基金",
    "PENSION_BRIDGE": "养老保险制度衔接资金",
    "CIVIL_PENSION": "机关事业单位养老保险基金",
    "ANNUITY": "职业年金",
    "UNEMPLOYMENT": "失业保险基金",
    "MEDICAL": "医疗保险基金",
    "HOUSING_FUND": "住房公积金",
    "PURCHASE_WITHDRAWAL": "住房公积金提取",
    PAYOUT: "代发专户（支付本人）",
}

#: What procedures pack themselves; a file's own items are numbers of its list.
PACKED: Mapping[str, str] = {
    "ORIGINALS": "申请材料原件",
    "RESULT": "办理结果证件",
    **{kind.value: label for kind, label in CERTIFICATE_LABELS.items()},
}

NOTICE_NAMES: Mapping[str, str] = {
    "DUE_DATE_MOVED": "办理期限变动",
    "SUSPENDED": "中止计时",
    "SUSPENDED_SPECIAL": "特别程序中止计时",
    "RESUMED": "恢复计时",
    "EXTENDED": "延长期限",
    "EXTENSION_REVOKED": "撤销延长期限",
    "HEARING_RIGHT": "告知听证权利",
    "HEARING_SET": "通知听证",
    "HEARING_OVER": "听证结束",
    "PEER_SUSPENDED": "对方地区中止计时",
    "PEER_SUSPENDED_SPECIAL": "对方地区特别程序",
    "PEER_RESUMED": "对方地区恢复计时",
    "PEER_EXTENDED": "对方地区延长期限",
    "PEER_EXTENSION_REVOKED": "对方地区撤销延长",
    "PEER_LATE": "对方地区逾期",
    "RATING_HANDLED": "评价已处理",
    "RECEIVED": "收件",
    "ACCEPTED": "受理",
    "DEEMED_ACCEPTED": "视为受理",
    "CORRECTION": "补正",
    "MOVED_OUT": "已迁出",
    "ORIGIN_REFUSED": "迁出地不予迁出",
    "PERSON_REFUSED": "随迁人员不予迁出",
    "REISSUE_REFUSED": "不予补发迁移证",
    "PERMIT_EXPIRED": "准予迁入证明过期",
    "WITHDRAWAL_TOO_LATE": "不能撤回",
    "LANDING_DUE": "落户提醒",
    "CERTIFICATE_EXPIRED": "迁移证过期",
    "CERTIFICATE_REISSUED": "迁移证已补发",
    "RESTORED": "户口已恢复",
    "LANDED": "已落户",
    "COMPLETED": "办结",
    "ENDED_NOT_ACCEPTED": "不予受理",
    "ENDED_LAPSED": "逾期未补正",
    "ENDED_REFUSED": "不予办理",
    "ENDED_ORIGIN_REFUSED": "因迁出地不予迁出终止",
    "ENDED_WITHDRAWN": "已撤回",
    "ENDED_RESTORED": "因户口恢复终止",
    "ENDED_PERMIT_EXPIRED": "因证明过期终止",
    "PEER_REFUSED": "对方地区不予办理",
    "WAITING": "等待另一事项办结",
    "PEER_DONE": "对方地区已转出",
    "BOOKED": "已接续",
    "MONEY_WAITED_FOR": "等待资金到账",
    "BALANCE_FOLLOWS": "关系已接续，资金随后",
    "BALANCE_BOOKED": "余额已入账",
    "BALANCE_PAID_OUT": "余额退还本人",
    "MEDICAL_WAITING": "待遇等待期",
    "WITHDRAWAL_PAID": "提取款已支付",
    "ENDED_PEER_REFUSED": "因对方地区不予办理终止",
    "VEHICLE_REGISTERED": "车辆已登记",
    "INSPECTION_OVERDUE": "逾期未到场查验",
    "CARD_ACTIVATED": "残疾人证已激活",
    "REASSESSMENT": "需要重新评定",
    "PEER_WAITS": "对方地区等待本人处理",
    "OVERLAP_TO_CLEAR": "须清理重复缴费",
    "OVERLAP_CLEARED": "重复缴费已清理",
    "ENDED_TEMPORARY_ACCOUNT": "建立临时缴费账户",
    "ENDED_LOST": "因物品遗失终止",
    "FILE_TAKEN_IN": "档案已入库",
    "FILE_SENT_BACK": "档案已退回",
    "PARCEL_LOST": "寄递途中遗失",
    "ENDED_CAME_BACK": "因物料退回终止",
    "PROXY_COLLECTED": "代收窗口已收件",
    "PROXY_SHORTFALL": "材料尚未收齐",
    "PROXY_CORRECTION": "属地机关要求补正",
    "PROXY_MADE": "证件已制作",
    "PROXY_NOT_HANDED_OVER": "本次未能送达",
    "PROXY_HELD": "证件留存待领",
    "PROXY_DELIVERED": "证件已送达",
    "PROXY_TOO_LATE": "不能撤回",
    "GENERAL_STRAIGHT": "准予并电子送达",
    "GENERAL_MADE": "准予告知",
    "GENERAL_FEE": "缴费通知",
    "GENERAL_FEE_BACK": "退还费用告知",
    "GENERAL_FEE_RETURNED": "退还费用告知",
    "GENERAL_REDONE": "结果重新办理告知",
    "GENERAL_DEFERRED": "补交容缺材料",
    "GENERAL_STILL_MISSING": "容缺材料仍须补正",
    "GENERAL_ORIGINALS": "核验原件告知",
    "GENERAL_ORIGINALS_ON_THE_WAY": "暂不能撤回",
    "ENDED_ITEM_REFUSED": "不予办理",
    "ENDED_UNPAID": "未缴费终止",
    "ENDED_REVOKED": "撤销决定",
    "ENDED_NOT_COLLECTED": "未予代收",
    "ENDED_UNCLAIMED": "留存期满未领",
    "ENDED_DECEASED": "因当事人死亡终止",
    "PART_REFUSED": "协同环节不同意",
    "PART_LATE": "协同环节逾期",
    "PART_PROMISED": "协同环节凭承诺先行",
    "SCENARIO_RECEIVED": "一件事收件",
    "CHILD_FILED": "事项已立案",
    "SCENARIO_COMPLETED": "各事项均已办成",
    "SCENARIO_PARTLY": "部分事项办成",
    "SCENARIO_NONE": "各事项均未办成",
    "SCENARIO_WITHDRAWN": "一件事已撤回",
}


#: Where a certificate stands.
CERTIFICATE_STATES: Mapping[str, str] = {
    "PREPARED": "待生效",
    "VALID": "有效",
    "USED": "已使用",
    "VOID": "作废",
}

_LETTER_RECEIPTS = {"ACCEPTED": "已收", "REFUSED": "拒收", "NOT_YET": "暂不办理"}
_PARCEL_FACTS = {"seal_no": "封签", "waybill": "运单", "counted": "实收"}


def letter_receipt(receipt: Mapping[str, Any] | None) -> str:
    """What the other side said on receiving a letter."""
    if receipt is None:
        return "尚无回执"
    status = _LETTER_RECEIPTS.get(receipt["status"], receipt["status"])
    code = receipt["code"]
    why = f"（{LETTER_REFUSALS.get(code, code)}）" if code else ""
    return f"{status}{why} {receipt['case_no'] or ''}".strip()


def parcel_fact(key: str, value: object) -> str:
    """``counted:9-1`` is what the receiver found of an item."""
    name, _, item = key.partition(":")
    shown = f"{item_name(item)}×{value}" if item else value
    return f"{_PARCEL_FACTS.get(name, name)} {shown}"


def notice_receipt(receipt: str | None) -> str | None:
    """What became of a short message: the gateway's number, or why it was not sent."""
    if receipt == "NO_PHONE":
        return "没有联系电话"
    return "未能送达" if receipt and receipt.startswith("REFUSED:") else receipt


def account_name(account: str, catalog: Catalog) -> str:
    """371002-PENSION as the fund of a locality, by name."""
    code, _, family = account.partition("-")
    return f"{locality_name(code, catalog)} {FUND_NAMES.get(family, family)}".strip()


def item_name(code: str) -> str:
    """An item of a parcel: its name, or its number in the list of contents."""
    return PACKED.get(code, code)
