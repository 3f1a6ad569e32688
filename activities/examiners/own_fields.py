"""What a register keeps beside a scheme's record is left out: counters, receipts, other names.

Used by the examiners of pensions. A register's entry holds the record of `domain.schemes` and more;
the rules refuse what they do not know, so only their own fields are handed to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Row = dict[str, Any]

#: What some cores call a field of the schemes.
_ALIASES = {"personal_fen": "paid_fen"}


def own(record: Mapping[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    """Only these fields, under their names in the schemes; absent ones stay absent."""
    found: dict[str, Any] = {}
    for name in fields:
        known = name if name in record else _ALIASES.get(name, name)
        if known in record:
            found[name] = record[known]
    return found


def rows_of(record: Mapping[str, Any], fields: Iterable[str]) -> list[Row]:
    """The yearly rows of the place itself."""
    names = tuple(fields)
    return [own(row, names) for row in record.get("rows", ())]


def rows_with_brought(record: Mapping[str, Any], fields: Iterable[str]) -> list[Row]:
    """The same, and those that earlier transfers brought."""
    names = tuple(fields)
    brought = [row for one in record.get("credits", ()) for row in one.get("rows", ())]
    return [*rows_of(record, names), *(own(row, names) for row in brought)]


def standing(status: str, record: Mapping[str, Any]) -> str:
    """The relation's status in the words of the schemes; who draws a pension always shows."""
    return "PENSIONER" if status == "PENSIONER" else str(record.get("status", "PAYING"))


def ended_by_other(status: str, record: Mapping[str, Any], letter_no: str) -> bool:
    """Whether another letter has ended this relation: nothing is left to move."""
    return status == "ENDED" and record.get("letter_no") != letter_no
