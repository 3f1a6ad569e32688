"""The Chinese of the codes that a bulletin holds."""

from __future__ import annotations

from domain.attribution import Holder
from domain.ratings import Level

HOLDERS: dict[str, str] = {
    Holder.OURS.value: "本地机构",
    Holder.THEIRS.value: "对方地区",
    Holder.APPLICANT.value: "申请人",
    Holder.COURIER.value: "寄递企业",
    Holder.UNCOUNTED.value: "依法不计",
}

LEVELS: dict[str, str] = {level.value: level.label for level in Level}

SIDES: dict[str, str] = {"HOME": "受理办件", "LEG": "协办", "": ""}

RUNGS: dict[str, str] = {
    "REMIND": "提醒",
    "OVERDUE": "超期",
    "URGE": "催办",
    "SUPERVISION_ORDER": "督办单",
    "RECTIFY_BY": "限期整改",
    "INTERVIEW": "约谈",
    "CIRCULAR": "通报",
}

ENDINGS: dict[str, str] = {
    "COMPLETED": "办成",
    "NOT_ACCEPTED": "不予受理",
    "LAPSED": "补交不来",
    "REFUSED": "不予办理",
    "ORIGIN_REFUSED": "迁出地不予迁出",
    "PEER_REFUSED": "对方地区不予办理",
    "WITHDRAWN": "撤回",
    "RESTORED": "恢复原状",
    "PERMIT_EXPIRED": "证件过期终止",
    "DECEASED": "当事人死亡终止",
    "FORWARDED": "转送其他机构",
    "LOST": "物品遗失终止",
    "CAME_BACK": "物品退回",
    "TEMPORARY_ACCOUNT": "建立临时账户",
    "NOT_COLLECTED": "未予代收",
    "UNCLAIMED": "无人领取",
}
