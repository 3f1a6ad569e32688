"""How the reports name codes: the Chinese words for acts, stages, papers, persons and clocks."""

from __future__ import annotations

from domain.casework import ACT_LABELS, CERTIFICATE_LABELS, CLOCK_LABELS, STAGE_LABELS

_ACTS = {code.value: label for code, label in ACT_LABELS.items()}
_STAGES = {stage.value: label for stage, label in STAGE_LABELS.items()}
_PAPERS = {kind.value: label for kind, label in CERTIFICATE_LABELS.items()}
_CLOCKS = {kind.value: label for kind, label in CLOCK_LABELS.items()}
_PERSONS = {
    "OPEN": "在办",
    "IN_TRANSIT": "在途",
    "LANDED": "已落户",
    "RESTORED": "已恢复户口",
    "DECEASED": "已死亡",
    "ENDED": "已终止",
}
_PAPER_STATES = {
    "PREPARED": "已编号未签发",
    "VALID": "有效",
    "USED": "已使用",
    "VOID": "已作废",
}
_REGISTRATIONS = {
    "ACTIVE": "在册",
    "IN_TRANSIT": "在途",
    "MOVED_OUT": "已迁出",
    "DECEASED": "已死亡",
}
_HOLDERS = {
    "OURS": "本地机构",
    "THEIRS": "对方地区机构",
    "APPLICANT": "申请人",
    "COURIER": "寄递企业",
    "UNCOUNTED": "不计时",
}
_ENDINGS = {
    "COMPLETED": "办结",
    "NOT_ACCEPTED": "不予受理",
    "LAPSED": "补交不来",
    "REFUSED": "不予迁入",
    "ORIGIN_REFUSED": "不予迁出",
    "WITHDRAWN": "撤回",
    "RESTORED": "恢复户口",
    "PERMIT_EXPIRED": "准迁证过期",
    "DECEASED": "死亡",
    "FORWARDED": "转送",
    "PEER_REFUSED": "对方不予办理",
    "LOST": "遗失",
    "ITEM_REFUSED": "不予办理",
    "UNPAID": "逾期未缴费",
    "REVOKED": "撤销决定",
}


def act_word(code: str) -> str:
    """A legal act; a code without a word is shown as it is, here as below."""
    return _ACTS.get(code, code)


def stage_word(code: str) -> str:
    """A stage."""
    return _STAGES.get(code, code)


def paper_word(kind: str) -> str:
    """A kind of certificate."""
    return _PAPERS.get(kind, kind)


def paper_state(status: str) -> str:
    """A certificate's status."""
    return _PAPER_STATES.get(status, status)


def clock_word(kind: str) -> str:
    """A time limit."""
    return _CLOCKS.get(kind, kind)


def person_state(status: str) -> str:
    """A migrant's status in a case."""
    return _PERSONS.get(status, status)


def registration_state(status: str) -> str:
    """A registration's status."""
    return _REGISTRATIONS.get(status, status)


def holder_word(code: str) -> str:
    """Who has the ball."""
    return _HOLDERS.get(code, code)


def ending_word(code: str | None) -> str:
    """How a case ended."""
    return _ENDINGS.get(code or "", code or "未办结")
