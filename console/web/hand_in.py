"""补正 at the window: what the one notice asked for, and the papers that are handed in for it.

All papers of one visit go on file together and set the case going again, once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from console.errors import OfficeCode, OfficeError
from console.filing import FilingDesk
from console.looking import Record
from console.web.acting import command_of, new_command, office_under, post_for
from console.web.case_acts import case_of
from console.web.context import Visit, Visiting
from console.web.intake_form import describe
from console.web.uploads import ACCEPT, read_upload
from domain.casework import ClockKind, Stage
from domain.permissions import Permission

router = APIRouter(include_in_schema=False)

#: Papers that one visit can hand in.
_LINES = 6


@router.get("/cases/{case_no}/hand-in")
async def show(visit: Visiting, case_no: str) -> Response:
    """What was asked for, and where to put it."""
    return await _page(visit, await case_of(visit, case_no))


@router.post("/cases/{case_no}/hand-in")
async def hand_in(visit: Visiting, case_no: str) -> Response:
    """Take the papers in; OfficeError of a single paper comes back without anything kept."""
    case = await case_of(visit, case_no)
    post = post_for(visit, Permission.FILE, case["intake_office"])
    async with visit.request.form() as form:
        command_id = command_of(str(form.get("command_id", "")))
        try:
            parts = await _parts(visit, form)
            if not parts:
                raise OfficeError(OfficeCode.WRONG_FIELD, "请至少选择一份材料。")
            await FilingDesk(office_under(visit, post)).hand_in(
                case_no, parts, folder=Path("/nowhere"), actor=post.code, command_id=command_id
            )
        except OfficeError as error:
            return await _page(visit, case, error)
    return RedirectResponse(f"/cases/{case_no}/hand-in?done=true", 303)


async def _parts(visit: Visit, form: FormData) -> list[dict[str, Any]]:
    """The papers with their types, each looked at before any is kept."""
    policy = visit.house.office.catalog.policy(
        "document.max_bytes", visit.house.office.locality, on=visit.today
    )
    parts = []
    files = [one for one in form.getlist("file") if isinstance(one, UploadFile)]
    for file, slot in zip(files, form.getlist("slot"), strict=False):
        if not file.filename and not file.size:
            continue
        type_, _, person = str(slot).partition(":")
        if not type_:
            raise OfficeError(OfficeCode.WRONG_FIELD, "请为每份材料选择是哪一项。")
        upload = await read_upload(file, max_bytes=policy.as_number())
        parts.append(
            {
                "type": type_,
                "person": int(person) if person.isdecimal() and int(person) else None,
                "content": upload.content,
                "media_type": upload.media_type,
            }
        )
    return parts


def asked_for(case: Record) -> list[tuple[str, str]]:
    """What the last notice listed, with how to mend it."""
    for command in reversed(case["commands"]):
        defects = command["body"].get("defects") or []
        if command["status"] == "DONE" and defects:
            remedy = command["body"].get("remedy") or ""
            return [
                (text, remedy if number == len(defects) else "")
                for number, text in enumerate(defects, 1)
            ]
    return []


async def _page(visit: Visit, case: Record, error: OfficeError | None = None) -> Response:
    office = visit.house.office
    matter = await describe(office, case["matter"], visit.today)
    waits = case["stage"] == Stage.CORRECTION or any(
        clock["kind"] == ClockKind.DEFERRAL and clock["stopped_on"] is None
        for clock in case["clocks"]
    )
    slots = []
    for one in matter.materials:
        numbers = [person["number"] for person in case["persons"]] if one.per_person else [0]
        slots += [(f"{one.type}:{number}", one.name, number) for number in numbers]
    return visit.page(
        "hand_in.html.j2",
        422 if error else 200,
        title="提交补正材料",
        case=case,
        waits=waits,
        may=visit.person.may(Permission.FILE, case["intake_office"]),
        asked=asked_for(case),
        slots=slots,
        lines=_LINES,
        accept=ACCEPT,
        error=error.message if error else "",
        done="done" in visit.request.query_params,
        command_id=new_command(),
    )
