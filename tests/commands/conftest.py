"""The command line in the test's own process: without any service, or on the shared stage."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.terminal import Terminal, settings_file
from tests.platform.builders import HOME, ORIGIN, locality_data
from tests.rehearsal.stage import Stage


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine that runs the tests has a say."""
    for name in ("TONGBAN_LOCALITY", "TONGBAN_CLERK", "TONGBAN_SETTINGS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("settings.DEFAULT_FILE", tmp_path / "none.json")
    monkeypatch.setattr("commands.holidays.DEFAULT_FILE", tmp_path / "none.json")


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A machine without settings and services."""
    return Terminal(monkeypatch)


@pytest.fixture
def dark(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Terminal:
    """Settings of two localities whose database and Temporal service do not answer."""
    data = locality_data(
        temporal_address="127.0.0.1:9", database_url="postgresql+asyncpg://a:b@127.0.0.1:9/c"
    )
    return Terminal(monkeypatch, settings_file(tmp_path, {HOME: data, ORIGIN: data}))


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, stage: Stage) -> Terminal:
    """The running system of both localities."""
    return Terminal(monkeypatch, stage.system.state_dir / "settings.json")
