"""Builders of the platform tests: settings without servers, a catalog of codes, process probes."""

import base64
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from settings import LocalitySettings

HOME, ORIGIN = "371002", "330902"
KEY = base64.b64encode(b"1" * 32).decode()
OTHER_KEY = base64.b64encode(b"2" * 32).decode()


@dataclass(frozen=True)
class Codes:
    """Stands in for the catalog, of which the platform needs the locality codes only."""

    localities: Mapping[str, object] = field(default_factory=lambda: {HOME: None, ORIGIN: None})


@contextmanager
def state_directory() -> Iterator[Path]:
    """A directory for a System, beside pytest's own.

    Under root PostgreSQL runs as another user, and pytest closes its base directory to others
    whenever a session begins.
    """
    with tempfile.TemporaryDirectory(prefix="tongban-") as directory:
        yield Path(directory)


def locality_data(**changes: Any) -> dict[str, Any]:
    """A complete locality as it stands in a settings file."""
    return {
        "temporal_address": "127.0.0.1:7233",
        "database_url": "postgresql+asyncpg://tongban:geheim@127.0.0.1/tongban",
        "console_url": "http://127.0.0.1:7490",
        "console_port": 7490,
        "adapters": {
            "population": "http://127.0.0.1:7480/population/371002",
            "marriage": "http://127.0.0.1:7480/marriage",
            "education": "http://127.0.0.1:7480/education",
            "notices": "http://127.0.0.1:7480/notices",
            "registers": "http://127.0.0.1:7480/registers/371002",
            "bank": "http://127.0.0.1:7480/bank",
            "courier": "http://127.0.0.1:7480/courier",
        },
        "payload_keys": {"371002-1": KEY, "330902-1": OTHER_KEY},
        "payload_key_id": "371002-1",
        "grant_secret": "only-for-tests-0123456789",
        "slip_secret": "only-for-tests-9876543210",
    } | changes


def locality(code: str = HOME, **changes: Any) -> LocalitySettings:
    return LocalitySettings.model_validate({"code": code, **locality_data(**changes)})
