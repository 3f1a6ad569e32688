"""What docstrings name in backticks by its room is there: callers, tables, functions."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from settings import PROJECT_ROOT
from tests.docs.pages import files

ROOMS = frozenset(
    path.name for path in PROJECT_ROOT.iterdir() if (path / "__init__.py").is_file()
) | {"bench", "tests"}
_NAME = re.compile(r"`([a-z]\w*(?:\.\w+)+)(?:\(\))?`")


def docstrings(text: str) -> Iterator[str]:
    """The docstrings of a module, its classes and its functions."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


def resolves(name: str) -> bool:
    """Whether a dotted name is a module, or something that a module holds."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        module = ".".join(parts[:end])
        if not _is_module(module):
            continue
        if end == len(parts):
            return True
        held: object = import_module(module)
        for part in parts[end:]:
            fields = getattr(held, "model_fields", getattr(held, "__dataclass_fields__", {}))
            if not hasattr(held, part) and part not in fields:
                return False
            held = getattr(held, part, None)
        return True
    return False


def _is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def gone(text: str) -> list[str]:
    """What the docstrings of a module name by its room and is not there."""
    return [
        name
        for told in docstrings(text)
        for name in _NAME.findall(told)
        if name.split(".")[0] in ROOMS and not resolves(name)
    ]


def test_every_name_of_a_room_in_a_docstring_leads_somewhere() -> None:
    found = {
        path.relative_to(PROJECT_ROOT).as_posix(): missing
        for path in _modules()
        if (missing := gone(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def _modules() -> Iterator[Path]:
    return (path for path in files() if path.suffix == ".py")


def test_a_name_that_is_gone_is_noticed() -> None:
    text = '"""By `domain.hukou.NOBODY` and `domain.nowhere`; not `domain.errors.DomainError`."""'
    assert gone(text) == ["domain.hukou.NOBODY", "domain.nowhere"]
