"""Findings of a task in words: what the automatic check saw, as a clerk reads it.

A finding is a code, often with a subject after a colon: ``MISSING:TRANSFER_ORDER``. One that nobody
has words for is shown as it is.
"""

from __future__ import annotations

from catalog.catalog import Catalog
from domain.intake_rules import DefectCode
from domain.ratings import Ground, Level, Occasion
from domain.refusals import GENERAL, TEXTS
from domain.schemes.pension_eligibility import TransferOutcome

_WORDS = {
    "CONFIRMED": "登记核验一致",
    "DIFFERS": "与登记不一致",
    "NOT_INSURED_HERE": "本地没有参保登记",
    "UNAVAILABLE": "暂时无法核验",
    "INSURED_HERE": "本地已参保",
    "NO_RELATION_YET": "本地尚未建立关系",
    "PENSIONER": "已领取待遇",
    "NOT_HELD_HERE": "档案不在本机构",
    "UNKNOWN": "登记没有说明",
    "TO_CONFIRM": "待人工确认",
    "COLLECTION": "待遇领取地归集",
    "REACHED": "已回访",
    "NOT_REACHED": "未联系上",
    "SIMPLE": "属实，简单问题",
    "COMPLEX": "属实，复杂问题",
    "UNFOUNDED": "与事实不符",
    "SENT_BACK": "复核认为整改不到位",
    "UNSATISFIED": "来电人不满意",
    "OFFICE": "被评价机构",
    "PERSON": "评价人",
    "UNKNOWN_OFFICE": "没有这个机构",
    "RETURNED_ONCE": "该机构已退过此单",
    **{one.value: one.label for one in (*Level, *Occasion, *Ground)},
    **{one.value: one.label for one in TransferOutcome},
}
_PREFIXES = {
    "MISSING": "缺少材料",
    "STATUS": "登记状态",
    "REFUSED": "对方不予办理",
    "NOW_IN": "现登记在",
    "UNREADABLE": "登记记录无法识别，请人工核对",
    "WHO": "能否转移",
    "HUKOU": "户籍所在地的依据",
    "PURPOSE": "申请类别",
    "CONDITIONS": "待遇领取条件",
    "REGISTERED": "登记的情形",
    "GAP_MONTHS": "中断缴费月数",
    "WAITING": "待遇等待期",
    "WAITING_MONTHS": "待遇等待期月数",
    "OVERLAP_MONTHS": "重复缴费月数",
    "PROPOSED_TO_KEEP": "建议保留",
    "LEVEL": "评价等级",
    "OCCASION": "评价环节",
    "PARTY": "申诉方",
    "GROUND": "申诉理由",
    "CATEGORY": "工单类别",
    "ABOUT": "所涉办件",
    "SUGGESTED": "办件经办机构",
    "NOT_OURS": "已退单的机构",
    "NOT_DISPATCHED": "未能派发",
    "ROUND": "办理轮次",
    DefectCode.DOCUMENT_MISSING: "缺少材料",
    DefectCode.FIELD_MISSING: "没有填写",
    DefectCode.FIELD_WRONG: "填写有误",
    DefectCode.DOCUMENT_OF_NOBODY: "材料没有写明是谁的",
    DefectCode.PARENT_TOO_YOUNG: "父母未到规定年龄",
}


def finding_words(code: object, catalog: Catalog) -> str:
    """The finding in words with its code behind, as 缺少材料：调令（MISSING:TRANSFER_ORDER）."""
    raw = str(code)
    head, colon, subject = raw.partition(":")
    words = _PREFIXES.get(head) or _WORDS.get(head) or _refusal(head)
    about = _subject(subject, catalog)
    if words is None:
        return raw if about == subject else f"{about}（{raw}）"
    return f"{words}{'：' + about if colon and about else ''}（{raw}）"


def _subject(subject: str, catalog: Catalog) -> str:
    place = catalog.localities.get(subject)
    if place is not None:
        return place.name
    rules = [rule for matter in catalog.matters.values() for rule in matter.documents]
    rules += [rule for matter in catalog.transfers.values() for rule in matter.documents]
    for rule in rules:
        if rule.type == subject:
            return rule.name
    for transfer in catalog.transfers.values():
        for field in transfer.fields:
            if subject in (field.name, f"details.{field.name}"):
                return field.label
    return _WORDS.get(subject) or _refusal(subject) or subject


def _refusal(code: str) -> str | None:
    """What a refusal of any family means."""
    for known in (GENERAL, *TEXTS.values()):
        if code in known:
            return known[code][0]
    return None
