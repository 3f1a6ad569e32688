"""Where documents differ about one item: its lead, name, type, audience, levels, modes, power.

Read by the catalogue's coverage and by people who keep the data; a difference is no mistake, and
nothing is decided by it (the item's own powers and modes are what counts).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from catalog.items import Listed


@dataclass(frozen=True, slots=True)
class Saying:
    """What one row says: its list, its number there (with the sub-number), the value."""

    listing: str
    number: str
    value: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One aspect of an item on which its rows do not agree."""

    item: str
    aspect: str
    sayings: tuple[Saying, ...]


def _lead(listed: Listed) -> str | None:
    return listed.row.lead.organ if listed.row.lead is not None else None


def _powers(listed: Listed) -> str | None:
    return "、".join(note.kind.value for note in listed.row.power) or None


#: A row that is silent on an aspect does not differ; a power note is different from its absence.
_ASPECTS: dict[str, Callable[[Listed], str | None]] = {
    "名称": lambda listed: listed.row.name,
    "牵头单位": _lead,
    "事项类型": lambda listed: listed.row.item_type,
    "服务对象": lambda listed: "、".join(sorted(listed.row.audience)) or None,
    "行使层级": lambda listed: "、".join(sorted(listed.row.levels)) or None,
    "业务模式": lambda listed: "、".join(sorted(listed.row.modes)) or None,
    "权限": _powers,
}


def differences(rows: Iterable[Listed]) -> Iterator[Difference]:
    """Every aspect on which the rows of one item differ, in a fixed order of aspects."""
    listed = tuple(rows)
    for aspect, said in _ASPECTS.items():
        sayings = tuple(
            Saying(one.listing.code, place_of(one), value)
            for one in listed
            if (value := said(one)) is not None
        )
        if len({one.value for one in sayings}) > 1:
            yield Difference(listed[0].row.item, aspect, sayings)


def place_of(listed: Listed) -> str:
    """A row's number as the document counts: 54, or 54.3 for a sub-item."""
    row = listed.row
    return str(row.number) if row.sub is None else f"{row.number}.{row.sub}"
