"""Any startable item is filed, worked and concluded: who decided, where, on which clock."""

from __future__ import annotations

import pytest

from catalog.listing_models import Mode
from catalog.loader import load_catalog
from tests.general.play import Company, Play, line_of, startable
from tests.general.table import keep
from tests.rehearsal.stage import HOME, ORIGIN, Stage

EVERY = "--every-item"
#: What the built-in data have; the stage has a few items more.
SHIPPED = load_catalog().items


@pytest.mark.parametrize("decides", [HOME, ORIGIN])
@pytest.mark.parametrize("mode", [Mode.FULLY_ONLINE, Mode.PROXY_INTAKE, Mode.WINDOW])
async def test_items_are_concluded_by_who_has_the_power(
    stage: Stage, request: pytest.FixtureRequest, decides: str, mode: Mode
) -> None:
    plays = [one for one in startable(stage.catalog) if one.mode is mode and one.decides == decides]
    assert plays
    chosen = plays if request.config.getoption(EVERY) else one_of_each(plays)
    performed = await Company(stage).perform(chosen)
    keep(request.config, map(line_of, performed))
    failures = [one.failure for one in performed if one.failure]
    assert not failures, "\n".join((f"{len(failures)} of {len(performed)}:", *failures))
    assert all(one.record["closed_at"] for one in performed)
    done, all_of_it = ([one for one in these if one.item in SHIPPED] for these in (chosen, plays))
    print(f"{decides} {mode}: {len(done)} of {len(all_of_it)} items concluded")


def one_of_each(plays: list[Play]) -> list[Play]:
    """One item for each way of handling, level and kind of authority."""
    found: dict[tuple[object, ...], Play] = {}
    for one in plays:
        kind = (one.definition.code, one.way.level, one.way.service)
        # Each choice that gives the power to another level is a way of its own.
        found.setdefault((*kind, one.item, *one.chosen.values()) if one.chosen else kind, one)
    return list(found.values())
