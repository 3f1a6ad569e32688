"""One supervisor per state directory: the lock that says so, and how `down` reaches it."""

import asyncio
import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from embedded.errors import StartError
from embedded.processes import Processes, same_process

_STOP_SECONDS = 60.0


@contextmanager
def supervising(state_dir: Path) -> Iterator[None]:
    """Hold the state directory; StartError when another live process holds it.

    The lock goes with the process, so that a killed supervisor leaves none behind.
    """
    state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (state_dir / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartError(
                f"{state_dir} 里的系统已经在运行。要停下它，请运行 make down；"
                "要另起一套，请换一个 STATE=名字 并改用别的端口。"
            ) from None
        started = psutil.Process().create_time()
        (state_dir / "supervisor.json").write_text(
            json.dumps({"pid": os.getpid(), "started": started})
        )
        try:
            yield
        finally:
            (state_dir / "supervisor.json").unlink(missing_ok=True)


def supervisor_of(state_dir: Path) -> psutil.Process | None:
    """The live process that runs this state directory."""
    path = state_dir / "supervisor.json"
    if not path.exists():
        return None
    record = json.loads(path.read_text())
    return same_process(record["pid"], record["started"])


async def stop(state_dir: Path) -> list[str]:
    """Stop the system of this state directory; returns the names of what was running."""
    processes = Processes(state_dir)
    running = list(processes.recorded())
    supervisor = supervisor_of(state_dir)
    if supervisor is not None:
        started = supervisor.create_time()
        supervisor.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        # The process itself, not its record: the lock outlives the record by a moment.
        while same_process(supervisor.pid, started) is not None:
            if time.monotonic() > deadline:
                raise StartError(f"进程 {supervisor.pid} 在 {_STOP_SECONDS:.0f} 秒内没有停下。")
            await asyncio.sleep(0.05)
    with supervising(state_dir):
        await processes.stop_leftovers()
    return running
