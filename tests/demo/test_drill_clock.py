"""The moved clock of a drill: the date of a process goes ahead, its patience does not."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from embedded.drill.shared_clock import ClockFile, MovedClock

FAR = timedelta(days=40)


async def test_whoever_follows_the_file_lives_on_the_day_it_says(tmp_path: Path) -> None:
    file = ClockFile(tmp_path / "clock")
    file.prepare()
    before, patience = datetime.now(UTC), time.monotonic()
    with MovedClock() as clock:
        file.follow(clock)
        await file.move(FAR)
        assert FAR <= datetime.now(UTC) - before < FAR + timedelta(hours=1)
        assert time.monotonic() - patience < timedelta(hours=1).total_seconds()
        await file.move(2 * FAR)
        assert datetime.now(UTC) - before >= 2 * FAR
    assert datetime.now(UTC) - before < timedelta(hours=1)


async def test_a_clock_that_nobody_moves_shows_the_real_time(tmp_path: Path) -> None:
    file = ClockFile(tmp_path / "clock")
    file.prepare()
    before = datetime.now(UTC)
    with MovedClock() as clock:
        file.follow(clock)
        assert datetime.now(UTC) - before < timedelta(hours=1)
