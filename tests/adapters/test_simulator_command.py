"""`python -m adapters.simulators`: what an operator meets when starting it, right or wrong."""

import subprocess
from pathlib import Path

import pytest

from tests.adapters.conftest import StartSimulator
from tests.adapters.process import ROOT, SEEDS, SimulatorProcess, command


def _refused(*arguments: str | Path) -> str:
    """Runs to its end, which must come by itself; returns what it said."""
    ended = subprocess.run(
        command(*arguments), cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
    )
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    return ended.stderr


def test_a_busy_port_is_said_plainly(shared_simulator: SimulatorProcess, tmp_path: Path) -> None:
    port = str(shared_simulator.port)
    said = _refused("--port", port, "--state", tmp_path / "s.db", "--seed", SEEDS)
    assert f"端口 {port} 已被占用" in said
    assert not (tmp_path / "s.db").exists()


@pytest.mark.parametrize("more", [[], ["--localities", "371002"]])
def test_a_missing_seed_folder_is_said_plainly(tmp_path: Path, more: list[str]) -> None:
    said = _refused(
        "--port", "0", "--state", tmp_path / "s.db", "--seed", tmp_path / "nowhere", *more
    )
    assert "找不到种子数据目录" in said and "--seed" in said


def test_a_state_file_that_is_none_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "s.db").write_text("这不是状态文件" * 100, encoding="utf-8")
    said = _refused("--port", "0", "--state", tmp_path / "s.db", "--seed", SEEDS)
    assert "--state" in said
    said = _refused("--port", "0", "--state", tmp_path / "no" / "s.db", "--seed", SEEDS)
    assert "目录不存在" in said


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--port", "x", "--state", "s", "--seed", "s"],
        ["--port", "99999", "--state", "s", "--seed", "s"],
        ["--port", "0", "--state", "s", "--seed", "s", "--localities", "威海"],
        ["--port", "0", "--state", "s", "--seed", "s", "--what"],
    ],
)
def test_wrong_arguments_are_said_plainly(arguments: list[str]) -> None:
    assert "命令行参数有误" in _refused(*arguments)


def test_a_wrong_seed_file_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "population-330902.yaml").write_text("people: [{}]", encoding="utf-8")
    said = _refused("--port", "0", "--state", tmp_path / "s.db", "--seed", tmp_path)
    assert "population-330902.yaml" in said


async def test_all_systems_stand_in_one_process(simulator: SimulatorProcess) -> None:
    assert await simulator.get("/health") == {
        "status": "ok",
        "systems": [
            "bank",
            "courier",
            "education",
            "evaluation",
            "hotline",
            "marriage",
            "notices",
            "population/330902",
            "population/371002",
            "registers/330902",
            "registers/371002",
        ],
    }


def test_being_asked_to_stop_is_no_failure(start_simulator: StartSimulator) -> None:
    simulator = start_simulator()
    assert simulator.stop() == 0
