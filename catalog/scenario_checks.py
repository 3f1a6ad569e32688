"""Whether a bundle (一件事) can be filed as it is written: order, fields, materials, applicants.

Called by `catalog.loader` after the items themselves have been checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from catalog.definitions import Definition, resolve
from catalog.errors import Problem
from catalog.item_models import Item
from catalog.scope_models import Scenario, ScenarioItem
from catalog.source import Source
from domain.scenario import cycle_in


def scenario_problems(source: Source) -> Iterator[Problem]:
    """Items in a circle, fields and materials that nobody is asked for or that lead nowhere."""
    items = {placed.entry.id: placed.entry for placed in source.items}
    templates = {template.code: template for _, template in source.templates}
    for file, scenario in source.scenarios:
        yield from _order(file, scenario)
        yield from _founding(file, scenario, items)
        for position, child in enumerate(scenario.items):
            item = items.get(child.item)
            if item is None:
                continue  # named by catalog.scope_checks
            where = f"items[{position}]"
            yield from _choice(file, where, scenario, child, item)
            if item.template in templates and not item.own:
                definition = resolve(item, templates[item.template])
                yield from _mapped(file, where, scenario, child, definition)


def _order(file: str, scenario: Scenario) -> Iterator[Problem]:
    numbers = [child.item for child in scenario.items]
    for position, number in enumerate(numbers):
        if number in numbers[:position]:
            yield Problem(file, f"items[{position}].item", f"{number}写了两次")
    circle = cycle_in({child.item: tuple(child.after) for child in scenario.items})
    if circle:
        position = numbers.index(circle[0])
        yield Problem(
            file, f"items[{position}].after", f"前置关系成环：{' → '.join(circle)}，请拆开"
        )


def _founding(file: str, scenario: Scenario, items: Mapping[str, Item]) -> Iterator[Problem]:
    """Who is being founded can be granted nothing before: every other item rests on 设立登记."""
    founding = {one.item for one in scenario.items if one.item in items and items[one.item].founds}
    resting = set(founding)
    for _ in scenario.items:
        resting |= {one.item for one in scenario.items if resting & set(one.after)}
    for position, one in enumerate(scenario.items):
        if founding and one.item not in resting:
            number = "、".join(sorted(founding))
            yield Problem(file, f"items[{position}].after", f"{one.item}须以设立登记{number}为前置")


def _choice(
    file: str, where: str, scenario: Scenario, child: ScenarioItem, item: Item
) -> Iterator[Problem]:
    if scenario.life_cycle not in item.audience:
        yield Problem(file, f"{where}.item", f"{item.id}的服务对象与本一件事不同")
    if child.mode is not None and child.mode not in item.modes:
        yield Problem(file, f"{where}.mode", f"{item.id}不提供{child.mode.value}")
    if any(code.startswith("HUKOU-") for code in item.own):
        yield Problem(file, f"{where}.item", f"{item.id}有专门的申请表，不能并入一张表")


def _mapped(
    file: str, where: str, scenario: Scenario, child: ScenarioItem, definition: Definition
) -> Iterator[Problem]:
    yield from _both_ends(
        file,
        f"{where}.fields",
        child.fields,
        {one.name for one in scenario.fields},
        {one.name for one in definition.fields},
    )
    yield from _both_ends(
        file,
        f"{where}.materials",
        child.materials,
        {one.type for one in scenario.materials},
        {one.type for one in definition.materials},
    )
    for field in definition.fields:
        if field.required and field.name not in child.fields.values():
            yield Problem(file, f"{where}.fields", f"{child.item}的必填栏目{field.name}没有对应")
    for material in definition.materials:
        unmapped = material.type not in child.materials.values()
        if material.required and material.shareable_from is None and unmapped:
            yield Problem(
                file, f"{where}.materials", f"{child.item}的必交材料{material.type}没有对应"
            )


def _both_ends(
    file: str, where: str, mapping: Mapping[str, str], common: set[str], own: set[str]
) -> Iterator[Problem]:
    for name, target in mapping.items():
        if name not in common:
            yield Problem(file, where, f"一张表中没有{name}")
        if target not in own:
            yield Problem(file, where, f"事项中没有{target}")
