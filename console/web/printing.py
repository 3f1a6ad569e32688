"""Slips on paper: which ones a case can have now, and the PDF itself.

The room of slips draws them; each one is on record with its number and code (docs/slips.md).
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from console.errors import OfficeCode, OfficeError
from console.looking import Record
from console.slip_desk import DeskOf, Issue, SlipDesk, chosen
from console.web.acting import office_under
from console.web.case_acts import case_of
from console.web.case_buttons import printing_post
from console.web.context import Forbidden, Visit, Visiting
from domain.permissions import Permission, Post
from slips.kinds import TITLES


def slip_pages(desk_of: DeskOf) -> APIRouter:
    """The pages; ``desk_of`` makes the desk that issues."""
    router = APIRouter(include_in_schema=False)

    @router.get("/cases/{case_no}/slips")
    async def offered(visit: Visiting, case_no: str) -> Response:
        case, post, desk = await at_desk(visit, case_no, desk_of)
        offers = await desk.offers(case_no, clerk=post.code)
        return visit.page(
            "slips.html.j2",
            title="打印文书",
            case=case,
            offers=[(one.kind.value, one.subject, TITLES[one.kind], one.about) for one in offers],
        )

    @router.post("/cases/{case_no}/slips")
    async def paper(
        visit: Visiting,
        case_no: str,
        kind: Annotated[str, Form()],
        subject: Annotated[str, Form()] = "",
    ) -> Response:
        _, post, desk = await at_desk(visit, case_no, desk_of)
        made = await hand_out(desk, post, case_no, kind, subject)
        name = f'inline; filename="{made.verification_code}.pdf"'
        return Response(
            made.pdf, media_type="application/pdf", headers={"Content-Disposition": name}
        )

    return router


async def at_desk(visit: Visit, case_no: str, desk_of: DeskOf) -> tuple[Record, Post, SlipDesk]:
    """The case, the post under which its slips are issued, and the desk; Forbidden without one."""
    case = await case_of(visit, case_no)
    post = printing_post(visit, case)
    if post is None:
        raise Forbidden(Permission.COMPLETE)
    return case, post, desk_of(office_under(visit, post))


async def hand_out(desk: SlipDesk, post: Post, case_no: str, kind: str, subject: str) -> Issue:
    """Issue one of the slips that the case can have now; OfficeError for any other."""
    offers = await desk.offers(case_no, clerk=post.code)
    fitting = [one for one in offers if one.kind.value == kind]
    if not fitting or (subject and not any(one.subject == subject for one in fitting)):
        raise OfficeError(OfficeCode.WRONG_FIELD, "现在不能出具这种文书；请刷新后重新选择。")
    return await desk.issue(case_no, chosen(offers, kind, subject or None), clerk=post.code)
