"""Child processes of the one-machine system: started, awaited, stopped in order, never orphaned.

Each child has a log file and a record of its pid and start time. When a supervisor was killed,
the next one finds those records and stops exactly those processes: a pid that another program
has taken since shows another start time.
"""

import asyncio
import json
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from embedded.errors import StartError

STOP_SECONDS = 10.0
READY_SECONDS = 60.0
_POLL_SECONDS = 0.05
# psutil derives start times from the boot time, which moves a little when the clock is set.
_SAME_START_SECONDS = 2.0
_LOG_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Command:
    """How to start one child. Children of one stage stop together, higher stages first."""

    name: str
    argv: Sequence[str]
    stage: int
    cwd: Path
    env: Mapping[str, str] | None = None
    user: str | None = None
    """System user to become; its primary group goes with it. Only root may ask."""
    stop_signal: signal.Signals = signal.SIGTERM


@dataclass(slots=True)
class Child:
    command: Command
    process: "subprocess.Popen[bytes]"
    log: Path
    started_at: float
    """Unix time just before the start."""

    @property
    def running(self) -> bool:
        return self.process.poll() is None


class Processes:
    """The children of one state directory."""

    def __init__(self, state_dir: Path) -> None:
        self._run = state_dir / "run"
        self._logs = state_dir / "logs"
        self.children: dict[str, Child] = {}

    def start(self, command: Command) -> Child:
        for directory in (self._run, self._logs):
            directory.mkdir(parents=True, exist_ok=True)
        log = self._logs / f"{command.name}.log"
        if log.exists() and log.stat().st_size > _LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))
        started_at = time.time()
        with log.open("ab") as output:
            process = subprocess.Popen(
                list(command.argv),
                cwd=command.cwd,
                env=dict(command.env) if command.env is not None else None,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C in the terminal reaches the supervisor alone, which stops them in order.
                start_new_session=True,
                user=command.user,
                group=primary_group(command.user),
                extra_groups=[] if command.user else None,
                umask=0o077,
            )
        child = Child(command, process, log, started_at)
        self.children[command.name] = child
        self._record(child)
        return child

    async def wait_ready(
        self, child: Child, check: Callable[[], Awaitable[bool]], seconds: float = READY_SECONDS
    ) -> None:
        """Return once `check` says yes; StartError with the end of its log when it never does."""
        deadline = time.monotonic() + seconds
        while not await check():
            if not child.running:
                raise StartError(f"{child.command.name} 启动后退出了。{log_tail(child.log)}")
            if time.monotonic() > deadline:
                raise StartError(
                    f"{child.command.name} 在 {seconds:.0f} 秒内没有就绪。{log_tail(child.log)}"
                )
            await asyncio.sleep(_POLL_SECONDS)
        if not child.running:
            # Somebody else answered at our port.
            raise StartError(f"{child.command.name} 启动后退出了。{log_tail(child.log)}")

    async def stop(self, name: str) -> None:
        child = self.children.pop(name, None)
        if child is None:
            return
        await asyncio.to_thread(_stop_popen, child)
        self._record_path(name).unlink(missing_ok=True)

    async def kill(self, name: str) -> None:
        """SIGKILL, for rehearsals of a crash; `start` may follow."""
        child = self.children.pop(name)
        child.process.kill()
        await asyncio.to_thread(child.process.wait)

    async def stop_all(self) -> None:
        """Stop every child, the highest stage first."""
        for stage in sorted({c.command.stage for c in self.children.values()}, reverse=True):
            names = [n for n, c in self.children.items() if c.command.stage == stage]
            await asyncio.gather(*(self.stop(name) for name in names))

    async def stop_leftovers(self) -> list[str]:
        """Stop what a killed supervisor left running; returns the names, latest stage first."""
        stopped = []
        records = [(json.loads(p.read_text()), p) for p in self._run.glob("*.json")]
        for record, path in sorted(records, key=lambda item: -int(item[0]["stage"])):
            if _recorded(record) is not None:
                await asyncio.to_thread(_stop_recorded, record)
                stopped.append(path.stem)
            path.unlink()
        return stopped

    def recorded(self) -> dict[str, int]:
        """Name -> pid of what runs now according to the records; for `status`."""
        found = {}
        for path in sorted(self._run.glob("*.json")):
            process = _recorded(json.loads(path.read_text()))
            if process is not None:
                found[path.stem] = process.pid
        return found

    def _record_path(self, name: str) -> Path:
        return self._run / f"{name}.json"

    def _record(self, child: Child) -> None:
        record = {
            "pid": child.process.pid,
            "started": psutil.Process(child.process.pid).create_time(),
            "stage": child.command.stage,
            "stop_signal": int(child.command.stop_signal),
        }
        path = self._record_path(child.command.name)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(record))
        fresh.replace(path)


def same_process(pid: int, started: float) -> psutil.Process | None:
    """The live process with this pid and start time (Unix seconds), or None."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        same = abs(process.create_time() - started) < _SAME_START_SECONDS
    except psutil.NoSuchProcess:
        return None
    return process if same else None


def primary_group(user: str | None) -> int | None:
    """Group id that goes with a system user; None for the current one."""
    return pwd.getpwnam(user).pw_gid if user else None


def log_tail(log: Path, lines: int = 8) -> str:
    """The end of a log for an error message, with where to read the rest."""
    tail = log.read_text(errors="replace").splitlines()[-lines:]
    return "\n".join([f"日志 {log}：", *tail])


def _recorded(record: Mapping[str, float]) -> psutil.Process | None:
    return same_process(int(record["pid"]), float(record["started"]))


def _stop_popen(child: Child) -> None:
    if child.running:
        child.process.send_signal(child.command.stop_signal)
        try:
            child.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait()


def _stop_recorded(record: Mapping[str, float]) -> None:
    # psutil's wait would count a zombie that nobody reaps as alive; `_recorded` does not.
    for number in (int(record["stop_signal"]), signal.SIGKILL):
        deadline = time.monotonic() + STOP_SECONDS
        process = _recorded(record)
        if process is not None:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(number)
        while _recorded(record) is not None and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
