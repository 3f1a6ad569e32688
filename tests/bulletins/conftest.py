"""Figures count every case there is: each file of this folder has a database to itself."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from storage.database import Database
from tests.conftest import empty_database


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def database() -> AsyncIterator[Database]:
    """The register of one locality, empty."""
    async with empty_database() as url:
        database = Database(url)
        yield database
        await database.close()
