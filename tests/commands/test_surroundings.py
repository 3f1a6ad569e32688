"""Which locality and which catalogue a command means."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.failure import Failure
from commands.session import Session
from settings import SettingsError
from tests.commands.terminal import Terminal, settings_file
from tests.platform.builders import HOME, ORIGIN, locality_data

CASE = f"{ORIGIN}2026112200000018"


def session(locality: str | None = None, clerk: str | None = None) -> Session:
    return Session(locality=locality, clerk=clerk, as_json=False)


def test_the_locality_given_wins(dark: Terminal) -> None:
    assert session(HOME, "DH0101").locality(CASE).code == HOME


def test_a_case_number_tells_its_locality(dark: Terminal) -> None:
    assert session(clerk="HC0101").locality(CASE).code == ORIGIN


def test_otherwise_the_clerk_does(dark: Terminal) -> None:
    assert session(clerk="DH0101").locality("nonsense").code == ORIGIN


def test_with_several_localities_and_no_hint_all_are_named(dark: Terminal) -> None:
    with pytest.raises(Failure) as caught:
        session().locality("nonsense")
    assert f"{ORIGIN}、{HOME}" in caught.value.message


def test_the_only_locality_is_the_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Terminal(monkeypatch, settings_file(tmp_path, {HOME: locality_data()}))
    assert session().locality().code == HOME


def test_an_unknown_locality_is_answered_with_the_known_ones(dark: Terminal) -> None:
    with pytest.raises(SettingsError, match=f"{ORIGIN}、{HOME}"):
        session("999999").locality()


def test_the_environment_may_name_locality_and_clerk(
    dark: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAN_LOCALITY", HOME)
    monkeypatch.setenv("TONGBAN_CLERK", "DH0101")
    assert f"工作人员 DH0101 不在地区 {HOME} 任职" in dark.type("tasks").err


@pytest.mark.parametrize("words", [["--as", "HC0199", "tasks"], ["tasks", "--as", "HC0199"]])
def test_common_options_stand_before_or_after_the_command(dark: Terminal, words: list[str]) -> None:
    ended = dark.type(*words)
    assert ended.code == 2
    assert "目录中没有这个工作人员编号：HC0199。相近的有：" in ended.err


def test_localities_and_matters_need_no_settings(alone: Terminal) -> None:
    localities = alone.type("localities", "--json").data
    assert {one["code"]: one["served_here"] for one in localities} == {ORIGIN: False, HOME: False}
    assert "HUKOU-SPOUSE" in {one["code"] for one in alone.type("matters", "--json").data}
    assert "HC0101（窗口收件员）" in alone.type("localities").out
    assert "夫妻投靠户口迁移" in alone.type("matters").out


def test_without_settings_it_says_how_to_start(alone: Terminal) -> None:
    ended = alone.type("cases")
    assert ended.code == 2
    assert "请先运行 make up" in ended.err
    assert ended.is_a_sentence()


def test_served_localities_are_marked(dark: Terminal) -> None:
    assert all(one["served_here"] for one in dark.type("localities", "--json").data)


def test_a_broken_settings_file_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{")
    ended = Terminal(monkeypatch, path).type("cases")
    assert ended.code == 2
    assert "读不出来" in ended.err
