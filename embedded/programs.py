"""Tongban's own processes of the one-machine system: simulators, consoles, workers."""

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from embedded import installation
from embedded.processes import Child, Command, Processes
from embedded.readiness import WorkerReadiness, answers_health
from settings import FILE_VARIABLE, PROJECT_ROOT, Settings

_SIMULATORS_STAGE, _WORKERS_STAGE, _CONSOLES_STAGE = 2, 3, 4
_REGISTERS = PROJECT_ROOT / "examples" / "registers"


class Programs:
    """Starts each program with the settings of `state_dir` and waits until it serves."""

    def __init__(
        self,
        state_dir: Path,
        processes: Processes,
        settings: Settings,
        launcher: Sequence[str] = (),
    ) -> None:
        """`launcher`: what the interpreter runs first and hands the program to."""
        self._state_dir = state_dir
        self._processes = processes
        self._settings = settings
        self._launcher = launcher

    async def simulators(self, port: int) -> None:
        """One process with the outside systems of every locality."""
        state = self._state_dir / "simulators.db"
        child = self._start(
            "simulators",
            _SIMULATORS_STAGE,
            *("-m", "adapters.simulators", "--port", str(port)),
            *("--state", str(state), "--seed", str(_REGISTERS)),
            *("--localities", ",".join(self._settings.localities)),
        )
        await self._processes.wait_ready(child, partial(answers_health, port))

    async def console(self, code: str) -> None:
        child = self._start(
            f"console-{code}", _CONSOLES_STAGE, *("-m", "console", "--locality", code)
        )
        port = self._settings.locality(code).console_port
        await self._processes.wait_ready(child, partial(answers_health, port))

    async def worker(self, code: str) -> None:
        child = self._start(f"worker-{code}", _WORKERS_STAGE, "worker.py", "--locality", code)
        ready = WorkerReadiness(self._settings.locality(code), child.started_at)
        await self._processes.wait_ready(child, ready)

    def _start(self, name: str, stage: int, *arguments: str) -> Child:
        argv: Sequence[str] = (sys.executable, *self._launcher, *arguments)
        env = {
            **os.environ,
            FILE_VARIABLE: str(self._state_dir / installation.SETTINGS_FILE),
            "PYTHONUNBUFFERED": "1",
        }
        return self._processes.start(Command(name, argv, stage=stage, cwd=PROJECT_ROOT, env=env))
