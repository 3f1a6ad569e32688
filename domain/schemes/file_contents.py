"""The contents of a personnel file against its list: differences, and what the receiver does (R3).

Called by the receiving agency when a file arrives. A file is never split and never kept back for
being incomplete: the origin supplements once told, only missing key items lead to a return
(docs/rules.md A8).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.schemes.register_record import Record, flag, number, rows, text


@dataclass(frozen=True, slots=True, order=True)
class FileItem:
    """One material in a file: its number in the list, title, pages; `key` may not be missing."""

    number: str
    title: str
    pages: int
    key: bool = False


class DifferenceKind(StrEnum):
    MISSING = "MISSING"
    EXTRA = "EXTRA"
    PAGES_DIFFER = "PAGES_DIFFER"


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """`pages_out` as listed by the origin, `pages_in` as counted; 0 where there is no item."""

    kind: DifferenceKind
    number: str
    title: str
    pages_out: int
    pages_in: int
    key: bool


def items_of(record: Record, field: str = "items") -> tuple[FileItem, ...]:
    """The list of contents in a record; DomainError MALFORMED_RECORD."""
    return tuple(
        FileItem(text(one, "number"), text(one, "title"), number(one, "pages"), flag(one, "key"))
        for one in rows(record, field)
    )


def differences(listed: Iterable[FileItem], counted: Iterable[FileItem]) -> tuple[Difference, ...]:
    """Every difference between the list sent out and the file that came in, sorted.

    Items are matched by number and title; two copies of one item count as two. Neither list's
    order matters.
    """
    out, arrived = _by_name(listed), _by_name(counted)
    found: list[Difference] = []
    for name in sorted(out.keys() | arrived.keys()):
        sent, came = out.get(name, []), arrived.get(name, [])
        # Equal copies are paired first, or two swapped page counts would pass for differences.
        same = Counter(one.pages for one in sent) & Counter(one.pages for one in came)
        rest_out, rest_in = _without(sent, same), _without(came, same)
        for position in range(max(len(rest_out), len(rest_in))):
            one = rest_out[position] if position < len(rest_out) else None
            other = rest_in[position] if position < len(rest_in) else None
            found.append(_difference(name, one, other))
    return tuple(sorted(found))


def _by_name(items: Iterable[FileItem]) -> dict[tuple[str, str], list[FileItem]]:
    found: dict[tuple[str, str], list[FileItem]] = {}
    for one in sorted(items):
        found.setdefault((one.number, one.title), []).append(one)
    return found


def _without(items: list[FileItem], paired: Counter[int]) -> list[FileItem]:
    left, rest = Counter(paired), []
    for one in items:
        if left[one.pages]:
            left[one.pages] -= 1
        else:
            rest.append(one)
    return rest


def _difference(name: tuple[str, str], out: FileItem | None, came: FileItem | None) -> Difference:
    if out is None:
        kind = DifferenceKind.EXTRA
    elif came is None:
        kind = DifferenceKind.MISSING
    else:
        kind = DifferenceKind.PAGES_DIFFER
    # Whether an item is a key one is the origin's list to say.
    return Difference(
        kind,
        *name,
        pages_out=out.pages if out else 0,
        pages_in=came.pages if came else 0,
        key=out.key if out else False,
    )
