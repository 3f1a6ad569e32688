"""The hukou benchmark runs, and its skeleton still does what the real procedure does."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bench.hukou import REAL, SKELETON
from bench.report import differences
from bench.rounds import Load, Round
from bench.stage import open_rounds

ONE_CASE = Load("热", cases=1, at_once=1, cached=100, quiet=1)


@pytest_asyncio.fixture(scope="module")
async def both() -> AsyncIterator[tuple[Round, Round]]:
    """One case each."""
    async with open_rounds(durable=False) as rounds:
        yield await rounds.play(REAL, ONE_CASE), await rounds.play(SKELETON, ONE_CASE)


async def test_every_decision_is_timed_and_every_process_is_counted(
    both: tuple[Round, Round],
) -> None:
    for played in both:
        assert len(played.played.latencies) == 6
        assert all(spent > 0 for spent in played.cpu.values())


async def test_the_skeleton_writes_and_sends_what_the_real_procedure_does(
    both: tuple[Round, Round],
) -> None:
    found = differences(*both)
    if found:
        pytest.fail("bench/skeleton.py no longer follows the procedure: " + "; ".join(found))
