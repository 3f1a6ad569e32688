"""`python -m bench.hukou`: a hukou migration across two localities next to its bare skeleton.

Real and skeleton take turns on one system, hot and cold, so that whatever else the machine does
meets both; the medians of the rounds are printed with their ratios.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import defaultdict

from bench.report import show
from bench.rounds import Kind, Load, Round
from bench.skeleton_worker import start_skeleton
from bench.stage import open_rounds
from counter.outbox import start_case

REAL = Kind("real", ("worker.py",), start_case)
SKELETON = Kind("skeleton", ("-m", "bench.skeleton_worker"), start_skeleton)


async def run(loads: list[Load], rounds: int) -> dict[tuple[str, str], list[Round]]:
    """(load, kind) -> its rounds, played in turn."""
    played: dict[tuple[str, str], list[Round]] = defaultdict(list)
    async with open_rounds() as stage:
        for number in range(1, rounds + 1):
            for load in loads:
                # There and back: a drift of the machine meets both alike.
                for kind in (REAL, SKELETON) if number % 2 else (SKELETON, REAL):
                    done = await stage.play(kind, load)
                    played[load.name, kind.name].append(done)
                    rate = load.cases / done.played.seconds
                    print(
                        f"第 {number} 轮 {load.name} {kind.name}：{rate:.1f} 件/秒",
                        file=sys.stderr,
                    )
    return played


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="户口迁移（工作调动，一人）性能基准：实际对骨架")
    parser.add_argument("--cases", type=int, default=26, help="每轮同时未办结的办件数")
    parser.add_argument("--clerks", type=int, default=12, help="同时办理的人数")
    parser.add_argument("--rounds", type=int, default=2, help="轮数，取中位数")
    parser.add_argument("--cold", type=int, default=0, help="冷态缓存数，默认办件数的四分之三")
    parser.add_argument("--quiet", type=int, default=2, help="一人单独办理的办件数")
    given = parser.parse_args()
    # Tasks are taken in turn, so a workflow is always evicted before it is needed again; yet the
    # cache holds all that is in hand at once, or local activities would be lost with their task.
    cold = given.cold or max(given.cases * 3 // 4, 1)
    loads = [
        Load("热", given.cases, given.clerks, 1000, given.quiet),
        Load("冷", given.cases, given.clerks, cold, given.quiet),
    ]
    show(asyncio.run(run(loads, given.rounds)), loads)
    return 0


if __name__ == "__main__":
    sys.exit(main())
