"""The day that all processes of a drill live in: one file, followed by each of them.

`embedded.drill.moved` follows it in the children, `embedded.drill.virtual_time` moves it. The
programs themselves know nothing of this: no setting of theirs can give them another date.
"""

from __future__ import annotations

import asyncio
import os
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

_MICROSECOND = timedelta(microseconds=1)
#: How soon a child follows; asking costs it some microseconds.
_POLL_SECONDS = 0.005
#: A child that does not follow within this has died or hangs.
_PATIENCE_SECONDS = 30.0


class ClockStuck(Exception):
    """A process of the drill did not follow the clock."""


class MovedClock:
    """This process's own wall clock, `offset` ahead of the real one. A context."""

    def __init__(self) -> None:
        self.offset = timedelta(0)
        self._travel = time_machine.travel(datetime.now(UTC), tick=True)

    def __enter__(self) -> MovedClock:
        self._traveller = self._travel.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._travel.stop()

    def move(self, offset: timedelta) -> None:
        """Set how far ahead of the real time this process is."""
        self._traveller.shift(offset - self.offset)
        self.offset = offset


class ClockFile:
    """Offset and answers in one directory: `offset`, and one file per process that follows."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._offset = directory / "offset"

    def prepare(self) -> None:
        """An empty directory, no offset."""
        self._directory.mkdir(parents=True)
        self._put(self._offset, timedelta(0))

    def follow(self, clock: MovedClock) -> None:
        """Move `clock` whenever the file says so, on a thread of its own."""
        own = self._directory / str(os.getpid())
        clock.move(self._get(self._offset))
        self._put(own, clock.offset)

        def forever() -> None:
            rest = threading.Event()
            # The drill's directory may be emptied before this process has ended.
            with suppress(FileNotFoundError):
                while not rest.wait(_POLL_SECONDS):
                    offset = self._get(self._offset)
                    if offset != clock.offset:
                        clock.move(offset)
                        self._put(own, offset)

        threading.Thread(target=forever, name="drill-clock", daemon=True).start()

    async def move(self, offset: timedelta) -> None:
        """Tell everybody and return when all live there; raises ClockStuck."""
        self._put(self._offset, offset)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + _PATIENCE_SECONDS
        while any(self._get(one) != offset for one in self._followers()):
            if loop.time() > deadline:
                raise ClockStuck("有进程没有跟上演练的日期，请看 logs 目录里的日志。")
            await asyncio.sleep(_POLL_SECONDS)

    def _followers(self) -> list[Path]:
        return [one for one in self._directory.iterdir() if one.name.isdigit()]

    @staticmethod
    def _get(path: Path) -> timedelta:
        return int(path.read_text()) * _MICROSECOND

    @staticmethod
    def _put(path: Path, offset: timedelta) -> None:
        fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
        fresh.write_text(str(offset // _MICROSECOND))
        fresh.replace(path)
