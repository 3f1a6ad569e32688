"""What may be recorded about a rung as it stands, and what the record says besides its words.

Used by `console.supervising`.
"""

from __future__ import annotations

from typing import Any

from console.office import Record
from contracts.commands import RejectionCode
from domain.supervision import Rung

STATES = {
    "OPEN": "待答复",
    "ANSWERED": "已答复",
    "CLOSED": "随办结关闭",
    "CHECKED": "核验",
    "WITHDRAWN": "撤回",
}


def no_answer_wanted(rung: Record) -> str | None:
    """Why the office of a rung need not answer it; None where it may."""
    number = rung["number"]
    if rung["state"] in ("CLOSED", "CHECKED", "WITHDRAWN"):
        return f"督办件 {number} 已{STATES[rung['state']]}，不必再答复。"
    if rung["due_on"] is None:
        return f"督办件 {number} 是{Rung(rung['rung']).label}，只作告知，不需要答复；请尽快办理。"
    return None


def refusal_code(office: str, rung: Record, kind: str) -> RejectionCode:
    """The code of a record that this office cannot make now."""
    foreign = kind == "REPLIED" and office != rung["office"]
    return RejectionCode.FOREIGN_OFFICE if foreign else RejectionCode.NOT_NOW


def facts_of(kind: str, rung: Record) -> dict[str, Any]:
    """What the closing check looked at: how late the work was, and whether it was answered."""
    if kind != "CHECKED":
        return {}
    closed = next((one for one in rung["records"] if one["kind"] == "CLOSED"), None)
    late = closed["facts"]["days_late"] if closed else rung["days_late"]
    return {"answered": rung["answered"], "done": closed is not None, "days_late": late}
