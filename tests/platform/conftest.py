"""The two servers, started once for all platform tests."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from embedded.ports import Ports
from embedded.system import Options, System
from tests.platform.builders import Codes, state_directory


@pytest_asyncio.fixture(scope="session")
async def servers() -> AsyncIterator[System]:
    """PostgreSQL and Temporal, provisioned for two localities, without tables."""
    options = Options(
        simulators=False, consoles=False, workers=False, durable=False, upgrade=lambda _: None
    )
    with state_directory() as directory:
        async with System(directory, Ports.free(), Codes(), options) as system:
            yield system


@pytest.fixture
def state_dir() -> Iterator[Path]:
    with state_directory() as directory:
        yield directory
