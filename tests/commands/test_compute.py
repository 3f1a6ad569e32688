"""``compute`` prints every sum of a record with its derivation, without any service."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from commands.compute import SCHEMES
from domain.calendar import SHANGHAI
from tests.commands.terminal import EXAMPLES, Terminal

RECORDS = EXAMPLES / "compute"
ON = ("--on", "2026-11-23")


def saved(folder: Path, **changes: Any) -> str:
    data = json.loads((RECORDS / "pension.json").read_text(encoding="utf-8"))
    path = folder / "record.json"
    path.write_text(json.dumps({**data, **changes}, ensure_ascii=False), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("scheme", "example", "label", "value"),
    [
        # 1,000.00 + 1,346.40 + 1,331.11 + 960.00 + 36,000.00 × 12%
        ("pension", "pension", "转移总额（元）", "8,957.51"),
        # 24% of 60,000.00 and 300.00 interest
        ("pension", "pension-temporary", "转移总额（元）", "14,700.00"),
        # 1,440 + 5 + 6,720 + 200, and 102,000.00 × 12%
        ("civil-pension", "civil-pension", "转移总额（元）", "20,605.00"),
        ("annuity", "annuity", "须先记实（元）", "6,720.00"),
        ("benefit-place", "benefit-place", "待遇领取地", "330902"),
        ("resident", "resident", "个人账户转移总额（元）", "2,490.00"),
        ("resident", "connection", "退还本人（元）", "540.00"),
        # 1,800.00 × 8 × 1.5
        ("unemployment", "unemployment", "资金", "21,600.00元"),
        ("unemployment", "unemployment-employed", "月数", "72个月"),
        ("unemployment", "unemployment-refused", "结论", "不予转出"),
    ],
)
def test_every_example_gives_the_sum_worked_out_by_hand(
    alone: Terminal, scheme: str, example: str, label: str, value: str
) -> None:
    file = str(RECORDS / f"{example}.json")
    ended = alone.type("compute", scheme, file, *ON, "--json")
    assert ended.code == 0, ended.err
    assert ended.data["results"][label] == value
    assert ended.data["on"] == "2026-11-23"
    drawn = alone.type("compute", scheme, file, *ON)
    assert drawn.code == 0
    for step in ended.data["steps"]:
        assert step["label"] in drawn.out
    assert value in drawn.out


def test_every_scheme_has_an_example_and_every_example_is_played() -> None:
    played = {
        "pension-temporary",
        "connection",
        "unemployment-employed",
        "unemployment-refused",
        *SCHEMES,
    }
    assert {path.stem for path in RECORDS.glob("*.json")} == played


def test_the_derivation_tells_rates_sums_and_rules(alone: Terminal) -> None:
    out = alone.type("compute", "pension", str(RECORDS / "pension.json"), *ON).out
    assert "36,000.00 × 12%" in out
    assert "记账比例 13%，按规定 11%" in out
    assert "二、转入地是否户籍所在省份" in out


def test_what_stands_in_the_way_is_told_with_its_remedy(alone: Terminal, tmp_path: Path) -> None:
    file = saved(tmp_path, arrears_months=2)
    out = alone.type("compute", "pension", file, *ON).out
    assert "须先处理的事项（1）" in out
    assert "ARREARS" in out
    told = alone.type("compute", "pension", file, *ON, "--json").data
    assert told["findings"][0]["remedy"].startswith("补缴欠费")


def test_a_pensioner_gets_no_sum(alone: Terminal, tmp_path: Path) -> None:
    file = saved(tmp_path, status="PENSIONER", application=None)
    told = alone.type("compute", "pension", file, *ON, "--json")
    assert told.code == 0
    assert told.data["results"] == {"转移总额": "不予转移"}
    assert told.data["findings"][0]["code"] == "PENSIONER"


def test_without_a_day_it_is_today_in_china(alone: Terminal) -> None:
    before = datetime.now(SHANGHAI).date().isoformat()
    told = alone.type("compute", "pension", str(RECORDS / "pension.json"), "--json").data
    assert before <= told["on"] <= datetime.now(SHANGHAI).date().isoformat()


def test_a_locality_may_be_named(alone: Terminal) -> None:
    file = str(RECORDS / "pension.json")
    named = alone.type("--locality", "371002", "compute", "pension", file, *ON, "--json")
    assert named.data == alone.type("compute", "pension", file, *ON, "--json").data
    unknown = alone.type("--locality", "999999", "compute", "pension", file, *ON)
    assert unknown.code == 2
    assert unknown.is_a_sentence()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"pre1998_fen": "1000"}, "字段 pre1998_fen 应为以分为单位的整数"),
        ({"stauts": "PAYING"}, "字段 stauts 不在记录的字段之中，是否为 status"),
        ({"application": {"sex": "MALE"}}, "字段 application.destination_region 没有填写"),
    ],
)
def test_a_wrong_field_is_one_sentence_that_names_it(
    alone: Terminal, tmp_path: Path, changes: dict[str, Any], told: str
) -> None:
    ended = alone.type("compute", "pension", saved(tmp_path, **changes), *ON)
    assert ended.code == 2
    assert told in ended.err
    assert ended.is_a_sentence()
    as_json = alone.type("compute", "pension", saved(tmp_path, **changes), *ON, "--json")
    assert as_json.failure["code"] == "WRONG_FIELD"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "第 1 行第 2 列不是正确的 JSON"),
        (b"[]", "记录应为一组字段"),
        ('{"地区"'.encode("gbk"), "不是 UTF-8 文本"),
        (b"[" * 100_000, "不是正确的 JSON"),
        (b" " * (4 * 1024 * 1024 + 1), "超过 4 兆字节"),
    ],
)
def test_a_file_that_is_no_record_is_a_sentence(
    alone: Terminal, tmp_path: Path, content: bytes, told: str
) -> None:
    path = tmp_path / "record.json"
    path.write_bytes(content)
    ended = alone.type("compute", "pension", str(path), *ON)
    assert ended.code == 2
    assert told in ended.err
    assert ended.is_a_sentence()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("pensions", "x.json"), "没有这个险种"),
        (("pension", "nowhere.json"), "读不到记录文件"),
        (("pension", "nowhere.json", "--on", "23.11.2026"), "--on 不是有效日期"),
    ],
)
def test_a_wrong_word_is_a_sentence(alone: Terminal, words: tuple[str, ...], told: str) -> None:
    ended = alone.type("compute", *words)
    assert ended.code == 2
    assert told in ended.err
    assert ended.is_a_sentence()
