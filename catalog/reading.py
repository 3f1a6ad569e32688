"""Reading one kind of YAML file strictly, with every mistake named by file and field in Chinese.

Called by `catalog.loader`. YAML itself would let a repeated key silently win over the first.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from catalog.errors import Problem

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


class _StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """SafeLoader that refuses a key written twice, and leaves impossible dates to the models.

    The one that parses in C: a catalogue of hundreds of matters is read at every start.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise yaml.constructor.ConstructorError(
                    None, None, "名称应为文字", key_node.start_mark
                )
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"“{key}”写了两次", key_node.start_mark
                )
            seen.add(key)
        return dict(super().construct_mapping(node, deep))

    def construct_date(self, node: yaml.ScalarNode) -> object:
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return node.value  # 2026-11-31: the model then names the field


_StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", _StrictLoader.construct_date)


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


def read_text(
    content: bytes, shown: str, adapter: TypeAdapter[T], problems: list[Problem]
) -> Iterator[T]:
    """The one entry of a file's content, or none; mistakes go to `problems`."""
    try:
        # One loader per file; the class is a SafeLoader.
        yield adapter.validate_python(yaml.load(content.decode("utf-8"), Loader=_StrictLoader))
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
