"""The whole system of several localities on one machine, as one async context manager.

`python -m embedded up` runs it for people, the demo and the tests for themselves:
PostgreSQL, Temporal, the simulators of outside systems, and a console and a worker per locality.
"""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol, Self

from embedded import installation, provision
from embedded.ports import HOST, Ports
from embedded.postgres import Postgres
from embedded.processes import Processes
from embedded.programs import Programs
from embedded.supervisor import supervising
from embedded.temporal_server import TemporalServer
from embedded.together import together
from settings import Settings

Starter = Callable[[], Coroutine[Any, Any, None]]


class LocalityCatalog(Protocol):
    """What the system wants to know of the catalog."""

    @property
    def localities(self) -> Mapping[str, object]:
        """Locality code -> entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the system runs. The defaults keep data through crashes and power cuts."""

    simulators: bool = True
    consoles: bool = True
    workers: bool = True
    durable: bool = True
    time_skipping: bool = False
    """Lets a test or a demonstration move the clock of a single case."""
    ui_codec: bool = False
    """The Web UI asks the first locality's console to decrypt payloads."""
    workflow_sandbox: bool = False
    round_seconds: float = 2
    catalog_dirs: Sequence[Path] = ()
    launcher: Sequence[str] = ()
    """Arguments of the interpreter that hand each program on, as `embedded.drill.moved` does."""
    upgrade: provision.Upgrade | None = None
    """Creates the tables; `storage.migrate.upgrade` unless given."""


class System:
    """Everything under `state_dir`; stopped in order on leaving and after a failed start."""

    settings: Settings
    """Set once entered; the children read the same from settings.json in `state_dir`."""

    def __init__(
        self,
        state_dir: Path,
        ports: Ports,
        catalog: LocalityCatalog,
        options: Options | None = None,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`say` takes one Chinese line per step of the start."""
        self.state_dir = state_dir.resolve()
        self.ports = ports
        self.codes = tuple(catalog.localities)
        self.options = options or Options()
        self.processes = Processes(self.state_dir)
        self._say = say
        self._stack = ExitStack()
        self._starters: dict[str, Starter] = {}
        self._postgres = Postgres(
            self.state_dir / "postgres",
            ports.postgres,
            self.processes,
            durable=self.options.durable,
        )
        self._temporal = TemporalServer(
            self.state_dir / "temporal",
            ports.temporal,
            ports.ui,
            self.processes,
            time_skipping=self.options.time_skipping,
            codec_endpoint=self._codec_endpoint(),
        )

    async def __aenter__(self) -> Self:
        self._stack.enter_context(supervising(self.state_dir))
        try:
            await self._start_all()
        except BaseException:
            await self._stop_all()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stop_all()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all processes: postgres, temporal, simulators, console-371002, …"""
        return tuple(self._starters)

    def dead(self) -> tuple[str, ...]:
        """Names of processes that ended without being asked to."""
        return tuple(n for n, child in self.processes.children.items() if not child.running)

    async def start(self, name: str) -> None:
        """Start a process again after `kill` or `stop`; returns when it serves."""
        await self._starters[name]()

    async def stop(self, name: str) -> None:
        """Stop one process the polite way (SIGTERM, SIGKILL after ten seconds)."""
        await self.processes.stop(name)

    async def kill(self, name: str) -> None:
        """SIGKILL one process, to rehearse a crash."""
        await self.processes.kill(name)

    def database_dsn(self, code: str) -> str:
        """libpq URL of a locality's database as superuser, for checks in tests."""
        return self._postgres.admin_dsn(installation.database_name(code))

    async def _start_all(self) -> None:
        leftovers = await self.processes.stop_leftovers()
        if leftovers:
            self._say(f"上次运行被强行结束，已停下遗留的进程：{'、'.join(leftovers)}")
        self.ports.ensure_free(len(self.codes))
        kept = installation.keep_secrets(self.state_dir, self.codes)
        self.settings = installation.write_settings(
            self.state_dir,
            self.ports,
            self.codes,
            kept,
            catalog_dirs=self.options.catalog_dirs,
            workflow_sandbox=self.options.workflow_sandbox,
            round_seconds=self.options.round_seconds,
        )
        programs = Programs(self.state_dir, self.processes, self.settings, self.options.launcher)
        self._say("启动数据库、Temporal 服务和外部系统模拟器")
        await self._together(self._servers(programs))
        self._say("准备各地区的数据库、命名空间和 Nexus 端点")
        await together(self._databases(kept), provision.provision_temporal(self.settings))
        self._say("启动各地区的工作台和工作进程")
        await self._together(self._locality_programs(programs))

    def _servers(self, programs: Programs) -> dict[str, Starter]:
        servers: dict[str, Starter] = {
            "postgres": self._postgres.start,
            "temporal": self._temporal.start,
        }
        if self.options.simulators:
            servers["simulators"] = partial(programs.simulators, self.ports.simulators)
        return servers

    def _locality_programs(self, programs: Programs) -> dict[str, Starter]:
        starters: dict[str, Starter] = {}
        for code in self.codes:
            if self.options.consoles:
                starters[f"console-{code}"] = partial(programs.console, code)
            if self.options.workers:
                starters[f"worker-{code}"] = partial(programs.worker, code)
        return starters

    async def _databases(self, kept: installation.Secrets) -> None:
        for code in self.codes:
            await provision.create_database(
                self._postgres.admin_dsn(),
                installation.database_name(code),
                kept[code]["database_password"],
            )
        await provision.upgrade_databases(self.settings, self.options.upgrade)

    async def _together(self, starters: Mapping[str, Starter]) -> None:
        self._starters |= starters
        await together(*(starter() for starter in starters.values()))

    def _codec_endpoint(self) -> str | None:
        return f"http://{HOST}:{self.ports.consoles[0]}/codec" if self.options.ui_codec else None

    async def _stop_all(self) -> None:
        await self.processes.stop_all()
        self._stack.close()
