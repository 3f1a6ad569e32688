"""The words of findings on tasks of the generic procedures.

Merged into `console.wording.finding_table`. Materials and checks have the names that the
catalogue's definitions give them.
"""

from __future__ import annotations

from collections.abc import Mapping

from catalog.catalog import Catalog
from console.wording.finding_values import About, Reader, choice
from domain.straight_through import CheckAnswer

_ANSWERS: Mapping[str, str] = {
    CheckAnswer.YES: "核验一致",
    CheckAnswer.NO: "不符合",
    CheckAnswer.DIFFERS: "登记的姓名或者名称不同",
    CheckAnswer.NO_ANSWER: "没有答复",
    "UNAVAILABLE": "没有答复",  # not even the question could be asked
}
_ORIGINALS = {
    "AGREE": "与提交的材料一致",
    "DIFFER": "与提交的材料不一致",
    "LOST": "寄递途中遗失，没有收到",
    "ORIGINALS_MISSING": "申请人没有在期限内交来",
}


def material_name(type_: str, catalog: Catalog) -> str | None:
    """A material by its type, as the first definition that knows it names it."""
    for template in catalog.lists.templates.values():
        for one in template.materials:
            if one.type == type_:
                return one.name
    for item in catalog.items.values():
        for one in (item.overrides.materials if item.overrides else None) or ():
            if one.type == type_:
                return one.name
    return None


def _check(value: str, about: About) -> str | None:
    source, _, answer = value.rpartition(":")
    words = _ANSWERS.get(answer)
    return f"{_source(source, about.catalog)}，{words}" if words else None


def _source(source: str, catalog: Catalog) -> str:
    checks = [check for one in catalog.lists.templates.values() for check in one.checks]
    for item in catalog.items.values():
        checks += (item.overrides.checks if item.overrides else None) or ()
    return next((one.label for one in checks if one.source == source), "共享数据")


def _material(value: str, about: About) -> str | None:
    return material_name(value, about.catalog) or "承诺的材料"


GENERAL_HEADS: Mapping[str, tuple[str, Reader]] = {
    "CHECK": ("共享数据核验", _check),
    "PROMISE": ("以承诺代替的材料", _material),
    "ORIGINALS": ("纸质原件", choice(_ORIGINALS)),
    "AFTER_CHECK": ("事后核查", choice({"FALSE": "承诺不实"})),
}
