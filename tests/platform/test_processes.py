"""Child processes: ready means ready, stopping is polite, leftovers are told from strangers."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from embedded.errors import StartError
from embedded.processes import Child, Command, Processes
from embedded.supervisor import stop, supervising
from settings import PROJECT_ROOT

LOOP = "print('up', flush=True); time.sleep(60)"
POLITE = f"import signal, time; signal.signal(15, lambda *_: exit()); {LOOP}"
STUBBORN = f"import signal, time; signal.signal(15, signal.SIG_IGN); {LOOP}"


def python(name: str, code: str, stage: int = 0) -> Command:
    return Command(name, (sys.executable, "-c", code), stage=stage, cwd=Path.cwd())


async def started(processes: Processes, name: str, code: str, stage: int = 0) -> Child:
    child = processes.start(python(name, code, stage))

    async def printed() -> bool:
        return "up" in child.log.read_text()

    await processes.wait_ready(child, printed)
    return child


@pytest.fixture
def stranger() -> Iterator["subprocess.Popen[bytes]"]:
    """A process that is not ours."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield process
    process.kill()
    process.wait()


async def test_a_child_that_exits_at_once_is_reported_with_its_log(tmp_path: Path) -> None:
    processes = Processes(tmp_path)
    child = processes.start(python("broken", "raise SystemExit('no such table')"))

    async def never() -> bool:
        return False

    with pytest.raises(StartError, match=r"(?s)broken 启动后退出了.*no such table"):
        await processes.wait_ready(child, never)


async def test_somebody_elses_answer_does_not_count_as_ready(tmp_path: Path) -> None:
    processes = Processes(tmp_path)
    child = processes.start(python("broken", "pass"))
    child.process.wait()

    async def answered() -> bool:
        return True

    with pytest.raises(StartError, match="启动后退出了"):
        await processes.wait_ready(child, answered)


async def test_a_child_that_never_serves_is_given_up(tmp_path: Path) -> None:
    processes = Processes(tmp_path)
    child = await started(processes, "slow", POLITE)

    async def never() -> bool:
        return False

    with pytest.raises(StartError, match="没有就绪"):
        await processes.wait_ready(child, never, seconds=0.1)
    await processes.stop_all()


async def test_stopping_is_polite_and_higher_stages_go_first(tmp_path: Path) -> None:
    processes = Processes(tmp_path)
    log = tmp_path / "order"
    ending = (
        "import signal, time\n"
        "def end(*_):\n"
        "    open({log!r}, 'a').write({name!r} + ' '); exit()\n"
        "signal.signal(15, end); print('up', flush=True); time.sleep(60)\n"
    )
    for name, stage in (("database", 0), ("worker", 4), ("simulators", 2)):
        await started(processes, name, ending.format(log=str(log), name=name), stage)
    await processes.stop_all()
    assert log.read_text().split() == ["worker", "simulators", "database"]
    assert processes.recorded() == {}


async def test_a_child_that_will_not_stop_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("embedded.processes.STOP_SECONDS", 0.2)
    processes = Processes(tmp_path)
    child = await started(processes, "stubborn", STUBBORN)
    await processes.stop("stubborn")
    assert child.process.returncode == -signal.SIGKILL


async def test_a_child_does_not_get_the_terminals_signals(tmp_path: Path) -> None:
    processes = Processes(tmp_path)
    child = await started(processes, "own-session", POLITE)
    assert os.getsid(child.process.pid) != os.getsid(0)
    await processes.stop_all()


async def test_leftovers_of_a_killed_supervisor_are_stopped(tmp_path: Path) -> None:
    child = await started(Processes(tmp_path), "worker", POLITE)
    assert await Processes(tmp_path).stop_leftovers() == ["worker"]
    assert child.process.wait(5) == 0
    assert await Processes(tmp_path).stop_leftovers() == []


async def test_a_stranger_with_a_recorded_pid_is_left_alone(
    tmp_path: Path, stranger: "subprocess.Popen[bytes]"
) -> None:
    run = tmp_path / "run"
    run.mkdir()
    earlier = psutil.Process(stranger.pid).create_time() - 3600
    record = {"pid": stranger.pid, "started": earlier, "stage": 0, "stop_signal": 15}
    (run / "worker.json").write_text(json.dumps(record))
    assert await Processes(tmp_path).stop_leftovers() == []
    assert stranger.poll() is None
    assert not (run / "worker.json").exists()


async def test_a_record_cut_short_by_a_crash_does_not_stop_the_next_start(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    (run / "worker.new").write_text('{"pid": 1')
    assert await Processes(tmp_path).stop_leftovers() == []


def test_one_state_directory_has_one_supervisor(tmp_path: Path) -> None:
    with (
        supervising(tmp_path),
        pytest.raises(StartError, match="已经在运行"),
        supervising(tmp_path),
    ):
        pass
    with supervising(tmp_path):
        pass


def supervisor_in(directory: Path) -> "subprocess.Popen[bytes]":
    # It lingers after its last act, as interpreters do when they have much to tidy.
    code = (
        "import atexit, pathlib, signal, sys, time\n"
        "from embedded.supervisor import supervising\n"
        "atexit.register(time.sleep, 0.3)\n"
        "signal.signal(15, lambda *_: sys.exit(0))\n"
        f"with supervising(pathlib.Path({str(directory)!r})):\n"
        f"    {LOOP}\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=PROJECT_ROOT
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"up\n"
    process.stdout.close()
    return process


async def test_down_asks_the_supervisor_and_waits_for_it(tmp_path: Path) -> None:
    supervisor = supervisor_in(tmp_path)
    await stop(tmp_path)
    assert supervisor.poll() == 0
