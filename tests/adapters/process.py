"""The real simulator process for tests: started, asked over HTTP, stopped or killed."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import httpx

from adapters.outside import OutsideSystems
from settings import AdapterUrls

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "examples" / "registers"


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "adapters.simulators", *map(str, arguments)]


class SimulatorProcess:
    """One running simulator; every start prints its address when it takes requests."""

    def __init__(self, process: "subprocess.Popen[str]", url: str) -> None:
        self.process = process
        self.url = url

    @classmethod
    def start(cls, state: Path, port: int = 0) -> Self:
        process = subprocess.Popen(
            command("--port", str(port), "--state", state, "--seed", SEEDS),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None and process.stderr is not None
        ready = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        if ready is None:
            raise RuntimeError(f"the simulator did not start: {process.communicate()[1]}")
        return cls(process, ready[0])

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def stop(self) -> int:
        """SIGTERM; returns the exit code."""
        self.process.terminate()
        return self._gone()

    def kill(self) -> None:
        """SIGKILL, as an accident would."""
        self.process.kill()
        self._gone()

    def _gone(self) -> int:
        self.process.communicate(timeout=10)
        return self.process.returncode

    def outside(self, locality: str = "330902", timeout_seconds: float = 5) -> OutsideSystems:
        return OutsideSystems.at(
            AdapterUrls(
                population=f"{self.url}/population/{locality}",
                marriage=f"{self.url}/marriage",
                education=f"{self.url}/education",
                notices=f"{self.url}/notices",
                registers=f"{self.url}/registers/{locality}",
                bank=f"{self.url}/bank",
                courier=f"{self.url}/courier",
                evaluation=f"{self.url}/evaluation",
                hotline=f"{self.url}/hotline",
            ),
            timeout_seconds=timeout_seconds,
        )

    async def get(self, path: str) -> Any:
        return (await self._request("GET", path, None)).json()

    async def put(self, path: str, body: object) -> None:
        await self._request("PUT", path, body)

    async def behave(self, system: str, operation: str, mode: str, **more: object) -> None:
        rule: Mapping[str, object] = {"system": system, "operation": operation, "mode": mode}
        await self.put("/_behaviour", {**rule, **more})

    async def behave_well(self) -> None:
        await self._request("DELETE", "/_behaviour", None)

    async def _request(self, method: str, path: str, body: object) -> httpx.Response:
        # Loopback without TLS; loading the certificates would take longer than the request.
        async with httpx.AsyncClient(trust_env=False, verify=False) as http:
            response = await http.request(method, self.url + path, json=body)
        response.raise_for_status()
        return response
