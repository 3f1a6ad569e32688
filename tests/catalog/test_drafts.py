"""A draft of a definition: written out and read back, refused where it does not fit, compared."""

from __future__ import annotations

import pytest

from catalog.catalog import Catalog
from catalog.definition_diff import differences
from catalog.definitions import Definition
from catalog.drafts import read_draft, write_draft
from tests.catalog.small import item, small


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return small(item("M0001"))


def read(text: str, catalog: Catalog) -> Definition:
    definition, problems = read_draft(text.encode(), "draft.yaml", catalog)
    assert not problems
    assert definition is not None
    return definition


def test_a_draft_that_nobody_edited_is_the_same_version(catalog: Catalog) -> None:
    shipped = catalog.definition("M0001")
    again = read(write_draft(shipped), catalog)
    assert again == shipped
    assert differences(shipped, again) == []


def test_an_edited_draft_is_another_version_and_says_what_differs(catalog: Catalog) -> None:
    shipped = catalog.definition("M0001")
    edited = read(
        write_draft(shipped)
        .replace("promised: 5wd", "promised: 3wd")
        .replace("hotline: '12345'", "hotline: 0631-12345")
        .replace("type: LICENCE_COPY", "type: LICENCE_SCAN"),
        catalog,
    )
    assert edited.version != shipped.version
    found = {
        (one.part, one.entry, one.field): (one.before, one.after)
        for one in differences(shipped, edited)
    }
    assert found["时限", "", "promised"] == ("5wd", "3wd")
    assert found["办事指南", "", "hotline"] == ("12345", "0631-12345")
    assert found["材料", "LICENCE_COPY", ""][1] is None
    assert found["材料", "LICENCE_SCAN", ""][0] is None
    assert len(found) == 4


def test_another_order_of_materials_is_no_difference(catalog: Catalog) -> None:
    shipped = catalog.definition("M0001")
    turned = shipped.model_copy(update={"materials": shipped.materials[::-1]})
    assert differences(shipped, turned) == []


@pytest.mark.parametrize(
    ("old", "new", "line_holds", "said"),
    [
        ("on_site_basis: null", "on_site_basis: 样例法", "on_site:", "不得有到场环节"),
        ("item: M0001", "item: M0009", "item:", "没有事项M0009"),
        ("on_site: false", "on_site: true", "on_site:", "法律依据"),
        ("kind: REVIEW", "kind: DELIVERY", "kind: DECISION", "不能排在DELIVERY之后"),
        ("kind: DECISION", "kind: MAKING", "steps:", "DECISION"),
        ("promised: 5wd", "promised: 25wd", "promised:", "不得长于"),
        ("type: LICENCE_COPY", "type: APPLICATION", "type: APPLICATION", "写了两次"),
        ("statutory: 20wd", "statutory: 二十日", "statutory:", "格式不对"),
        ("amount_fen: 0", "amount_fen: 0\n  amont: 1", "amont:", "不认识"),
        ("- FULLY_ONLINE", "- FULLY_ONLINE\n- JOINT", "participations:", "谁来协同"),
        ("straight_through: false\n", "straight_through: true\n", "straight_through:", "checks"),
    ],
)
def test_a_draft_is_refused_with_file_line_and_reason(
    catalog: Catalog, old: str, new: str, line_holds: str, said: str
) -> None:
    text = write_draft(catalog.definition("M0001"))
    assert old in text
    text = text.replace(old, new, 1)
    if "样例法" in new:
        text = text.replace("on_site: false", "on_site: true", 1)
    if "straight_through: true" in new:
        head, tail = text.split("checks:", 1)
        text = f"{head}checks: []\nsteps:{tail.split('steps:', 1)[1]}"
    _, problems = read_draft(text.encode(), "draft.yaml", catalog)
    assert len(problems) == 1
    problem = problems[0]
    assert problem.file == "draft.yaml"
    assert problem.line is not None
    assert line_holds in text.splitlines()[problem.line - 1]
    assert said in problem.text
