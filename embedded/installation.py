"""Secrets and settings of the one-machine system, kept in its state directory (mode 600).

`system.System` writes them; every child process reads settings.json through TONGBAN_SETTINGS.
"""

import base64
import json
import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from embedded.ports import HOST, Ports
from settings import Settings, load_settings

_SECRETS_FILE = "secrets.json"
SETTINGS_FILE = "settings.json"

Secrets = dict[str, dict[str, str]]


def keep_secrets(state_dir: Path, codes: Sequence[str]) -> Secrets:
    """Locality code -> its payload key, grant and slip secrets, and database password.

    What exists is kept: a new key would make the cases of yesterday unreadable.
    """
    path = state_dir / _SECRETS_FILE
    kept: Secrets = json.loads(path.read_text()) if path.exists() else {}
    for code in codes:
        fresh = {
            "payload_key": base64.b64encode(secrets.token_bytes(32)).decode(),
            "grant_secret": secrets.token_urlsafe(32),
            "slip_secret": secrets.token_urlsafe(32),
            "session_secret": secrets.token_urlsafe(32),
            "database_password": secrets.token_urlsafe(24),
        }
        kept[code] = fresh | kept.get(code, {})
    write_private(path, kept)
    return kept


def write_settings(
    state_dir: Path,
    ports: Ports,
    codes: Sequence[str],
    kept: Secrets,
    *,
    catalog_dirs: Sequence[Path] = (),
    workflow_sandbox: bool = False,
    round_seconds: float = 2,
) -> Settings:
    """Write settings.json for these localities and load it as the children will."""
    localities = {
        code: _locality(code, codes, ports, kept)
        | {"workflow_sandbox": workflow_sandbox, "round_seconds": round_seconds}
        for code in codes
    }
    path = state_dir / SETTINGS_FILE
    write_private(
        path,
        {
            "catalog_dirs": [str(directory.resolve()) for directory in catalog_dirs],
            "ui_url": f"http://{HOST}:{ports.ui}",
            "localities": localities,
        },
    )
    return load_settings(path)


def database_name(code: str) -> str:
    return f"tongban_{code}"


def adapter_urls(code: str, simulators_port: int) -> dict[str, str]:
    """Where the simulators serve this locality; each has a population register and
    business registers of its own."""
    base = f"http://{HOST}:{simulators_port}"
    own = {name: f"{base}/{name}/{code}" for name in ("population", "registers")}
    shared = ("marriage", "education", "notices", "bank", "courier", "evaluation", "hotline")
    return {**own, **{name: f"{base}/{name}" for name in shared}}


def write_private(path: Path, content: Mapping[str, Any]) -> None:
    """Replace a JSON file at once; readable by its owner only."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=2)
    fresh.replace(path)


def _locality(code: str, codes: Sequence[str], ports: Ports, kept: Secrets) -> dict[str, Any]:
    own = kept[code]
    name = database_name(code)
    # Peers' keys are in the ring because letters arrive sealed with the sender's key.
    ring = {_key_id(c): kept[c]["payload_key"] for c in sorted(codes, key=lambda c: c != code)}
    return {
        "temporal_address": f"{HOST}:{ports.temporal}",
        "database_url": (
            f"postgresql+asyncpg://{name}:{own['database_password']}@{HOST}:{ports.postgres}/{name}"
        ),
        "console_url": _console_url(code, codes, ports),
        "console_port": ports.consoles[codes.index(code)],
        "peers": {peer: _console_url(peer, codes, ports) for peer in codes if peer != code},
        "adapters": adapter_urls(code, ports.simulators),
        "payload_keys": ring,
        "payload_key_id": _key_id(code),
        "grant_secret": own["grant_secret"],
        "slip_secret": own["slip_secret"],
        "session_secret": own["session_secret"],
        "seeded_accounts": True,
        "secure_cookies": False,
        "webhook_private_targets": True,
    }


def _console_url(code: str, codes: Sequence[str], ports: Ports) -> str:
    return f"http://{HOST}:{ports.consoles[codes.index(code)]}"


def _key_id(code: str) -> str:
    return f"{code}-1"
