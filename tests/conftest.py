"""What many tests share: a migrated database, and the whole system for stories."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

from embedded import ports as embedded_ports
from embedded.ports import Ports
from embedded.postgres import Postgres
from embedded.processes import Processes
from embedded.provision import create_database
from storage.database import Database
from storage.migrate import upgrade
from tests.general.items import write_folder as write_items
from tests.joint.items import write_folder as write_joint_items
from tests.platform.builders import state_directory
from tests.rehearsal.stage import HOME, ORIGIN, Stage, open_stage
from tests.replay.export import export

# A worker process of the test run inherits the width of a terminal that nobody reads.
os.environ.pop("COLUMNS", None)


def _own_ports() -> None:
    """Workers of one run choose their ports from parts of the range that do not overlap."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    lowest, highest = embedded_ports._LOWEST, embedded_ports._HIGHEST
    share = (highest - lowest) // workers
    embedded_ports._LOWEST = lowest + number * share
    embedded_ports._HIGHEST = embedded_ports._LOWEST + share - 1


_own_ports()

# A busy machine is no counter-example, and a run that is repeated tries the same examples again;
# ``--hypothesis-profile wide --hypothesis-seed N`` looks for new ones.
settings.register_profile("wide", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("steady", settings.get_profile("wide"), derandomize=True, database=None)
settings.load_profile("steady")

RECORD = "--record-histories"
#: The stage of this worker of the run, once it is open.
_SHARED: list[Stage] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        RECORD,
        action="store_true",
        help="play the stories with payload encryption off and keep a history per path",
    )
    parser.addoption(
        "--every-item",
        action="store_true",
        help="play every startable item of the catalogue instead of one of each kind",
    )
    parser.addoption(
        "--item-table",
        metavar="FILE",
        help="add a line for each item that was played: who decided, where, on which clock",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first, so that no worker of the run ends long before the other.

    What starts a system of its own takes longest, then whatever plays many stories.
    """
    weights: Counter[Path] = Counter()
    for item in items:
        own_system = hasattr(getattr(item, "module", None), "open_stage")
        if item.path.parent.name in ("crash", "demo") or own_system:
            weights[item.path] += 100
        elif "stage" in getattr(item, "fixturenames", ()):
            weights[item.path] += 1
    items.sort(key=lambda item: -weights[item.path])


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The shared stage works for the stories that are played on it alone."""
    plays = "stage" in getattr(item, "fixturenames", ())
    for stage in _SHARED:
        stage.rest(on=not plays)


@pytest_asyncio.fixture(scope="session")
async def stage(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """PostgreSQL, Temporal with time skipping, simulators, consoles and workers.

    Beside the built-in catalogue stand the items that the stories of generic procedures need.
    """
    recording = request.config.getoption(RECORD)
    if recording:
        for code in (HOME, ORIGIN):
            os.environ[f"TONGBAN_LOCALITIES__{code}__PAYLOAD_ENCRYPTION"] = "false"
    folders = []
    for name, write_folder in (("items", write_items), ("joint", write_joint_items)):
        folder = write_folder(tmp_path_factory.mktemp(name))
        folder.chmod(0o755)
        folders.append(folder)
    async with open_stage(catalog_dirs=tuple(folders)) as stage:
        _SHARED.append(stage)
        yield stage
        _SHARED.clear()
        stage.rest(on=False)
        await stage.still_lawful()
        if recording:
            print(f"\n{await export(stage.clients)} new paths recorded")


@asynccontextmanager
async def empty_database() -> AsyncIterator[str]:
    """The URL of an empty, migrated database."""
    with state_directory() as directory:
        processes = Processes(directory)
        ports = Ports.free()
        postgres = Postgres(directory / "postgres", ports.postgres, processes, durable=False)
        await postgres.start()
        try:
            await create_database(postgres.admin_dsn(), "registers", "only-for-tests")
            url = f"postgresql+asyncpg://registers:only-for-tests@127.0.0.1:{ports.postgres}/registers"
            await asyncio.to_thread(upgrade, url)
            yield url
        finally:
            await processes.stop("postgres")


@pytest_asyncio.fixture(scope="session")
async def database_url() -> AsyncIterator[str]:
    """One database for all tests that bring cases of their own."""
    async with empty_database() as url:
        yield url


@pytest_asyncio.fixture(scope="session")
async def database(database_url: str) -> AsyncIterator[Database]:
    """The register of one locality."""
    database = Database(database_url)
    yield database
    await database.close()
