"""The benchmark of the figures fills a database of its own and counts the same every time."""

from __future__ import annotations

from bench.figures import measured


async def test_two_runs_count_the_same_figures() -> None:
    first, second = [await measured(cases, 3) for cases in (40, 40)]
    assert first.digest == second.digest
    assert first.ratio > 0
