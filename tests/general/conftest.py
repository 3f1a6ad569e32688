"""The stage of the generic procedures: the real system with a small catalogue of items beside."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.conftest import RECORD
from tests.general.items import write_folder
from tests.rehearsal.stage import HOME, ORIGIN, Stage, open_stage
from tests.replay.export import export


@pytest_asyncio.fixture(scope="session")
async def stage(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """Both localities with the test items and the offices of their organs."""
    recording = request.config.getoption(RECORD)
    if recording:
        for code in (HOME, ORIGIN):
            os.environ[f"TONGBAN_LOCALITIES__{code}__PAYLOAD_ENCRYPTION"] = "false"
    folder = write_folder(tmp_path_factory.mktemp("items"))
    folder.chmod(0o755)
    async with open_stage(catalog_dirs=(folder,)) as stage:
        yield stage
        if recording:
            print(f"\n{await export(stage.clients)} new paths recorded")
