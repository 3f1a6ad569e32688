"""Whether the ways of handling fit together: steps in order, presence with its law, participants.

Called by `catalog.loader` for templates and for what items say otherwise; drafts of definitions
(`catalog.drafts`) have the same rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from catalog.definition_models import (
    LimitRule,
    Overrides,
    Participation,
    StepKind,
    StepRule,
    Template,
)
from catalog.errors import Problem
from catalog.locality_checks import doubles
from catalog.source import Source

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
