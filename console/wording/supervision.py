"""The words of the ladder: what a rung is about, where it stands, what was recorded of it.

Read by the command line, by the supervisors' board and by the lists of offices.
"""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]

STATES = {
    "OPEN": "待办结或答复",
    "ANSWERED": "已答复",
    "CLOSED": "随办结关闭",
    "CHECKED": "已销号",
    "WITHDRAWN": "已撤回",
}
#: An answer was checked while the work is still to be done.
ANSWER_CHECKED = "答复已核验，待办结"
KINDS = {
    "REPLIED": "答复",
    "INTERVIEWED": "约谈记录",
    "CHECKED": "销号",
    "CLOSED": "办结核验",
    "WITHDRAWN": "撤回",
    "REFERRED": "报请上级",
}
ENDED = {"DONE": "已办结", "SUPERSEDED": "无须再办", "DUE_MOVED": "应办日后移，不再超期"}
REFERRALS = {"WAITING": "待送上级", "SENT": "已送上级", "REFUSED": "未能送达上级"}
WARNINGS = {"YELLOW": "黄牌", "RED": "红牌"}
CONTENTS = {
    "DUE_SOON": "待办即将到期",
    "NOT_DONE_IN_TIME": "待办超期未办结",
    "NOT_ANSWERED": "超期未办结，上一级督办逾期未答复",
    "ANSWERED_NOT_DONE": "已答复，仍未办结",
}


def state_words(rung: Record) -> str:
    """Where a rung stands; checking an answer ends nothing while the task is undone."""
    return ANSWER_CHECKED if rung["state"] == "CHECKED" and rung["open"] else STATES[rung["state"]]


def kind_words(record: Record) -> str:
    """What was recorded."""
    undone = record["kind"] == "CHECKED" and not record["facts"].get("done", True)
    return "核验答复" if undone else KINDS[record["kind"]]


def result_words(record: Record) -> str:
    """What a record says that bears no words of its own."""
    if record["kind"] == "REFERRED":
        return "报请共同上级协调"
    facts = record["facts"]
    told = "已答复" if facts["answered"] else "未答复"
    return f"{ENDED[record['reason']]}，超期 {facts['days_late']} 个工作日，{told}"
