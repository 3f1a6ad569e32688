"""The Temporal service is down for the command line: what is stored is done later by itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.terminal import Terminal, written
from tests.rehearsal.stage import HOME, Stage
from tests.rehearsal.story import Story


@pytest.fixture
def cut_off(monkeypatch: pytest.MonkeyPatch, stage: Stage, tmp_path: Path) -> Terminal:
    """The stage's databases, but no way to its Temporal service."""
    settings = json.loads((stage.system.state_dir / "settings.json").read_text())
    for locality in settings["localities"].values():
        locality["temporal_address"] = "127.0.0.1:9"
    path = tmp_path / "cut-off.json"
    path.write_text(json.dumps(settings))
    return Terminal(monkeypatch, path)


async def test_an_application_is_kept_and_its_case_starts_by_itself(
    cut_off: Terminal, stage: Stage, tmp_path: Path
) -> None:
    story = Story(stage)
    path = written(tmp_path, await story.application())
    ended = await cut_off.enter("file", str(path))
    assert ended.code == 0, ended.err
    assert "已收件保存，服务恢复后自动受理流程" in ended.out
    [story.case_no] = [
        word for word in ended.out.split() if word.startswith(HOME) and len(word) == 22
    ]
    assert (await story.task("INTAKE_CHECK"))["case_no"] == story.case_no


async def test_a_decision_without_an_answer_is_repeated_under_its_id(
    cut_off: Terminal, office: Terminal, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(stage)
    await story.file()
    task = (await story.task("INTAKE_CHECK"))["task_id"]
    monkeypatch.setenv("TONGBAN_SETTINGS", str(cut_off.settings))
    words = ("decide", task, "ACCEPT", "--as", "HC0101", "--command-id", f"c-{story.case_no}")
    ended = await cut_off.enter(*words)
    assert ended.code == 3
    assert f"您的操作已保存（c-{story.case_no}）" in ended.err
    assert ended.is_a_sentence()
    monkeypatch.setenv("TONGBAN_SETTINGS", str(office.settings))
    assert (await office.ask(*words))["stage"] == "REVIEW"
