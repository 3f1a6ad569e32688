"""Whether items can be handled: known procedures and templates, modes, and an office that decides.

Called by `catalog.loader` after every file has been read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from catalog.definition_checks import split_problems, way_problems
from catalog.definition_models import Participation, StepKind, StepRule, Template
from catalog.errors import Problem
from catalog.item_models import Item, Power
from catalog.items import covers
from catalog.listing_models import Mode, OrganKind, PowerKind
from catalog.locality_checks import doubles
from catalog.models import Locality
from catalog.source import Placed, Source

#: WINDOW follows from PROXY_INTAKE (`catalog.scope.modes_of`); nobody grants or withholds it.
NOT_OFFERED = "窗口办理随异地代收代办而有，不写入 modes；请删去 WINDOW"
#: Kinds that say something about a power without giving it to anybody.
_NOBODYS = (PowerKind.CANCELLED, PowerKind.CAPABILITY)


def item_problems(source: Source) -> Iterator[Problem]:
    """Double ids, unknown procedures, templates and organs, contradictory powers and modes."""
    yield from doubles((one.file, f"{one.field}.id", one.entry.id) for one in source.items)
    listed = {row.item for _, listing in source.listings for row in listing.rows}
    kinds = {placed.entry.code: placed.entry.kind for placed in source.organs}
    own: dict[str, str] = {one.code: one.mode for _, one in source.matters}
    own |= {one.code: one.mode for _, one in source.transfers}
    templates = {one.code: one for _, one in source.templates}
    places = [one for one in source.whole_localities if one.organs]
    for placed in source.items:
        item = placed.entry
        if item.id not in listed:
            yield Problem(placed.file, f"{placed.field}.id", f"没有任何清单列出{item.id}，请核对")
        if item.valid_to is not None and item.valid_to < item.valid_from:
            yield Problem(placed.file, f"{placed.field}.valid_to", "失效日期早于生效日期")
        yield from _own_problems(placed, own)
        yield from _handling_problems(placed, templates, list(kinds), places)
        yield from _power_problems(placed, kinds)
        yield from _office_problems(placed, kinds, places)


def _own_problems(placed: Placed[Item], own: dict[str, str]) -> Iterator[Problem]:
    item = placed.entry
    for position, code in enumerate(item.own):
        field = f"{placed.field}.own[{position}]"
        if code not in own:
            yield Problem(placed.file, field, f"没有专用流程{code}，请核对 matters 和 transfers")
        elif own[code] not in item.modes:
            text = f"专用流程{code}的模式是{own[code]}，事项的 modes 中没有"
            yield Problem(placed.file, field, text)


def _handling_problems(
    placed: Placed[Item], templates: dict[str, Template], organs: list[str], places: list[Locality]
) -> Iterator[Problem]:
    item, file, field = placed.entry, placed.file, placed.field
    if len(set(item.modes)) != len(item.modes):
        yield Problem(file, f"{field}.modes", "同一业务模式写了两次")
    if Mode.WINDOW in item.modes:
        yield Problem(file, f"{field}.modes", NOT_OFFERED)
    if item.template is None:
        if not item.own:
            text = "既没有专用流程（own），也没有办理模板（template），无从办理"
            yield Problem(file, f"{field}.template", text)
        return
    template = templates.get(item.template)
    if template is None:
        yield Problem(file, f"{field}.template", f"没有办理模板{item.template}")
        return
    if item.item_type not in template.item_types:
        text = f"模板{template.code}不适用于事项类型{item.item_type}"
        yield Problem(file, f"{field}.item_type", text)
    own = item.overrides
    if own is not None:
        yield from way_problems(file, f"{field}.overrides.", own, organs)
    steps = template.steps if own is None or own.steps is None else own.steps
    said = own.participations if own is not None else None
    parts = template.participations if said is None else said
    yield from _mode_problems(placed, steps, parts)
    fields = template.fields if own is None or own.fields is None else own.fields
    for where, text in split_problems(item.powers, fields):
        yield Problem(file, f"{field}.{where}", text)
    for part in parts:
        for place in places:
            if part.organ in organs and part.organ not in place.organs:
                text = f"{item.name}须由{part.organ}协同，{place.name}没有这一机构"
                yield Problem(file, f"{field}.template", text)


def _mode_problems(
    placed: Placed[Item], steps: Sequence[StepRule], parts: Sequence[Participation]
) -> Iterator[Problem]:
    item = placed.entry
    decided = StepKind.DECISION in {step.kind for step in steps}
    if not decided and not all(power.kind is PowerKind.COMPANY for power in item.powers):
        text = "行政机关办理的事项须有决定环节（DECISION）；企业提供的服务才可以没有"
        yield Problem(placed.file, f"{placed.field}.template", text)
    present = [step.label for step in steps if step.on_site]
    if present and Mode.FULLY_ONLINE in item.modes:
        text = f"全程网办的事项不得有到场环节：{'、'.join(present)}"
        yield Problem(placed.file, f"{placed.field}.modes", text)
    if (Mode.JOINT in item.modes) != bool(parts) and not item.own:
        text = "多地联办须写明谁来协同（participations），其他模式没有"
        yield Problem(placed.file, f"{placed.field}.modes", text)


def _power_problems(placed: Placed[Item], kinds: dict[str, OrganKind]) -> Iterator[Problem]:
    item = placed.entry
    for position, power in enumerate(item.powers):
        field = f"{placed.field}.powers[{position}]"
        if power.organ not in kinds:
            yield Problem(placed.file, f"{field}.organ", f"没有机构类别{power.organ}")
        elif power.kind not in _NOBODYS:
            company = kinds[power.organ] is OrganKind.COMPANY
            if company != (power.kind is PowerKind.COMPANY):
                text = f"{power.organ}{'是企业，应' if company else '不是企业，不能'}写作 COMPANY"
                yield Problem(placed.file, f"{field}.kind", text)
        if power.since is not None and power.until is not None and power.until < power.since:
            yield Problem(placed.file, f"{field}.until", "截止日期早于起始日期")
    for (_, first), (position, second) in combinations(enumerate(item.powers), 2):
        if PowerKind.CAPABILITY in (first.kind, second.kind) or first.locality != second.locality:
            continue
        if first.when is not None and second.when is not None and first.when != second.when:
            continue
        if _overlap(first, second):
            text = f"{second.locality}在同一时期已有另一条权限，请写清起止日期"
            yield Problem(placed.file, f"{placed.field}.powers[{position}]", text)


def _overlap(first: Power, second: Power) -> bool:
    return (first.since or date.min) <= (second.until or date.max) and (
        second.since or date.min
    ) <= (first.until or date.max)


def _office_problems(
    placed: Placed[Item], kinds: dict[str, OrganKind], places: list[Locality]
) -> Iterator[Problem]:
    """Every power in a place with organs needs an office there, or nobody would decide."""
    for place in places:
        said = [
            (position, power)
            for position, power in enumerate(placed.entry.powers)
            if power.kind is not PowerKind.CAPABILITY and covers(power.locality, place.code)
        ]
        closest = max((_closeness(power) for _, power in said), default=-1)
        for position, power in said:
            if _closeness(power) < closest or power.kind in _NOBODYS or power.organ not in kinds:
                continue
            if place.office_of(power.organ, power.level) is None:
                # Named by the power, because another file may hold the place's organs.
                text = f"{place.name}没有{power.organ}（层级{power.level}）的机构，权限无人行使"
                yield Problem(placed.file, f"{placed.field}.powers[{position}].organ", text)


def _closeness(power: Power) -> int:
    """How special a power's region is: general, province, city, county."""
    region = power.locality
    return 0 if region == "*" else 3 - (region.endswith("00") + region.endswith("0000"))
