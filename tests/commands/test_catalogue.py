"""``catalogue …`` and ``coverage``: what is found, shown, compared, published and counted."""

from __future__ import annotations

import csv
import json
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from catalog.drafts import write_draft
from catalog.loader import DATA
from commands.failure import ExitCode
from tests.catalog.small import item, listing, power, small
from tests.commands.terminal import Terminal, settings_file
from tests.console.test_definition_desk import CATALOG, LEAD
from tests.platform.builders import HOME, ORIGIN, locality_data

SMALL = small(
    item("M0001", name="营业执照补领", modes=["FULLY_ONLINE", "PROXY_INTAKE"]),
    item("M0002", name="食品经营许可变更", powers=[power(kind="PROVINCE", level="2")]),
    item("M0003", name="样例证书遗失", powers=[power(kind="CANCELLED", note="该事项已取消")]),
    item("M0004", name="夫妻投靠", own=["HUKOU-SPOUSE"], template=None, modes=["JOINT"]),
    item(
        "M0005",
        name="只在本省的代收",
        own=["PROXY-TEMP-ID"],
        template=None,
        modes=["PROXY_INTAKE"],
    ),
    listings=(
        listing("TEST-ONE", "M0001", "M0002", "M0003", "M0004"),
        listing("TEST-TWO", "M0001", locality="330900"),
        listing("TEST-THREE", "M0005", reach="PROVINCE_WIDE"),
    ),
)


