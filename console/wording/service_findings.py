"""The words of findings on tasks of ratings, their appeals and the hotline's tickets.

Data only; `console.wording.finding_table` takes it in.
"""

from __future__ import annotations

from collections.abc import Mapping

from console.wording import finding_values as read
from console.wording.finding_values import Reader
from domain.hotline import DispatchCode
from domain.ratings import Ground, Level, Occasion

SERVICE_HEADS: Mapping[str, tuple[str, Reader]] = {
    "LEVEL": ("评价等级", read.choice({one: one.label for one in Level})),
    "OCCASION": ("评价环节", read.choice({one: one.label for one in Occasion})),
    "MATTER": ("事项", read.matter),
    "PARTY": ("申诉方", read.choice({"OFFICE": "被评价机构", "PERSON": "评价人"})),
    "GROUND": ("申诉理由", read.choice({one: one.label for one in Ground})),
    "CATEGORY": ("工单类别", read.text),
    "ABOUT": ("所涉办件", read.text),
    "SUGGESTED": ("办件经办机构", read.place),
    "NOT_OURS": ("已退单的机构", read.place),
    "NOT_DISPATCHED": (
        "未能派发",
        read.choice(
            {
                DispatchCode.UNKNOWN_OFFICE: "没有这个机构",
                DispatchCode.RETURNED_ONCE: "该机构已退过此单",
            }
        ),
    ),
    "ROUND": ("办理轮次", read.attempt),
}

SERVICE_PLAIN: Mapping[str, str] = {
    "REACHED": "已回访",
    "NOT_REACHED": "未联系上",
    "SIMPLE": "属实，简单问题",
    "COMPLEX": "属实，复杂问题",
    "UNFOUNDED": "与事实不符",
    "SENT_BACK": "复核认为整改不到位",
    "UNSATISFIED": "来电人不满意",
}
