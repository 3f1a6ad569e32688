"""Links between the pages lead somewhere, and paths that pages name exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contracts.families import HUKOU, TRANSFERS
from domain.casework import FINAL_STAGES, Stage
from domain.hukou_tasks import TaskKind
from domain.task_table import TASKS
from settings import PROJECT_ROOT
from tests.docs.pages import anchors, codes, links, page, pages
from tests.rehearsal.story import ORIGIN_TASKS

RUNBOOKS = {"HOME": "docs/runbook/hukou-migration.md", "LEG": "docs/runbook/hukou-move-out.md"}
_PATH = re.compile(r"(?:[a-z_]+/)+[\w.-]+\.(?:py|yaml|yml|md|lock|sh)")


def dead_links(path: Path) -> list[str]:
    """Relative links of a page that lead nowhere, anchors included."""
    dead = []
    for target in links(path.read_text(encoding="utf-8")):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        linked = (path.parent / name).resolve() if name else path
        alive = linked.exists()
        if alive and anchor:
            alive = anchor in anchors(linked.read_text(encoding="utf-8"))
        if not alive:
            dead.append(target)
    return dead


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    assert dead_links(path) == []


def test_a_dead_link_and_a_dead_anchor_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# Here it is, 就在这里\n")
    given = tmp_path / "page.md"
    given.write_text(
        "[a](there.md) [b](there.md#here-it-is-就在这里) [c](gone.md) [d](there.md#gone) [e](#gone)"
    )
    assert dead_links(given) == ["gone.md", "there.md#gone", "#gone"]


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_every_path_that_a_page_names_exists(path: Path) -> None:
    for code in codes(path.read_text(encoding="utf-8")):
        if _PATH.fullmatch(code):
            near = [PROJECT_ROOT / code, path.parent / code, PROJECT_ROOT / "catalog/data" / code]
            assert any(one.exists() for one in near), f"{code} does not exist"


def test_the_cards_of_operators_lead_to_runbooks_that_exist() -> None:
    for one in (HUKOU, *TRANSFERS.values()):
        for name in (one.home_runbook, one.leg_runbook):
            assert (PROJECT_ROOT / name).is_file(), f"{one.code}: {name} does not exist"


def test_the_runbooks_speak_of_every_task_and_every_stage_in_which_something_waits() -> None:
    for kind in TaskKind:
        name = RUNBOOKS["LEG" if kind in ORIGIN_TASKS else "HOME"]
        assert f"`{kind}`" in page(name), f"{name} does not speak of task {kind}"
    folder = PROJECT_ROOT / "docs" / "runbook"
    told = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md")))
    for task in TASKS:
        assert f"`{task}`" in told, f"no runbook speaks of task {task}"
    for stage in set(Stage) - FINAL_STAGES:
        assert f"`{stage}`" in told, f"no runbook speaks of stage {stage}"


def test_every_decision_is_listed_and_has_its_three_parts() -> None:
    folder = PROJECT_ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    decisions = sorted(folder.glob("[0-9]*.md"))
    for number, path in enumerate(decisions, 1):
        assert path.name.startswith(f"{number:04d}-")
        assert f"({path.name})" in listed
        assert {"context", "decision", "consequences"} <= anchors(path.read_text(encoding="utf-8"))
