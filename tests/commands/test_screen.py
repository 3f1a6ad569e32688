"""Tables fit the terminal: what a narrow one leaves out is named."""

from __future__ import annotations

import pytest

from commands.screen import print_all, table

_COLUMNS = ("待办编号", "内容", "机构", "到期")
_ROW = ("3710022026112200000015-03", "迁入审核", "鲸园派出所", "2026-12-18")


def _drawn(capsys: pytest.CaptureFixture[str]) -> str:
    print_all(table("待办（1）", _COLUMNS, [_ROW], whole="待办编号", spare=("机构",)))
    return capsys.readouterr().out


def test_a_narrow_terminal_keeps_the_number_whole_and_says_what_it_leaves_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    drawn = _drawn(capsys)
    assert _ROW[0] in drawn and _ROW[2] not in drawn
    assert "未列：机构" in drawn and "--json" in drawn


def test_a_wide_terminal_shows_every_column(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    drawn = _drawn(capsys)
    assert all(cell in drawn for cell in _ROW) and "未列" not in drawn
