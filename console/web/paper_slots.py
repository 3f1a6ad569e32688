"""What a paper that is handed in later can be, whose it is, and which ones a case still lacks.

Shared by the window (`console.web.hand_in`) and by the applicant's own page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from starlette.datastructures import FormData, UploadFile

from console.errors import OfficeCode, OfficeError
from console.web.intake_form import FormMaterial
from console.web.task_page import handed_in
from console.web.uploads import read_upload
from domain.intake_rules import DefectCode, Persons

Record = dict[str, Any]
#: A paper to choose: what the form sends, the material's name, whose it is (0: the case's).
Slot = tuple[str, str, int]


def slots(materials: Iterable[FormMaterial], numbers: Sequence[int]) -> list[Slot]:
    """Every paper that a case of these persons can have."""
    return [
        (f"{one.type}:{number}", one.name, number)
        for one in materials
        for number in _whose(one, numbers)
    ]


def missing(
    every: Sequence[Slot], findings: Collection[str], documents: Sequence[Record]
) -> list[Slot]:
    """Those that were found missing when the case was filed and are not among its papers now."""
    wanted = {
        _slot_of(one)
        for one in findings
        if one.startswith(DefectCode.DOCUMENT_MISSING) and not handed_in(one, documents)
    }
    return [slot for slot in every if slot[0] in wanted]


async def chosen(form: FormData, max_bytes: int) -> list[Record]:
    """The papers of a form with what they are, each looked at before any is kept.

    OfficeError: not said what it is, of no kind, too large, or none at all.
    """
    parts: list[Record] = []
    files = [one for one in form.getlist("file") if isinstance(one, UploadFile)]
    for file, slot in zip(files, form.getlist("slot"), strict=False):
        if not file.filename and not file.size:
            continue
        type_, _, person = str(slot).partition(":")
        if not type_:
            raise OfficeError(OfficeCode.WRONG_FIELD, "请为每份材料选择是哪一项。")
        upload = await read_upload(file, max_bytes=max_bytes)
        parts.append(
            {
                "type": type_,
                "person": int(person) if person.isdecimal() and int(person) else None,
                "content": upload.content,
                "media_type": upload.media_type,
            }
        )
    if not parts:
        raise OfficeError(OfficeCode.WRONG_FIELD, "请至少选择一份材料。")
    return parts


def _whose(one: FormMaterial, numbers: Sequence[int]) -> list[int]:
    if one.per_person is None:
        return [0]
    if one.per_person is Persons.ALL:
        return list(numbers)
    return [each for each in numbers if (each == 1) == (one.per_person is Persons.MAIN)]


def _slot_of(finding: str) -> str:
    type_, _, person = finding.partition(":")[2].partition("[")
    return f"{type_}:{person.rstrip(']') or 0}"
