"""`python -m embedded` as people meet it: sentences, exit codes, nothing left behind."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from embedded.ports import HOST, Ports
from settings import PROJECT_ROOT


def embedded(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "embedded", *arguments],
        cwd=PROJECT_ROOT,
        env={**os.environ, "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_status_of_nothing_says_how_to_start(tmp_path: Path) -> None:
    ended = embedded("status", "--state", str(tmp_path))
    assert ended.returncode == 1
    assert "没有在运行。启动请用 make up" in ended.stdout


def test_down_of_nothing_is_no_error(tmp_path: Path) -> None:
    ended = embedded("down", "--state", str(tmp_path))
    assert ended.returncode == 0
    assert "没有在运行的进程" in ended.stdout


def test_reset_deletes_only_what_up_made(tmp_path: Path) -> None:
    mine = tmp_path / "thesis.txt"
    mine.write_text("five years of work")
    ended = embedded("reset", "--yes", "--state", str(tmp_path))
    assert ended.returncode == 0
    assert mine.exists()


def test_reset_asks_first(tmp_path: Path) -> None:
    embedded("down", "--state", str(tmp_path))
    ended = embedded("reset", "--state", str(tmp_path))
    assert ended.returncode == 1
    assert tmp_path.exists()
    assert embedded("reset", "--yes", "--state", str(tmp_path)).returncode == 0
    assert not tmp_path.exists()


def test_up_on_a_busy_port_names_it_without_a_traceback(tmp_path: Path) -> None:
    free = Ports.free()
    with socket.socket() as taken:
        taken.bind((HOST, free.temporal))
        taken.listen()
        ended = embedded(
            *("up", "--state", str(tmp_path), "--postgres-port", str(free.postgres)),
            *("--temporal-port", str(free.temporal)),
        )
    assert ended.returncode == 1
    assert f"端口 {free.temporal}（Temporal 服务）已被占用" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_missing_setting_is_a_sentence(tmp_path: Path) -> None:
    ended = embedded("provision", TONGBAN_SETTINGS=str(tmp_path / "none.json"))
    assert ended.returncode == 1
    assert ended.stderr.strip().endswith("请检查环境变量 TONGBAN_SETTINGS。")
    assert "Traceback" not in ended.stderr
