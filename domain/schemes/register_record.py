"""Reads typed values out of a register's record, the JSON object a business system returns.

Called by every scheme of this package. Records come from outside: a value of the wrong kind is
refused here, by the name of its field and never by its content, so that no rule decides on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from domain.errors import DomainError

Record = Mapping[str, Any]
E = TypeVar("E", bound=StrEnum)


class RecordCode(StrEnum):
    MALFORMED_RECORD = "MALFORMED_RECORD"


def number(record: Record, field: str) -> int:
    """A whole number of at least 0 (fen, months, a count); 0 when the field is absent."""
    value = record.get(field, 0)
    # bool is an int in Python: a register that answers true for a sum is not believed.
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise malformed(field)
    return value


def optional_number(record: Record, field: str) -> int | None:
    """As `number`, but None when the field is absent or null."""
    return None if record.get(field) is None else number(record, field)


def flag(record: Record, field: str, default: bool = False) -> bool:
    """A yes or no; `default` when the field is absent."""
    value = record.get(field, default)
    if not isinstance(value, bool):
        raise malformed(field)
    return value


def text(record: Record, field: str) -> str:
    """A text; empty when the field is absent or null."""
    value = record.get(field) or ""
    if not isinstance(value, str):
        raise malformed(field)
    return value


def day(record: Record, field: str) -> date | None:
    """A date written YYYY-MM-DD; None when the field is absent or null."""
    value = record.get(field)
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise malformed(field) from None


def month(record: Record, field: str) -> int | None:
    """A month written YYYY-MM as a running number (year * 12 + month - 1); None when absent."""
    value = record.get(field)
    if value is None:
        return None
    try:
        first = date.fromisoformat(f"{value}-01")
    except ValueError:
        raise malformed(field) from None
    return first.year * 12 + first.month - 1


def month_text(running: int) -> str:
    """The running number of `month` as YYYY-MM."""
    return f"{running // 12:04d}-{running % 12 + 1:02d}"


def rows(record: Record, field: str) -> tuple[Record, ...]:
    """A list of objects; empty when the field is absent."""
    value = record.get(field, [])
    if not isinstance(value, list | tuple) or not all(isinstance(one, Mapping) for one in value):
        raise malformed(field)
    return tuple(value)


def member(record: Record, field: str, kind: type[E]) -> E:
    """A value of a closed set."""
    try:
        return kind(record.get(field, ""))
    except ValueError:
        raise malformed(field) from None


def members(record: Record, field: str, kind: type[E]) -> tuple[E, ...]:
    """A list of values of a closed set; empty when the field is absent."""
    value = record.get(field, [])
    if not isinstance(value, list | tuple):
        raise malformed(field)
    try:
        return tuple(kind(one) for one in value)
    except ValueError:
        raise malformed(field) from None


def malformed(field: str) -> DomainError:
    """The refusal of a record, naming only the field."""
    return DomainError(
        RecordCode.MALFORMED_RECORD,
        f"业务系统返回的记录有误（{field}），请联系业务系统维护人员核对后重新读取。",
        field=field,
    )
