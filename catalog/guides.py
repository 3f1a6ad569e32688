"""The guide of an item (办事指南), made from its definition: eight elements and the result.

Called by the public pages, the JSON API and ``catalogue show``. Nothing is written twice: what the
definition says is what the guide says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.catalog import Catalog
from catalog.definition_models import Fee, Material, StepRule
from catalog.definitions import Definition
from catalog.items import covers
from catalog.models import Evidence
from catalog.routes import Route
from catalog.words import EVIDENCE, LEVELS, fee_words, limit_words


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a guide: a heading and its lines."""

    key: str
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide as people read it. ``version`` is the definition's, ``note`` says how sure it is."""

    item: str
    version: str
    elements: tuple[Element, ...]
    result: str | None
    note: str | None


def guide_of(
    catalog: Catalog,
    definition: Definition,
    route: Route | None = None,
    *,
    split: Sequence[tuple[str, Route]] = (),
) -> Guide:
    """The guide of a definition; with a route, of one place: office, hours, level.

    ``split``: by what the applicant chooses, where the choice decides whose power it is.
    """
    rule, limit, fee = definition.guide, definition.limit, definition.fee
    promised = (f"承诺{limit_words(limit.promised)}",) if limit.promised else ()
    # A default of the place is no law, and is not called one.
    word = "法定" if limit.evidence is Evidence.STATUTE else ""
    places = [
        f"{choice}：{line}" for choice, one in split for line in office_lines(catalog, one)
    ] or office_lines(catalog, route)
    elements = (
        Element("legal_basis", "设定依据", tuple(rule.legal_basis)),
        Element(
            "conditions",
            "申请条件",
            (
                *rule.conditions,
                *scene_conditions(catalog, definition.item, route.locality if route else None),
            ),
        ),
        Element("materials", "申请材料", tuple(map(_material, definition.materials))),
        Element("steps", "办理流程", tuple(map(_step, definition.steps))),
        Element(
            "limit",
            "办理时限",
            (f"{word}{limit_words(limit.statutory)}（{limit.basis}）", *promised),
        ),
        Element("fee", "收费标准", (_fee(fee),)),
        Element("place", "办理地点和时间", (rule.window, *places)),
        Element("hotline", "咨询投诉", (rule.hotline,)),
    )
    return Guide(
        definition.item, definition.version, elements, _result(definition), _note(definition)
    )


def scene_conditions(catalog: Catalog, item: str, locality: str | None = None) -> Iterator[str]:
    """For whom lists name an item and whom they except; with a place, the lists that bind it."""
    scenes = [
        one.row.scene
        for one in catalog.lists.rows(item)
        if one.row.scene and (locality is None or covers(one.listing.locality, locality))
    ]
    conditions = dict.fromkeys(word for scene in scenes for word in scene.conditions)
    exceptions = dict.fromkeys(word for scene in scenes for word in scene.exceptions)
    if conditions:
        yield f"适用情形：{'、'.join(conditions)}"
    if exceptions:
        yield f"除外情形：{'、'.join(exceptions)}"


def _material(material: Material) -> str:
    said = [material.name if material.required else f"{material.name}（按需）"]
    if material.shareable_from:
        said.append("数据共享核验，免提交")
    if material.replaced_by:
        said.append(f"可以提交{material.replaced_by}代替")
    if material.promise:
        said.append("可书面承诺代替")
    if material.deferrable:
        said.append("可容缺，受理后补交")
    return f"{said[0]}：{'；'.join(said[1:])}" if said[1:] else said[0]


def _step(step: StepRule) -> str:
    return f"{step.label}（须到场：{step.on_site_basis}）" if step.on_site else step.label


def office_lines(catalog: Catalog, route: Route | None) -> tuple[str, ...]:
    """Who receives and who decides on a route, with hours; nothing without one."""
    if route is None:
        return ()
    receives, competent = catalog.office(route.receives), catalog.office(route.competent)
    word = "提供服务" if route.service else "决定"
    return (
        f"收件：{receives.name}（{receives.opens:%H:%M}–{receives.closes:%H:%M}，工作日）",
        f"{word}：{competent.name}（{LEVELS[route.level]}）",
    )


def _fee(fee: Fee) -> str:
    words = fee_words(fee.amount_fen)
    return fee.basis if fee.basis.startswith(words) else f"{words}（{fee.basis}）"


def _result(definition: Definition) -> str:
    result = definition.result
    form = "电子文书" if result.electronic else "纸质文书"
    months = f"，有效期{result.validity_months}个月" if result.validity_months else ""
    return f"{result.name}（{form}{months}）"


def _note(definition: Definition) -> str | None:
    if definition.evidence is Evidence.STATUTE:
        return None
    return f"依据等级：{EVIDENCE[definition.evidence]}；以主管部门公布的为准。"
