"""Mode by mode, who may apply for an item at a place: somebody of the place, somebody of another.

Called by `catalog.coverage`. Each answer is that of the `catalog.scope.route` that filing asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from catalog.catalog import Catalog
from catalog.item_models import Item, When
from catalog.listing_models import Mode
from catalog.placing import when_record
from catalog.powers import branches
from catalog.routes import NoRoute, Route
from catalog.scope import modes_of, route
from catalog.words import MODES


@dataclass(frozen=True, slots=True)
class Asked:
    """What an applicant of one kind is told: ``reason`` where the way is closed."""

    open: bool
    receives: str = ""
    competent: str = ""
    level: str = ""
    agreement: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One mode at one place, under one choice where a choice splits the power.

    ``here`` is for applicants of the place itself, ``elsewhere`` for those of the first other place
    that is let in, else of the first that is not. Offices are codes; ``procedure`` is the codes of
    own procedures, or the name of the generic one; both where own ones only collect elsewhere.
    """

    mode: Mode
    procedure: str
    choice: str
    here: Asked
    elsewhere: Asked

    @property
    def best(self) -> Asked:
        """The answer for those of the place, or for the others where only they may apply."""
        return self.here if self.here.open or not self.elsewhere.open else self.elsewhere


def ways(catalog: Catalog, item: Item, locality: str, on: date) -> tuple[Way, ...]:
    """Every mode of an item at a place, in the order in which they are offered."""
    return tuple(_ways(catalog, item, locality, on))


def _ways(catalog: Catalog, item: Item, locality: str, on: date) -> Iterator[Way]:
    others = [code for code in catalog.localities if code != locality]
    for mode in item.modes:
        procedure = procedure_of(catalog, item, mode) or MODES[mode]
        for when in branches(item, locality, on):
            told = when_record(catalog, item, when)
            here = _asked(catalog, item, mode, when, locality, locality, on)
            answers = [
                _asked(catalog, item, mode, when, locality, there, on) for there in others
            ] or [here]
            elsewhere = next((one for one in answers if one.open), answers[0])
            yield Way(mode, procedure, str(told["label"]) if told else "", here, elsewhere)


def procedure_of(catalog: Catalog, item: Item, mode: Mode) -> str | None:
    """The codes of own procedures of that mode, with 窗口办理 where who lives here applies by it;
    "" for a generic one; None: there is neither."""
    own = catalog.own_procedures(item, mode)
    if own:
        at_home = mode is Mode.PROXY_INTAKE and Mode.WINDOW in modes_of(item)
        return "、".join((*own, MODES[Mode.WINDOW]) if at_home else own)
    return "" if item.template in catalog.lists.templates else None


def _asked(
    catalog: Catalog, item: Item, mode: Mode, when: When | None, here: str, there: str, on: date
) -> Asked:
    answer: Route | NoRoute = route(
        catalog,
        item.id,
        mode=mode,
        locality=here,
        applicant_locality=there,
        on=on,
        chosen={when.field: when.value} if when else None,
    )
    if isinstance(answer, NoRoute):
        return Asked(False, reason=f"{answer.code.label}：{answer.reason}")
    return Asked(True, answer.receives, answer.competent, answer.level, answer.agreement or "")
