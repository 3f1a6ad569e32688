"""Commands: everything that can be typed is documented, and everything documented can be typed."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import Any

import pytest
from typer.main import get_command

import commands.app
from commands.register import app
from settings import PROJECT_ROOT
from tests.docs.pages import blocks, codes, page, pages, prose, rows, section

MAKEFILE = (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = frozenset(re.findall(r"^\.PHONY: (\S+)$", MAKEFILE, re.MULTILINE))
GROUP: Any = get_command(app)
CLI = page("docs/cli.md")
READMES = ("README.md", "README.zh-CN.md")


def test_the_program_is_called_as_the_pages_say() -> None:
    assert commands.app.PROGRAM in CLI


def typed(text: str) -> list[str]:
    """What a page tells to type: its shell blocks and what stands in backticks."""
    return [*(line for block in blocks(text, "sh") for line in block.splitlines()), *codes(text)]


def test_every_make_target_is_documented() -> None:
    documented = {
        name
        for cells in rows(section(page("CONTRIBUTING.md"), "Set up and check"))
        for name in re.findall(r"`make ([a-z-]+)`", cells[0])
    }
    assert documented == TARGETS


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_every_make_target_that_a_page_names_exists(path: Any) -> None:
    for line in typed(path.read_text(encoding="utf-8")):
        for target in re.findall(r"^\s*make ([a-z-]+)", line):
            assert target in TARGETS


@pytest.mark.parametrize("name", sorted(GROUP.commands))
def test_every_command_of_the_command_line_is_documented_with_its_options(name: str) -> None:
    described = [cells for cells in rows(CLI) if re.search(rf"`{name}\b", cells[0])]
    assert len(described) == 1, f"{name} has {len(described)} rows in docs/cli.md"
    for option in GROUP.commands[name].params:
        for word in option.opts:
            if word.startswith("--"):
                assert word in CLI, f"{name} {word} is not in docs/cli.md"


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_every_command_that_a_page_tells_to_type_exists(path: Any) -> None:
    for line in typed(path.read_text(encoding="utf-8")):
        for words in re.findall(r"starter\.py ((?:--as \w+ |--locality \w+ )*[a-z-]+)", line):
            command = words.split()[-1]
            assert command in GROUP.commands or command.startswith("--"), line
        for module in re.findall(r"python -m ([a-z_.]+)", line):
            assert find_spec(module) is not None, line


def test_both_readmes_name_the_same_commands() -> None:
    english, chinese = (
        [line.split("  #")[0].split("    #")[0].rstrip() for line in "".join(given).splitlines()]
        for given in (blocks(page(name), "sh") for name in READMES)
    )
    assert english == chinese
    assert {"make demo", "make test", "make up"} <= set(english)


def test_both_readmes_lead_to_the_same_pages() -> None:
    targets = []
    for name in READMES:
        found = re.findall(r"\]\(([^)#]+)", prose(page(name)))
        targets.append({one.replace(".zh-CN", "") for one in found if one not in READMES})
    assert targets[0] == targets[1]
