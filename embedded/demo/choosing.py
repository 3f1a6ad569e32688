"""Which examples a demo plays: those named, those of a matter or family, all, or a good choice.

Called by `python -m embedded.demo`. What cannot be played yet is told, and the rest is played.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from temporalio import workflow

from catalog.catalog import Catalog
from contracts.families import FAMILY_OF_MODE, HUKOU, SCENARIO, family, is_item
from domain.errors import DomainError
from embedded.demo.scripts import SCRIPTS, Script
from embedded.demo.transfers import form_of, transfer_scripts
from workflows.registry import PROCEDURES


@dataclass(frozen=True, slots=True)
class Example:
    """An example with what it belongs to; ``obstacle`` says why it cannot be played yet."""

    script: Script
    matter: str
    matter_name: str
    family: str
    obstacle: str = ""


class UnknownExample(Exception):
    """A name that is no example, matter or family; the sentence lists what there is."""


def every_example(catalog: Catalog) -> dict[str, Example]:
    """All examples by name: those with a script first, then the others by file name."""
    scripts: Mapping[str, Script] = {**SCRIPTS, **transfer_scripts(SCRIPTS)}
    return {name: _example(script, catalog) for name, script in scripts.items()}


def choose(
    examples: Mapping[str, Example], names: Sequence[str], *, everything: bool
) -> list[Example]:
    """What is to be played, each once; UnknownExample for a name that says nothing.

    Without any name: every 户口迁移 and the first example of each other family.
    """
    if everything:
        return list(examples.values())
    if not names:
        return _good_choice(examples)
    chosen: dict[str, Example] = {}
    for name in names:
        meant = {
            key: one
            for key, one in examples.items()
            if name == key or name.upper() in (one.matter, one.family)
        }
        if not meant:
            raise UnknownExample(
                f"没有样例、事项或事项类别 {name}；样例有：{'、'.join(examples)}；"
                f"事项有：{'、'.join(dict.fromkeys(one.matter for one in examples.values()))}。"
            )
        chosen |= meant
    return list(chosen.values())


def _good_choice(examples: Mapping[str, Example]) -> list[Example]:
    first: dict[str, str] = {}
    for name, example in examples.items():
        if not example.obstacle:
            first.setdefault(example.family, name)
    return [
        example
        for name, example in examples.items()
        if example.family == HUKOU.code or first.get(example.family) == name
    ]


def _example(script: Script, catalog: Catalog) -> Example:
    form = form_of(script.file)
    code = str(form.get("matter", ""))
    try:
        name, belongs = _belongs(code, form, catalog)
    except DomainError:
        return Example(script, code, "", "", f"目录里没有事项 {code or '（未写明）'}")
    run = {workflow._Definition.must_from_class(one).name for one in PROCEDURES}
    needed = (family(belongs).home, family(belongs).leg)
    missing = [name for name in needed if name and name not in run]
    obstacle = f"工作进程还没有流程 {'、'.join(missing)}" if missing else ""
    return Example(script, code, name, belongs, obstacle)


def _belongs(code: str, form: Mapping[str, Any], catalog: Catalog) -> tuple[str, str]:
    """(name, family) of what a form applies for; DomainError where the catalogue has no such."""
    if code in catalog.scenarios:
        return catalog.scenarios[code].name, SCENARIO.code
    if is_item(code):
        item = catalog.item(code)
        return item.name, FAMILY_OF_MODE[str(form.get("mode") or item.modes[0])]
    known = catalog.transfers.get(code)
    return catalog.any_matter(code).name, known.family if known else HUKOU.code
