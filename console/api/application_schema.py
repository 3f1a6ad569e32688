"""The JSON Schema of an application: the intake form of a matter as a contract.

Made from the same `MatterForm` as the page, which is made from the catalogue; called by
`console.api.filing`.
"""

from __future__ import annotations

from typing import Any

from catalog.transfer_models import FieldType
from console.web.intake_form import FormField, FormKind, MatterForm

_FORMATS: dict[str, dict[str, Any]] = {
    FieldType.DATE.value: {"format": "date"},
    FieldType.MONTH.value: {"pattern": "^[0-9]{4}-[0-9]{2}$"},
    FieldType.ID_NO.value: {"pattern": "^[0-9]{17}[0-9Xx]$"},
    "USCC": {"pattern": "^[0-9A-Za-z]{18}$"},
}
_PERSON = ("relation", "name", "id_no")


def application_schema(form: MatterForm) -> dict[str, Any]:
    """A JSON Schema (2020-12) for the body of an application of this matter."""
    root = _group()
    root["properties"]["matter"] = {"const": form.code, "title": form.name}
    root["required"].append("matter")
    for section in form.sections:
        for one in section.fields:
            _put(root, one, needed=one.required and not section.optional)
    if "originals" in root["properties"]:
        root["properties"]["originals"] = {"type": "boolean", "title": "纸质原件须寄送"}
    if form.kind is not FormKind.HUKOU:
        root["properties"].setdefault("details", _group())
    if form.persons:
        person = _group()
        person["properties"] = {name: {"type": "string"} for name in _PERSON}
        person["required"] = list(_PERSON)
        root["properties"]["migrants"] = {"type": "array", "items": person, "minItems": 1}
        root["required"].append("migrants")
    if form.items:
        root["properties"]["items"] = _several([code for code, _ in form.items])
    if form.kind in (FormKind.ITEM, FormKind.SCENARIO):
        for name, kinds in (
            ("promised", [one.type for one in form.materials if one.promise]),
            ("deferred", [one.type for one in form.materials if one.deferrable]),
        ):
            root["properties"][name] = _several(kinds)
    root["properties"]["documents"] = {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "type": {"enum": [one.type for one in form.materials]},
                "person": {"type": ["integer", "null"]},
                "content": {"type": "string", "contentEncoding": "base64"},
                "digest": {"type": ["string", "null"]},
            },
            "required": ["type", "content"],
        },
    }
    root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return root


def _group() -> dict[str, Any]:
    return {"type": "object", "properties": {}, "required": [], "additionalProperties": False}


def _several(values: list[str]) -> dict[str, Any]:
    items: dict[str, Any] = {"enum": values} if values else {"type": "string"}
    return {"type": "array", "items": items, **({} if values else {"maxItems": 0})}


def _put(root: dict[str, Any], one: FormField, *, needed: bool) -> None:
    """A field at its path; a group is needed as soon as one of its fields is."""
    group = root
    *groups, name = one.name.split(".")
    for part in groups:
        inner = group["properties"].setdefault(part, _group())
        if needed and part not in group["required"]:
            group["required"].append(part)
        group = inner
    group["properties"][name] = _field(one)
    if one.required and (needed or groups):
        group["required"].append(name)


def _field(one: FormField) -> dict[str, Any]:
    words = {"title": one.label, **({"description": one.hint} if one.hint else {})}
    if one.type == FieldType.YES_NO:
        return {"enum": ["yes", "no"], **words}
    if one.choices:
        return {
            "oneOf": [{"const": code, "title": label} for code, label in one.choices],
            **words,
        }
    return {"type": "string", **_FORMATS.get(one.type, {}), **words}
