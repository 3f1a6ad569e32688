"""Page, workbook and paper say what the content says, so that people can read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from bulletins.model import View, shown
from bulletins.printing import MEDIA_TYPES, printed
from bulletins.sheets import Names, offices
from bulletins.view import view
from domain.bulletins import canonical, digest_of
from tests.bulletins import sample
from tests.slips.reading import text_of

NUMBER = "月报〔2026〕371002-0001"


@pytest.fixture(scope="module")
def seen() -> View:
    return view(sample.content(), NUMBER, digest_of(sample.text()))


@pytest.fixture(scope="module")
def page() -> str:
    return printed(sample.text(), NUMBER, "html").decode()


@pytest.fixture(scope="module")
def workbook() -> Iterator[Workbook]:
    book = load_workbook(BytesIO(printed(sample.text(), NUMBER, "xlsx")))
    yield book
    book.close()


@pytest.fixture(scope="module")
def paper() -> str:
    return text_of(printed(sample.text(), NUMBER, "pdf"))


class Tags(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_holds_every_table_in_the_order_of_the_view(page: str, seen: View) -> None:
    words = "".join("".join(Tags(page).words).split())
    at = 0
    for sheet in seen.sheets:
        at = words.index("".join(sheet.title.split()), at)
        for row in sheet.shortened().rows:
            told = "".join("".join(shown(cell) for cell in row).split())
            assert told in words[at:], told


def test_the_page_stands_alone(page: str) -> None:
    for tag, attributes in Tags(page).tags:
        assert tag not in ("script", "link", "iframe", "img")
        source = attributes.get("src") or attributes.get("href") or ""
        assert not source.startswith(("http:", "https:", "//"))


def test_the_page_can_be_read_without_seeing_it(page: str) -> None:
    tags = Tags(page).tags
    kinds = [tag for tag, _ in tags]
    assert ("html", {"lang": "zh-CN"}) in tags
    assert kinds.count("h1") == kinds.count("main") == 1
    assert kinds.index("title") < kinds.index("body")
    assert {attributes.get("scope") for tag, attributes in tags if tag == "th"} == {"col", "row"}
    charts = [attributes for tag, attributes in tags if tag == "figure"]
    assert len(charts) == kinds.count("svg") == 5
    assert all("数值见下表" in (one["aria-label"] or "") for one in charts)
    ids = [attributes["id"] for tag, attributes in tags if tag == "h2"]
    drawn = [attributes["id"] for tag, attributes in tags if tag == "svg"]
    assert len(set(drawn)) == 5
    assert len(set(ids)) == len(ids)
    # Each part has its heading; a landmark for every one of them would lead nobody anywhere.
    sections = [attributes for tag, attributes in tags if tag == "section"]
    assert len(sections) == len(ids)
    assert not any({"aria-label", "aria-labelledby"} & set(one) for one in sections)


def test_a_name_cannot_break_the_page() -> None:
    content = sample.content()
    content["reference"]["offices"]["371002-GA-01"] = "<script>alert(1)</script>所"
    page = printed(canonical(content), NUMBER, "html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_workbook_read_again_holds_the_same_values_as_numbers(
    workbook: Workbook, seen: View
) -> None:
    assert workbook.sheetnames == ["封面", *(sheet.title for sheet in seen.sheets)]
    for sheet in seen.sheets:
        cells = [[cell.value for cell in row] for row in workbook[sheet.title].iter_rows()]
        width = len(sheet.header)
        assert tuple(cells[0][:width]) == sheet.header
        for number, row in enumerate(sheet.rows, 1):
            assert [_typed(cell) for cell in row] == [
                pytest.approx(one)
                if isinstance(one, float)
                else one or ""
                if isinstance(one, str) or one is None
                else one
                for one in cells[number][:width]
            ]


def _typed(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return float(cell)
    if isinstance(cell, str) and cell.endswith("%"):
        return float(Decimal(cell[:-1]) / 100)
    return shown(cell) if cell is None else cell


def test_the_workbook_keeps_its_header_in_sight_and_has_charts(workbook: Workbook) -> None:
    charts = 0
    for sheet in workbook.worksheets[1:]:
        assert sheet.freeze_panes == "B2"
        charts += len(sheet._charts)
    assert charts == 5


def test_the_text_of_the_paper_can_be_selected(paper: str, seen: View) -> None:
    for sheet in seen.sheets:
        assert sheet.title in paper
        for row in sheet.shortened().rows[:3]:
            for cell in row:
                # A narrow column breaks a name into lines, which stand apart in the text.
                assert "".join(shown(cell).split())[:2] in paper
    assert NUMBER in paper
    assert digest_of(sample.text()) in paper


def test_the_paper_numbers_its_pages(paper: str) -> None:
    assert "第1页，共" in paper


@pytest.mark.parametrize("format_", ["html", "pdf", "json"])
def test_the_same_bulletin_is_printed_to_the_same_bytes(format_: str) -> None:
    assert printed(sample.text(), NUMBER, format_) == printed(sample.text(), NUMBER, format_)


@pytest.mark.parametrize("format_", sorted(MEDIA_TYPES))
def test_a_period_in_which_nothing_happened_can_be_printed(format_: str) -> None:
    text = sample.text(0)
    empty = json.loads(text) | {"responsibility": [], "overdue_steps": {}, "supervision": {}}
    assert printed(canonical(empty), None, format_)


def test_an_office_that_only_takes_part_stands_among_the_offices_with_its_late_steps() -> None:
    content = sample.content(3)
    office = next(
        code
        for code in content["reference"]["offices"]
        if code not in {row["office"] for row in content["by_office"]}
    )
    sheet = offices({**content, "overdue_steps": {office: 2}}, Names(content["reference"]))
    (row,) = [row for row in sheet.rows if row[0] == content["reference"]["offices"][office]]
    assert (row[1], row[-1]) == (0, 2)


def test_what_is_not_known_is_said_to_be_not_known(page: str, paper: str) -> None:
    assert "不详" in page and "不详" in paper
    assert "系统不记录申请人到场次数" in page


def test_a_preview_does_not_pass_for_an_issued_bulletin() -> None:
    assert "预览，未发布" in printed(sample.text(), None, "html").decode()
