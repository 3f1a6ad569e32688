"""What can be wrong with catalogue data, and with a question put to it.

CatalogError is for whoever edits the data: it lists every problem with its file and field.
CatalogCode belongs to DomainErrors raised by look-ups at run time.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import DomainError


class CatalogCode(StrEnum):
    UNKNOWN_MATTER = "UNKNOWN_MATTER"
    UNKNOWN_LOCALITY = "UNKNOWN_LOCALITY"
    UNKNOWN_OFFICE = "UNKNOWN_OFFICE"
    UNKNOWN_CLERK = "UNKNOWN_CLERK"
    UNKNOWN_POLICY = "UNKNOWN_POLICY"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: the file under its catalogue folder, the line, the field's path, what to do."""

    file: str
    field: str
    text: str
    line: int | None = None

    def __str__(self) -> str:
        line = f"第{self.line}行" if self.line is not None else ""
        return "：".join(part for part in (self.file, line, self.field, self.text) if part)


class CatalogError(Exception):
    """The data cannot be used; nothing of it is loaded. The message lists all problems."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  - {problem}" for problem in self.problems)
        super().__init__(f"事项目录有{len(self.problems)}处问题，请改正后重新启动：\n{lines}")


_NOUNS = {
    CatalogCode.UNKNOWN_MATTER: "事项",
    CatalogCode.UNKNOWN_LOCALITY: "地区",
    CatalogCode.UNKNOWN_OFFICE: "机构",
    CatalogCode.UNKNOWN_CLERK: "工作人员编号",
    CatalogCode.UNKNOWN_POLICY: "时限或标准",
}


def unknown(code: CatalogCode, asked: str, known: Iterable[str]) -> DomainError:
    """The error for a code that the catalogue does not hold, with up to three near matches."""
    near = difflib.get_close_matches(asked, sorted(known), n=3, cutoff=0.5)
    hint = f"相近的有：{'、'.join(near)}。" if near else "请核对代码。"
    return DomainError(
        code, f"目录中没有这个{_NOUNS[code]}：{asked}。{hint}", asked=asked, near=near
    )
