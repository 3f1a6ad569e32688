"""Which organ decides an item for a place, at which level, and by which office.

Called by `catalog.scope`. Where documents differ, the most special power wins: the locality's own,
its city's, its province's, then the general one; of equals, the first in the item's file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalog.catalog import Catalog
from catalog.item_models import Item, Power, When
from catalog.items import covers, in_force
from catalog.listing_models import PowerKind
from catalog.models import Level, Locality
from catalog.routes import NoRoute, Unroutable


@dataclass(frozen=True, slots=True)
class Deciding:
    """The office that decides, with what follows from the level and the means of the organ."""

    organ: str
    level: Level
    office: str
    tracks: str | None
    service: bool
    rerouted: tuple[tuple[str, str], ...]


def powers_for(item: Item, locality: str, on: date) -> tuple[Power, ...]:
    """What is said about an item's power for a locality on a day, the most special first."""
    said = [
        power
        for power in item.powers
        if covers(power.locality, locality) and in_force(power.since, power.until, on)
    ]
    return tuple(sorted(said, key=lambda power: _specialness(power.locality), reverse=True))


def branches(item: Item, locality: str, on: date) -> tuple[When | None, ...]:
    """The choices that decide whose power an item is here, each once; (None,) where none does."""
    said = _closest(powers_for(item, locality, on))
    found = list(dict.fromkeys((one.when.field, one.when.value) for one in said if one.when))
    return tuple(When(field=field, value=value) for field, value in found) or (None,)


def cancelled(item: Item, locality: str, on: date) -> NoRoute | None:
    """The refusal of an item that is cancelled for a locality on a day (已取消)."""
    for power in _closest(powers_for(item, locality, on)):
        if power.kind is PowerKind.CANCELLED:
            return NoRoute(
                item.id,
                Unroutable.CANCELLED,
                f"“{item.name}”已取消，不再受理{_noted(power)}。",
                "请核对是否仍须办理；需要相关证明的，请向原承办部门咨询替代办法。",
                power.source,
            )
    return None


def deciding(
    catalog: Catalog,
    item: Item,
    here: Locality,
    there: str,
    on: date,
    chosen: Mapping[str, str] | None = None,
) -> Deciding | NoRoute:
    """Who decides; NoRoute where nobody can.

    ``chosen``: what the application says, by field; without the field that a split power asks for
    the answer is that of its first choice.
    """
    gone = cancelled(item, here.code, on)
    if gone is not None:
        return gone
    said = powers_for(item, here.code, on)
    lacking = [power for power in said if power.kind is PowerKind.CAPABILITY]
    powers = _of_the_case(_closest(said), chosen or {})
    rerouted: list[tuple[str, str]] = []
    for lack in lacking:
        if there == here.code:
            continue
        if any(power.organ == lack.organ for power in powers):
            # The organ would decide itself: only another power can take its place.
            powers = [power for power in powers if power.organ != lack.organ]
            if not powers:
                return _without_means(catalog, item, lack)
        elif there in catalog.localities and lack.organ in catalog.locality(there).organs:
            rerouted.append((lack.organ, there))
        else:
            return _without_means(catalog, item, lack)
    for power in powers:
        office = here.office_of(power.organ, power.level)
        # A lower organ of the same kind never takes the place of the one that has the power.
        if office is not None and catalog.office(office).level <= power.level:
            level = min(power.level, catalog.office(office).level)
            return Deciding(
                power.organ,
                level,
                office,
                _tracking(catalog, here, power.organ) if level < Level.COUNTY else None,
                power.kind is PowerKind.COMPANY,
                tuple(rerouted),
            )
    return NoRoute(
        item.id,
        Unroutable.NO_OFFICE,
        f"“{item.name}”的承办机构不在{here.name}的系统内{_organs_named(catalog, powers)}。",
        "请直接向承办机构申请；由本地区登记该机构后可在本系统办理。",
        powers[0].source if powers else None,
    )


def _without_means(catalog: Catalog, item: Item, lack: Power) -> NoRoute:
    return NoRoute(
        item.id,
        Unroutable.LACKS_MEANS,
        f"{_organ_name(catalog, lack.organ)}不具备为外地申请人办理“{item.name}”的条件"
        f"{_noted(lack)}。",
        "请由申请人向其所在地的同类机构取得证明后提交，或者在所在地申请。",
        lack.source,
    )


def _tracking(catalog: Catalog, here: Locality, organ: str) -> str | None:
    """The locality's own office that follows a case of a higher level: its organ, else the hall."""
    own = here.organs.get(organ)
    if own is not None and catalog.office(own).level >= Level.COUNTY:
        return own
    return here.agencies.get("SERVICE_HALL")


def _specialness(region: str) -> int:
    if region == "*":
        return 0
    return 1 if region.endswith("0000") else 2 if region.endswith("00") else 3


def _closest(said: Sequence[Power]) -> list[Power]:
    """Those that give or take the power and are the most special: no general one beside them."""
    powers = [power for power in said if power.kind is not PowerKind.CAPABILITY]
    return [one for one in powers if _specialness(one.locality) == _specialness(powers[0].locality)]


def _of_the_case(powers: list[Power], chosen: Mapping[str, str]) -> list[Power]:
    """The powers that this application falls under; whole ones belong to every application."""
    split = next((one.when for one in powers if one.when is not None), None)
    if split is None:
        return powers
    value = chosen.get(split.field, split.value)
    return [one for one in powers if one.when is None or one.when.value == value]


def _noted(power: Power) -> str:
    return f"（{power.note}）" if power.note else ""


def _organ_name(catalog: Catalog, organ: str) -> str:
    known = catalog.organs.get(organ)
    return known.name if known else organ


def _organs_named(catalog: Catalog, powers: list[Power]) -> str:
    names = "、".join(dict.fromkeys(_organ_name(catalog, power.organ) for power in powers))
    return f"（{names}）" if names else ""
