"""The import rules that import-linter cannot express, read from the source."""

import ast
from pathlib import Path

import pytest

from settings import PROJECT_ROOT

INNER = ["domain", "contracts"]
CLIENT = ("temporalio.client", "temporalio.worker", "temporalio.testing")


def imported(path: Path) -> set[str]:
    """Dotted names that a module imports, with the names taken from them."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.parametrize("room", INNER)
def test_rules_and_contracts_know_nothing_of_temporals_client(room: str) -> None:
    modules = sorted((PROJECT_ROOT / room).rglob("*.py"))
    assert modules
    for path in modules:
        wrong = {name for name in imported(path) if name.startswith(CLIENT)}
        assert not wrong, f"{path.name} imports {wrong}"


def test_the_check_sees_every_way_to_import(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    for line in (
        "import temporalio.client",
        "from temporalio import client",
        "from temporalio.client import Client",
        "def f():\n    from temporalio.client import Client as C",
    ):
        module.write_text(line)
        assert any(name.startswith(CLIENT) for name in imported(module)), line
