"""`make demo` as a person runs it: it ends well, says so, and leaves nothing running."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.loader import load_catalog
from contracts.families import HUKOU
from embedded.demo.choosing import UnknownExample, choose, every_example
from embedded.demo.scripts import SCRIPTS
from embedded.processes import Processes
from embedded.supervisor import supervising
from settings import PROJECT_ROOT
from tests.platform.builders import state_directory

_SECONDS = 240.0
"""Far more than a demo takes, for a machine that does much else."""
EXAMPLES = every_example(load_catalog())


@pytest.fixture
def directory() -> Iterator[Path]:
    with state_directory() as directory:
        yield directory


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "embedded.demo", *map(str, arguments)]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        cwd=PROJECT_ROOT,
        env={**os.environ, "COLUMNS": "160"},
        capture_output=True,
        text=True,
        timeout=_SECONDS,
    )


def test_the_demo_plays_every_example_to_the_end_its_script_expects(directory: Path) -> None:
    ended = run("--state", directory)
    assert ended.returncode == 0, ended.stdout[-4000:] + ended.stderr
    result = re.split(r"^结果 *$", ended.stdout, flags=re.MULTILINE)[1]
    played = [one.script.name for one in choose(EXAMPLES, (), everything=False)]
    assert re.findall(r"^ *([a-z-]+) .* 是 ", result, re.MULTILINE) == played
    assert "没有违反" in result and "没有个人信息" in result
    assert Processes(directory).recorded() == {}


def test_ctrl_c_stops_everything_and_the_demo_can_run_again(directory: Path) -> None:
    started = subprocess.Popen(
        command("spouse", "--state", directory),
        cwd=PROJECT_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    while "启动各地区" not in (line := started.stdout.readline()):
        assert line, started.communicate()[1]
    started.send_signal(signal.SIGINT)
    out, errors = started.communicate(timeout=60)
    assert (started.returncode, errors) == (130, "")
    assert "已停止" in out
    assert Processes(directory).recorded() == {}

    again = run("spouse", "--state", directory)
    assert again.returncode == 0, again.stdout[-4000:] + again.stderr
    assert "1 个样例中 1 个" in again.stdout


def test_an_unknown_example_is_refused_with_the_known_ones() -> None:
    ended = run("spuose")
    assert ended.returncode == 2
    told = "".join(ended.stderr.split())
    assert "没有样例、事项或事项类别spuose" in told and "restoration" in told


def test_the_list_names_every_example_and_its_file() -> None:
    listed = run("--list")
    assert listed.returncode == 0
    for name in EXAMPLES:
        assert re.search(rf"^{name} .*examples/{name}\.yaml", listed.stdout, re.M)


def test_matters_and_families_are_names_of_their_examples() -> None:
    def names(*given: str) -> list[str]:
        return [one.script.name for one in choose(EXAMPLES, given, everything=False)]

    assert names("HUKOU-SPOUSE") == ["spouse", "mirror-spouse"]
    assert names("pension-transfer") == names("PENSION")
    assert names(HUKOU.code) == list(SCRIPTS)
    assert names("parents", "HUKOU-PARENTS") == ["parents"]
    assert [one.script.name for one in choose(EXAMPLES, (), everything=True)] == list(EXAMPLES)
    with pytest.raises(UnknownExample, match="parents"):
        names("HUKOU-PARENT")


def test_without_a_name_each_family_that_can_be_played_is_played() -> None:
    ready = [one for one in EXAMPLES.values() if not one.obstacle]
    chosen = choose(EXAMPLES, (), everything=False)
    assert {one.family for one in chosen} == {one.family for one in ready}
    assert set(SCRIPTS) <= {one.script.name for one in chosen}


def test_a_state_that_somebody_uses_is_left_alone(directory: Path) -> None:
    with supervising(directory):
        (directory / "kept").touch()
        ended = run("--state", directory)
    assert ended.returncode == 1
    assert "正在运行" in ended.stderr and "Traceback" not in ended.stderr
    assert (directory / "kept").exists()


def test_a_directory_with_other_data_is_not_emptied(directory: Path) -> None:
    (directory / "thesis.txt").touch()
    ended = run("--state", directory)
    assert ended.returncode == 1
    assert "不能清空" in ended.stderr
    assert [path.name for path in directory.iterdir()] == ["thesis.txt"]
