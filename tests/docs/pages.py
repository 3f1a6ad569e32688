"""Reading the repository's pages for the tests of the documents: text, headings, links, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from settings import PROJECT_ROOT

#: What tools and installations make, and git does not keep (.gitignore).
_NOT_OURS = frozenset({".git", ".venv", ".tongban", "__pycache__", "node_modules"})
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")


def files(root: Path = PROJECT_ROOT) -> Iterator[Path]:
    """Every file that belongs to the repository."""
    for path in sorted(root.iterdir()):
        if path.name in _NOT_OURS or path.name.endswith("_cache") or path.name == ".hypothesis":
            continue
        if path.is_dir():
            yield from files(path)
        elif path.relative_to(PROJECT_ROOT).as_posix() != "docker/.env":
            yield path


def pages() -> list[Path]:
    """Every markdown page."""
    return [path for path in files() if path.suffix == ".md"]


def page(name: str) -> str:
    """The text of a page, by its path from the root."""
    return (PROJECT_ROOT / name).read_text(encoding="utf-8")


def prose(text: str) -> str:
    """The page without its fenced blocks."""
    return _FENCE.sub("", text)


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def links(text: str) -> list[str]:
    """Targets of all links outside of fenced blocks."""
    return _LINK.findall(prose(text))


def anchors(text: str) -> set[str]:
    """The anchors that headings give, as code hosts make them."""
    return {
        re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        for heading in _HEADING.findall(prose(text))
    }


def codes(text: str) -> set[str]:
    """Everything that stands in backticks."""
    return set(_CODE.findall(prose(text)))


def section(text: str, heading: str) -> str:
    """The part of a page from a heading to the next one of the same depth."""
    found = re.search(
        rf"^(#+) {re.escape(heading)}\n(.*?)(?=^\1 |\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert found, f"no heading {heading}"
    return found[2]


def rows(text: str) -> list[list[str]]:
    """The cells of every table row, header and rule left out."""
    found = []
    for line in prose(text).splitlines():
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split(" | ")]
            found.append([cell.strip("| ") for cell in cells])
    return [cells for cells in found if not set("".join(cells)) <= set("|-: ")]
