"""The whole system, started once for every test that plays a case across both localities."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.rehearsal.stage import Stage, open_stage


@pytest_asyncio.fixture(scope="session")
async def stage() -> AsyncIterator[Stage]:
    """PostgreSQL, Temporal with time skipping, simulators, consoles and sandboxed workers."""
    async with open_stage() as stage:
        yield stage
