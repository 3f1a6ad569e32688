"""Draws what a case has under it: the items of a composite case, the parts of a joint one.

Part of ``show`` (`commands.case_screen`); one view of the whole progress.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands.screen import table
from console.wording.labels import ending_label, locality_named, office_named
from domain.joint import Before

if TYPE_CHECKING:
    from rich.console import RenderableType

    from catalog.catalog import Catalog

View = dict[str, Any]

_BEFORE = {Before.REVIEW: "审查前（前置联办）", Before.CONCLUSION: "决定前（一般联办）"}


def draw_bundle(view: View, catalog: Catalog) -> list[RenderableType]:
    """One table each, where there is anything to show."""
    drawn: list[RenderableType] = []
    if view["children"]:
        drawn.append(
            table(
                "各事项",
                ("事项", "名称", "进展", "阶段", "办件编号", "到期", "机构", "结果或原因"),
                (_child_row(one, catalog) for one in view["children"]),
                whole="办件编号",
            )
        )
    if view["parts"]:
        drawn.append(
            table(
                "协同环节",
                ("环节", "地区", "机构", "时点", "必经", "进展", "到期"),
                (
                    (
                        f"{one['number']}　{one['label']}",
                        locality_named(one["locality"], catalog),
                        office_named(one["office"], catalog),
                        _BEFORE[Before(one["before"])],
                        one["required"],
                        one["state"],
                        one["due_on"],
                    )
                    for one in view["parts"]
                ),
            )
        )
    return drawn


def _child_row(one: View, catalog: Catalog) -> tuple[object, ...]:
    result = ending_label(one["ending"], "") if one["ending"] else one["refused_text"]
    return (
        one["item"],
        one["name"],
        one["state_name"],
        one["stage_name"],
        one["case_no"],
        one["due_on"],
        office_named(one["office"], catalog) if one["office"] else None,
        result,
    )
