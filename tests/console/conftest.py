"""What holds for every page that a test of the console draws."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.console.english import drawn_twice


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing but names and typed text is Chinese for who reads English."""
    yield from drawn_twice(monkeypatch)
