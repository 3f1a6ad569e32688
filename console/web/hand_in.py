"""补正 at the window: what the one notice asked for, and the papers that are handed in for it.

All papers of one visit go on file together and set the case going again, once.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from console.errors import OfficeCode, OfficeError
from console.filing import FilingDesk
from console.looking import Record
from console.web.acting import command_of, new_command, office_under, post_for
from console.web.case_acts import case_of
from console.web.case_buttons import waits_for_papers
from console.web.context import Visit, Visiting
from console.web.intake_form import describe
from console.web.paper_slots import chosen, slots
from console.web.uploads import ACCEPT
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
    """Take the papers in; a single wrong paper comes back without anything kept.

    What is kept and not answered yet goes on by itself later, and says so.
    """
    case = await case_of(visit, case_no)
    post = post_for(visit, Permission.FILE, case["intake_office"])
    parts: list[dict[str, Any]] = []
    async with visit.request.form() as form:
        command_id = command_of(str(form.get("command_id", "")))
        try:
            policy = visit.house.office.catalog.policy(
                "document.max_bytes", visit.house.office.locality, on=visit.today
            )
            parts = await chosen(form, policy.as_number())
            await FilingDesk(office_under(visit, post)).hand_in(
                case_no, parts, folder=Path("/nowhere"), actor=post.code, command_id=command_id
            )
        except OfficeError as error:
            if error.code == OfficeCode.PENDING:
                return RedirectResponse(f"/cases/{case_no}/hand-in?saved=true", 303)
            case = await case_of(visit, case_no)
            return await _page(visit, case, error, kept=on_file(case, parts))
    return RedirectResponse(f"/cases/{case_no}/hand-in?done=true", 303)


def on_file(case: Record, parts: list[dict[str, Any]]) -> bool:
    """Whether all of these papers are on the case, although its procedure has not gone on."""
    known = {one["digest"] for one in case["documents"]}
    digests = {hashlib.sha256(part["content"]).hexdigest() for part in parts}
    return bool(digests) and digests <= known


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


async def _page(
    visit: Visit, case: Record, error: OfficeError | None = None, *, kept: bool = False
) -> Response:
    office = visit.house.office
    matter = await describe(office, case["matter"], visit.today)
    numbers = [person["number"] for person in case["persons"]]
    return visit.page(
        "hand_in.html.j2",
        422 if error else 200,
        title="提交补正材料",
        case=case,
        waits=waits_for_papers(case),
        may=visit.person.may(Permission.FILE, case["intake_office"]),
        asked=asked_for(case),
        slots=slots(matter.materials, numbers),
        lines=_LINES,
        accept=ACCEPT,
        error=error.message if error else "",
        kept=kept,
        saved="saved" in visit.request.query_params,
        done="done" in visit.request.query_params,
        command_id=new_command(),
    )
