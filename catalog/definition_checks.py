"""Whether the ways of handling fit together: steps in order, presence with its law, participants.

Called by `catalog.loader` for templates and for what items say otherwise; drafts of definitions
(`catalog.drafts`) have the same rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from catalog.definition_models import (
    LimitRule,
    Overrides,
    Participation,
    StepKind,
    StepRule,
    Template,
)
from catalog.errors import Problem
from catalog.item_models import Power
from catalog.listing_models import PowerKind
from catalog.locality_checks import doubles
from catalog.source import Source
from catalog.transfer_models import FieldRule, FieldType

_ORDER = {kind: position for position, kind in enumerate(StepKind)}


def template_problems(source: Source) -> Iterator[Problem]:
    """Double codes, wrong steps, limits and participants of the templates."""
    yield from doubles((file, "code", one.code) for file, one in source.templates)
    organs = {placed.entry.code for placed in source.organs}
    for file, template in source.templates:
        yield from way_problems(file, "", template, organs)


def way_problems(
    file: str, prefix: str, way: Template | Overrides, organs: Collection[str]
) -> Iterator[Problem]:
    """What is wrong with a way of handling, or with the parts of it that an item overrides."""
    yield from _step_problems(file, prefix, way.steps or ())
    yield from _part_problems(file, prefix, way.participations or (), organs)
    for name, twice in (
        ("materials", [one.type for one in way.materials or ()]),
        ("fields", [one.name for one in way.fields or ()]),
        ("checks", [one.source for one in way.checks or ()]),
    ):
        for position, one in enumerate(twice):
            if one in twice[:position]:
                yield Problem(file, f"{prefix}{name}[{position}]", f"{one}写了两次，请删去一份")
    if way.limit is not None:
        yield from _limit_problems(file, prefix, way.limit)


def split_problems(
    powers: Sequence[Power], fields: Sequence[FieldRule]
) -> Iterator[tuple[str, str]]:
    """What is wrong with powers that are split by a choice of the applicant, as (field, reason):
    the application must make the choice, and every choice must have its organ."""
    known = {one.name: one for one in fields}
    for position, power in enumerate(powers):
        where, when = f"powers[{position}].when", power.when
        if when is None:
            continue
        if power.kind in (PowerKind.CANCELLED, PowerKind.CAPABILITY):
            yield where, "只有职权本身可以按申请人的选择划分"
        asked = known.get(when.field)
        if asked is None or asked.type is not FieldType.CHOICE or not asked.required:
            yield where, f"须有必填的选择栏目{when.field}，才能按它划分职权"
        elif not asked.pinned:
            yield where, f"栏目{when.field}划分职权，须写 pinned: true"
        elif when.value not in asked.choices:
            yield where, f"栏目{when.field}没有选项{when.value}"
    for region in dict.fromkeys(one.locality for one in powers if one.when is not None):
        yield from _split_region(region, powers, known)


def _split_region(
    region: str, powers: Sequence[Power], known: Mapping[str, FieldRule]
) -> Iterator[tuple[str, str]]:
    own = [one for one in enumerate(powers) if one[1].locality == region]
    first = next(position for position, one in own if one.when is not None)
    split = [one.when for _, one in own if one.when is not None]
    if len({one.field for one in split}) > 1:
        yield f"powers[{first}].when", "同一地区的职权只能按一个栏目划分"
        return
    asked = known.get(split[0].field)
    missing = set(asked.choices) - {one.value for one in split} if asked else set()
    if missing:
        text = f"选择{'、'.join(sorted(missing))}的没有机构决定，请补一条职权"
        yield f"powers[{first}].when", text


def _step_problems(file: str, prefix: str, steps: Sequence[StepRule]) -> Iterator[Problem]:
    for position, step in enumerate(steps):
        field = f"{prefix}steps[{position}]"
        if position and _ORDER[step.kind] <= _ORDER[steps[position - 1].kind]:
            text = f"{step.kind}不能排在{steps[position - 1].kind}之后"
            yield Problem(file, f"{field}.kind", text)
        if step.on_site and not step.on_site_basis:
            text = "到场环节须在 on_site_basis 写明要求到场的法律依据，否则应全程网办"
            yield Problem(file, f"{field}.on_site", text)


def _part_problems(
    file: str, prefix: str, parts: Sequence[Participation], organs: Collection[str]
) -> Iterator[Problem]:
    for position, part in enumerate(parts):
        field = f"{prefix}participations[{position}]"
        if part.organ not in organs:
            yield Problem(file, f"{field}.organ", f"没有机构类别{part.organ}")


def _limit_problems(file: str, prefix: str, limit: LimitRule) -> Iterator[Problem]:
    said, promised = limit.statutory, limit.promised
    if promised and said[-2:] == promised[-2:] and int(promised[:-2]) > int(said[:-2]):
        text = f"承诺时限{promised}不得长于法定时限{said}"
        yield Problem(file, f"{prefix}limit.promised", text)
