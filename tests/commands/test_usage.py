"""Every mistake in typing is one Chinese sentence that says what to do next."""

from __future__ import annotations

import re

import pytest
from typer.main import get_command

from commands.app import main
from commands.register import app
from tests.commands.terminal import Terminal

COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["shwo", "1"], "没有命令 shwo；相近的有：show。"),
        (["due", "--jsn", "2026-01-30", "15wd"], "没有选项 --jsn；相近的有：--json"),
        (["--localty", "371002", "cases"], "没有选项 --localty；相近的有：--locality"),
        (["show"], "缺少参数“办件编号”"),
        (["hand-in", "1"], "缺少选项 --document"),
        (["show", "1", "2", "3"], "show 多出了参数 “2”、“3”"),
        (["decide", "1", "ACCEPT", "--person", "a"], "选项 --person 应是整数"),
        (["cases", "--limit", "0"], "选项 --limit 应是 1 至 10000 的整数"),
        (["decide", "1", "ACCEPT", "--reason"], "选项 --reason 的写法不对"),
        (["cases", "--open=1"], "选项 --open 的写法不对"),
        (["--json"], "没有写要执行的命令"),
        (["due", "2026-01-30", "\udcff"], "不是 UTF-8"),
        (["hand-in", "1", "--document", "TRANSFER_ORDER"], "--document 应写成 类型=文件"),
        (["claim", "1"], "请用 --as 写明办理人的工作人员编号"),
        (["claim", "1", "--as", "HC0101", "--command-id", "17"], "--command-id 须以 c- 开头"),
    ],
)
def test_a_mistake_in_typing_is_told_in_chinese(
    dark: Terminal, words: list[str], told: str
) -> None:
    ended = dark.type(*words)
    assert ended.code == 2
    text = ended.failure["message"] if "--json" in words else ended.err
    assert told in text
    assert "--json" in words or ended.is_a_sentence()


def test_with_json_a_mistake_is_an_object(alone: Terminal) -> None:
    ended = alone.type("shwo", "--json")
    assert ended.code == 2
    assert set(ended.failure) == {"code", "message"}
    assert ended.failure["code"] == "USAGE"


def test_without_any_word_the_help_lists_every_command(alone: Terminal) -> None:
    ended = alone.type()
    assert ended.code == 0
    assert all(f" {name} " in ended.out for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_chinese_and_documents_the_exit_codes(alone: Terminal, command: str) -> None:
    ended = alone.type(command, "--help")
    assert ended.code == 0
    assert "用法：python starter.py" in ended.out
    for number in "0123":
        assert re.search(rf"{number}\s*(成功|依规定|用法|所需)", ended.out), number
    assert "--json" in ended.out
    for english in ("Usage", "Options", "Arguments", "Show this", "required", "default", "<str>"):
        assert english not in ended.out


def test_something_unforeseen_is_a_sentence_and_no_traceback(
    alone: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("吴样例乙")

    monkeypatch.setattr("commands.counting.derive", broken)
    ended = alone.type("due", "2026-01-30", "15wd")
    assert ended.code == 3
    assert "程序内部出错（KeyError，" in ended.err
    assert "Traceback" not in ended.err
    assert "吴样例乙" not in ended.err


def test_ctrl_c_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("commands.counting.derive", interrupted)
    assert main(["due", "2026-01-30", "15wd"]) == 130
