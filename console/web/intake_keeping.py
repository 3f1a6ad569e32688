"""Keeping what an intake form says: the papers that came with it, and what was typed.

Called by `console.web.intake` for everything that a draft's form can ask. Each drawn form is a
sheet with a number of its own: what another sheet of the same draft has kept meanwhile is not
overwritten unless somebody says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile

from console.errors import OfficeCode, OfficeError
from console.looking import Record
from console.web.context import Visit
from console.web.draft_room import (
    FiledMeanwhile,
    change_papers,
    draft_of,
    form_of,
    keep_content,
    keep_paper,
)
from console.web.intake_reading import read_content
from console.web.uploads import read_upload

#: As long as the number of a sheet and a digest are.
_CHARS = 32


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as it was drawn: its number, and the mark of what it showed."""

    page: str
    seen: str


def sheet_of(form: FormData) -> Sheet | None:
    """The sheet that a form came from; None for a form that names none."""
    page = str(form.get("page", ""))[:_CHARS]
    return Sheet(page, str(form.get("seen", ""))[:_CHARS]) if page else None


async def keep(visit: Visit, draft: Record, form: FormData) -> Record:
    """The draft with what the form says and the files that came with it.

    FiledMeanwhile, ChangedElsewhere (papers are kept even so), OfficeError for single papers.
    """
    if draft["case_no"] is not None:
        raise FiledMeanwhile
    matter = await form_of(visit, draft["matter"])
    (added, refused), removed = await _papers(visit, form), str(form.get("remove", ""))
    await change_papers(visit, draft, added=added, removed=removed)
    sheet = sheet_of(form)
    if not await keep_content(
        visit,
        draft,
        read_content(form, matter),
        page=sheet.page if sheet else "",
        seen=sheet.seen if sheet and "anyway" not in form else None,
    ):
        raise FiledMeanwhile
    if refused:
        raise OfficeError(
            OfficeCode.WRONG_FIELD,
            "有的文件没有收下，原因写在材料的那一行；其余的都已收下。",
            fields=refused,
        )
    return await draft_of(visit, draft["id"])


async def _papers(visit: Visit, form: FormData) -> tuple[list[Record], dict[str, str]]:
    """The files that were chosen, looked at and kept by their digests; by material, why not."""
    policy = visit.house.office.catalog.policy(
        "document.max_bytes", visit.house.office.locality, on=visit.today
    )
    kept, refused = [], {}
    files = [one for one in form.getlist("file") if isinstance(one, UploadFile)]
    for file, slot in zip(files, form.getlist("slot"), strict=False):
        if not file.filename and not file.size:
            continue  # a line where nothing was chosen
        type_, _, person = str(slot).partition(":")
        number = int(person) if person.isdecimal() else 0
        try:
            upload = await read_upload(file, max_bytes=policy.as_number())
        except OfficeError as error:
            refused[type_] = error.message
            continue
        kept.append(await keep_paper(visit, upload, type_, number))
    return kept, refused
