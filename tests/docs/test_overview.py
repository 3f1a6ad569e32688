"""The pages that lead elsewhere name everything that is there, with figures that are true."""

from __future__ import annotations

import re
from typing import cast

import pytest

from catalog.loader import load_catalog
from console.app import build_app
from settings import PROJECT_ROOT, LocalitySettings
from storage.database import Database
from tests.console.offices import office
from tests.console.routes import RULES
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


def test_every_address_that_is_open_without_a_post_says_what_protects_it() -> None:
    told = [
        (name, cells[1], cells[2])
        for cells in rows(section(page("SECURITY.md"), "Who may call what"))
        for name in codes(cells[0])
    ]
    assert all(who and protected for _, who, protected in told)
    doors = build_app(
        office(cast(Database, None)), grant_secret=b"", slip_secret=b"", codec=None, ui_url=None
    )
    paths = {str(getattr(door, "path", "")) for door in doors.routes} | {"/api/v1"}
    for path in paths | {path for (_, path), rule in RULES.items() if rule.needs is None}:
        if path.startswith("/api/v1/"):
            continue
        plain = re.sub(r":\w+\}", "}", path)
        assert any(plain == name or plain.startswith(f"{name}/") for name, _, _ in told), path


def test_every_secret_of_a_locality_says_what_to_do_once_it_has_leaked() -> None:
    told = codes(section(page("SECURITY.md"), "When a key or secret has leaked"))
    names = set(LocalitySettings.model_fields)
    secrets = {name for name in names if re.search(r"_(secret|token|key)$", name)}
    assert secrets | {"client_secret"} <= told
