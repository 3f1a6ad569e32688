"""The Chinese of codes that people read; what the domain names itself is taken from there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.attribution import Holder
from domain.calendar import DayKind
from domain.casework import ENDING_STAGE, STAGE_LABELS, Ending, PersonStatus
from domain.numbered_papers import FOR_GOOD
from domain.recount import Change

if TYPE_CHECKING:
    from catalog.catalog import Catalog

HOLDER_LABELS = {
    Holder.OURS: "本地机构",
    Holder.THEIRS: "对方地区机构",
    Holder.APPLICANT: "申请人",
    Holder.COURIER: "寄递企业",
    Holder.UNCOUNTED: "不计时",
}

DAY_LABELS = {
    DayKind.WORKDAY: "工作日",
    DayKind.WEEKEND: "周末",
    DayKind.HOLIDAY: "节假日",
    DayKind.MAKE_UP: "调休上班",
    DayKind.OFFICE_CLOSED: "机构不办公",
}

CLOCK_CAUSES = {
    "BEFORE_LOG": "登记此前的时限",
    "START": "起算",
    "PAUSE": "中止",
    "RESUME": "恢复",
    "EXTEND": "延长",
    "REVOKE": "撤销延长",
    "STOP": "停止",
    "UNDONE": "该环节作废",
    "KEPT": "历法变更，保留原日期",
    **{change.value: f"历法{change.label}" for change in Change},
}

ENDING_LABELS = {
    Ending.COMPLETED: "办结",
    Ending.NOT_ACCEPTED: "不予受理",
    Ending.LAPSED: "补交不来办结",
    Ending.REFUSED: "不予迁入",
    Ending.ORIGIN_REFUSED: "迁出地不予迁出",
    Ending.WITHDRAWN: "撤回",
    Ending.RESTORED: "户口恢复",
    Ending.PERMIT_EXPIRED: "准予迁入证明过期终止",
    Ending.DECEASED: "当事人死亡终止",
    Ending.FORWARDED: "转送其他机构",
    Ending.PEER_REFUSED: "对方地区不予办理",
    Ending.LOST: "物品遗失终止",
    Ending.UNPAID: "逾期未缴费终止",
}

PERSON_LABELS = {
    PersonStatus.OPEN: "办理中",
    PersonStatus.IN_TRANSIT: "已注销待落户",
    PersonStatus.LANDED: "已落户",
    PersonStatus.RESTORED: "户口已恢复",
    PersonStatus.DECEASED: "死亡",
    PersonStatus.ENDED: "已终止",
}

ACTOR_LABELS = {"APPLICANT": "申请人", "SYSTEM": "系统"}

_REGION = re.compile(r"(?<![\d,.])\d{6}(?![\d,.])")


def outcome_label(task: Mapping[str, Any]) -> str | None:
    """How a task was decided, in words; None where nobody decided it."""
    from domain.task_table import TASKS

    spec = TASKS.get(task["kind"])
    outcome = spec.outcome(task["outcome"]) if spec and task["outcome"] else None
    return outcome.label if outcome else task["outcome"]


def locality_name(code: str | None, catalog: Catalog) -> str | None:
    """A locality by name; one that the catalogue does not know by its code."""
    known = catalog.localities.get(code or "")
    return known.name if known else code


def with_places(text: str, catalog: Catalog) -> str:
    """A text in which the codes of localities stand by name, as 舟山市定海区（330902）."""
    known = catalog.localities
    return _REGION.sub(
        lambda found: f"{known[found[0]].name}（{found[0]}）" if found[0] in known else found[0],
        text,
    )


def office_name(code: str | None, catalog: Catalog) -> str | None:
    """An office by name; one that the catalogue does not know by its code."""
    known = catalog.offices.get(code or "")
    return known.name if known else code


def locality_named(code: str | None, catalog: Catalog) -> str | None:
    """The same with the code, which commands take, before the name."""
    name = locality_name(code, catalog)
    return name if name == code else f"{code} {name}"


def office_named(code: str | None, catalog: Catalog) -> str | None:
    """The same with the code, which commands take, before the name."""
    name = office_name(code, catalog)
    return name if name == code else f"{code} {name}"


def actor_label(actor: str | None) -> str | None:
    """Who acted: the number of a clerk, the applicant, the system."""
    return labelled(ACTOR_LABELS, actor)


def ending_label(code: str, family: str) -> str | None:
    """How a case ended, in the words of its family."""
    from contracts.families import HUKOU

    if code == Ending.REFUSED and family != HUKOU.code:
        return "不予办理"
    if code in ENDING_STAGE and code not in ENDING_LABELS:
        return STAGE_LABELS[ENDING_STAGE[Ending(code)]]
    return labelled(ENDING_LABELS, code)


def valid_words(until: date | None) -> str | None:
    """The last day of a paper; 长期 where it has none, None where it is not known."""
    if until is None:
        return None
    return "长期" if until == FOR_GOOD else until.isoformat()


def labelled(labels: object, code: str | None) -> str | None:
    """The label of a code as stored; a code of a later version is shown as it is."""
    if code is None or not isinstance(labels, dict):
        return code
    return next((label for key, label in labels.items() if key == code), code)
