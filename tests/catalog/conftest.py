"""An empty extra catalogue folder, and a way to put files into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalog.folders import Write


@pytest.fixture
def extra(tmp_path: Path) -> Path:
    folder = tmp_path / "yunshui"
    folder.mkdir()
    return folder


@pytest.fixture
def write(extra: Path) -> Write:
    def put(name: str, text: str) -> None:
        path = extra / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return put
