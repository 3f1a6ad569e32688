"""The pages that lead elsewhere name everything that is there, with figures that are true."""

from __future__ import annotations

import re

import pytest

from catalog.loader import load_catalog
from settings import PROJECT_ROOT
from tests.docs.pages import codes, files, links, page, rows, section

RUNBOOKS = PROJECT_ROOT / "docs" / "runbook"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readmes_count_rows_and_items_as_the_catalogue_holds_them(name: str) -> None:
    shipped = load_catalog()
    listings = shipped.lists.listings
    leaves = [(code, row.number) for code, one in listings.items() for row in one.rows]
    told = next(line for line in page(name).splitlines() if "docs/catalogue.md" in line)
    assert [int(one) for one in re.findall(r"\b\d{3}\b", told)] == [
        len(set(leaves)),
        len(leaves),
        len(shipped.items),
    ]


def test_every_runbook_is_in_the_index_with_a_word_on_when_to_open_it() -> None:
    index = page("docs/runbook/README.md")
    listed = [cells for cells in rows(index) if links(cells[0])]
    assert {links(cells[0])[0] for cells in listed} == {
        path.name for path in RUNBOOKS.glob("*.md") if path.name != "README.md"
    }
    assert all(cells[1] for cells in listed)
    for name in ("README.md", "README.zh-CN.md"):
        assert "docs/runbook/README.md" in links(page(name))


def test_the_table_of_tests_has_each_folder_of_tests_and_no_other() -> None:
    told = {
        name
        for cells in rows(section(page("CONTRIBUTING.md"), "Tests"))
        for name in codes(cells[0])
    }
    there = {
        f"tests/{path.relative_to(PROJECT_ROOT / 'tests').parts[0]}"
        for path in files(PROJECT_ROOT / "tests")
        if path.parent != PROJECT_ROOT / "tests"
    }
    assert told == there
