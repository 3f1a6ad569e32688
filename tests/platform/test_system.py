"""The system of both servers: data outlives restarts, crashes and a killed supervisor."""

import asyncio
import json
import os
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import asyncpg
import psutil
import pytest
from temporalio.client import WorkflowExecutionStatus

from connection import connect
from embedded.errors import StartError
from embedded.ports import Ports
from embedded.processes import Processes
from embedded.system import Options, System
from embedded.watch import watch
from settings import PROJECT_ROOT
from tests.platform.builders import HOME, ORIGIN, Codes

SERVERS = Options(
    simulators=False, consoles=False, workers=False, durable=False, upgrade=lambda _: None
)
PEER = Codes({HOME: None, ORIGIN: None, "371003": None})


def servers_in(directory: Path, ports: Ports | None = None, codes: Codes | None = None) -> System:
    return System(directory, ports or Ports.free(), codes or Codes(), SERVERS)


async def leave_traces(system: System) -> None:
    """A running case and a row."""
    client = await connect(system.settings.locality(HOME))
    await client.start_workflow("none", "sealed", id="case-1", task_queue="none")
    connection = await asyncpg.connect(system.database_dsn(HOME))
    await connection.execute("CREATE TABLE proof AS SELECT 42 AS n")
    await connection.close()


async def assert_traces(system: System) -> None:
    client = await connect(system.settings.locality(HOME))
    described = await client.get_workflow_handle("case-1").describe()
    assert described.status is WorkflowExecutionStatus.RUNNING
    connection = await asyncpg.connect(system.database_dsn(HOME))
    assert await connection.fetchval("SELECT n FROM proof") == 42
    await connection.close()


async def test_a_second_start_continues_with_the_same_data_keys_and_passwords(
    state_dir: Path,
) -> None:
    async with servers_in(state_dir) as first:
        await leave_traces(first)
        before = first.settings.locality(HOME)
    async with servers_in(state_dir) as second:
        await assert_traces(second)
        after = second.settings.locality(HOME)
    assert after.key_ring() == before.key_ring()
    assert after.grant_secret == before.grant_secret


async def test_a_locality_added_later_is_provisioned_and_its_peers_learn_its_key(
    state_dir: Path,
) -> None:
    async with servers_in(state_dir) as first:
        before = first.settings.locality(HOME).key_ring()
    async with servers_in(state_dir, codes=PEER) as second:
        await connect(second.settings.locality("371003"))
        ring = second.settings.locality(HOME).key_ring()
    assert list(ring) == ["371002-1", "330902-1", "371003-1"]
    assert before.items() <= ring.items()


async def test_secrets_are_readable_by_their_owner_only(servers: System) -> None:
    for name in ("settings.json", "secrets.json", "postgres/password"):
        mode = stat.S_IMODE((servers.state_dir / name).stat().st_mode)
        assert mode == 0o600, name
    for file in servers.state_dir.rglob("temporal/*"):
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file


async def test_each_locality_has_its_own_keys_secrets_and_database(servers: System) -> None:
    ours, theirs = (servers.settings.locality(code) for code in (HOME, ORIGIN))
    assert ours.payload_key_id != theirs.payload_key_id
    assert ours.key_ring() == theirs.key_ring()
    assert len(set(ours.key_ring().values())) == 2
    assert ours.grant_secret != theirs.grant_secret
    assert ours.database_url != theirs.database_url
    assert (ours.peers, theirs.peers) == (
        {ORIGIN: theirs.console_url},
        {HOME: ours.console_url},
    )
    assert next(iter(ours.payload_keys)) == ours.payload_key_id


async def test_a_killed_server_is_started_again_with_its_data(state_dir: Path) -> None:
    async with servers_in(state_dir) as system:
        await leave_traces(system)
        for name in ("postgres", "temporal"):
            await system.kill(name)
            assert name not in system.processes.recorded()
            await system.start(name)
        await assert_traces(system)


async def test_the_watch_starts_again_what_died_and_gives_up_after_five_times(
    state_dir: Path,
) -> None:
    said: list[str] = []
    async with servers_in(state_dir) as system:

        def say(line: str) -> None:
            said.append(line)

        def die() -> None:
            process = system.processes.children["postgres"].process
            process.kill()
            process.wait()

        start = system.start

        async def start_and_die(name: str) -> None:
            await start(name)
            die()

        system.start = start_and_die  # type: ignore[method-assign]
        die()
        with pytest.raises(StartError, match="postgres 反复退出"):
            await asyncio.wait_for(watch(system, say), 60)
    assert said == ["postgres 意外退出，重新启动"] * 4


SUPERVISOR = """
    import asyncio, pathlib, sys
    from embedded.ports import Ports
    from embedded.system import System
    from tests.platform.test_system import SERVERS, leave_traces
    from tests.platform.builders import Codes

    async def main():
        async with System(pathlib.Path(sys.argv[1]), Ports.free(), Codes(), SERVERS) as system:
            await leave_traces(system)
            print("up", flush=True)
            await asyncio.sleep(120)

    asyncio.run(main())
"""


def supervisor(directory: Path) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(SUPERVISOR), str(directory)],
        cwd=PROJECT_ROOT,
        env={**os.environ, "PYTHONPATH": str(PROJECT_ROOT)},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"up\n"
    process.stdout.close()
    return process


async def test_after_a_killed_supervisor_the_next_start_stops_its_processes_and_keeps_data(
    state_dir: Path,
) -> None:
    process = supervisor(state_dir)
    orphans = Processes(state_dir).recorded()
    assert set(orphans) == {"postgres", "temporal"}
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert all(psutil.pid_exists(pid) for pid in orphans.values())

    said: list[str] = []
    system = System(state_dir, Ports.free(), Codes(), SERVERS, said.append)
    async with system:
        await assert_traces(system)
        running = system.processes.recorded()
    assert not set(orphans.values()) & set(running.values())
    assert "遗留的进程：temporal、postgres" in said[0]


async def test_a_second_system_in_the_same_directory_is_refused_and_harms_nothing(
    servers: System,
) -> None:
    with pytest.raises(StartError, match="已经在运行"):
        async with servers_in(servers.state_dir):
            raise AssertionError
    assert servers.dead() == ()


async def test_a_busy_port_stops_the_start_and_leaves_nothing_running(
    servers: System, state_dir: Path
) -> None:
    with pytest.raises(StartError, match=f"端口 {servers.ports.postgres}（数据库）已被占用"):
        async with servers_in(state_dir, servers.ports):
            raise AssertionError
    assert Processes(state_dir).recorded() == {}


async def test_a_failed_start_stops_what_was_already_running(state_dir: Path) -> None:
    def broken(_: str) -> None:
        raise StartError("表结构升级失败")

    options = Options(simulators=False, consoles=False, workers=False, upgrade=broken)
    system = System(state_dir, Ports.free(), Codes(), options)
    with pytest.raises(StartError, match="表结构升级失败"):
        async with system:
            raise AssertionError
    assert Processes(state_dir).recorded() == {}
    assert system.processes.children == {}


async def test_time_skipping_is_off_unless_asked(servers: System) -> None:
    temporal = servers.processes.children["temporal"].command.argv
    assert not [argument for argument in temporal if "TimeSkipping" in argument]


async def test_settings_on_disk_are_those_of_the_running_system(servers: System) -> None:
    data = json.loads((servers.state_dir / "settings.json").read_text())
    assert data["localities"][HOME]["temporal_address"] == f"127.0.0.1:{servers.ports.temporal}"
    assert list(data["localities"]) == [HOME, ORIGIN]
