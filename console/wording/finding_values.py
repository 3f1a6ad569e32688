"""How the value of a finding reads: sums, months, places, documents, outcomes, reasons.

Each reader takes the value and what is known about the task, and answers None where it has no
words for the value. Used by `console.wording.finding_table`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from catalog.catalog import Catalog
from console.wording.form_fields import field_label
from console.wording.movement_view import yuan
from console.wording.paper_names import item_name
from console.wording.reasons import known_reason, register_words
from contracts.parcels import items_of
from domain.task_table import TASKS

#: What offices and registers put on a case beside the materials.
DRAWN_UP: Mapping[str, str] = {
    "ARCHIVE_PACKAGE": "归档清单",
    "CARD_FILE": "残疾人证档案",
    "MOVE_OUT_ANSWER": "迁出答复",
    "MOVE_OUT_REQUEST": "迁出请求",
    "NOT_LANDED_PROOF": "未落户证明",
    "PART_OPINION": "协同意见",
    "REGISTRATION": "登记资料",
    "REQUEST_RECORD": "申请地缴费记录",
    "SHARED_EDUCATION": "学历核验结果",
    "SHARED_MARRIAGE": "婚姻登记核验结果",
    "STATEMENT": "信息表",
    "TRANSFER_REQUEST": "联系函",
    "VEHICLE_FILE": "车辆电子档案",
}


@dataclass(frozen=True, slots=True)
class About:
    """What a value is about; ``family`` is "" where the case's is not known."""

    catalog: Catalog
    family: str


Reader = Callable[[str, About], str | None]


def text(value: str, about: About) -> str | None:
    """A number or a word that stands for itself."""
    return value or "—"


def letter(value: str, about: About) -> str | None:
    """The number of a letter; an arrival of which nobody knows the letter has none."""
    return value if value[:6].isdecimal() else "没有对应的联系函"


def nothing(value: str, about: About) -> str | None:
    """The head says it all."""
    return ""


def yes_no(value: str, about: About) -> str | None:
    return {"yes": "是", "no": "否"}.get(value)


def money(value: str, about: About) -> str | None:
    """Fen as 151,191.70元."""
    return f"{yuan(int(value))}元" if _is_number(value) else None


def months(value: str, about: About) -> str | None:
    return f"{value}个月" if _is_number(value) else None


def month(value: str, about: About) -> str | None:
    """2026-03 as 2026年3月."""
    year, _, number = value.partition("-")
    if not value:
        return "—"
    return f"{year}年{int(number)}月" if year.isdecimal() and number.isdecimal() else None


def attempt(value: str, about: About) -> str | None:
    return f"第{value}次" if value.isdecimal() else None


def place(value: str, about: About) -> str | None:
    """A locality or an office by name; one that the catalogue does not know by its number."""
    locality = about.catalog.localities.get(value)
    if locality is not None:
        return locality.name
    office = about.catalog.offices.get(value)
    return office.name if office else f"目录以外的 {value}" if value else "—"


def matter(value: str, about: About) -> str | None:
    """A matter of the catalogue by name."""
    return about.catalog.matter_name(value)


def subject(value: str, about: About) -> str | None:
    """What a defect is about: a document, a field, a person of the form."""
    document, bracket, person = value.partition("[")
    name = _document(document, about.catalog)
    if name is None:
        return field_label(value, about.catalog)
    return f"{name}（第{person.rstrip(']')}名）" if bracket else name


def counted(value: str, about: About) -> str | None:
    """``9-1:2`` as 9-1×2; what procedures pack themselves has a name."""
    code, _, number = value.rpartition(":")
    if not code or not number.isdecimal():
        return None
    return f"{item_name(code)}×{number}"


def contents(value: str, about: About) -> str | None:
    """The list of contents of a file, as a letter carries it."""
    try:
        return "、".join(f"{item.code}×{item.count}" for item in items_of(value)) or "—"
    except ValueError:
        return None


def register(value: str, about: About) -> str | None:
    """The refusal of a register, of one person where a number stands before it."""
    number, colon, code = value.rpartition(":")
    words = register_words(code, about.family)
    who = f"第{number}名，" if colon else ""
    return f"{who}{words}" if words else None


def reason(value: str, about: About) -> str | None:
    """Why somebody refuses, waits or asks."""
    return known_reason(value, about.family) if value else "没有写明理由"


def choice(words: Mapping[Any, str], *, others: str | bool = False) -> Reader:
    """One of these; ``others``: what any other value reads as, True: as itself."""

    def read(value: str, about: About) -> str | None:
        known = words.get(value)
        if known is not None or not others:
            return known
        return others if isinstance(others, str) else text(value, about)

    return read


def listed(words: Mapping[Any, str]) -> Reader:
    """Several of these with commas between them."""

    def read(value: str, about: About) -> str | None:
        return "、".join(words.get(one, one) for one in value.split(",")) or "—"

    return read


def outcome(kinds: Mapping[str, str]) -> Reader:
    """The decision on another task, whose kind depends on the family ("": every other)."""

    def read(value: str, about: About) -> str | None:
        found = TASKS[kinds.get(about.family, kinds[""])].outcome(value)
        return found.label if found else None

    return read


def _is_number(value: str) -> bool:
    return value.removeprefix("-").isdecimal()


def _document(type_: str, catalog: Catalog) -> str | None:
    rules = [rule for matter in catalog.matters.values() for rule in matter.documents]
    rules += [rule for matter in catalog.transfers.values() for rule in matter.documents]
    rules += [rule for one in catalog.lists.templates.values() for rule in one.materials]
    rules += [rule for one in catalog.scenarios.values() for rule in one.materials]
    for item in catalog.items.values():
        rules += (item.overrides.materials if item.overrides else None) or []
    return next((rule.name for rule in rules if rule.type == type_), None)


def material_words(type_: str, catalog: Catalog) -> str:
    """The name of a kind of document: of the materials asked for, else of what offices draw up."""
    return _document(type_, catalog) or DRAWN_UP.get(type_, type_)
