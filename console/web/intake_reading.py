"""Between the intake form in the browser, the draft in the database and the application filed.

Called by `console.web.intake`. A draft keeps what was typed, however wrong; only filing judges it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from starlette.datastructures import FormData

from catalog.transfer_models import FieldType
from console.web.intake_form import FormKind, FormMaterial, MatterForm
from domain.calendar import SHANGHAI
from domain.enterprise import check_credit_code
from domain.errors import DomainError
from domain.identity import check_identity_number
from domain.intake_rules import Persons
from domain.phones import check_phone
from domain.transfer_intake import Field, read_fields

Content = dict[str, Any]

_PERSON = ("relation", "name", "id_no")
_PERSON_PATH = re.compile(r"^migrants\.(\d+)(?:\.|$)")
_MOST_PERSONS = 20
_TYPED = ("fields", "people", "items", "promised", "deferred")
_EMPTY = "没有填写"
#: What is looked at while somebody types; everything else only when the form is checked.
LIVE = frozenset({"ID_NO", "USCC", "PHONE", "DATE", "MONTH", "MONEY", "NUMBER", "VIN"})


def read_content(form: FormData, matter: MatterForm) -> Content:
    """What the form says now; uploads are the draft's own."""

    def text(name: str) -> str:
        value = form.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def many(name: str) -> list[str]:
        return [value for value in form.getlist(name) if isinstance(value, str)]

    people = []
    if matter.persons:
        columns = [many(f"migrant.{part}") for part in _PERSON]
        people = [
            dict(zip(_PERSON, (value.strip() for value in row), strict=True))
            for row in zip(*columns, strict=False)
        ][:_MOST_PERSONS]
    open_to = {one.type: one for one in matter.materials}
    return {
        "fields": {one.name: value for one in matter.fields if (value := text(one.name))},
        "people": people,
        "items": [one for one in many("item") if one in dict(matter.items)],
        "promised": [one for one in many("promised") if one in open_to and open_to[one].promise],
        "deferred": [one for one in many("deferred") if one in open_to and open_to[one].deferrable],
    }


def mark_of(content: Content) -> str:
    """A short digest of what was typed: two drafts with the same one say the same."""
    typed = {name: content.get(name) for name in _TYPED if content.get(name)}
    text = json.dumps(typed, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def people_of(content: Content) -> list[dict[str, str]]:
    """The rows of the list of persons; the first is the main one."""
    found = list(content.get("people", []))
    return found or [{"relation": "本人", "name": "", "id_no": ""}]


def application_of(
    matter: MatterForm, content: Content, papers: Mapping[str, tuple[str, bytes]]
) -> dict[str, Any]:
    """The application as filing takes it; ``papers`` are the uploads' kinds and bytes by digest."""
    fields: dict[str, str] = content.get("fields", {})
    data: dict[str, Any] = {"matter": matter.code}
    for section in matter.sections:
        given = [one for one in section.fields if fields.get(one.name)]
        for one in given if section.optional else section.fields:
            if one.name in fields:
                _put(data, one.name.split("."), fields[one.name])
    if matter.kind is not FormKind.HUKOU:
        data.setdefault("details", {})
    if "originals" in data:
        data["originals"] = data["originals"] == "yes"
    if matter.persons:
        data["migrants"] = [person for person in content.get("people", []) if any(person.values())]
    if matter.kind is FormKind.SCENARIO:
        data["items"] = content.get("items", [])
    if matter.kind in (FormKind.ITEM, FormKind.SCENARIO):
        data["promised"] = content.get("promised", [])
        data["deferred"] = content.get("deferred", [])
    data["documents"] = [
        {
            "type": one["type"],
            "person": one["person"] or None,
            "digest": one["digest"],
            "media_type": papers[one["digest"]][0],
            "content": papers[one["digest"]][1],
        }
        for one in content.get("uploads", [])
        if one["digest"] in papers
    ]
    return data


def slots(matter: MatterForm, content: Content) -> list[tuple[FormMaterial, int]]:
    """Every material with the person whom it is for; 0: of the application as a whole."""
    count = len(people_of(content)) if matter.persons else 1
    found: list[tuple[FormMaterial, int]] = []
    for one in matter.materials:
        if one.per_person is None:
            found.append((one, 0))
            continue
        for number in range(1, count + 1):
            concerned = one.per_person is Persons.ALL or (
                (number == 1) == (one.per_person is Persons.MAIN)
            )
            if concerned:
                found.append((one, number))
    return found


def field_of(path: str) -> str:
    """The name of a form field from the path that filing names (migrants.0.name)."""
    return _PERSON_PATH.sub(lambda found: f"migrants[{found[1]}].", path).rstrip(".")


def live_error(type_: str, text: str) -> str:
    """What is wrong with a value while it is typed; empty: nothing."""
    if not text.strip():
        return ""
    today = datetime.now(SHANGHAI).date()
    checks: dict[str, Callable[[str], str]] = {
        "USCC": check_credit_code,
        "ID_NO": partial(check_identity_number, on=today),
        "PHONE": check_phone,
    }
    if type_ in checks:
        try:
            checks[type_](text)
        except DomainError as error:
            return error.message
        return ""
    rule = Field("value", "", FieldType(type_).value, True, {})
    _, defects = read_fields({"value": text.strip()}, [rule])
    return defects[0].remedy.replace("，请改正", "") if defects else ""


def visible_errors(matter: MatterForm, content: Content) -> dict[str, str]:
    """By field what is empty or wrong in itself, so that one refusal names all of it at once."""
    fields: dict[str, str] = content.get("fields", {})
    errors = {}
    for section in matter.sections:
        begun = not section.optional or any(fields.get(one.name) for one in section.fields)
        for one in section.fields:
            value = fields.get(one.name, "")
            if not value and one.required and begun:
                errors[one.name] = _EMPTY
            elif value and one.type in LIVE and (wrong := live_error(one.type, value)):
                errors[one.name] = wrong
    for row, person in enumerate(people_of(content) if matter.persons else ()):
        for part in ("name", "id_no"):
            value = person.get(part, "")
            wrong = live_error("ID_NO", value) if part == "id_no" else ""
            if not value or wrong:
                errors[f"migrants[{row}].{part}"] = wrong or _EMPTY
    return errors


def _put(data: dict[str, Any], path: list[str], value: str) -> None:
    for part in path[:-1]:
        data = data.setdefault(part, {})
    data[path[-1]] = value
