"""What a case has under it, as ``show`` and the case page tell it: children, parts, composite.

Called by `console.wording.case_view`.
"""

from __future__ import annotations

from typing import Any

from console.wording.labels import labelled
from domain.scenario import ChildState, state_of_ending
from domain.stages import STAGE_LABELS

View = dict[str, Any]


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
