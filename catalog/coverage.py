"""Row by row, what of the documents' lists can be started here, how, where, and if not, why not.

Called by ``make coverage``. The answer comes from the same `catalog.scope.route` that filing asks,
so that a row that is called startable here can be filed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from catalog.catalog import Catalog
from catalog.coverage_ways import Way, procedure_of, ways
from catalog.item_models import Item
from catalog.items import Listed, covers
from catalog.listing_models import Mode, PowerKind
from catalog.placing import best_route
from catalog.powers import powers_for
from catalog.routes import NoRoute, Route, Unroutable
from catalog.scope import modes_of
from catalog.words import MODES


class RowState(StrEnum):
    """What becomes of a listed row in a place."""

    STARTABLE = "STARTABLE"
    CANCELLED = "CANCELLED"  # the document, or the item's power, says so
    ELSEWHERE = "ELSEWHERE"  # another authority's, outside this locality's system
    NOT_HERE = "NOT_HERE"  # barred here by a rule, with its reason
    MISSING = "MISSING"  # should be startable, and is not

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return _LABELS[self]


_LABELS = {
    RowState.STARTABLE: "可以办理",
    RowState.CANCELLED: "已取消",
    RowState.ELSEWHERE: "由系统外机构办理",
    RowState.NOT_HERE: "本地不办",
    RowState.MISSING: "应当能办而不能办",
}
#: Powers whose organ may lie outside of what a locality runs.
_ABROAD = (PowerKind.CITY, PowerKind.PROVINCE, PowerKind.VERTICAL, PowerKind.COMPANY)
_BARRED = frozenset(
    {
        Unroutable.EXCLUDED,
        Unroutable.OUTSIDE_REACH,
        Unroutable.LACKS_MEANS,
        Unroutable.NOT_IN_FORCE,
        Unroutable.NO_WINDOW,
    }
)


@dataclass(frozen=True, slots=True)
class PlaceState:
    """A row in one place: startable in which mode by whom, or why not; ``ways`` are all modes."""

    locality: str
    state: RowState
    mode: Mode | None = None
    procedure: str = ""
    receives: str = ""
    competent: str = ""
    level: str = ""
    reason: str = ""
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class CoveredRow:
    """A leaf row of a list with its item and what becomes of it in each place."""

    listing: str
    document: str
    number: int
    sub: int | None
    name: str
    item: str
    item_name: str
    modes: tuple[Mode, ...]
    own: bool
    places: tuple[PlaceState, ...]

    @property
    def state(self) -> RowState:
        """The best state of any place: a row that can be started somewhere is startable."""
        order = list(RowState)
        return min((place.state for place in self.places), key=order.index)


@dataclass(frozen=True, slots=True)
class ListTotal:
    """The counts of one list beside the document's own."""

    listing: str
    document: str
    title: str
    numbered: int
    leaves: int
    numbered_said: int
    leaves_said: int
    states: dict[RowState, int]

    @property
    def agrees(self) -> bool:
        """Whether the rows are as many as the document says."""
        return (self.numbered, self.leaves) == (self.numbered_said, self.leaves_said)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every row and every list; ``complete``: nothing that should be startable is not."""

    rows: tuple[CoveredRow, ...]
    totals: tuple[ListTotal, ...]

    @property
    def complete(self) -> bool:
        """No row is missing in any place, and the counts agree with the documents."""
        missing = any(place.state is RowState.MISSING for row in self.rows for place in row.places)
        return bool(self.rows) and not missing and all(one.agrees for one in self.totals)


def coverage(catalog: Catalog, on: date) -> Coverage:
    """What of the lists can be started on a day, in every locality that a list binds."""
    known: dict[tuple[str, str], PlaceState] = {}
    rows = []
    for listed in catalog.lists.every_row():
        item = catalog.items.get(listed.row.item)
        places = []
        for code in catalog.localities:
            if not covers(listed.listing.locality, code):
                continue
            if item is None:
                places.append(PlaceState(code, RowState.MISSING, reason="清单所指的事项不存在。"))
                continue
            key = (item.id, code)
            if key not in known:
                state = _in_place(catalog, item, code, on)
                known[key] = replace(state, ways=ways(catalog, item, code, on))
            places.append(known[key])
        rows.append(_covered(listed, item, tuple(places)))
    return Coverage(tuple(rows), tuple(_totals(catalog, rows)))


def _covered(listed: Listed, item: Item | None, places: tuple[PlaceState, ...]) -> CoveredRow:
    nowhere = PlaceState(
        listed.listing.locality, RowState.NOT_HERE, reason="本系统没有接入这份清单所属的地区。"
    )
    return CoveredRow(
        listing=listed.listing.code,
        document=listed.listing.document,
        number=listed.row.number,
        sub=listed.row.sub,
        name=listed.row.name,
        item=listed.row.item,
        item_name=item.name if item else "",
        modes=tuple(item.modes) if item else (),
        own=bool(item and item.own),
        places=places or (nowhere,),
    )


def _in_place(catalog: Catalog, item: Item, locality: str, on: date) -> PlaceState:
    refusals: list[NoRoute] = []
    for mode in modes_of(item):
        procedure = procedure_of(catalog, item, mode)
        answer = best_route(catalog, item.id, mode, locality, on)
        if isinstance(answer, NoRoute):
            refusals.append(answer)
        elif procedure is None:
            reason = "没有专门流程，也没有样板，无法办理。"
            return PlaceState(locality, RowState.MISSING, reason=reason)
        else:
            return _startable(locality, mode, procedure or MODES[mode], answer)
    state = _state(refusals[0], item, locality, on)
    first = refusals[0]
    return PlaceState(locality, state, reason=f"{first.code.label}：{first.reason}")


def _startable(locality: str, mode: Mode, procedure: str, answer: Route) -> PlaceState:
    return PlaceState(
        locality,
        RowState.STARTABLE,
        mode,
        procedure,
        answer.receives,
        answer.competent,
        answer.level,
    )


def _state(refusal: NoRoute, item: Item, locality: str, on: date) -> RowState:
    if refusal.code is Unroutable.CANCELLED:
        return RowState.CANCELLED
    if refusal.code in _BARRED:
        return RowState.NOT_HERE
    powers = [
        power for power in powers_for(item, locality, on) if power.kind is not PowerKind.CAPABILITY
    ]
    if refusal.code is Unroutable.NO_OFFICE and powers and powers[0].kind in _ABROAD:
        return RowState.ELSEWHERE
    return RowState.MISSING


def _totals(catalog: Catalog, rows: list[CoveredRow]) -> list[ListTotal]:
    totals = []
    for listing in catalog.listings.values():
        own = [row for row in rows if row.listing == listing.code]
        totals.append(
            ListTotal(
                listing=listing.code,
                document=listing.document,
                title=listing.title,
                numbered=len({row.number for row in own}),
                leaves=len(own),
                numbered_said=listing.numbered,
                leaves_said=listing.leaves,
                states=dict(Counter(row.state for row in own)),
            )
        )
    return totals
