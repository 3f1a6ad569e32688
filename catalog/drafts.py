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
from catalog.definition_checks import split_problems, way_problems
from catalog.definition_models import StepKind
from catalog.definitions import Definition, digest
from catalog.errors import Problem
from catalog.item_checks import NOT_OFFERED
from catalog.listing_models import Mode, PowerKind
from catalog.reading import read_text
from catalog.yaml_text import line_of

_DRAFT = TypeAdapter(Definition)
_FIRST = ("item", "name", "modes", "code")


def write_draft(definition: Definition) -> str:
    """A definition as YAML that :func:`read_draft` takes."""
    content = definition.model_dump(mode="json", exclude={"version"})
    ordered = {name: content.pop(name) for name in _FIRST} | content
    text: str = yaml.safe_dump(ordered, allow_unicode=True, sort_keys=False, width=100)
    return text


def read_draft(
    content: bytes, name: str, catalog: Catalog, locality: str | None = None
) -> tuple[Definition | None, list[Problem]]:
    """A draft with its version, and everything that is wrong with it by file, line and field.

    ``locality``: where it is to be in force; the organs that take part must have offices there.
    """
    problems: list[Problem] = []
    found = next(read_text(content, name, _DRAFT, problems), None)
    definition = None
    if found is not None:
        definition = found.model_copy(update={"version": digest(found)})
        problems += definition_problems(definition, catalog, locality, file=name)
    text = content.decode("utf-8", "replace")
    return definition, [
        replace(one, line=line_of(text, one.field)) if one.line is None else one for one in problems
    ]


def definition_problems(
    definition: Definition, catalog: Catalog, locality: str | None = None, *, file: str = ""
) -> Iterator[Problem]:
    """What no single value shows: the rules of shipped items hold for drafts as well."""
    item = catalog.items.get(definition.item)
    if item is None:
        yield Problem(file, "item", f"目录中没有事项{definition.item}")
    if len(set(definition.modes)) != len(definition.modes):
        yield Problem(file, "modes", "同一业务模式写了两次")
    if Mode.WINDOW in definition.modes:
        yield Problem(file, "modes", NOT_OFFERED)
    yield from way_problems(file, "", definition, catalog.organs)
    yield from _of_modes(definition, file)
    for _, text in split_problems(item.powers if item else (), definition.fields):
        yield Problem(file, "fields", text)
    kinds = [step.kind for step in definition.steps]
    service = item is not None and all(one.kind is PowerKind.COMPANY for one in item.powers)
    if StepKind.DECISION not in kinds and not service:
        yield Problem(file, "steps", "至少要有一个决定环节（DECISION）")
    if definition.straight_through and not definition.checks:
        yield Problem(file, "straight_through", "秒批秒办须列出自动核验（checks），否则无从判断")
    if locality is not None:
        here = catalog.locality(locality)
        for position, part in enumerate(definition.participations):
            if part.organ in catalog.organs and part.organ not in here.organs:
                field = f"participations[{position}].organ"
                yield Problem(file, field, f"{here.name}没有{part.organ}的机构，无人协同")


def _of_modes(definition: Definition, file: str) -> Iterator[Problem]:
    for position, step in enumerate(definition.steps):
        if step.on_site and step.on_site_basis and Mode.FULLY_ONLINE in definition.modes:
            field = f"steps[{position}].on_site"
            yield Problem(file, field, "全程网办不得有到场环节；请删去该业务模式或者改为网上办理")
    if Mode.JOINT in definition.modes and not definition.participations:
        yield Problem(file, "participations", "多地联办须写明谁来协同")
