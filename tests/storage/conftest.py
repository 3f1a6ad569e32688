"""One migrated PostgreSQL for the storage tests; each test opens cases of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest_asyncio

from embedded.ports import Ports
from embedded.postgres import Postgres
from embedded.processes import Processes
from embedded.provision import create_database
from storage.database import Database
from storage.migrate import upgrade
from tests.platform.builders import state_directory


@pytest_asyncio.fixture(scope="session")
async def database_url() -> AsyncIterator[str]:
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
async def database(database_url: str) -> AsyncIterator[Database]:
    """The register of one locality."""
    database = Database(database_url)
    yield database
    await database.close()
