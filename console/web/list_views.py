"""The lists of the console as declared: title, what they are for, columns, order and filters.

Read by `console.web.worklist` and its templates. A column's key is what a person's choice keeps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storage.worklist_questions import Due, Sort, View


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and whether it is shown unless somebody chose otherwise."""

    key: str
    label: str
    shown: bool = True


@dataclass(frozen=True, slots=True)
class ListView:
    """One list. ``fixed`` columns cannot be hidden; ``filters`` are those that mean something."""

    view: View
    title: str
    about: str
    empty: str
    fixed: tuple[Column, ...]
    columns: tuple[Column, ...]
    filters: frozenset[str]
    bulk: bool = False
    always: bool = True  # False: offered only while there is something in it

    def chosen(self, keys: list[str] | None) -> list[Column]:
        """The columns to show, in the order declared."""
        if keys is None:
            wanted = [column for column in self.columns if column.shown]
        else:
            wanted = [column for column in self.columns if column.key in keys]
        return [*self.fixed, *wanted]


_TASK_FIXED = (Column("due", "到期"), Column("task", "待办"))
_TASK_COLUMNS = (
    Column("matter", "事项"),
    Column("office", "机构"),
    Column("assignee", "认领人"),
    Column("role", "岗位", shown=False),
    Column("peer", "对方地区", shown=False),
    Column("stage", "办件状态", shown=False),
    Column("opened", "到达时间", shown=False),
    Column("findings", "核查发现", shown=False),
)
_TASK_FILTERS = frozenset({"matter", "office", "role", "due", "assignee", "sort"})
_CASE_FIXED = (Column("due", "到期"), Column("case", "办件"))
_CASE_COLUMNS = (
    Column("matter", "事项"),
    Column("stage", "办件状态"),
    Column("office", "机构"),
    Column("peer", "对方地区"),
    Column("filed", "收件时间", shown=False),
)
_CASE_FILTERS = frozenset({"matter", "office", "due"})

LISTS: Mapping[View, ListView] = {
    one.view: one
    for one in (
        ListView(
            View.MINE,
            "我的",
            "由您认领或分派给您的待办。",
            "您手上没有待办；可以到“本机构”认领。",
            _TASK_FIXED,
            _TASK_COLUMNS,
            _TASK_FILTERS - {"assignee"},
            bulk=True,
        ),
        ListView(
            View.OFFICE,
            "本机构",
            "您所在机构的全部待办，最急的在前。",
            "现在没有待办。",
            _TASK_FIXED,
            _TASK_COLUMNS,
            _TASK_FILTERS,
            bulk=True,
        ),
        ListView(
            View.LATE,
            "超期",
            "到期日已过、还没有办的待办。",
            "没有超期的待办。",
            _TASK_FIXED,
            _TASK_COLUMNS,
            _TASK_FILTERS - {"due"},
            bulk=True,
        ),
        ListView(
            View.AGAIN,
            "退回",
            "退回、补正或者重新寄送之后再次到您机构的待办。",
            "没有退回后再次办理的待办。",
            _TASK_FIXED,
            _TASK_COLUMNS,
            _TASK_FILTERS,
            bulk=True,
        ),
        ListView(
            View.ASKED,
            "等我答复",
            "同事办结之前向您征求意见、还没有答复的待办。",
            "没有等您答复的意见。",
            _TASK_FIXED,
            _TASK_COLUMNS,
            _TASK_FILTERS,
            always=False,
        ),
        ListView(
            View.CORRECTION,
            "等补正",
            "轮到申请人补正、补交、缴费或者申报的办件。",
            "没有等申请人补正的办件。",
            _CASE_FIXED,
            _CASE_COLUMNS,
            _CASE_FILTERS,
        ),
        ListView(
            View.WAITING,
            "等待对方",
            "已经发函、等对方地区办理或者答复的办件。",
            "没有等待对方地区的办件。",
            _CASE_FIXED,
            _CASE_COLUMNS,
            _CASE_FILTERS,
        ),
        ListView(
            View.PARCELS,
            "在途寄递",
            "本机构寄出或者将收到、还没有了结的物料，最久没有消息的在前。",
            "没有在途的物料。",
            (Column("moved", "最近变动"), Column("parcel", "物料")),
            (
                Column("matter", "事项"),
                Column("state", "流转状态"),
                Column("route", "从哪里到哪里"),
                Column("due", "到期"),
                Column("waybill", "运单号", shown=False),
            ),
            _CASE_FILTERS,
        ),
        ListView(
            View.FOLLOWED,
            "关注",
            "您关注的办件，包括已经办结的；在办件的“可以办理的事项”中关注或者取消。",
            "您没有关注的办件。",
            _CASE_FIXED,
            _CASE_COLUMNS,
            _CASE_FILTERS - {"office"},
            always=False,
        ),
        ListView(
            View.DONE,
            "已办",
            "您办结的待办，最近的在前。",
            "您还没有办结过待办。",
            (Column("closed", "办结时间"), Column("task", "待办")),
            (
                Column("outcome", "办理结果"),
                Column("matter", "事项"),
                Column("office", "机构"),
                Column("stage", "办件现状", shown=False),
                Column("peer", "对方地区", shown=False),
            ),
            frozenset({"matter", "office"}),
        ),
    )
}

DUE_LABELS = {
    Due.LATE: "已超期",
    Due.TODAY: "今天到期",
    Due.SOON: "两天内到期",
    Due.WEEK: "七天内到期",
    Due.LATER: "七天以后",
    Due.NONE: "无时限或时限中止",
}
SORT_LABELS = {Sort.DUE: "最急的在前", Sort.OLDEST: "最早到达的在前", Sort.NEWEST: "最新到达的在前"}
