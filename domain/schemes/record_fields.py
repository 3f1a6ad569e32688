"""Reads the JSON record of a scheme field by field; every mistake is one Chinese sentence.

Used by the record modules of this package. A field that nobody asks for is refused, so that a
misspelt amount cannot silently count as nothing.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from domain.errors import DomainError

E = TypeVar("E", bound=StrEnum)

_REGION = re.compile(r"[0-9]{6}")
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_MISSING: Any = object()
#: No real sum or rate comes near; it keeps a slipped key from drowning a table in digits.
_LARGEST = 10**13
_FIRST_YEAR, _LAST_YEAR = 1950, 2200


class RecordCode(StrEnum):
    WRONG_FIELD = "WRONG_FIELD"


class Fields:
    """One JSON object with its path, for error texts. All errors: DomainError WRONG_FIELD."""

    def __init__(self, data: Any, path: str = "") -> None:
        self._path = path
        if not isinstance(data, Mapping):
            raise self.wrong("", "应为一组字段（JSON 对象）")
        self._data = data
        self._asked: set[str] = set()

    def wrong(self, name: str, what: str) -> DomainError:
        """The error about a field of this object."""
        path = ".".join(part for part in (self._path, name) if part)
        return DomainError(
            RecordCode.WRONG_FIELD,
            f"字段 {path} {what}；请改正后再试。" if path else f"记录{what}；请改正后再试。",
            field=path,
        )

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        self._asked.add(name)
        return self._data.get(name) is not None

    def number(self, name: str, default: int = _MISSING, *, most: int = _LARGEST) -> int:
        """A whole number from 0 to `most`."""
        value = self._get(name, default)
        if type(value) is not int or not 0 <= value <= most:
            top = "" if most == _LARGEST else f"、不大于 {most}"
            raise self.wrong(name, f"应为不小于 0{top}的整数")
        return value

    def fen(self, name: str, default: int = _MISSING) -> int:
        """An amount in fen, never negative."""
        value = self._get(name, default)
        if type(value) is not int or not 0 <= value <= _LARGEST:
            raise self.wrong(name, "应为以分为单位的整数，如 500000 表示 5000.00 元，不能为负")
        return value

    def fen_or_none(self, name: str) -> int | None:
        """As `fen`, None where the field is absent or null."""
        return self.fen(name) if self.has(name) else None

    def flag(self, name: str, default: bool = _MISSING) -> bool:
        """true or false."""
        value = self._get(name, default)
        if not isinstance(value, bool):
            raise self.wrong(name, "应为 true 或 false")
        return value

    def text(self, name: str, default: str = _MISSING) -> str:
        """A text; not empty unless the default is."""
        value = self._get(name, default)
        if not isinstance(value, str) or (not value and default is _MISSING):
            raise self.wrong(name, "应为文字")
        return value

    def region(self, name: str, default: str = _MISSING) -> str:
        """A region code of six digits (GB/T 2260)."""
        value = self._get(name, default)
        if not isinstance(value, str) or not _REGION.fullmatch(value):
            raise self.wrong(name, '应为六位行政区划代码，如 "371002"')
        return value

    def choice(self, name: str, kind: type[E], default: E = _MISSING) -> E:
        """One of a closed set of words."""
        value = self._get(name, default)
        if not isinstance(value, str) or value not in {one.value for one in kind}:
            words = "、".join(one.value for one in kind)
            raise self.wrong(name, f"应为其中之一：{words}")
        return kind(value)

    def day(self, name: str) -> date:
        """A date such as 2026-01-30."""
        value = self._get(name, _MISSING)
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.wrong(name, "应为日期，如 2026-01-30") from None

    def day_or_none(self, name: str) -> date | None:
        """As `day`, None where the field is absent or null."""
        return self.day(name) if self.has(name) else None

    def year(self, name: str = "year") -> int:
        """A year from 1950 to 2200."""
        value = self._get(name, _MISSING)
        if type(value) is not int or not _FIRST_YEAR <= value <= _LAST_YEAR:
            raise self.wrong(name, f"应为 {_FIRST_YEAR} 至 {_LAST_YEAR} 之间的年份")
        return value

    def month(self, name: str) -> int:
        """A month such as "2012-06", as months since the year 0."""
        value = self._get(name, _MISSING)
        found = _MONTH.fullmatch(value) if isinstance(value, str) else None
        if found is None or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
            raise self.wrong(name, '应为年月，如 "2012-06"')
        return int(found[1]) * 12 + int(found[2]) - 1

    def part(self, name: str) -> Fields:
        """A nested object."""
        return Fields(self._get(name, _MISSING), self._below(name))

    def part_or_none(self, name: str) -> Fields | None:
        """As `part`, None where the field is absent or null."""
        return self.part(name) if self.has(name) else None

    def parts(self, name: str) -> list[Fields]:
        """A list of objects; absent is empty."""
        value = self._get(name, [])
        if not isinstance(value, list | tuple):
            raise self.wrong(name, "应为列表")
        return [Fields(one, self._below(f"{name}[{at}]")) for at, one in enumerate(value)]

    def done(self) -> None:
        """Refuse what nobody asked for. `note` is everybody's remark."""
        for name in self._data:
            if name not in self._asked | {"note"}:
                near = difflib.get_close_matches(str(name), sorted(self._asked), n=1)
                hint = f"，是否为 {near[0]}" if near else ""
                raise self.wrong(str(name)[:40], f"不在记录的字段之中{hint}")

    def _get(self, name: str, default: Any) -> Any:
        self._asked.add(name)
        value = self._data.get(name)
        if value is not None:
            return value
        if default is _MISSING:
            raise self.wrong(name, "没有填写")
        return default

    def _below(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name
