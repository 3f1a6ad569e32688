"""``check`` lists what it looked at, and fails when a rule is broken."""

from __future__ import annotations

from typing import Any

import pytest

from console.checking import CHECKS, Violation
from tests.commands.terminal import Terminal
from tests.rehearsal.stage import HOME, ORIGIN, Stage
from tests.rehearsal.story import Story


def finding(*violations: Violation) -> Any:
    async def check(*_: Any, **__: Any) -> list[Violation]:
        return list(violations)

    return check


async def test_a_fresh_case_breaks_no_rule(office: Terminal, stage: Stage) -> None:
    story = Story(stage)
    await story.file()
    await story.task("INTAKE_CHECK")
    report = (await office.enter("check", "--json")).data
    assert set(report["checked"]) == {HOME, ORIGIN}
    assert report["checked"][HOME]["cases"] > 0
    assert [one["code"] for one in report["invariants"]] == [code for code, _ in CHECKS]
    # Other tests play on the same stage; what they leave there is theirs to judge.
    assert [one for one in report["violations"] if one["case_no"] == story.case_no] == []


async def test_without_violations_it_says_so_and_what_was_checked(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.checking.check_localities", finding())
    ended = await office.enter("check")
    assert ended.code == 0
    assert "没有发现违反不变量的登记" in ended.out
    assert "任何人在各地至多有一处有效户口" in ended.out


async def test_a_broken_rule_is_named_and_the_exit_code_says_so(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Violation(
        invariant="G2", locality=HOME, case_no="1", text="证件编号重复；请核对签发登记。"
    )

    monkeypatch.setattr("console.checking.check_localities", finding(broken))
    ended = await office.enter("check", "--locality", HOME, "--json")
    assert ended.code == 1
    assert list(ended.data["checked"]) == [HOME]
    assert ended.data["violations"][0]["text"] == broken.text
    assert next(one for one in ended.data["invariants"] if one["code"] == "G2")["violations"] == 1
    shown = await office.enter("check")
    assert shown.code == 1
    assert broken.text in shown.out
