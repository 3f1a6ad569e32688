"""A case's history in words: every step with what it did, and every notable thing.

Called by the case page; an event that a later version wrote is shown by its code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from catalog.catalog import Catalog
from console.wording.labels import (
    CLOCK_CAUSES,
    actor_label,
    labelled,
    office_name,
    outcome_label,
)
from console.wording.movement_view import letter_name, yuan
from contracts.letters import LETTER_NAMES
from domain.casework import ACT_LABELS, CLOCK_LABELS, STAGE_LABELS
from domain.supervision import Rung
from domain.task_table import TASKS

Record = dict[str, Any]

EVENT_LABELS: Mapping[str, str] = {
    "ANSWER_NOT_TAKEN": "对方没有接收答复",
    "ASKED_AGAIN": "再次向对方地区发函",
    "ASSIGNMENT_REFUSED": "分派未获接受",
    "BANK_OWES": "银行待退款",
    "CALENDAR_FINDING_GONE": "历法事项已消除",
    "CALENDAR_FINDING_STANDS": "历法事项仍存在",
    "CALENDAR_FOUND": "发现历法事项",
    "CANNOT_BE_LOST": "该件已签收，不能按遗失处理",
    "CASE_ENDED": "主办办件已结束",
    "CHILD_CLOSED": "一件事中的一项已办结",
    "CHILD_FILED": "一件事中的一项已提交",
    "CHILD_NOT_FILED": "一件事中的一项未能提交",
    "CHILD_NOT_STARTED": "一件事中的一项未启动",
    "CHILD_NOT_WITHDRAWN": "一件事中的一项未能撤回",
    "CLAIM_REFUSED": "寄递赔付未获认可",
    "CLARIFICATION_ASKED": "对方请求说明",
    "CLOCK_STOPPED": "时限停止",
    "CONFIRMATION_REFUSED": "对方未接受确认",
    "CORRECTION_ASKED": "对方要求补正",
    "CORRECTION_HANDED_IN": "补正材料已提交",
    "CORRECTION_OVERDUE": "补正期限已过",
    "COUNT_SAYS_NOTHING": "清点结果未写明",
    "COURIER_REFUSED": "寄递企业未接单",
    "CUSTODY_CANNOT_FOLLOW": "交接顺序有误，未登记",
    "DECIDED_MEANWHILE": "其间已作出决定",
    "DEFERRED_HANDED_IN": "容缺材料已补交",
    "DELIVERY_FAILED": "送达未成功",
    "DIFFERENCE_FOUND": "对账发现差异",
    "DIFFERENCE_GONE": "对账差异已消除",
    "DIFFERENCE_STILL_FOUND": "对账差异仍存在",
    "DISPATCH_REFUSED": "工单派发被退回",
    "DUE_DATE_MOVED": "到期日变动",
    "EXAMINED_AGAIN": "重新核对",
    "FEE_TO_RETURN": "所缴费用须退还",
    "FORWARDED": "对方地区已转其他机构办理",
    "FORWARDED_WITHIN": "已转本地其他机构",
    "HEARING_ASKED": "申请人申请听证",
    "HEARING_LATE": "听证未按期举行",
    "HEARING_NOT_ASKED": "期限内未申请听证",
    "HEARING_SET_ANEW": "听证改期",
    "HEARING_WAIVED": "放弃听证",
    "HUKOU_CHECKED_AGAIN": "再次核对户口",
    "HUKOU_NOT_LANDED": "户口尚未落户",
    "IDENTITY_CORRECTED": "身份信息已更正",
    "INSPECTION_OVERDUE": "逾期未到场查验",
    "LANDING_REFUSED": "人口库未接受落户",
    "LETTER_OVERTAKEN": "来函已被后来的函件取代",
    "LETTER_UNDELIVERED": "函件未能送达",
    "LOW_RATING": "收到差评",
    "MONEY_ARRIVED": "资金到账",
    "MONEY_BOUNCED": "划款被退回",
    "MONEY_CAME_BACK": "资金已退回",
    "NEGOTIATED": "两地协商已有结果",
    "NEWS_TOO_EARLY": "消息早于所需步骤，已记录",
    "NEW_WAYBILL": "更换运单",
    "NOTHING_TO_TAKE_BACK": "没有需要撤回的登记",
    "ORIGINALS_NOT_COLLECTED": "原件未能代收",
    "ORIGIN_DECLINED": "迁出地未同意",
    "OVERDUE": "已超期",
    "PAPERS_UNUSABLE": "来件不能使用",
    "PAPERS_UPDATED": "来件材料已更新",
    "PARCEL_ACKNOWLEDGED": "对方确认收到物料",
    "PARCEL_LOST": "物料遗失",
    "PARCEL_SENT_AGAIN": "物料已重寄",
    "PART_ASKED_AGAIN": "再次请求协同",
    "PART_FORWARDED": "协同环节已转办",
    "PART_LATE": "协同环节超期",
    "PART_LEFT_OUT": "未等协同意见继续办理",
    "PART_MISROUTED": "协同请求发错机构",
    "PART_NOT_TOLD": "未能告知协同方",
    "PART_PROGRESS": "协同方告知进展",
    "PEER_LATE": "对方地区超期",
    "PEER_WAITS": "对方等待申请人",
    "PERMIT_ALREADY_USED": "准予迁入证明已被使用",
    "PERSON_REFUSED": "其中一人不予办理",
    "PERSON_TAKEN_BACK": "其中一人已撤回",
    "PROGRESS": "对方告知进展",
    "RATING_APPEALED": "评价被申诉",
    "RECEIPT_CHASED": "催办回执",
    "RECTIFICATION_SENT_BACK": "整改被退回",
    "REGISTER_DECLINED": "登记系统未接受",
    "REGISTER_REALIGNED": "登记已按流程历史校正",
    "REGISTER_REFUSED": "登记系统拒绝",
    "RELATION_OPENED": "已建立新关系",
    "REQUEST_REFUSED": "对方拒收请求",
    "RESTORED": "户口已恢复",
    "RESUME": "恢复计时",
    "RETURNED_TO_EXAMINATION": "退回重新审查",
    "RETURNED_TO_STEP": "退回较早环节",
    "RETURNED_TO_REVIEW": "退回重新审核",
    "RETURN_BOUNCED": "退款被退回",
    "RETURN_UNDER_WAY": "正在退款",
    "SIGNED_BY_SILENCE": "逾期未签收，视为签收",
    "STRAIGHT_THROUGH_NOT": "不能秒批，转人工办理",
    "SUPERVISION": "督办",
    "SUPPLEMENT_ANSWERED": "补充材料已答复",
    "SUSPEND": "中止计时",
    "TABLE_CONFIRMED": "信息表核对一致",
    "TABLE_CORRECTED": "信息表已更正",
    "TABLE_DISPUTED": "信息表有异议",
    "TICKET_TAKEN": "已接收热线工单",
    "TRACKING": "物流轨迹",
    "TRACKING_LATE": "轨迹晚到，已记录",
    "UNREACHABLE": "联系不上当事人",
    "UPDATE_REFUSED": "对方未接受更新",
    "VERDICT_NOT_EXPECTED": "回访结论不在应有阶段",
    "WAITED_FOR": "等待的事项已办结",
    "WAITS_FOR": "等待另一事项",
    "WITHDRAWAL_TOO_LATE": "来不及撤回",
    "WORD_OUT_OF_ORDER": "消息次序有误，未采用",
}


def history(record: Record, catalog: Catalog) -> list[Record]:
    """Newest first: ``at``, ``office``, ``stage``, ``moved``, ``what`` (sentences), ``who``.

    A step tells the acts, decisions and letters that it wrote; nothing of it is personal.
    """
    before: str | None = None
    told = []
    for event in record["events"]:
        moved = event["stage"] if event["stage"] != before else None
        before = event["stage"]
        what = list(_what(event, record, catalog))
        if moved is None and not what:
            continue
        told.append(
            {
                "id": event["id"],
                "at": event["at"],
                "office": office_name(event["office"], catalog),
                "stage": labelled(STAGE_LABELS, event["stage"]),
                "moved": moved is not None,
                "what": what,
                "who": sorted(set(_who(event, record))),
            }
        )
    return told[::-1]


def event_label(code: str) -> str:
    """A notable thing by name."""
    # A plain string finds a StrEnum of the same value; the types of dict do not know it.
    return EVENT_LABELS.get(code, LETTER_NAMES.get(code, code))  # type: ignore[call-overload]


def _what(event: Record, record: Record, catalog: Catalog) -> Iterator[str]:
    if event["code"] != "STEP":
        label, facts = event_label(event["code"]), event["facts"]
        detail = _detail(event["code"], facts)
        yield f"{label}：{detail}" if detail else label
        return
    step = event["made_in"]
    for act in record["acts"]:
        if act["made_in"] == step and act["voided_at"] is None:
            yield labelled(ACT_LABELS, act["code"]) or act["code"]
    for task in record["tasks"]:
        if task["closed_in"] == step and task["outcome"]:
            yield f"{task['title']}：{outcome_label(task)}"
        if task["opened_in"] == step:
            yield f"交办：{task['title']}（{office_name(task['office'], catalog)}）"
    for certificate in record["certificates"]:
        if certificate["made_in"] == step:
            yield f"证件 {certificate['number']}"
    for cause in event["facts"].get("causes", ()):
        for letter in record["letters"]:
            if letter["number"] == cause:
                yield f"收到{letter_name(record, letter['verb'], LETTER_NAMES)}（{cause}）"


def _who(event: Record, record: Record) -> Iterator[str]:
    if event["code"] != "STEP":
        return
    step = event["made_in"]
    for act in record["acts"]:
        if act["made_in"] == step:
            yield actor_label(act["actor"]) or ""
    for task in record["tasks"]:
        if task["closed_in"] == step and task["decided_by"]:
            yield actor_label(task["decided_by"]) or ""


def _detail(code: str, facts: Mapping[str, Any]) -> str:
    """The facts worth telling; codes that nobody here has words for stay out."""
    if code == "CLOCK_STOPPED":
        return labelled(CLOCK_LABELS, facts.get("clock")) or ""
    if "total_fen" in facts and str(facts["total_fen"]).lstrip("-").isdecimal():
        return f"{yuan(int(facts['total_fen']))}元"
    if code in ("SUPERVISION", "PEER_LATE") and facts.get("rung") in set(Rung):
        return Rung(facts["rung"]).label
    if code == "RETURNED_TO_STEP" and facts.get("step") in TASKS:
        return TASKS[facts["step"]].title
    if code == "FEE_TO_RETURN":
        return f"{yuan(int(facts['amount_fen']))}元"
    if code == "DUE_DATE_MOVED":
        cause = labelled(CLOCK_CAUSES, facts.get("cause"))
        days = " → ".join(str(facts[one]) for one in ("due_from", "due_to") if facts.get(one))
        return " ".join(one for one in (cause, days) if one)
    return ""
