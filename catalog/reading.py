"""Reading one kind of YAML file strictly, with every mistake named by file and field in Chinese.

Called by `catalog.loader`. YAML itself would let a repeated key silently win over the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from catalog.errors import Problem
from catalog.yaml_text import line_in, read_yaml, tree_of

T = TypeVar("T")

_TEXTS = {
    "missing": "缺少这一项，请补上",
    "extra_forbidden": "不认识这一项，请核对拼写或删去",
    "string_type": "应为文字；数字和时间请加引号",
    "string_too_short": "不能为空",
    "too_short": "至少要有一项",
    "enum": "不在允许的取值中",
    "literal_error": "不在允许的取值中",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "date_type": "应为日期，例如 2026-01-01",
    "date_from_datetime_parsing": "应为日期，例如 2026-01-01",
    "date_parsing": "应为日期，例如 2026-01-01",
    "list_type": "应为列表",
    "model_type": "应为一组“名称: 值”",
    "dict_type": "应为一组“名称: 值”",
    "union_tag_not_found": "缺少 kind（PUBLISHED 或 PROVISIONAL）",
    "union_tag_invalid": "kind 只能是 PUBLISHED 或 PROVISIONAL",
}


def read_all(
    folders: list[tuple[str, Path]], kind: str, adapter: TypeAdapter[T], problems: list[Problem]
) -> list[tuple[str, T]]:
    """(shown file name, entry) of every YAML file of `kind`; mistakes go to `problems`."""
    entries: list[tuple[str, T]] = []
    for prefix, root in folders:
        for path in sorted((*(root / kind).glob("*.yaml"), *(root / kind).glob("*.yml"))):
            shown = f"{prefix}{kind}/{path.name}"
            content = path.read_bytes()
            entries.extend((shown, one) for one in read_text(content, shown, adapter, problems))
    return entries


def with_lines(folders: list[tuple[str, Path]], problems: list[Problem]) -> list[Problem]:
    """The problems with the line of each field; wrong files are read once more for it."""
    trees: dict[Path, yaml.Node | None] = {}
    return [replace(problem, line=_line(folders, problem, trees)) for problem in problems]


def _line(
    folders: list[tuple[str, Path]], problem: Problem, trees: dict[Path, yaml.Node | None]
) -> int | None:
    for prefix, root in reversed(folders):
        path = root / problem.file.removeprefix(prefix)
        if problem.field and problem.file.startswith(prefix) and path.is_file():
            if path not in trees:
                trees[path] = tree_of(path.read_bytes().decode("utf-8", "replace"))
            return line_in(trees[path], problem.field)
    return None


def read_text(
    content: bytes, shown: str, adapter: TypeAdapter[T], problems: list[Problem]
) -> Iterator[T]:
    """The one entry of a file's content, or none; mistakes go to `problems`."""
    try:
        yield adapter.validate_python(read_yaml(content.decode("utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problems.append(_unreadable(shown, error))
    except ValidationError as error:
        problems.extend(_problems(shown, error))


def _unreadable(file: str, error: yaml.YAMLError | UnicodeDecodeError) -> Problem:
    if isinstance(error, UnicodeDecodeError):
        return Problem(file, "", "不是UTF-8编码，请转换后保存")
    mark = getattr(error, "problem_mark", None)
    place = f"第{mark.line + 1}行" if mark is not None else ""
    reason = getattr(error, "problem", None) or "格式不对"
    return Problem(file, place, f"不是正确的YAML：{reason}")


def _problems(file: str, error: ValidationError) -> Iterator[Problem]:
    for detail in error.errors(include_url=False):
        yield Problem(file, _field(detail), _text(detail))


def _field(detail: ErrorDetails) -> str:
    path = ""
    for part in detail["loc"]:
        if part in ("PUBLISHED", "PROVISIONAL"):
            continue  # pydantic's name of the calendar file's kind, no field of the file
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def _text(detail: ErrorDetails) -> str:
    expected = detail.get("ctx", {}).get("expected")
    if detail["type"] == "string_pattern_mismatch":
        return f"格式不对，应符合 {detail['ctx']['pattern']}"
    text = _TEXTS.get(detail["type"], detail["msg"].removeprefix("Value error, "))
    return f"{text}：{expected}" if expected else text
