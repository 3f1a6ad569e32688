"""A terminal for tests: types a command line and keeps what came out."""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml

from commands.app import main
from settings import PROJECT_ROOT

EXAMPLES = PROJECT_ROOT / "examples"
_SENTENCE = re.compile(r".*[一-鿿].*。$", re.DOTALL)


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def failure(self) -> dict[str, Any]:
        """Standard error as JSON."""
        told: dict[str, Any] = json.loads(self.err)
        return told

    def is_a_sentence(self) -> bool:
        """One Chinese sentence on stderr, nothing on stdout, no trace of Python or typer."""
        foreign = ("Traceback", "Error", "Usage", "Invalid", "Missing")
        return (
            not self.out
            and bool(_SENTENCE.match(self.err.strip()))
            and not any(word in self.err for word in foreign)
        )


class Terminal:
    """Types command lines; ``settings`` is the settings file in force."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, settings: Path | None = None) -> None:
        self.settings = settings
        if settings is not None:
            monkeypatch.setenv("TONGBAN_SETTINGS", str(settings))

    def type(self, *words: str) -> Ended:
        """Run ``python starter.py`` with these words."""
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(words)
        return Ended(code, out.getvalue(), err.getvalue())

    async def enter(self, *words: str) -> Ended:
        """As ``type``, from a test that runs in an event loop."""
        return await asyncio.to_thread(self.type, *words)

    async def ask(self, *words: str) -> Any:
        """The JSON answer of a command that must succeed."""
        ended = await self.enter(*words, "--json")
        assert ended.code == 0, ended.err
        return ended.data


def settings_file(folder: Path, localities: dict[str, Any]) -> Path:
    """A settings file of these localities."""
    path = folder / "settings.json"
    path.write_text(json.dumps({"localities": localities}))
    return path


def application(folder: Path, **changes: Any) -> Path:
    """A complete application with some fields replaced, as a JSON file."""
    data = yaml.safe_load((EXAMPLES / "spouse.yaml").read_text(encoding="utf-8"))
    return written(folder, {**data, **changes})


def written(folder: Path, data: dict[str, Any]) -> Path:
    """Any application as a JSON file."""
    path = folder / "application.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path