@pytest.fixture
def shell(alone: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A machine without services whose catalogue is the small one."""
    monkeypatch.setattr("catalog.loader.load_catalog", lambda *dirs: SMALL)
    return alone


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database_url: str) -> Terminal:
    """Two localities whose definitions live in one real database; no server is needed."""
    monkeypatch.setattr("catalog.loader.load_catalog", lambda *dirs: CATALOG)
    data = locality_data(temporal_address="127.0.0.1:9", database_url=database_url)
    return Terminal(monkeypatch, settings_file(tmp_path, {HOME: data, ORIGIN: data}))


def told(ended: Any) -> Any:
    assert ended.code == 0, ended.err
    return ended.data


@pytest.mark.parametrize("words", ["补领", "yyzz", "m0001", "营业 补领"])
def test_an_item_is_found_by_name_initials_or_number(shell: Terminal, words: str) -> None:
    found = told(shell.type("catalogue", "search", *words.split(), "--json"))
    assert [one["id"] for one in found["items"]][:1] == ["M0001"]
    drawn = shell.type("catalogue", "search", words)
    assert drawn.code == 0
    assert "营业执照补领" in drawn.out


def test_a_code_of_its_own_procedure_finds_the_item(shell: Terminal) -> None:
    found = told(shell.type("catalogue", "search", "HUKOU-SPOUSE", "--json"))
    assert [one["id"] for one in found["items"]] == ["M0004"]


def test_nothing_found_is_said_and_is_no_failure(shell: Terminal) -> None:
    ended = shell.type("catalogue", "search", "没有这样的事项")
    assert (ended.code, "没有" in ended.out) == (0, True)


def test_show_tells_lists_powers_places_and_guide(shell: Terminal) -> None:
    found = told(shell.type("catalogue", "show", "M0001", "--json"))
    assert {one["list"] for one in found["listings"]} == {"TEST-ONE", "TEST-TWO"}
    places = {one["locality"]: [mode["open"] for mode in one["modes"]] for one in found["places"]}
    assert places == {"371002": [True] * 3, "330902": [True] * 3, "371003": [False] * 3}
    (window,) = [
        one
        for place in found["places"]
        for one in place["modes"]
        if (place["locality"], one["mode"]["code"]) == ("371002", "WINDOW")
    ]
    assert (window["from"], window["receives"]) == ("371002", window["competent"])
    assert len(found["guide"]["elements"]) == 8
    drawn = shell.type("catalogue", "show", "营业执照")
    assert drawn.code == 0
    for word in ("文件怎么列", "职权", "各地区能否办理", "办事指南", "设定依据"):
        assert word in drawn.out


def test_show_of_what_has_its_own_procedure_and_of_what_does_not_exist(shell: Terminal) -> None:
    assert "专门流程" in shell.type("catalogue", "show", "M0004").out
    ended = shell.type("catalogue", "show", "M9999")
    assert ended.code == ExitCode.WRONG_INPUT
    assert ended.is_a_sentence()


def test_words_that_mean_two_items_are_sent_back(shell: Terminal) -> None:
    ended = shell.type("catalogue", "show", "样例", "--json")
    assert ended.code == 0
    ended = shell.type("catalogue", "show", "清单里的", "--json")
    assert (ended.code, ended.failure["code"]) == (ExitCode.WRONG_INPUT, "AMBIGUOUS_ITEM")


def test_every_row_is_exported_for_spreadsheets(shell: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "rows.csv"
    assert shell.type("catalogue", "export", "--out", str(out)).code == 0
    raw = out.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(raw.decode("utf-8-sig"))))
    assert [row["事项编号"] for row in rows] == [
        "M0001",
        "M0002",
        "M0003",
        "M0004",
        "M0001",
        "M0005",
    ]
    assert rows[1]["职权层级"] == "省级"
    screen = shell.type("catalogue", "export").out
    assert screen.startswith("文件,清单,序号")
    assert len(told(shell.type("catalogue", "export", "--json"))) == len(rows)


# ---------------------------------------------------------------------- coverage


def test_coverage_gives_every_row_a_state_and_a_reason(shell: Terminal) -> None:
    found = told(shell.type("coverage", "--json"))
    states = {(row["listing"], row["item"]): row["state"] for row in found["rows"]}
    assert states == {
        ("TEST-ONE", "M0001"): "STARTABLE",
        ("TEST-ONE", "M0002"): "ELSEWHERE",
        ("TEST-ONE", "M0003"): "CANCELLED",
        ("TEST-ONE", "M0004"): "STARTABLE",
        ("TEST-TWO", "M0001"): "STARTABLE",
        ("TEST-THREE", "M0005"): "NOT_HERE",
    }
    assert (found["numbered"], found["leaves"], found["complete"]) == (6, 6, True)
    for row in found["rows"]:
        for place in row["places"]:
            assert bool(place["reason"]) == (place["state"] != "STARTABLE")
    own = next(row for row in found["rows"] if row["item"] == "M0004")
    assert own["places"][0]["procedure"] == "HUKOU-SPOUSE"


def test_coverage_as_table_totals_and_csv(shell: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "coverage.csv"
    ended = shell.type("coverage", "--csv", str(out))
    assert ended.code == 0
    assert "可以办理" in ended.out
    rows = list(csv.DictReader(StringIO(out.read_text("utf-8-sig"))))
    assert {row["状态"] for row in rows} == {"可以办理", "由系统外机构办理", "已取消", "本地不办"}
    short = shell.type("coverage", "--totals")
    assert "清单里的M0001" in ended.out
    assert "清单里的M0001" not in short.out


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (item("M0001", template=None), "应当能办而不能办"),
        (item("M0001", own=["NO-SUCH"], template=None), "应当能办而不能办"),
        (item("M0001", powers=[power(organ="TAX")]), "应当能办而不能办"),
    ],
)
def test_a_row_that_should_be_startable_and_is_not_fails(
    alone: Terminal, monkeypatch: pytest.MonkeyPatch, broken: Any, said: str
) -> None:
    monkeypatch.setattr("catalog.loader.load_catalog", lambda *dirs: small(broken))
    ended = alone.type("coverage")
    assert ended.code == ExitCode.REFUSED
    assert said in ended.out


def test_a_list_with_fewer_rows_than_its_document_fails(
    alone: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = listing("TEST-ONE", "M0001").model_copy(update={"leaves": 2})
    found = small(item("M0001"), listings=(short,))
    monkeypatch.setattr("catalog.loader.load_catalog", lambda *dirs: found)
    ended = alone.type("coverage")
    assert ended.code == ExitCode.REFUSED
    assert "行数与文件不符：TEST-ONE" in ended.out


# ---------------------------------------------------------------------- data files

ORGANS = "organs:\n  - {code: SAMPLE_BUREAU, name: 样例局, kind: GOVERNMENT}\n"


def folder(place: Path, content: str = ORGANS) -> Path:
    (place / "more" / "organs").mkdir(parents=True)
    (place / "more" / "organs" / "sample.yaml").write_text(content, encoding="utf-8")
    return place / "more"


@pytest.mark.parametrize("named", [(), (str(DATA),)])
def test_the_shipped_catalogue_is_valid(alone: Terminal, named: tuple[str, ...]) -> None:
    found = told(alone.type("catalogue", "validate", *named, "--json"))
    assert found == {"valid": True, "problems": []}


def test_bad_data_is_refused_with_file_line_and_reason(alone: Terminal, tmp_path: Path) -> None:
    wrong = folder(tmp_path, ORGANS + "  - {code: small, name: 样例, kind: GOVERNMENT}\n")
    ended = alone.type("catalogue", "validate", str(wrong), "--json")
    assert ended.code == ExitCode.REFUSED
    (problem,) = ended.data["problems"]
    assert (problem["file"], problem["line"]) == ("more/organs/sample.yaml", 3)
    assert "格式不对" in problem["text"]
    drawn = alone.type("catalogue", "validate", str(wrong))
    assert "organs/sample.yaml" in drawn.out


def test_an_edited_copy_of_all_data_is_checked_in_their_place(
    alone: Terminal, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(DATA, copy)
    assert told(alone.type("catalogue", "validate", str(copy), "--json"))["valid"] is True
    police = copy / "items/police.yaml"
    wrong = police.read_text("utf-8").replace("organ: POLICE,", "organ: NOBODY,", 1)
    police.write_text(wrong, encoding="utf-8")
    ended = alone.type("catalogue", "validate", str(copy), "--json")
    assert ended.code == ExitCode.REFUSED
    (problem,) = ended.data["problems"]
    assert (problem["file"], problem["text"]) == ("items/police.yaml", "没有机构类别NOBODY")
    assert "NOBODY" in wrong.splitlines()[problem["line"] - 1]


def test_a_draft_is_validated_alone(shell: Terminal, tmp_path: Path) -> None:
    draft = tmp_path / "m.yaml"
    good = write_draft(SMALL.definition("M0001"))
    draft.write_text(good, encoding="utf-8")
    assert shell.type("catalogue", "validate", str(draft)).code == 0
    draft.write_text(good.replace("kind: DECISION", "kind: MAKING"), encoding="utf-8")
    ended = shell.type("catalogue", "validate", str(draft))
    assert ended.code == ExitCode.REFUSED
    assert "DECISION" in ended.out


def test_an_import_shows_what_would_change_and_copies_only_when_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    new, into = folder(tmp_path), tmp_path / "installed"
    into.mkdir()
    path = settings_file(tmp_path, {HOME: locality_data()})
    settings = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**settings, "catalog_dirs": [str(into)]}), encoding="utf-8")
    shell = Terminal(monkeypatch, path)
    seen = told(shell.type("catalogue", "import", str(new), "--json"))
    assert seen["changes"] == [
        {"kind": "机构类别", "code": "SAMPLE_BUREAU", "name": "样例局", "change": "新增"}
    ]
    assert not list(into.rglob("*.yaml"))
    done = told(shell.type("catalogue", "import", str(new), "--into", str(into), "--json"))
    assert done["imported"] is True
    assert (into / "organs" / "sample.yaml").is_file()
    again = told(shell.type("catalogue", "import", str(new), "--into", str(into), "--json"))
    assert again["changes"] == []


def test_an_import_with_a_mistake_copies_nothing(alone: Terminal, tmp_path: Path) -> None:
    wrong = folder(tmp_path, "organs: []\n")
    ended = alone.type("catalogue", "import", str(wrong))
    assert ended.code == ExitCode.WRONG_INPUT
    assert "organs/sample.yaml" in ended.err
    elsewhere = alone.type("catalogue", "import", str(folder(tmp_path / "b")), "--into", "nowhere")
    assert elsewhere.is_a_sentence()


# ---------------------------------------------------------------------- definitions


async def test_a_definition_is_drafted_compared_published_and_withdrawn(
    desk: Terminal, tmp_path: Path
) -> None:
    draft = tmp_path / "m.yaml"
    at = ("--locality", HOME)
    await desk.enter("catalogue", "draft", "M0001", *at, "--out", str(draft))
    same = await desk.enter("catalogue", "diff", str(draft), *at, "--json")
    assert (same.code, same.data["differences"]) == (0, [])
    text = draft.read_text("utf-8").replace("promised: 5wd", "promised: 3wd")
    draft.write_text(text, encoding="utf-8")
    differs = await desk.enter("catalogue", "diff", str(draft), *at)
    assert differs.code == ExitCode.REFUSED
    assert "3wd" in differs.out
    note = ("--note", "提速", *at, "--as", LEAD)
    laid = await desk.ask("catalogue", "submit", str(draft), *note)
    shown = await desk.ask("catalogue", "publish", laid["version_to"], *note, "--preview")
    assert shown["entry"] is None
    done = await desk.ask("catalogue", "publish", laid["version_to"], *note)
    versions = await desk.ask("catalogue", "versions", "M0001", *at)
    assert [one["change"] for one in versions[:2]] == ["PUBLISHED", "DRAFTED"]
    both = await desk.enter("catalogue", "diff", "M0001", *at)
    assert "3wd" in both.out
    guide = await desk.enter("catalogue", "show", "M0001", *at)
    assert f"第 {done['entry']} 号公布" in guide.out
    back = await desk.ask("catalogue", "withdraw", "M0001", "--reason", "收尾", *at, "--as", LEAD)
    assert back["version_to"] == done["version_from"]


async def test_two_versions_and_two_localities_are_compared(desk: Terminal, tmp_path: Path) -> None:
    draft = tmp_path / "m.yaml"
    at = ("--locality", HOME)
    await desk.enter("catalogue", "draft", "M0002", "--out", str(draft))
    text = draft.read_text("utf-8")
    versions = []
    for promised in ("4wd", "6wd"):
        draft.write_text(text.replace("5wd", promised), encoding="utf-8")
        note = ("--note", "比较", *at, "--as", LEAD)
        versions.append((await desk.ask("catalogue", "submit", str(draft), *note))["version_to"])
    ended = await desk.enter("catalogue", "diff", "M0002", *versions, *at, "--json")
    (found,) = ended.data["differences"]
    assert (found["before"], found["after"]) == ("4wd", "6wd")
    places = await desk.enter(
        "catalogue", "diff", "M0002", "--between", HOME, "--between", ORIGIN, "--json"
    )
    assert [one["locality"] for one in places.data["places"]] == [HOME, ORIGIN]
    assert places.data["differences"] == []


@pytest.mark.parametrize(
    "words",
    [
        ("publish", "没有.yaml", "--note", "x", "--as", LEAD, "--locality", HOME),
        ("publish", "0123456789ab", "--note", "x", "--as", LEAD, "--locality", HOME),
        ("publish", "0123456789ab", "--note", "x", "--from", "明天", "--as", LEAD),
        ("diff", "M0001", "--between", HOME),
        ("diff", "M0001", "0123456789ab", "--locality", HOME),
        ("withdraw", "M0004", "--reason", "x", "--as", LEAD, "--locality", HOME),
        ("draft", "M0004"),
    ],
)
async def test_what_cannot_be_done_is_one_sentence(desk: Terminal, words: tuple[str, ...]) -> None:
    ended = await desk.enter("catalogue", *words)
    assert ended.code in (ExitCode.REFUSED, ExitCode.WRONG_INPUT)
    assert ended.is_a_sentence()
