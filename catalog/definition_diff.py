"""What differs between two definitions of an item, entry by entry, in words for people.

Called by the catalogue's commands for two versions, for a draft and for two localities. Entries of
a list are held against each other by what names them, so that a changed order is no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import BaseModel

from catalog.definitions import Definition

_LABELS = {
    "name": "事项名称",
    "code": "样板",
    "item_types": "事项类型",
    "modes": "业务模式",
    "materials": "材料",
    "fields": "申请栏目",
    "checks": "核验",
    "steps": "环节",
    "participations": "协同",
    "limit": "时限",
    "period": "决定期限种类",
    "fee": "收费",
    "result": "结果文书",
    "straight_through": "秒批秒办",
    "guide": "办事指南",
    "evidence": "依据等级",
}
#: By what an entry of a list is known.
_KEYS = {
    "materials": ("type",),
    "fields": ("name",),
    "checks": ("source",),
    "steps": ("kind", "label"),
    "participations": ("organ", "place"),
}
_NOT_COMPARED = frozenset({"item", "version"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs; None on the side that does not have it.

    ``part`` is the Chinese word for the part of the definition, ``entry`` what names the entry of
    a list, ``field`` the name of the single value as data files write it.
    """

    part: str
    entry: str
    field: str
    before: str | None
    after: str | None


def differences(before: Definition, after: Definition) -> list[Difference]:
    """Everything but the version itself."""
    return [
        one
        for name in Definition.model_fields
        if name not in _NOT_COMPARED
        for one in _of_part(name, getattr(before, name), getattr(after, name))
    ]


def _of_part(name: str, before: Any, after: Any) -> Iterator[Difference]:
    label = _LABELS.get(name, name)
    if name in _KEYS:
        yield from _of_entries(label, _by_key(name, before), _by_key(name, after))
    elif isinstance(before, BaseModel) and isinstance(after, BaseModel):
        yield from _of_fields(label, "", before, after)
    elif before != after:
        yield Difference(label, "", "", _said(before), _said(after))


def _of_entries(
    label: str, before: Mapping[str, BaseModel], after: Mapping[str, BaseModel]
) -> Iterator[Difference]:
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            yield Difference(label, key, "", _whole(old), _whole(new))
        else:
            yield from _of_fields(label, key, old, new)


def _of_fields(label: str, entry: str, before: BaseModel, after: BaseModel) -> Iterator[Difference]:
    for field in type(before).model_fields:
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield Difference(label, entry, field, _said(old), _said(new))


def _by_key(name: str, entries: list[Any]) -> dict[str, BaseModel]:
    found: dict[str, BaseModel] = {}
    for entry in entries:
        key = " ".join(_said(getattr(entry, part)) or "" for part in _KEYS[name])
        while key in found:
            key += "′"
        found[key] = entry
    return found


def _whole(entry: BaseModel | None) -> str | None:
    if entry is None:
        return None
    return "，".join(
        f"{field} {_said(value)}" for field, value in entry if value not in (None, [], {}, "")
    )


def _said(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, list | tuple):
        return "；".join(_said(one) or "" for one in value) or "无"
    if isinstance(value, dict):
        return "；".join(f"{key} {_said(one)}" for key, one in value.items()) or "无"
    return str(value)
