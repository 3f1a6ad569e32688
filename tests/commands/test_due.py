"""``due`` counts a limit out for anybody, at once and without any service."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from catalog.loader import load_catalog
from commands.holidays import SHIPPED, calendar, shipped_calendar
from settings import PROJECT_ROOT
from tests.commands.terminal import Terminal
from tests.platform.builders import HOME, locality_data

HEAVY = {"pydantic", "sqlalchemy", "temporalio", "httpx", "catalog", "storage", "console.office"}


@pytest.mark.parametrize(
    ("words", "due_on"),
    [
        # across the Spring Festival of 2026, with its make-up Saturday
        (["2026-01-30", "15wd"], "2026-02-27"),
        (["2026-01-30", "1wd"], "2026-02-02"),
        # forty calendar days end on a Saturday: a limit moves, a certificate's validity does not
        (["2026-11-03", "39cd"], "2026-12-14"),
        (["2026-11-03", "39cd", "--fixed"], "2026-12-12"),
    ],
)
def test_a_limit_is_counted_out(alone: Terminal, words: list[str], due_on: str) -> None:
    ended = alone.type("due", *words, "--json")
    assert ended.code == 0, ended.err
    assert ended.data["due_on"] == due_on
    assert ended.data["days"][0]["why"] == "起算日不计"
    assert ended.data["days"][-1]["day"] == due_on
    assert ended.data["provisional"] is False


def test_every_day_is_explained_to_people(alone: Terminal) -> None:
    out = alone.type("due", "2026-01-30", "15wd").out
    assert "2026-02-17（周二） │ 节假日" in out
    assert "调休上班，计入，第11日" in out
    assert "到期日：2026-02-27（周五）" in out
    assert "暂定" not in out


def test_beyond_the_published_years_the_date_is_provisional(alone: Terminal) -> None:
    assert alone.type("due", "2026-12-20", "15wd", "--json").data["provisional"] is True
    assert "此日期是暂定的" in alone.type("due", "2026-12-20", "15wd").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["2026-02-30", "15wd"], "起算日 2026-02-30 不是有效日期"),
        (["30.1.2026", "15wd"], "请写成 2026-01-30 这样的年月日"),
        (["9999-12-30", "15wd"], "起算日须在 1990 年至 2200 年之间"),
        (["2026-01-30", "15"], "时限应写成数字加单位"),
        (["2026-01-30", "0wd"], "时限应写成数字加单位"),
    ],
)
def test_a_wrong_date_or_limit_is_a_sentence(alone: Terminal, words: list[str], told: str) -> None:
    ended = alone.type("due", *words)
    assert ended.code == 2
    assert told in ended.err
    assert ended.is_a_sentence()


def test_the_quick_calendar_is_the_catalogues() -> None:
    quick, checked = shipped_calendar(), load_catalog().calendar
    assert quick.years == checked.years
    assert quick.provisional_holidays == checked.provisional_holidays
    assert quick.closed_days == checked.closed_days


def test_a_year_added_by_the_settings_counts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    year = yaml.safe_load((SHIPPED / "2026.yaml").read_text(encoding="utf-8"))
    year |= {"year": 2027, "make_up": []}
    year["holidays"] = [{"name": "元旦", "from": date(2027, 1, 1), "to": date(2027, 1, 3)}]
    folder = tmp_path / "more" / "calendars"
    folder.mkdir(parents=True)
    (folder / "2027.yaml").write_text(yaml.safe_dump(year), encoding="utf-8")
    settings = tmp_path / "settings.yaml"
    settings.write_text(
        yaml.safe_dump(
            {"catalog_dirs": [str(tmp_path / "more")], "localities": {HOME: locality_data()}}
        )
    )
    monkeypatch.setenv("TONGBAN_SETTINGS", str(settings))
    assert 2027 in calendar().years


def test_it_starts_without_the_heavy_rooms() -> None:
    script = (
        "import sys; from commands.app import main; code = main(['due', '2026-01-30', '15wd']);"
        "rooms = {name.partition('.')[0] for name in sys.modules};"
        f"print(sorted({HEAVY!r} & {{*rooms, *sys.modules}}), code)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert ended.stdout.splitlines()[-1] == "[] 0"
