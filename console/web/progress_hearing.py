"""听证 on the applicant's page: asking for a hearing, or doing without one.

Included by `console.desk_app` beside `console.web.progress`, which has seen the proof.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from console.errors import OfficeError
from console.hearing import HearingRoom
from console.web.acting import command_of
from console.web.context import house_of
from console.web.progress_view import ENDED, PARTY, ask, case_page, opened, today
from contracts.commands import Verb

router = APIRouter(include_in_schema=False)


@router.post("/progress/hearing")
async def hearing(
    request: Request,
    command_id: Annotated[str, Form(max_length=60)],
    do: Annotated[str, Form(max_length=20)] = "",
    words: Annotated[str, Form(max_length=5000)] = "",
    sure: Annotated[str, Form(max_length=5)] = "",
) -> Response:
    """The applicant's own words; a form sent twice is one request."""
    case_no = opened(request)
    if case_no is None:
        return ask(request, ENDED, 403)
    if do not in PARTY:
        return await _page(request, case_no, "请选择申请听证还是放弃听证。")
    if do == Verb.HEARING_WAIVE and sure != "yes":
        return await _page(request, case_no, "请勾选确认后再放弃听证。")
    room = HearingRoom(house_of(request).office, today())
    try:
        if do == Verb.HEARING_ASK:
            reason = words.strip() or "申请人网上申请听证"
            await room.ask(case_no, reason=reason, command_id=command_of(command_id))
        else:
            await room.waive(
                case_no, reason="申请人网上放弃听证", command_id=command_of(command_id)
            )
    except OfficeError as error:
        return await _page(request, case_no, error.message)
    return RedirectResponse(f"/progress?done={do}", 303)


async def _page(request: Request, case_no: str, error: str) -> Response:
    return await case_page(request, case_no, error=error)
