"""Whether agreements, negative lists and 一件事 name what there is, and do not contradict.

Called by `catalog.loader` after every file has been read.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from catalog.errors import Problem
from catalog.items import covers
from catalog.locality_checks import doubles
from catalog.source import Source


def scope_problems(source: Source) -> Iterator[Problem]:
    """Unknown items and places, validity that ends before it begins or overlaps."""
    items = {placed.entry.id for placed in source.items}
    localities = [one.code for _, one in source.localities]
    yield from doubles((one.file, f"{one.field}.code", one.entry.code) for one in source.agreements)
    for placed in source.agreements:
        agreement = placed.entry
        for position, party in enumerate(agreement.parties):
            if not any(covers(party, code) for code in localities):
                yield Problem(placed.file, f"{placed.field}.parties[{position}]", _no_place(party))
        for position, item in enumerate(agreement.items):
            if item not in items:
                yield Problem(placed.file, f"{placed.field}.items[{position}]", f"没有事项{item}")
        if agreement.valid_to is not None and agreement.valid_to < agreement.valid_from:
            yield Problem(placed.file, f"{placed.field}.valid_to", "失效日期早于生效日期")
    for barred in source.exclusions:
        line = barred.entry
        if line.item not in items:
            yield Problem(barred.file, f"{barred.field}.item", f"没有事项{line.item}")
        if not any(covers(line.locality, code) for code in localities):
            yield Problem(barred.file, f"{barred.field}.locality", _no_place(line.locality))
        if line.valid_to < line.valid_from:
            yield Problem(barred.file, f"{barred.field}.valid_to", "失效日期早于生效日期")
    for first, second in combinations(source.exclusions, 2):
        one, other = first.entry, second.entry
        if (
            (one.item, one.locality) == (other.item, other.locality)
            and (not one.modes or not other.modes or set(one.modes) & set(other.modes))
            and one.valid_from <= other.valid_to
            and other.valid_from <= one.valid_to
        ):
            text = "与另一条负面清单的有效期重叠，请写清起止日期"
            yield Problem(second.file, f"{second.field}.valid_from", text)
    yield from _scenario_problems(source, items)


def _scenario_problems(source: Source, items: set[str]) -> Iterator[Problem]:
    yield from doubles((file, "code", one.code) for file, one in source.scenarios)
    for file, scenario in source.scenarios:
        children = {child.item for child in scenario.items}
        for position, child in enumerate(scenario.items):
            if child.item not in items:
                yield Problem(file, f"items[{position}].item", f"没有事项{child.item}")
            for number, before in enumerate(child.after):
                if before not in children:
                    text = f"{before}不在这件事中，不能作为前置"
                    yield Problem(file, f"items[{position}].after[{number}]", text)


def _no_place(region: str) -> str:
    return f"没有地区{region}"
