"""What cannot be filed is told in one sentence before anything is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.commands.terminal import Terminal, application
from tests.platform.builders import HOME


@pytest.mark.parametrize(
    ("changes", "code", "exit_code", "told"),
    [
        ({"matter": "HUKOU-SPOSE"}, "UNKNOWN_MATTER", 2, "相近的有：HUKOU-SPOUSE"),
        ({"origin_locality": "330903"}, "UNKNOWN_LOCALITY", 2, "相近的有：330902"),
        ({"destination_station": f"{HOME}-GA-77"}, "UNKNOWN_OFFICE", 2, f"{HOME}-GA-0"),
        ({"origin_station": f"{HOME}-GA-02"}, "FOREIGN_STATION", 2, "不属于地区 330902"),
        (
            {"origin_address": "长" * 1_700_000},
            "TOO_LARGE",
            2,
            "栏目 origin_address 有 1700000 个字",
        ),
        ({"origin_address": "x" * 5_000_000}, "TOO_LARGE", 2, "请删减，或作为附件材料提交"),
        ({"origin_address": "长" * 4_000_000}, "TOO_LARGE", 2, "请压缩或拆分后再提交"),
        ({"graduated_on": "2026-13-45"}, "WRONG_FIELD", 2, "graduated_on：不是有效日期"),
        ({"adress": "x"}, "WRONG_FIELD", 2, "adress：不是申请表的栏目"),
        (
            {"documents": [{"type": "KINSHIP_PROOF", "text": "x", "digest": "0" * 64}]},
            "DIGEST_DIFFERS",
            2,
            "材料 KINSHIP_PROOF 的内容与所附摘要不符",
        ),
        (
            {"documents": [{"type": "KINSHIP_PROOF", "file": "none.pdf"}]},
            "NO_SUCH_FILE",
            2,
            "找不到材料文件 none.pdf",
        ),
        (
            {"migrants": [{"relation": "本人", "name": "样例", "id_no": "339999199007210009"}]},
            "DEFECTS",
            1,
            "校验位不符",
        ),
        ({"origin_locality": HOME, "origin_station": None}, "DEFECTS", 1, "同一地区"),
    ],
)
def test_a_wrong_application_is_refused_with_the_next_step(
    dark: Terminal, tmp_path: Path, changes: dict[str, Any], code: str, exit_code: int, told: str
) -> None:
    path = application(tmp_path, **changes)
    for_people, for_scripts = dark.type("file", str(path)), dark.type("file", str(path), "--json")
    assert for_people.code == for_scripts.code == exit_code
    assert for_people.is_a_sentence()
    assert for_scripts.failure["code"] == code
    assert for_scripts.failure["message"] == for_people.err.strip()
    assert told in for_people.err


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"matter": ', "不是有效的 JSON 或 YAML"),
        (b"\xff\xfe\x00", "不是有效的 JSON 或 YAML"),
        (b"[1]", "没有申请表栏目"),
        (b"", "不是有效的 JSON 或 YAML"),
    ],
)
def test_a_broken_file_is_a_sentence(
    dark: Terminal, tmp_path: Path, content: bytes, told: str
) -> None:
    path = tmp_path / "application.json"
    path.write_bytes(content)
    ended = dark.type("file", str(path))
    assert ended.code == 2
    assert told in ended.err
    assert ended.is_a_sentence()


def test_a_missing_file_is_named_without_its_folder(dark: Terminal, tmp_path: Path) -> None:
    ended = dark.type("file", str(tmp_path / "none.yaml"))
    assert ended.code == 2
    assert "找不到文件 none.yaml" in ended.err
    assert str(tmp_path) not in ended.err


def test_another_locality_than_the_destination_is_refused(dark: Terminal, tmp_path: Path) -> None:
    ended = dark.type("--locality", "330902", "file", str(application(tmp_path)))
    assert ended.code in (1, 2)
    assert ended.is_a_sentence()


def test_no_sentence_repeats_a_name_or_an_identity_number(dark: Terminal, tmp_path: Path) -> None:
    person = {"relation": "本人", "name": "吴样例乙", "id_no": "339999199007210009"}
    ended = dark.type("file", str(application(tmp_path, migrants=[person])), "--json")
    assert "吴样例乙" not in ended.err
    assert "339999199007210009" not in ended.err


@pytest.mark.parametrize(
    "words",
    [
        ["tasks", "--as", "HC0101"],
        ["cases", "--locality", HOME],
        ["show", f"{HOME}2026112200000018"],
        ["clock", f"{HOME}2026112200000018"],
        ["task", f"{HOME}2026112200000018/REVIEW/1"],
        ["decide", f"{HOME}2026112200000018/REVIEW/1", "PASS", "--as", "HC0102"],
        ["withdraw", f"{HOME}2026112200000018"],
        ["check"],
    ],
)
def test_a_database_that_is_down_is_a_sentence(dark: Terminal, words: list[str]) -> None:
    ended = dark.type(*words)
    assert ended.code == 3
    assert "连不上数据库" in ended.err
    assert ended.is_a_sentence()


def test_filing_without_the_database_says_that_nothing_is_stored(
    dark: Terminal, tmp_path: Path
) -> None:
    ended = dark.type("file", str(application(tmp_path)))
    assert ended.code == 3
    assert "内容未提交" in ended.err
    assert ended.is_a_sentence()


def test_a_command_without_an_answer_tells_how_to_repeat_it(dark: Terminal) -> None:
    task = f"{HOME}2026112200000018/REVIEW/1"
    ended = dark.type("claim", task, "--as", "HC0102", "--command-id", "c-1")
    assert ended.code == 3
    assert "再次提交请加 --command-id c-1，只会办一次。" in ended.err
