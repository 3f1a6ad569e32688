"""What reading and checking the whole catalogue costs, against reading its YAML alone.

``python -m bench.catalogue``. Two ratios of one run, taken in turn: the catalogue as the programs
load it against PyYAML's two loaders, which only build the values of the same files and check
nothing.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import yaml

from catalog.loader import DATA, load_catalog


def fastest(work: Callable[[], object], rounds: int) -> float:
    """Processor seconds of the fastest of several rounds; other programs' time does not count."""
    taken = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


def _read(texts: list[str], loader: Any) -> None:
    for text in texts:
        yaml.load(text, Loader=loader)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    texts = [path.read_text(encoding="utf-8") for path in sorted(DATA.rglob("*.yaml"))]
    whole = fastest(load_catalog, rounds)
    catalog = load_catalog()
    rows = sum(len(listing.rows) for listing in catalog.listings.values())
    print(
        f"{len(texts)} 个文件 {sum(map(len, texts)):,} 字，{rows} 行清单，{len(catalog.items)} 个"
        f"事项，{len(catalog.offices)} 个机构：读取并核对 {whole:.2f} 秒"
    )
    for name, loader in (("libyaml", yaml.CSafeLoader), ("纯 Python", yaml.SafeLoader)):
        alone = fastest(partial(_read, texts, loader), 1)
        print(f"只用 PyYAML（{name}）读取、不核对：{alone:.2f} 秒，为 {alone / whole:.1f} 倍")


if __name__ == "__main__":
    main()
