"""Draws what a case has under it: the items of a composite case, the parts of a joint one.

Part of ``show`` (`commands.case_screen`); one view of the whole progress.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands.labels import ending_label, labelled, locality_named, office_named
from commands.screen import table
from domain.joint import Before
from domain.scenario import ChildState, state_of_ending
from domain.stages import STAGE_LABELS

if TYPE_CHECKING:
    from rich.console import RenderableType

    from catalog.catalog import Catalog

View = dict[str, Any]

_BEFORE = {Before.REVIEW: "审查前（前置联办）", Before.CONCLUSION: "决定前（一般联办）"}


def bundle_view(record: View) -> View:
    """Children, parts and the composite that the case belongs to, for people and scripts."""
    children = [_child(row, record["closed_at"] is not None) for row in record.get("children", ())]
    return {
        "composite_no": record.get("composite_no"),
        "children": children,
        "parts": [dict(row) for row in record.get("parts", ())],
    }


def _child(row: View, closed: bool) -> View:
    return {**row, "state_name": _state(row, closed).label, "stage_name": _stage(row["stage"])}


def _stage(code: str | None) -> str | None:
    return labelled(STAGE_LABELS, code) if code else None


def _state(row: View, closed: bool) -> ChildState:
    if row["refused_text"]:
        return ChildState.NOT_FILED
    if not row["asked"]:
        return ChildState.NOT_STARTED if closed else ChildState.WAITING
    if row["case_no"] is None:
        return ChildState.WANTED
    return state_of_ending(row["ending"]) if row["ending"] else ChildState.OPEN


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
