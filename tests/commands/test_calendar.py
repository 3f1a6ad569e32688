"""``calendar check``: a data file is read as the catalogue does, and held against a second one."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from catalog.loader import DATA
from commands.app import main
from commands.calendar_screen import replan_words
from commands.failure import ExitCode
from domain.calendar import SHANGHAI

SHIPPED = DATA / "calendars"


def checked(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, object]]:
    code = main(["calendar", "check", str(path), "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_shipped_years_agree_with_the_second_source(
    year: int, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = checked(SHIPPED / f"{year}.yaml", capsys)
    assert (code, found["compared"], found["differences"]) == (ExitCode.OK, True, [])


def test_a_slip_of_the_pen_is_shown_by_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (SHIPPED / "2026.yaml").read_text(encoding="utf-8")
    path = tmp_path / "2026.yaml"
    path.write_text(text.replace("to: 2026-02-23", "to: 2026-02-22"), encoding="utf-8")
    code, found = checked(path, capsys)
    assert code == ExitCode.REFUSED
    assert found["differences"] == [{"day": "2026-02-23", "ours": True, "theirs": False}]


def test_beyond_its_years_the_second_source_cannot_know(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "2099.yaml"
    path.write_text(
        "kind: PUBLISHED\nyear: 2099\nnotice: 样例通知\npublished_on: 2098-11-01\n"
        "holidays:\n  - {name: 元旦, from: 2099-01-01, to: 2099-01-01}\nmake_up: []\n",
        encoding="utf-8",
    )
    code, found = checked(path, capsys)
    assert (code, found["compared"]) == (ExitCode.OK, False)
    assert main(["calendar", "check", str(path)]) == ExitCode.OK
    assert "无从比对" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("to: 2026-01-03", "to: 2025-12-01", "结束日期早于开始日期"),
        ("2026-01-04", "2026-01-05", "不是周末"),
        ("notice: ", "notise: ", "notise"),
    ],
)
def test_a_wrong_file_is_refused_by_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    path = tmp_path / "2026.yaml"
    text = (SHIPPED / "2026.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert main(["calendar", "check", str(path)]) == ExitCode.WRONG_INPUT
    assert said in capsys.readouterr().err


def test_check_wants_a_file_or_what_is_installed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calendar", "check"]) == ExitCode.WRONG_INPUT
    assert "--installed" in capsys.readouterr().err
    assert main(["calendar", "check", "没有.yaml"]) == ExitCode.WRONG_INPUT


REPLAN = {
    "superseded_by": None,
    "counted": 90,
    "total": 100,
    "moved": 40,
    "counted_at": None,
    "armed_at": None,
    "finished_at": None,
    "urgent": 12,
    "urgent_untold": 7,
    "tidings": 40,
    "untold": 35,
}
NOW = datetime(2026, 12, 20, 9, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("reached", "said"),
    [
        ({}, "重排中 90 / 100，变动 40"),
        ({"counted_at": NOW}, "重设计时器中 90 / 100，变动 40，提前的还有 7 / 12"),
        ({"counted_at": NOW, "armed_at": NOW}, "已全部生效 90 / 100，变动 40，待告知 35 / 40"),
        (
            {"counted_at": NOW, "armed_at": NOW, "finished_at": NOW},
            "完成 90 / 100，变动 40",
        ),
        ({"superseded_by": 3}, "由第 3 号取代"),
    ],
)
def test_a_replan_says_what_is_still_to_take_effect_apart_from_who_is_still_to_be_told(
    reached: dict[str, object], said: str
) -> None:
    assert replan_words({**REPLAN, **reached}) == said
