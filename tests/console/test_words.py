"""What people read: no sentence names the command line, and English has every name of the work."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.web.words import words_of
from settings import PROJECT_ROOT
from storage.database import Database
from tests.console.english import untranslated
from tests.console.lists import case_with_task
from tests.console.names import NAMES
from tests.console.test_case_page import case
from tests.console.test_signing_in import browser, sign_in

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


#: Rooms of the console whose every sentence comes to a page, and rooms whose refusals do.
SAID = ("console/web", "console/wording", "contracts/commands.py", "contracts/letters.py")
REFUSING = ("console", "domain", "storage", "bulletins", "slips")
#: What only the command line, the interface or peers are told.
_OTHERS = re.compile(r"console/(api|calendar|definition|supervision_calls|hotline_calls)|/schemes/")
#: What pages are read by and patterns, not said.
_NOT_SAID = ("citations.py", "words.py")
ENGLISH = words_of("en")


def said(text: str) -> bool:
    """Whether English has it; X stands for what is put into a sentence."""
    return not _CHINESE.search(ENGLISH.gettext(re.sub(r"\{\d+\}", "X", text)))


def texts(file: Path, *, refusals: bool = False) -> Iterator[str]:
    """The Chinese texts of a module, docstrings apart; ``refusals``: those of its errors."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    roots = [node for node in ast.walk(tree) if not refusals or _is_refusal(node)]
    inner = {
        id(part)
        for node in ast.walk(tree)
        for part in (
            node.values
            if isinstance(node, ast.JoinedStr)
            else [node.value]
            if isinstance(node, ast.Expr)
            else []
        )
    }
    for node in {id(one): one for root in roots for one in ast.walk(root)}.values():
        if id(node) in inner and not isinstance(node, ast.JoinedStr):
            continue
        text = _pattern(node)
        if text and _CHINESE.search(text):
            yield text


def _is_refusal(node: ast.AST) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Name) and called.id in ("DomainError", "OfficeError")


def _pattern(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        places = (number for number, _ in enumerate(node.values))
        return "".join(
            str(one.value) if isinstance(one, ast.Constant) else f"{{{next(places)}}}"
            for one in node.values
        )
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@pytest.mark.parametrize("room", SAID)
def test_whatever_a_page_is_made_of_has_english(room: str) -> None:
    place = PROJECT_ROOT / room
    files = [one for one in place.rglob("*.py") if one.name not in _NOT_SAID] or [place]
    assert sorted({text for one in files for text in texts(one) if not said(text)}) == []


@pytest.mark.parametrize("room", REFUSING)
def test_every_refusal_has_english(room: str) -> None:
    files = [
        one
        for one in (PROJECT_ROOT / room).rglob("*.py")
        if not _OTHERS.search(one.as_posix().removeprefix(PROJECT_ROOT.as_posix()))
    ]
    found = {text for one in files for text in texts(one, refusals=True) if not said(text)}
    assert sorted(found) == []


def test_every_pattern_of_english_keeps_its_places() -> None:
    wrong = [
        chinese
        for chinese, english in ENGLISH.exact.items()
        if set(re.findall(r"\{\d\}", chinese)) != set(re.findall(r"\{\d\}", english))
    ]
    assert wrong == []


@pytest.mark.parametrize("kind", NAMES)
def test_english_has_the_names_of_the_work(kind: str) -> None:
    assert sorted(text for text in NAMES[kind] if not said(text)) == []


@pytest.mark.parametrize("path", ["/cases/{case_no}", "/board/charts/offices.svg"])
async def test_pictures_are_drawn_in_the_reader_s_language(database: Database, path: str) -> None:
    filing = await case(database)
    await case_with_task(database, days=-3)
    async with browser(database, seeded_accounts=True) as client:
        client.headers["accept-language"] = "en"
        await sign_in(client, "HC0902")
        answer = await client.get(path.format(case_no=filing.case_no))
        picture = answer.text[answer.text.index("<svg") : answer.text.index("</svg>")]
        assert untranslated(picture.replace('class="course"', "")) == []


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
