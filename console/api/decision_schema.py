"""The JSON Schema of a decision: what one outcome of a task needs, from its row in the table.

Called by `console.api.tasks`, so that a form generated from it asks what the case asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.tasks import OutcomeSpec

_TEXT = {"type": "string", "minLength": 1}


def decision_schema(spec: OutcomeSpec, persons: Sequence[int]) -> dict[str, Any]:
    """A JSON Schema (2020-12) for the body of one way to decide."""
    fields: dict[str, Any] = {
        "outcome": {"const": spec.code, "title": spec.label},
        "reason": {**(_TEXT if spec.needs_reason else {"type": "string"}), "title": "理由"},
        "remedy": {"type": "string", "title": "怎样改正"},
        "evidence": {**(_TEXT if spec.needs_evidence else {"type": "string"}), "title": "依据材料"},
    }
    needed = ["outcome"]
    needed += [
        name
        for name, needs in (("reason", spec.needs_reason), ("evidence", spec.needs_evidence))
        if needs
    ]
    if spec.reason_codes:
        fields["reason_code"] = {"enum": sorted(spec.reason_codes), "title": "理由代码"}
        needed.append("reason_code")
    if spec.returns_to:
        fields["return_to"] = {"enum": list(spec.returns_to), "title": "退回到哪个环节"}
    if spec.needs_defects:
        fields["defects"] = {
            "type": "array",
            "items": _TEXT,
            "minItems": 1,
            "title": "须补正的内容",
        }
        needed.append("defects")
    if spec.per_person:
        items = {"enum": list(persons)}
        fields["persons"] = {"type": "array", "items": items, "title": "所办的人员"}
    if spec.needs_count:
        counts = {"type": "integer", "minimum": 0}
        fields["counted"] = {
            "type": "object",
            "additionalProperties": counts,
            "minProperties": 1,
            "title": "实收数目",
        }
        needed.append("counted")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": fields,
        "required": needed,
        "additionalProperties": False,
    }
