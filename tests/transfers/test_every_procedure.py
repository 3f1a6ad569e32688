"""No procedure of its own ships without a story that files it."""

from __future__ import annotations

import ast
from pathlib import Path

from catalog.loader import load_catalog

CATALOG = load_catalog()
FOLDERS = ("stories", "transfers")


def named_in_stories() -> set[str]:
    """Every string that a test file of the stories holds."""
    tests = Path(__file__).parents[1]
    return {
        node.value
        for folder in FOLDERS
        for file in (tests / folder).glob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_procedure_of_its_own_is_filed_by_some_story() -> None:
    assert {*CATALOG.matters, *CATALOG.transfers} - named_in_stories() == set()
