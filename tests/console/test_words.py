"""What people read: no sentence names the command line, and English has every name of the work."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from console.web.act_forms import REASON_LABELS, WHO
from console.web.effects import BASIS, case_effect
from console.wording.events import EVENT_LABELS
from contracts.commands import LABELS
from contracts.letters import LETTER_NAMES
from domain.acts import ACT_LABELS
from domain.stages import STAGE_LABELS
from domain.task_table import TASKS
from settings import PROJECT_ROOT
from storage.database import Database
from tests.console.test_signing_in import CATALOG, browser, sign_in

#: Rooms whose sentences the pages and the interface hand on as they are.
ROOMS = (
    *("activities", "adapters", "bulletins", "catalog", "console", "contracts", "counter"),
    *("domain", "slips", "storage", "workflows"),
)
#: Programs of operators, whose words nobody reads in a browser.
_PROGRAMS = ("__main__.py", "adapters/simulators/")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_COMMAND_LINE = re.compile(r"--[a-z]|[a-z] ?命令|用 [a-z][a-z-]*( [a-z]+)?[ 写查更撤登告通]")


def sentences(file: Path) -> Iterator[tuple[int, str]]:
    """Every Chinese text of a module, joined where it is written in pieces."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            parts = [one.value for one in node.values if isinstance(one, ast.Constant)]
            text = "".join(str(part) for part in parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if _CHINESE.search(text):
            yield node.lineno, text


def of_people(file: Path) -> bool:
    return not any(name in file.as_posix() for name in _PROGRAMS)


@pytest.mark.parametrize("room", ROOMS)
def test_no_sentence_for_people_names_an_option_or_a_command_of_the_command_line(room: str) -> None:
    files = [file for file in (PROJECT_ROOT / room).rglob("*.py") if of_people(file)]
    assert files
    found = [
        f"{file.relative_to(PROJECT_ROOT)}:{line} {text[:60]}"
        for file in files
        for line, text in sentences(file)
        if _COMMAND_LINE.search(text)
    ]
    assert not found


@pytest.mark.parametrize(
    "text", ["请用 --reason 写明理由。", "请用 tasks 命令查看", "请先用 hearing tell 告知"]
)
def test_the_search_finds_what_it_looks_for(text: str) -> None:
    assert _COMMAND_LINE.search(text)


def english() -> set[str]:
    """The Chinese texts that have an English one."""
    with (PROJECT_ROOT / "console/web/locale/en.po").open("rb") as file:
        return {str(one.id) for one in read_po(file, locale="en") if one.id and one.string}


NAMES = {
    "titles of tasks": {one.title for one in TASKS.values()},
    "outcomes": {way.label for one in TASKS.values() for way in one.outcomes},
    "stages": set(STAGE_LABELS.values()),
    "matters": {
        one.name
        for group in (CATALOG.matters, CATALOG.transfers, CATALOG.scenarios)
        for one in group.values()
    },
    "items of the catalogue": {one.name for one in CATALOG.items.values()},
    "notable things": {*EVENT_LABELS.values(), *LETTER_NAMES.values()},
    "acts on record": set(ACT_LABELS.values()),
    "what is asked of a case": {
        text
        for verb in WHO
        for text in (LABELS[verb], case_effect(verb), BASIS[verb], REASON_LABELS.get(verb, "理由"))
    },
}


@pytest.mark.parametrize("kind", NAMES)
def test_english_has_the_names_of_the_work(kind: str) -> None:
    assert sorted(NAMES[kind] - english()) == []


async def test_intake_shows_numbers_of_the_catalogue_and_no_codes_of_programs(
    database: Database,
) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get("/intake", params={"q": "夫妻投靠"})
        assert "<small>M0006</small>" in page.text
        shown = re.sub(r'value="[^"]*"', "", page.text.split("<main")[1])
        assert "HUKOU" not in shown
        page = await client.get("/intake", params={"q": "一件事"})
        assert "YJS-" not in re.sub(r'value="[^"]*"', "", page.text.split("<main")[1])
