"""A draft of a definition as a data file: written out for editing, read back, checked.

Called by the catalogue's commands. A draft holds the whole definition of one item, not what differs
from a template, so that what is published cannot change with a later release.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import yaml
from pydantic import TypeAdapter

from catalog.catalog import Catalog
from catalog.definition_models import StepKind
from catalog.definitions import Definition, digest
from catalog.errors import Problem
from catalog.listing_models import Mode, PowerKind
from catalog.reading import read_text
from catalog.yaml_text import line_of

_DRAFT = TypeAdapter(Definition)
_ORDER = list(StepKind)
_FIRST = ("item", "name", "modes", "code")


def write_draft(definition: Definition) -> str:
    """A definition as YAML that :func:`read_draft` takes."""
    content = definition.model_dump(mode="json", exclude={"version"})
    ordered = {name: content.pop(name) for name in _FIRST} | content
    text: str = yaml.safe_dump(ordered, allow_unicode=True, sort_keys=False, width=100)
    return text


def read_draft(
    content: bytes, name: str, catalog: Catalog
) -> tuple[Definition | None, list[Problem]]:
    """A draft with its version, or everything that is wrong with it by file, line and field."""
    problems: list[Problem] = []
    found = next(read_text(content, name, _DRAFT, problems), None)
    definition = None
    if found is not None:
        definition = found.model_copy(update={"version": digest(found)})
        problems += [
            Problem(name, field, text) for field, text in definition_problems(definition, catalog)
        ]
    text = content.decode("utf-8", "replace")
    return definition, [
        replace(one, line=line_of(text, one.field)) if one.line is None else one for one in problems
    ]


def definition_problems(definition: Definition, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """(field, what to do about it) for what no single value shows."""
    if definition.item not in catalog.items:
        yield "item", f"目录中没有事项{definition.item}"
    if len(set(definition.modes)) != len(definition.modes):
        yield "modes", "同一业务模式写了两次"
    yield from _of_steps(definition, catalog)
    yield from _of_parts(definition, catalog)
    for field, names in (
        ("materials", [one.type for one in definition.materials]),
        ("fields", [one.name for one in definition.fields]),
        ("checks", [one.source for one in definition.checks]),
    ):
        for position, one in enumerate(names):
            if one in names[:position]:
                yield f"{field}[{position}]", f"{one}写了两次，请删去一份"
    if definition.straight_through and not definition.checks:
        yield "straight_through", "秒批秒办须列出自动核验（checks），否则无从判断"
    statutory, promised = definition.limit.statutory, definition.limit.promised
    if promised and statutory[-2:] == promised[-2:] and int(promised[:-2]) > int(statutory[:-2]):
        yield "limit.promised", f"承诺时限{promised}不得长于法定时限{statutory}"


def _of_steps(definition: Definition, catalog: Catalog) -> Iterator[tuple[str, str]]:
    kinds = [step.kind for step in definition.steps]
    for position, step in enumerate(definition.steps):
        if step.on_site and not step.on_site_basis:
            online = "全程网办不得有到场环节；" if Mode.FULLY_ONLINE in definition.modes else ""
            yield f"steps[{position}].on_site", f"{online}须在on_site_basis写明要求到场的法律依据"
        if position and _ORDER.index(step.kind) < _ORDER.index(kinds[position - 1]):
            yield f"steps[{position}].kind", f"{step.kind}不能在{kinds[position - 1]}之后"
    item = catalog.items.get(definition.item)
    service = item is not None and all(one.kind is PowerKind.COMPANY for one in item.powers)
    if StepKind.DECISION not in kinds and not service:
        yield "steps", "至少要有一个决定环节（DECISION）"


def _of_parts(definition: Definition, catalog: Catalog) -> Iterator[tuple[str, str]]:
    for position, part in enumerate(definition.participations):
        if part.organ not in catalog.organs:
            yield f"participations[{position}].organ", f"没有机构类别{part.organ}"
    if Mode.JOINT in definition.modes and not definition.participations:
        yield "participations", "多地联办须写明谁来协同"
